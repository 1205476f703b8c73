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
	base := g.globalGain - 210
	if halve {
		base -= 2
	}
	step := uint(1)
	if g.scalefacScale {
		step = 2
	}
	for b := 0; b+1 < len(edges) && edges[b] < lines; b++ {
		sf := int(s.value[b])
		gain := base
		if b >= long {
			gain -= 8 * g.subblockGain[(b-long)%3]
		} else if g.preflag {
			sf += int(pretab[b])
		}
		requantizeBand(xr[edges[b]:min(edges[b+1], lines)], gain-sf<<step)
	}
}

// requantizeBand multiplies the signed fourth thirds powers of x by
// 2^(gain/4).
func requantizeBand(x []int32, gain int) {
	mantissa := quarter[gain&3]
	shift := -1 - gain>>2 // of pow43's 26 bits times the mantissa's 31, less 32
	if shift < 3 || shift > 31 {
		requantizeExtreme(x, mantissa, shift)
	} else {
		requantizeLines(x, mantissa, shift)
	}
}

// requantizeLinesGeneric is for shifts from 3 to 31.
func requantizeLinesGeneric(x []int32, mantissa uint32, shift int) {
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

// large does one value of 16 or more.
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
