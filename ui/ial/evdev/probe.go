//go:build linux

package evdev

import (
	"fmt"

	"linnet/ui/ial"
)

// bitset is a set of codes, as the kernel writes them: little-endian words,
// which are the same as bytes on every machine that is supported.
type bitset []byte

func newBitset(n int) bitset { return make(bitset, n/8) }

func (b bitset) has(code uint16) bool {
	return int(code>>3) < len(b) && b[code>>3]>>(code&7)&1 == 1
}

// abilities are what a device can say.
type abilities struct {
	keys     bool   // some of the table
	pointer  uint16 // the button that means touched, 0 without a pointer
	filtered bool   // its samples jump
	wheel    bool
	repeats  bool // its keys, itself
	x, y     absInfo
}

// probe asks a device what it is.
func probe(d device, table map[uint16]ial.Key) (a abilities, err error) {
	types, keys, axes, wheels := newBitset(typesCount), newBitset(keyCount), newBitset(absCount), newBitset(relCount)
	if err := d.bits(0, types); err != nil {
		return a, fmt.Errorf("ask for its events: %w", err)
	}
	for typ, set := range map[uint16]bitset{evKey: keys, evAbs: axes, evRel: wheels} {
		if types.has(typ) {
			if err := d.bits(int(typ), set); err != nil {
				return a, fmt.Errorf("ask for its events of type %d: %w", typ, err)
			}
		}
	}
	for code := range table {
		a.keys = a.keys || keys.has(code)
	}
	a.repeats = types.has(evRep)
	if !axes.has(absX) || !axes.has(absY) {
		return a, nil
	}
	switch {
	case keys.has(btnTouch):
		a.pointer, a.filtered = btnTouch, !axes.has(absMT)
	case keys.has(btnLeft):
		a.pointer = btnLeft
	default:
		return a, nil // a joystick
	}
	a.wheel = wheels.has(relWheel)
	return a, a.ranges(d)
}

// ranges asks for the axes of a pointer.
func (a *abilities) ranges(d device) (err error) {
	if a.x, err = d.abs(absX); err == nil {
		a.y, err = d.abs(absY)
	}
	if err != nil {
		return fmt.Errorf("ask for its axes: %w", err)
	}
	if a.x.max <= a.x.min || a.y.max <= a.y.min {
		return fmt.Errorf("its axes have no range: %d to %d and %d to %d", a.x.min, a.x.max, a.y.min, a.y.max)
	}
	return nil
}
