package mp3

// reorder puts the lines of short blocks from the order of the bit stream,
// window after window in each band, into that of frequency, where line
// 3*f+w is line f of window w; ISO/IEC 11172-3 2.4.3.4.8. edges starts with
// the first short band. It returns how far the lines may reach now, of lines
// that they reached before.
func reorder(xr *[576]int32, edges []int, lines int) int {
	var space [576]int32
	for len(edges) > 3 && edges[0] < lines {
		band := xr[edges[0]:edges[3]]
		width := len(band) / 3
		copy(space[:], band)
		a, b, c := space[:width], space[width:2*width], space[2*width:3*width]
		for i := range a {
			band[3*i], band[3*i+1], band[3*i+2] = a[i], b[i], c[i]
		}
		if edges = edges[3:]; edges[0] > lines {
			return edges[0]
		}
	}
	return lines
}

// reduceAliasGeneric runs the eight butterflies over each of the first
// boundaries between subbands, ISO/IEC 11172-3 2.4.3.4.10.1. A butterfly turns
// the two lines by an angle, which three shears do as well.
func reduceAliasGeneric(xr *[576]int32, boundaries int) {
	for sb := 1; sb <= boundaries; sb++ {
		lower, upper := (*[8]int32)(xr[18*sb-8:]), (*[8]int32)(xr[18*sb:])
		for i, c := range aliasCoefs {
			u, d := lower[7-i], upper[i]
			u += high(d, c[0])
			if d -= high(u, c[1]); i == 0 {
				d -= u
			}
			lower[7-i], upper[i] = u+high(d, c[0]), d
		}
	}
}
