//go:build fontgen

package main

import "encoding/binary"

// substitutions reads a feature's single substitutions (glyph to glyph) from
// a GSUB table, of whatever script: ISO/IEC 14496-22, 6.3.3 (GSUB), lookup
// type 1, plain or wrapped in an extension (type 7). The fonts are trusted;
// a broken table ends the generator.
func substitutions(gsub []byte, feature string) map[uint32]uint32 {
	subst := map[uint32]uint32{}
	features, lookups := at(gsub, 6), at(gsub, 8)
	for i := range u16(features, 0) {
		if string(features[2+6*i:6+6*i]) != feature {
			continue
		}
		f := at(features, 6+6*i)
		for j := range u16(f, 2) {
			addLookup(subst, at(lookups, 2+2*u16(f, 4+2*j)))
		}
	}
	return subst
}

func addLookup(subst map[uint32]uint32, lookup []byte) {
	for i := range u16(lookup, 4) {
		kind, sub := u16(lookup, 0), at(lookup, 6+2*i)
		if kind == 7 {
			kind, sub = u16(sub, 2), sub[binary.BigEndian.Uint32(sub[4:]):]
		}
		if kind == 1 {
			addSingle(subst, sub)
		}
	}
}

func addSingle(subst map[uint32]uint32, sub []byte) {
	for i, g := range coverage(at(sub, 2)) {
		if u16(sub, 0) == 1 {
			subst[uint32(g)] = uint32(uint16(g + u16(sub, 4)))
		} else {
			subst[uint32(g)] = uint32(u16(sub, 6+2*i))
		}
	}
}

// coverage lists the glyphs of a coverage table in order.
func coverage(b []byte) (glyphs []int) {
	for i := range u16(b, 2) {
		if u16(b, 0) == 1 {
			glyphs = append(glyphs, u16(b, 4+2*i))
			continue
		}
		for g := u16(b, 4+6*i); g <= u16(b, 6+6*i); g++ {
			glyphs = append(glyphs, g)
		}
	}
	return glyphs
}

func u16(b []byte, i int) int { return int(binary.BigEndian.Uint16(b[i:])) }

// at follows the 16-bit offset that stands at i.
func at(b []byte, i int) []byte { return b[u16(b, i):] }
