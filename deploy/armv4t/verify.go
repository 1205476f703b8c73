package armv4t

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Finding is something that keeps a program from running on ARMv4T.
type Finding struct {
	Addr uint32
	Func string // the function, or the section where no function covers Addr
	Word uint32
	What string
}

func (f Finding) String() string {
	return fmt.Sprintf("%#x: %s: %08x: %s", f.Addr, f.Func, f.Word, f.What)
}

// Guarded are the instructions of one function that ARMv4T refuses and that
// stand behind a check at run time.
type Guarded struct {
	Func         string
	Instructions int
	Why          string
}

// A Report is what Verify has seen.
type Report struct {
	Instructions int       // that control can reach
	Literals     int       // words of data among them
	Findings     []Finding // by address; none if the program is good for ARMv4T
	Guarded      []Guarded // by name
}

// Verify looks at every instruction of a static ARM executable, whoever made
// it. An error means that it could not, a finding that ARMv4T would refuse an
// instruction, or that what is no instruction can't be told for certain.
func Verify(file []byte) (*Report, error) {
	m, err := parse(file)
	if err != nil {
		return nil, fmt.Errorf("armv4t: %w", err)
	}
	v, err := newVerifier(m)
	if err != nil {
		return nil, fmt.Errorf("armv4t: %w", err)
	}
	return v.report(), nil
}

type verifier struct {
	*walker
	branches map[uint32][]uint32
	guarded  map[string]*Guarded
}

func newVerifier(m *image) (*verifier, error) {
	w, err := m.walk()
	if err != nil {
		return nil, err
	}
	return &verifier{walker: w, guarded: map[string]*Guarded{}}, nil
}

// canonical is the name that guards have for a function.
func canonical(name string) string {
	if tail, ok := strings.CutPrefix(name, "runtime/internal/"); ok {
		return "internal/runtime/" + tail
	}
	return name
}

func (v *verifier) report() *Report {
	r := &Report{}
	blurred := v.blurred()
	for _, s := range v.sections {
		for i, m := range s.marks {
			a := s.addr + uint32(4*i)
			switch {
			case m&isCode != 0:
				r.Instructions++
				v.instruction(r, a)
			case m&isData != 0:
				r.Literals++
			default:
				v.neither(r, a, blurred)
			}
		}
	}
	for a := range v.into {
		r.add(v, a, "control seems to run into data")
	}
	slices.SortFunc(r.Findings, func(a, b Finding) int { return cmp.Compare(a.Addr, b.Addr) })
	for _, name := range slices.Sorted(maps.Keys(v.guarded)) {
		r.Guarded = append(r.Guarded, *v.guarded[name])
	}
	return r
}

func (r *Report) add(v *verifier, a uint32, what string) {
	r.Findings = append(r.Findings, Finding{Addr: a, Func: v.place(a), Word: v.word(a), What: what})
}

// instruction judges what control reaches.
func (v *verifier) instruction(r *Report, a uint32) {
	e := classify(v.word(a))
	if !e.need.newer() {
		return
	}
	g := v.guardOf(a)
	if g == nil {
		r.add(v, a, e.String())
		return
	}
	name := v.place(a)
	if v.guarded[name] == nil {
		v.guarded[name] = &Guarded{Func: name, Why: g.why}
	}
	v.guarded[name].Instructions++
}

// neither judges a word that control does not reach and that no instruction
// reads: padding, or what follows a call that does not return. It is only a
// reason to doubt where the flow of control is not known in full.
func (v *verifier) neither(r *Report, a uint32, blurred map[*function]uint32) {
	w := v.word(a)
	if !classify(w).need.newer() {
		return
	}
	f := v.function(a)
	if f == nil {
		r.add(v, a, "no function covers this word, which may be an instruction: "+classify(w).String())
	} else if at, ok := blurred[f]; ok {
		r.add(v, a, fmt.Sprintf("may be an instruction, as the one at %#x leaves open what it refers to: %v", at, classify(w)))
	}
}

// blurred are the functions with instructions that leave open where control or
// data is, and the address of one of these.
func (v *verifier) blurred() map[*function]uint32 {
	b := map[*function]uint32{}
	for _, a := range slices.Sorted(maps.Keys(v.blur)) {
		if f := v.function(a); f != nil {
			b[f] = a
		}
	}
	return b
}
