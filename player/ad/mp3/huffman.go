package mp3

// pairTable is where one Huffman table for pairs of values lies.
type pairTable struct {
	start   uint16 // in pairEntries
	bits    uint8  // of the first level; 0: the table of zeros
	linbits uint8
}

// spectrum reads the Huffman-coded lines of a granule, ISO/IEC 11172-3
// 2.4.3.4.6, into xr as signed integers and zeroes the lines that are not
// sent. The codes end at bit end of r's data. It returns how many lines there
// are up to the last that may be nonzero, and false when the codes run over
// the end.
func (r *bitReader) spectrum(xr *[576]int32, g *granule, end int) (lines int, ok bool) {
	big := 2 * g.bigValues
	edges := [4]int{0, min(g.region[0], big), min(g.region[1], big), big}
	for i := range g.tableSelect {
		if edges[i] >= edges[i+1] {
			continue
		}
		dst := xr[edges[i]:edges[i+1]]
		switch t := &pairTables[g.tableSelect[i]]; {
		case t.bits == 0:
			clear(dst)
		case t.linbits == 0:
			r.pairs(dst, t)
		default:
			r.escapedPairs(dst, t)
		}
	}
	if r.pos() > end {
		clear(xr[:])
		return 0, false
	}
	lines = r.quads(xr, big, g.count1Table, end)
	if lines == 574 {
		lines = r.lastQuad(xr, g.count1Table, end)
	}
	clear(xr[lines:])
	return lines, true
}

// pairs reads pairs by a table without linbits until dst is full.
func (r *bitReader) pairs(dst []int32, t *pairTable) {
	cache, have, next, data := r.cache, r.have, r.next, r.data
	entries, shift := pairEntries[t.start:], 32-uint(t.bits)
	for i := 0; i+1 < len(dst); i += 2 {
		if have < 0 {
			if next+1 < len(data) {
				cache |= (uint32(data[next])<<8 | uint32(data[next+1])) << (uint(-have) & 31)
			} else {
				cache |= halfword(data, next) << (uint(-have) & 31) // the last byte, or nothing
			}
			next += 2
			have += 16
		}
		e := uint32(entries[cache>>(shift&31)])
		for bits := t.bits; e&15 == 0; {
			cache <<= bits & 31
			have -= int(bits)
			if have < 0 {
				cache |= halfword(data, next) << (uint(-have) & 31)
				next += 2
				have += 16
			}
			bits = uint8(e>>4&7 + 1)
			e = uint32(entries[e>>7<<1+cache>>(32-bits&31)])
		}
		// The sign of x stands behind the code word, that of y (where there
		// are two, or y's alone) is the last bit; a zero has any sign.
		sx := int32(cache<<(e&15)) >> 31
		cache <<= e >> 4 & 15
		have -= int(e>>4&15) + 1
		sy := int32(cache) >> 31
		cache <<= 1
		dst[i] = int32(e>>8&15) ^ sx - sx
		dst[i+1] = int32(e>>12) ^ sy - sy
	}
	r.cache, r.have, r.next = cache, have, next
}

// escapedPairs reads pairs by a table in which 15 is followed by linbits.
func (r *bitReader) escapedPairs(dst []int32, t *pairTable) {
	for i := 0; i+1 < len(dst); i += 2 {
		e := r.pair(t)
		dst[i] = r.escapedValue(int32(e>>8&15), t.linbits)
		dst[i+1] = r.escapedValue(int32(e>>12), t.linbits)
	}
}

// pair reads one code word and returns its entry.
func (r *bitReader) pair(t *pairTable) uint32 {
	entries, bits, from := pairEntries[t.start:], t.bits, uint32(0)
	for {
		r.fill()
		e := uint32(entries[from+r.cache>>(32-bits&31)])
		if n := e & 15; n != 0 {
			r.cache <<= n
			r.have -= int(n)
			return e
		}
		r.cache <<= bits & 31
		r.have -= int(bits)
		bits, from = uint8(e>>4&7+1), e>>7<<1
	}
}

// escapedValue reads what follows the code word for one value.
func (r *bitReader) escapedValue(v int32, linbits uint8) int32 {
	if v == 0 {
		return 0
	}
	if v == 15 {
		v += int32(r.bits(int(linbits)))
	}
	if r.flag() {
		return -v
	}
	return v
}

// quads reads the values of 0 and ±1 from line i on, and returns the line at
// which they stop. A word that runs over the end is stuffing.
func (r *bitReader) quads(xr *[576]int32, i, table, end int) int {
	entries, shift := &quadEntries[table&1], uint(26)
	if table == 1 {
		shift = 28
	}
	cache, have, next, data := r.cache, r.have, r.next, r.data
	for i <= 572 {
		if have < 0 {
			cache |= halfword(data, next) << (uint(-have) & 31)
			next += 2
			have += 16
		}
		e := uint32(entries[cache>>shift&63])
		have -= int(e >> 4 & 15)
		if next<<3-have-16 > end {
			break
		}
		s := int32(cache << (e & 15))
		cache <<= e >> 4 & 15
		var a, b, c, d int32
		if e&0x800 != 0 {
			a, s = s>>31|1, s<<1
		}
		if e&0x400 != 0 {
			b, s = s>>31|1, s<<1
		}
		if e&0x200 != 0 {
			c, s = s>>31|1, s<<1
		}
		if e&0x100 != 0 {
			d = s>>31 | 1
		}
		*(*[4]int32)(xr[i:]) = [4]int32{a, b, c, d}
		i += 4
	}
	r.cache, r.have, r.next = cache, have, next
	return i
}

// lastQuad reads a word for lines 574 to 577, of which two exist.
func (r *bitReader) lastQuad(xr *[576]int32, table, end int) int {
	var tail [576]int32
	if r.quads(&tail, 572, table, end) == 572 {
		return 574
	}
	xr[574], xr[575] = tail[572], tail[573]
	return 576
}
