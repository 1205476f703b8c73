package nand

import (
	"errors"
	"math/bits"
)

// ECC is the code of a page: for each of the 12 bits that number a bit of the
// page, nine of the byte and three within it, two parities: of all bits whose
// number has that bit set, above, and of the others, below. They are inverted, so
// that a page of ones has a code of ones.
type ECC [3]byte

// masks choose the bits of a byte whose number has bit 0, 1 and 2 set.
var masks = [3]byte{0xaa, 0xcc, 0xf0}

// Sum computes the code of a page of 512 bytes.
func Sum(page []byte) ECC {
	var column byte
	var set, clear uint32
	for i, b := range page[:PageSize] {
		column ^= b
		if bits.OnesCount8(b)&1 != 0 {
			set ^= uint32(i)
			clear ^= ^uint32(i)
		}
	}
	var code uint32
	for i := range 9 {
		code |= (set>>i&1)<<(2*i+1) | (clear>>i&1)<<(2*i)
	}
	for i, m := range masks {
		code |= parity(column&m)<<(2*i+19) | parity(column&^m)<<(2*i+18)
	}
	code = ^code
	return ECC{byte(code), byte(code >> 8), byte(code >> 16)}
}

func parity(b byte) uint32 { return uint32(bits.OnesCount8(b) & 1) }

func (e ECC) word() uint32 { return uint32(e[0]) | uint32(e[1])<<8 | uint32(e[2])<<16 }

// ErrUncorrectable means that more than one bit of a page is wrong.
var ErrUncorrectable = errors.New("nand: more than one bit of a page is wrong")

// Correct corrects a page by its stored code, if a bit of either is wrong, and
// returns how many bits were. A code of ones is not the sign of a page that was
// never written: pages of a repeated pattern have it, too, and an erased page is
// corrected like any other.
func Correct(page []byte, stored ECC) (int, error) {
	wrong := stored.word() ^ Sum(page).word()
	switch {
	case wrong == 0:
		return 0, nil
	case bits.OnesCount32(wrong) == 1:
		return 1, nil // a bit of the code
	case (wrong^wrong>>1)&0x555555 != 0x555555:
		return 0, ErrUncorrectable
	}
	var at, bit uint32
	for i := range 9 {
		at |= (wrong >> (2*i + 1) & 1) << i
	}
	for i := range 3 {
		bit |= (wrong >> (2*i + 19) & 1) << i
	}
	page[at] ^= 1 << bit
	return 1, nil
}
