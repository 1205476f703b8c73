package armv4t

import (
	"errors"
	"maps"
)

// A walker follows control from every function's start through the code, and
// tells instructions from the data between them.
type walker struct {
	*image
	todo  []uint32
	data  map[uint32]bool // words that this round has found to be data
	known map[uint32]bool // those of the round before: no code
	into  map[uint32]bool // known data that control seems to run into
	blur  map[uint32]bool // instructions that leave open where control or data is
}

// maxRounds is more than any program needs: one to find the data, one to see
// that what was taken for code because it follows a call that never returns
// was data, one to see that nothing changes.
const maxRounds = 8

// walk marks the words of the image. It starts again with what it has learnt
// until nothing changes: a literal pool may be taken for code when it follows
// a call, and be known for what it is only later.
func (m *image) walk() (*walker, error) {
	known := map[uint32]bool{}
	for range maxRounds {
		w := &walker{image: m, data: map[uint32]bool{}, known: known, into: map[uint32]bool{}, blur: map[uint32]bool{}}
		w.round()
		if maps.Equal(w.data, known) {
			for a := range w.data {
				*m.mark(a) |= isData
			}
			return w, nil
		}
		known = w.data
	}
	return nil, errors.New("code and data can't be told apart")
}

func (w *walker) round() {
	for _, s := range w.sections {
		clear(s.marks)
	}
	for _, d := range w.image.data {
		w.addData(d.start, d.end-d.start)
	}
	for _, f := range w.funcs {
		w.enter(f.start)
	}
	for _, a := range w.entries {
		w.enter(a)
	}
	if r := w.lowered(); r != nil {
		w.addData(r.addr, headerSize)
	}
	for len(w.todo) > 0 {
		a := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		w.run(a)
	}
}

// enter puts an address on the list of what is to be followed.
func (w *walker) enter(a uint32) {
	m := w.mark(a)
	switch {
	case m == nil || a%4 != 0:
	case w.known[a]:
		w.into[a] = true
	case *m&isCode == 0:
		w.todo = append(w.todo, a)
	}
}

// run follows control from a to where it does not go on to the next word.
// Nothing goes on from one section to the next.
func (w *walker) run(a uint32) {
	sec := w.section(a)
	afterCall := false
	for a < sec.end() {
		m := &sec.marks[(a-sec.addr)/4]
		if *m&isCode != 0 {
			return
		}
		if w.known[a] {
			w.into[a] = w.into[a] || !afterCall
			return
		}
		*m |= isCode
		s := w.visit(a)
		if !s.next {
			return
		}
		afterCall = s.call
		a += 4
	}
}

// visit looks at one instruction.
func (w *walker) visit(a uint32) step {
	word, before := w.word(a), w.word(a-4)
	s := follow(word, a)
	if s.literal {
		s.target = w.word(s.target)
		s.jumps = s.target%4 == 0
	}
	if (s.exits || s.literal) && mayFollowCall(before) {
		s.next, s.call = true, true
	}
	if s.opaque && !w.tableJump(before, word, a) {
		w.blur[a] = true
	}
	if s.jumps {
		w.enter(s.target)
	}
	if r, ok := refers(word, w.word(a+4), a); ok {
		if r.taken {
			w.blur[a] = true
		} else {
			w.addData(r.addr, r.size)
		}
	}
	return s
}

// tableJump follows a switch of C.
func (w *walker) tableJump(before, word, a uint32) bool {
	t, ok := findTableJump(before, word, a)
	if !ok || t.entries > 1<<16 {
		return false
	}
	for i := range t.entries {
		e := t.table + 4*i
		if !t.addresses {
			w.enter(e)
			continue
		}
		w.addData(e, 4)
		w.enter(w.word(e))
	}
	return true
}

// addData notes the words that an access touches. Data outside of the code is of
// no interest.
func (w *walker) addData(a, size uint32) {
	for end := uint64(a) + uint64(size); uint64(a&^3) < end; a += 4 {
		if w.mark(a) == nil {
			return
		}
		w.data[a&^3] = true
	}
}
