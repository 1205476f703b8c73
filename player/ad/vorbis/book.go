package vorbis

import (
	"math/bits"
	"slices"

	"linnet/player/internal/vorbis"
)

// A book decodes the code words of a codebook.
type book struct {
	mask uint32 // of the bits that table is looked up by
	// table gives, for the next bits of the packet, the length of the code
	// word (low 6 bits) and its entry; 0 for a word longer than that.
	table []uint32
	long  []word // those, in order
	vectors
}

// A word is a code word of length bits, at the top of code, the first bit of
// the packet being the highest.
type word struct {
	code  uint32
	entry uint32
	len   uint8
}

// tableBits is the length of the longest code words that take one lookup.
const tableBits = 9

// newBook builds the tables. ok is false where the lengths make no prefix
// code, clause 3.2.1.
func newBook(c *vorbis.Codebook) (b book, ok bool) {
	words, ok := assign(c.Lengths)
	if !ok {
		return b, false
	}
	longest := 0
	for _, w := range words {
		longest = max(longest, int(w.len))
	}
	width := min(longest, tableBits)
	b.mask = 1<<width - 1
	b.table = make([]uint32, 1<<width)
	longs := 0
	for _, w := range words {
		if int(w.len) > width {
			longs++
		}
	}
	b.long = make([]word, 0, longs)
	for _, w := range words {
		if int(w.len) > width {
			b.long = append(b.long, w)
			continue
		}
		for i := bits.Reverse32(w.code); i <= b.mask; i += 1 << w.len {
			b.table[i] = w.entry<<6 | uint32(w.len)
		}
	}
	slices.SortFunc(b.long, func(v, w word) int {
		if v.code < w.code {
			return -1
		}
		return 1
	})
	if len(words) == 1 { // the other bit means the same
		b.table[1] = b.table[0]
	}
	return b, true
}

// assign gives each entry the lowest code word of its length that is left, in
// the order of the entries. A code must be complete, but for one with a
// single word of one bit.
func assign(lengths []uint8) (words []word, ok bool) {
	used := 0
	for _, l := range lengths {
		if l > 0 {
			used++
		}
	}
	words = make([]word, 0, used)
	// free[l] is the one place in the tree, at depth l, from which nothing
	// hangs yet: there is at most one at each depth, left over where a word
	// took the other half. The root is free at first.
	var free [33]uint32
	var isFree [33]bool
	isFree[0] = true
	for entry, l := range lengths {
		if l == 0 {
			continue
		}
		at := int(l)
		for at > 0 && !isFree[at] {
			at--
		}
		if !isFree[at] {
			return nil, false // more words than there is room for
		}
		code := free[at]
		isFree[at] = false
		for at < int(l) { // take the left half, leave the right one
			at++
			free[at], isFree[at] = code|1<<(32-at), true
		}
		words = append(words, word{code: code, entry: uint32(entry), len: l})
	}
	if used == 1 && isFree[1] && words[0].len == 1 {
		return words, true
	}
	return words, used == 0 || !slices.Contains(isFree[:], true)
}

// decode reads a code word and returns its entry. Behind the end of the
// packet, r.Over says so and the entry means nothing.
func (b *book) decode(r *vorbis.Bits) uint32 {
	r.Fill()
	if len(b.table) == 0 {
		return 0
	}
	e := b.table[r.Cache&b.mask]
	if e == 0 {
		return b.decodeLong(r)
	}
	r.Drop(int(e & 63))
	return e >> 6
}

func (b *book) decodeLong(r *vorbis.Bits) uint32 {
	next := r.Cache
	if r.Have < 32 && r.Next < len(r.Data) {
		next |= uint32(r.Data[r.Next]) << (r.Have & 31)
	}
	code := bits.Reverse32(next)
	lo, hi := 0, len(b.long) // the word is the last one not above code
	for lo < hi {
		mid := (lo + hi) / 2
		if b.long[mid].code <= code {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		r.Read(24)
		return 0
	}
	w := b.long[lo-1]
	r.Read(int(w.len) / 2)
	r.Read(int(w.len) - int(w.len)/2)
	return w.entry
}
