package vorbis

import (
	"math/bits"
	"slices"

	"linnet/player/internal/vorbis"
)

// A book decodes the code words of a codebook. Kernels know its fields.
type book struct {
	mask uint32 // of the bits that table is looked up by
	// table gives, for the next bits of the packet, the length of the code
	// word (low 8 bits) and its entry. For longer words there is a link to
	// where, in the same table, those words begin that begin so; then the
	// length is isLink and how many bits more they are looked up by. Words
	// that are longer still, or too few, have isLong for the length, and
	// instead of the entry the first word of long that begins so.
	table []uint32
	long  []word // in the order of the codes
	vectors
}

// A word is a code word of length bits, at the top of code, the first bit of
// the packet being the highest.
type word struct {
	code  uint32
	entry uint32
	len   uint8
}

// reversed is the first tableBits bits of the word, the first one lowest.
func (w word) reversed() uint32 {
	return uint32(bits.Reverse8(uint8(w.code>>24))) | w.code>>(24-1)&1<<8
}

// tableBits is the length of the longest code words that take one lookup, and
// linkBits how many bits more may take another.
const (
	tableBits = 9
	linkBits  = 8
)

// isLink and isLong are above all lengths, and so far that what is left of 32
// bits without them is below zero in 8 bits.
const (
	isLink = 64
	isLong = 127
)

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
	b.table = make([]uint32, 1<<width) // words fill all of it, where there are any
	if len(words) == 0 {
		b.table[0] = isLong
	}
	for _, w := range words {
		if int(w.len) > width {
			continue
		}
		for i := w.reversed(); i <= b.mask; i += 1 << w.len {
			b.table[i] = w.entry<<8 | uint32(w.len)
		}
	}
	if longest > width {
		b.sortLong(words)
	}
	if len(words) == 1 { // the other bit means the same
		b.table[1] = b.table[0]
	}
	return b, true
}

// sortLong sorts the long words into buckets of what they begin with, and by
// insertion within each, and enters those that begin alike.
func (b *book) sortLong(words []word) {
	const bucketBits = 7
	const rest = 32 - bucketBits
	var ends [1<<bucketBits + 1]uint32
	n := 0
	for i := range words {
		if w := &words[i]; w.len > tableBits {
			ends[w.code>>rest+1]++
			n++
		}
	}
	for i := range uint32(1 << bucketBits) {
		ends[i+1] += ends[i]
	}
	b.long = make([]word, n)
	for _, w := range words {
		if w.len <= tableBits {
			continue
		}
		bucket := w.code >> rest
		i := ends[bucket]
		ends[bucket]++
		for ; i > 0 && b.long[i-1].code > w.code; i-- {
			b.long[i] = b.long[i-1]
		}
		b.long[i] = w
	}
	for first := 0; first < n; {
		begin := b.long[first]
		end := first + 1
		for end < n && b.long[end].code>>(32-tableBits) == begin.code>>(32-tableBits) {
			end++
		}
		b.table[begin.reversed()] = b.link(first, end)
		first = end
	}
}

// link returns the entry that leads to the long words from first up to end,
// which begin with the same bits. The table grows by a few entries a word at
// most.
func (b *book) link(first, end int) uint32 {
	longest := 0
	for _, w := range b.long[first:end] {
		longest = max(longest, int(w.len))
	}
	n := min(longest-tableBits, linkBits)
	for 1<<n > 4*(end-first) {
		n--
	}
	if n == 0 {
		return uint32(first)<<8 | isLong
	}
	place := len(b.table)
	b.table = append(b.table, make([]uint32, 1<<n)...)
	part := b.table[place:]
	for k, w := range b.long[first:end] {
		at := bits.Reverse32(w.code) >> tableBits & (1<<n - 1)
		switch {
		case int(w.len) <= tableBits+n:
			for ; int(at) < len(part); at += 1 << (w.len - tableBits) {
				part[at] = w.entry<<8 | uint32(w.len)
			}
		case part[at] == 0:
			part[at] = uint32(first+k)<<8 | isLong
		}
	}
	return uint32(place)<<8 | isLink | uint32(n)
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
	e := b.table[r.Cache&b.mask]
	if e&isLink != 0 && e&0xff != isLong {
		e = b.table[e>>8+r.Cache>>tableBits&(1<<(e&31)-1)]
	}
	if e&0xff == isLong {
		return b.decodeLong(r, int(e>>8))
	}
	r.Drop(int(e & 0xff))
	return e >> 8
}

// decodeLong reads a long word that is long[i] or behind it: the last one
// that is not above the next 32 bits. Where the book has no words, the packet
// is at its end.
func (b *book) decodeLong(r *vorbis.Bits, i int) uint32 {
	if len(b.long) == 0 {
		r.End()
		return 0
	}
	next := r.Cache
	if r.Have < 32 && r.Next < len(r.Data) {
		next |= uint32(r.Data[r.Next]) << (r.Have & 31)
	}
	code := bits.Reverse32(next)
	step := 1
	for i+step < len(b.long) && b.long[i+step].code <= code {
		i += step
		step *= 2
	}
	for ; step > 0; step /= 2 {
		if i+step < len(b.long) && b.long[i+step].code <= code {
			i += step
		}
	}
	w := b.long[i]
	r.Read(int(w.len) / 2)
	r.Read(int(w.len) - int(w.len)/2)
	return w.entry
}
