package armv4t

import "fmt"

// The region that is added begins with a header, by which people can tell
// what it is, and which no code reads.
const (
	headerText = "Linnet ARMv4T\x00\x00\x01"
	headerSize = uint32(len(headerText))
)

// A region is pads, thunks and tables at an address.
type region struct {
	code    sequence
	pads    map[uint32]uint32 // address of the pad of a register
	patches map[uint32]uint32 // new words, by address
}

// buildRegion writes the region for an address. Its size does not depend on that.
func buildRegion(addr uint32, sites []site) (*region, error) {
	r := &region{
		code:    sequence{addr: addr},
		pads:    map[uint32]uint32{},
		patches: map[uint32]uint32{},
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
	if err := r.code.thunk(onCond(condAL, s.word), s.addr, table); err != nil {
		return fmt.Errorf("%#x: %w", s.addr, err)
	}
	return nil
}

// clzThunks is how many thunks for CLZ share a table on either side of them: a
// load reaches 4095 bytes both ways.
const clzThunks = 80

// clz writes the thunks for CLZ: thunks, their table, and more thunks that use it.
func (r *region) clz(sites []site) error {
	const thunkSize = 4 * 11
	for len(sites) > 0 {
		before := sites[:min(len(sites), clzThunks)]
		after := sites[len(before):min(len(sites), 2*clzThunks)]
		table := r.code.pc() + uint32(len(before))*thunkSize
		for _, s := range before {
			if err := r.thunk(s, table); err != nil {
				return err
			}
		}
		r.code.emit(clzTable()...)
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

func (r *region) bytes() []byte {
	b := make([]byte, 0, 4*len(r.code.words))
	for _, w := range r.code.words {
		b = le.AppendUint32(b, w)
	}
	return b
}
