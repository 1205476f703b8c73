package armv4t

import "fmt"

// The region that is added begins with a header, by which people can tell
// what it is, and which no code reads.
const (
	headerText = "Linnet ARMv4T\x00\x00\x01"
	headerSize = uint32(len(headerText))
)

// A region is pads, thunks and tables at an address. Where there is no room for
// the thunks within reach of the code they are far away, at another address, and
// the region has a hop to each.
type region struct {
	code    sequence
	thunks  *sequence         // code, or what is far away
	pads    map[uint32]uint32 // address of the pad of a register
	patches map[uint32]uint32 // new words, by address
}

// buildRegion writes the region for an address, with its thunks at another one
// unless far is 0. The sizes do not depend on these.
func buildRegion(addr, far uint32, sites []site) (*region, error) {
	r := &region{
		code:    sequence{addr: addr},
		pads:    map[uint32]uint32{},
		patches: map[uint32]uint32{},
	}
	r.thunks = &r.code
	if far != 0 {
		r.thunks = &sequence{addr: far, far: true}
	}
	for i := 0; i < len(headerText); i += 4 {
		r.code.emit(le.Uint32([]byte(headerText[i:])))
	}
	var clz []site
	for _, s := range sites {
		switch w, here := inPlace[s.name]; {
		case here:
			r.patches[s.addr] = w
		case s.name == "CLZ":
			clz = append(clz, s)
		case s.name == "BLX" && regM(s.word) != regLR:
			r.pad(s)
		default:
			if err := r.thunk(s, 0); err != nil {
				return nil, err
			}
		}
	}
	return r, r.clz(clz)
}

// pad makes BLX Rm into BL to where BX Rm stands, one for all of the program:
// BL sets LR as BLX did.
func (r *region) pad(s site) {
	rm := regM(s.word)
	if r.pads[rm] == 0 {
		r.pads[rm] = r.code.pc()
		r.code.emit(bx(rm))
	}
	r.patches[s.addr] = onCond(cond(s.word), branchLink(s.addr, r.pads[rm]))
}

// thunk puts a branch to a thunk where s is. The condition stays with the branch.
func (r *region) thunk(s site, table uint32) error {
	c := cond(s.word)
	r.patches[s.addr] = onCond(c, branch(s.addr, r.code.pc()))
	if r.thunks.far {
		r.code.hop(r.thunks.pc())
	}
	if err := r.thunks.thunk(onCond(condAL, s.word), s.addr, table); err != nil {
		return fmt.Errorf("%#x: %w", s.addr, err)
	}
	return nil
}

// clzThunks is how many thunks for CLZ share a table on either side of them: a
// load reaches 4095 bytes both ways.
const clzThunks = 80

// clz writes the thunks for CLZ: thunks, their table, and more thunks that use it.
func (r *region) clz(sites []site) error {
	thunkSize := 4 * (10 + r.thunks.jumpWords())
	for len(sites) > 0 {
		before := sites[:min(len(sites), clzThunks)]
		after := sites[len(before):min(len(sites), 2*clzThunks)]
		table := r.thunks.pc() + uint32(len(before))*thunkSize
		for _, s := range before {
			if err := r.thunk(s, table); err != nil {
				return err
			}
		}
		r.thunks.emit(clzTable()...)
		for _, s := range after {
			if err := r.thunk(s, table); err != nil {
				return err
			}
		}
		sites = sites[len(before)+len(after):]
	}
	return nil
}

// reaches reports whether all sites can branch to the region and back.
func (r *region) reaches(sites []site) bool {
	for _, s := range sites {
		if !within(s.addr, r.code.addr) || !within(s.addr, r.code.pc()) {
			return false
		}
	}
	return true
}

// bytes are the words of a sequence in a file.
func (s *sequence) bytes() []byte { return appendWords(make([]byte, 0, s.size()), s.words...) }

func (s *sequence) size() uint32 { return uint32(4 * len(s.words)) }
