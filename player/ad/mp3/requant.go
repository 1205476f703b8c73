package mp3

// bandEdges returns the first lines of a granule's scale factor bands, and
// the end, in the order of the bit stream, in which the three windows of a
// short band follow each other. It uses space unless all blocks are long.
func bandEdges(g *granule, l *layout, space *[40]int) []int {
	if !g.short() {
		return l.long[:]
	}
	edges, from := space[:0], 0
	if g.mixed {
		edges, from = append(edges, l.long[:l.mixedLong]...), mixedFrom
	}
	for b := from; b < 13; b++ {
		width := l.short[b+1] - l.short[b]
		edges = append(edges, 3*l.short[b], 3*l.short[b]+width, 3*l.short[b]+2*width)
	}
	return append(edges, 576)
}

// longBands is how many of a granule's bands are those of long blocks.
func longBands(g *granule, l *layout) int {
	switch {
	case !g.short():
		return len(l.long) - 1
	case g.mixed:
		return l.mixedLong
	}
	return 0
}

// pretab is added to the scale factors when preflag is set, ISO/IEC 11172-3
// table B.6.
var pretab = [22]uint8{11: 1, 1, 1, 1, 2, 2, 3, 3, 3, 2}

// requantize turns the integers in xr up to lines into spectral lines,
// ISO/IEC 11172-3 2.4.3.4.7. edges and long are what bandEdges and longBands
// say; halve multiplies all by 1/√2, which M/S stereo wants.
func requantize(xr *[576]int32, lines int, g *granule, s *scaleFactors, edges []int, long int, halve bool) {
	gains := &s.gains
	base := g.globalGain - 210
	if halve {
		base -= 2
	}
	step := uint(1)
	if g.scalefacScale {
		step = 2
	}
	for b := range min(long, len(edges)-1) {
		sf := int(s.value[b])
		if g.preflag {
			sf += int(pretab[b])
		}
		gains[b] = int32(base - sf<<step)
	}
	for b := long; b+1 < len(edges); b++ {
		gains[b] = int32(base - 8*g.subblockGain[(b-long)%3] - int(s.value[b])<<step)
	}
	requantizeAll(xr, lines, g.small, edges, gains)
}

// bandGains are the quarters of powers of two that bands are multiplied by.
type bandGains [39]int32

// requantizeAll multiplies the signed fourth thirds powers of the lines of
// each band by 2^(gain/4). From line small on they are below 16.
func requantizeAll(xr *[576]int32, lines, small int, edges []int, gains *bandGains) {
	for b := 0; ; b++ {
		if b = requantizeBands(xr, lines, small, edges, gains, b); b < 0 {
			return
		}
		requantizeExtreme(xr[edges[b]:min(edges[b+1], lines)], quarter[gains[b]&3], shiftOf(gains[b]))
	}
}

// shiftOf is how far to the right a product of pow43's 26 fractional bits and
// a mantissa's 31, less 32, goes.
func shiftOf(gain int32) int { return -1 - int(gain>>2) }

// requantizeBandsGeneric does the bands from one on, until all lines are done,
// when it returns -1, or to a band whose shift is not from 3 to 31. That lines
// are below 16 from small on only saves the kernel the look.
func requantizeBandsGeneric(xr *[576]int32, lines, small int, edges []int, gains *bandGains, from int) int {
	for b := from; b+1 < len(edges) && edges[b] < lines; b++ {
		mantissa, shift := quarter[gains[b]&3], shiftOf(gains[b])
		if shift < 3 || shift > 31 {
			return b
		}
		x := xr[edges[b]:min(edges[b+1], lines)]
		for i, v := range x {
			if uint32(v+16) < 32 {
				m := high(small43[v+16], int32(mantissa>>1))
				x[i] = m>>(shift-2) + m>>(shift-3)&1
				continue
			}
			sign := v >> 31
			x[i] = int32(large(uint32(v^sign-sign), mantissa, shift)) ^ sign - sign
		}
	}
	return -1
}

// large does the magnitude of a value that small43 does not have.
func large(m, mantissa uint32, shift int) uint32 {
	down := 12
	if m < 256 {
		down = 5
	}
	return shifted(mulMagnitude(pow43[min(m, 8206)], mantissa), shift-down)
}

// shifted is m/2^shift, saturated, for any shift.
func shifted(m uint32, shift int) uint32 {
	if shift >= 0 {
		return min(m>>shift, maxLine)
	}
	if shift < -30 || m > maxLine>>-shift {
		return min(m, 1) * maxLine
	}
	return m << -shift
}

// requantizeExtreme is for bands so loud that they may saturate, or so quiet
// that little is left.
func requantizeExtreme(x []int32, mantissa uint32, shift int) {
	for i, v := range x {
		sign := v >> 31
		m := uint32(v ^ sign - sign)
		if m < 16 {
			m = shifted(mulMagnitude(pow43[m], mantissa), shift)
		} else {
			m = large(m, mantissa, shift)
		}
		x[i] = int32(m) ^ sign - sign
	}
}
