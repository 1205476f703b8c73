package mp3

// pairTable is where one Huffman table for pairs of values lies.
type pairTable struct {
	start   uint16 // in pairEntries
	linbits uint8
	coded   bool // false: the table of zeros
}

// spectrum reads the Huffman-coded lines of a granule, ISO/IEC 11172-3
// 2.4.3.4.6, into xr as signed integers and zeroes the lines that are not
// sent. The codes end at bit end of r's data. It returns how many lines there
// are up to the last that may be nonzero, and false when the codes run over
// the end; g.small says from where on the integers are small.
func (r *bitReader) spectrum(xr *[576]int32, g *granule, end int) (lines int, ok bool) {
	big := 2 * g.bigValues
	g.small = 0
	edges := [4]int{0, min(g.region[0], big), min(g.region[1], big), big}
	for i := range g.tableSelect {
		if edges[i] >= edges[i+1] {
			continue
		}
		dst := xr[edges[i]:edges[i+1]]
		if t := &pairTables[g.tableSelect[i]]; t.coded {
			pairs(r, dst, pairEntries[t.start:], int(t.linbits))
			if t.linbits != 0 {
				g.small = edges[i+1]
			}
		} else {
			clear(dst)
		}
	}
	if r.pos() > end {
		clear(xr[:])
		return 0, false
	}
	lines = big + r.count1(xr[big:], g.count1Table, end)
	clear(xr[lines:])
	return lines, true
}

// count1 reads quadruples into dst, which is even, and returns how many
// values it read.
func (r *bitReader) count1(dst []int32, table, end int) int {
	entries, bits := quadEntries[:1024], 10
	if table == 1 {
		entries, bits = quadEntries[1024:], 8
	}
	n := quads(r, dst, entries, bits, end-r.pos())
	if len(dst)-n != 2 {
		return n
	}
	// The last quadruple may be for lines 574 to 577, of which two exist.
	var last [4]int32
	if quads(r, last[:], entries, bits, end-r.pos()) == 0 {
		return n
	}
	return n + copy(dst[n:], last[:2])
}

// pairsGeneric reads pairs by a table until dst, which is even, is full.
func pairsGeneric(r *bitReader, dst []int32, entries []uint16, linbits int) {
	for i := 0; i+1 < len(dst); i += 2 {
		bits, from := firstBits, 0
		e := entries[r.peek(bits)]
		for e&15 == 0 && e&0x7f != 0 {
			r.skip(bits)
			bits, from = int(e>>4&7+1), int(e>>7)*4
			e = entries[from+r.peek(bits)]
		}
		if n := int(e & 15); n != 0 {
			r.skip(n)
			dst[i], dst[i+1] = int32(int16(e)>>11), int32(int16(e<<5)>>11)
			continue
		}
		r.skip(int(e >> 7 & 15))
		x, y := 15, int(e>>11)
		if y >= 16 {
			x, y = y-16, 15
		}
		dst[i] = r.escapedValue(x, linbits)
		dst[i+1] = r.escapedValue(y, linbits)
	}
	r.fill()
}

// escapedValue reads what follows the code word for one value.
func (r *bitReader) escapedValue(v, linbits int) int32 {
	if v == 0 {
		return 0
	}
	if v == 15 {
		v += r.bits(linbits)
	}
	if r.flag() {
		v = -v
	}
	return int32(v)
}

// quadsGeneric reads quadruples of 0 and ±1 into dst, and returns how many
// values it read before there was no room for another, or before one that is
// longer than what is left of the bits: that one is stuffing. The table's
// index has so many bits.
func quadsGeneric(r *bitReader, dst []int32, entries []uint16, bits, left int) int {
	i := 0
	for ; i+3 < len(dst); i += 4 {
		e := entries[r.peek(bits)]
		n := int(e & 15)
		if left -= n; left < 0 {
			break
		}
		r.skip(n)
		v := int16(e)
		dst[i], dst[i+1] = int32(v>>14), int32(v<<2>>14)
		dst[i+2], dst[i+3] = int32(v<<4>>14), int32(v<<6>>14)
	}
	r.fill()
	return i
}
