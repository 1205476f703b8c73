package armv4t

import "slices"

// A guard says that a function of Go's runtime may hold instructions that
// ARMv4T refuses, since they are executed only after a check for a CPU, or a
// program, that has them.
//
// Where the check is in the function itself, from is empty: the instruction
// must then lie behind a conditional branch. Where it is in those that branch to
// the function, from names them: no others may, and their branch must lie
// behind a conditional one.
type guard struct {
	funcs []string
	needs []need
	from  []string
	why   string
}

// guards is the whole list. Names are those of Go 1.23 and later; before,
// internal/runtime was runtime/internal.
var guards = []guard{
	{
		funcs: []string{"internal/runtime/atomic.Load", "internal/runtime/atomic.Load8", "internal/runtime/atomic.Store", "internal/runtime/atomic.Store8"},
		needs: []need{needV7},
		why:   "DMB only if runtime.goarm is 7; else they call the kernel's helper",
	},
	{
		funcs: []string{"internal/runtime/atomic.armcas"},
		needs: []need{needV6, needV7},
		from:  []string{"internal/runtime/atomic.Cas"},
		why:   "Cas goes there only if runtime.goarm is 7; else to the kernel's helper",
	},
	{
		funcs: []string{"armCas64"},
		needs: []need{needV6K, needV7},
		from:  []string{"internal/runtime/atomic.Cas64"},
		why:   "Cas64 goes there only if runtime.goarm is 7; else to goCas64, which locks",
	},
	{
		funcs: []string{"armXadd64"},
		needs: []need{needV6K, needV7},
		from:  []string{"internal/runtime/atomic.Xadd64"},
		why:   "as armCas64",
	},
	{
		funcs: []string{"armXchg64"},
		needs: []need{needV6K, needV7},
		from:  []string{"internal/runtime/atomic.Xchg64"},
		why:   "as armCas64",
	},
	{
		funcs: []string{"armLoad64"},
		needs: []need{needV6K, needV7},
		from:  []string{"internal/runtime/atomic.Load64"},
		why:   "as armCas64",
	},
	{
		funcs: []string{"armStore64"},
		needs: []need{needV6K, needV7},
		from:  []string{"internal/runtime/atomic.Store64"},
		why:   "as armCas64",
	},
	{
		funcs: []string{"armAnd8"},
		needs: []need{needV6K, needV7},
		from:  []string{"internal/runtime/atomic.And8"},
		why:   "And8 goes there only if runtime.goarm is 7; else to goAnd8, which locks",
	},
	{
		funcs: []string{"armOr8"},
		needs: []need{needV6K, needV7},
		from:  []string{"internal/runtime/atomic.Or8"},
		why:   "as armAnd8",
	},
	{
		funcs: []string{"armXchg8"},
		needs: []need{needV6K, needV7},
		from:  []string{"internal/runtime/atomic.Xchg8"},
		why:   "as armAnd8",
	},
	{
		funcs: []string{"runtime.armPublicationBarrier"},
		needs: []need{needV7},
		why:   "DMB only if runtime.goarm is 7",
	},
	{
		funcs: []string{"runtime.udiv"},
		needs: []need{needDiv},
		why:   "UDIV only if the kernel's HWCAP tells of a divider",
	},
	{
		funcs: []string{"runtime.asyncPreempt", "runtime.asminit"},
		needs: []need{needVFP},
		why:   "only if runtime.goarmsoftfp is 0, which GOARM=5 makes 1",
	},
}

// guardOf finds the guard that lets w stand at a, nil where none does.
func (v *verifier) guardOf(a uint32) *guard {
	f := v.function(a)
	if f == nil {
		return nil
	}
	n := classify(v.word(a)).need
	for i := range guards {
		g := &guards[i]
		if slices.Contains(g.funcs, canonical(f.name)) && slices.Contains(g.needs, n) && v.holds(g, f, a) {
			return g
		}
	}
	return nil
}

// holds checks that there is a check.
func (v *verifier) holds(g *guard, f *function, a uint32) bool {
	if g.from == nil {
		return !v.straight(f)[a]
	}
	for _, from := range v.branchesTo()[f.start] {
		c := v.function(from)
		if c == f {
			continue
		}
		if c == nil || !slices.Contains(g.from, canonical(c.name)) || v.straight(c)[from] {
			return false
		}
	}
	return true
}

// straight are the instructions of a function that are executed whenever it
// is called, up to the first conditional branch.
func (v *verifier) straight(f *function) map[uint32]bool {
	seen := map[uint32]bool{}
	for a := f.start; a >= f.start && a < f.end && !seen[a]; {
		seen[a] = true
		s := follow(v.word(a), a)
		switch {
		case s.jumps && s.next && !s.call:
			return seen
		case s.next:
			a += 4
		case s.jumps && !s.literal:
			a = s.target
		default:
			return seen
		}
	}
	return seen
}

// branchesTo are all direct branches and calls, by where they go.
func (v *verifier) branchesTo() map[uint32][]uint32 {
	if v.branches != nil {
		return v.branches
	}
	v.branches = map[uint32][]uint32{}
	for _, s := range v.sections {
		for i, m := range s.marks {
			a := s.addr + uint32(4*i)
			if m&isCode == 0 {
				continue
			}
			if st := follow(s.word(a), a); st.jumps && !st.literal {
				v.branches[st.target] = append(v.branches[st.target], a)
			}
		}
	}
	return v.branches
}
