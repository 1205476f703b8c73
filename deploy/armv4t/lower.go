package armv4t

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A Summary is what Lower has done.
type Summary struct {
	Sites   map[string]int // instructions replaced, by mnemonic
	Bytes   int            // of pads, thunks and tables added; 0 if there was nothing to do
	Addr    uint32         // where they are
	Segment bool           // in a segment of their own, not in the padding after .text
}

// Total is the number of instructions replaced.
func (s *Summary) Total() (n int) {
	for _, k := range s.Sites {
		n += k
	}
	return n
}

// Lower returns a program that runs on ARMv4T and does what file does, and
// leaves file as it is. The program returned has passed Verify. If nothing needs
// to be lowered it is file, so lowering again changes nothing. What can't be
// lowered is an error, of type *Refusal where single instructions are the reason.
func Lower(file []byte) ([]byte, *Summary, error) {
	out, sum, err := lower(file)
	if err != nil {
		return nil, nil, fmt.Errorf("armv4t: %w", err)
	}
	r, err := Verify(out)
	if err != nil {
		return nil, nil, err
	}
	if len(r.Findings) > 0 {
		return nil, nil, fmt.Errorf("armv4t: %w", &Refusal{r.Findings})
	}
	return out, sum, nil
}

// A Refusal names what can't be lowered.
type Refusal struct{ Findings []Finding }

func (r *Refusal) Error() string {
	const most = 10
	lines := []string{fmt.Sprintf("%d instructions can't be lowered to ARMv4T", len(r.Findings))}
	for i, f := range r.Findings {
		if i == most {
			lines = append(lines, fmt.Sprintf("and %d more", len(r.Findings)-most))
			break
		}
		lines = append(lines, f.String())
	}
	return strings.Join(lines, "\n\t")
}

func lower(file []byte) ([]byte, *Summary, error) {
	m, err := parse(slices.Clone(file))
	if err != nil {
		return nil, nil, err
	}
	v, err := newVerifier(m)
	if err != nil {
		return nil, nil, err
	}
	sites, err := v.sites()
	if err != nil {
		return nil, nil, err
	}
	sum := &Summary{Sites: map[string]int{}}
	for _, s := range sites {
		sum.Sites[s.name]++
	}
	if len(sites) == 0 {
		return m.file, sum, nil
	}
	out, err := m.rewrite(sites, sum)
	return out, sum, err
}

// A site is an instruction to be replaced.
type site struct {
	addr, word uint32
	name       string
}

// inPlace are the instructions that others of one word can stand for.
var inPlace = map[string]uint32{
	"PLD":  nop, // a hint
	"hint": nop,
	"BKPT": linuxBreakpoint,
}

// byThunk are those that need more.
var byThunk = map[string]bool{
	"BLX": true, "CLZ": true,
	"SMULxy": true, "SMLAxy": true, "SMLALxy": true, "SMULWy": true, "SMLAWy": true,
	"QADD": true, "QSUB": true, "QDADD": true, "QDSUB": true,
	"LDRD": true, "STRD": true,
}

// sites finds, by address, what has to be replaced. What it can't replace it
// leaves to Verify to name.
func (v *verifier) sites() ([]site, error) {
	var all []site
	var refused []Finding
	for _, s := range v.sections {
		for i, m := range s.marks {
			a := s.addr + uint32(4*i)
			if m&isCode == 0 {
				continue
			}
			w := s.word(a)
			e := classify(w)
			_, here := inPlace[e.name]
			if !e.need.newer() || !here && !byThunk[e.name] || v.guardOf(a) != nil {
				continue
			}
			if err := v.mayReplace(a); err != nil {
				refused = append(refused, Finding{a, v.place(a), w, err.Error()})
			}
			all = append(all, site{a, w, e.name})
		}
	}
	if len(refused) > 0 {
		return nil, &Refusal{refused}
	}
	if len(all) > 0 && v.lowered() != nil {
		return nil, errors.New("it was lowered before, and changed since")
	}
	return all, nil
}

// mayReplace says why the instruction at a can't be replaced, if so.
func (v *verifier) mayReplace(a uint32) error {
	m := *v.mark(a)
	if m&isData != 0 {
		return errors.New("is read as data, too")
	}
	if n := canonical(v.place(a)); byThunk[classify(v.word(a)).name] && strings.HasPrefix(n, "internal/runtime/atomic.") {
		// While one of these holds the lock that stands for 64-bit atomics,
		// a profiler's signal must see it in the program counter: it would
		// wait for that lock forever (runtime.sigprof).
		return errors.New("a thunk would hide from runtime.sigprof that this is an atomic operation")
	}
	return check(v.word(a))
}
