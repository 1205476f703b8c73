package mpeg4

// A quarterer predicts by quarters of a pixel (7.6.2.2): a filter of eight taps
// makes the halves, of a block's own samples only, which are mirrored at its
// edges; quarters are the averages of halves and their neighbours.
type quarterer struct {
	rows [17 * 16]byte // moved across, one line more than the block has
	out  [16 * 16]byte
}

// move predicts a block of width (8 or 16) by height (8 or 16) samples. fx and fy
// are quarters.
func (q *quarterer) move(dst, src []byte, stride, width, height, fx, fy int, down, average bool) {
	q.across(src, stride, width, height+1, fx, down)
	q.along(width, height, fy, down)
	for y := range height {
		to, from := dst[y*stride:][:width], q.out[y*16:][:width]
		if !average {
			copy(to, from)
			continue
		}
		for x, v := range from {
			to[x] = byte((int(to[x]) + int(v) + 1) >> 1)
		}
	}
}

// mirrored is the place of a sample that lies outside of 0 to n.
func mirrored(i, n int) int {
	if i < 0 {
		return -1 - i
	}
	if i > n {
		return 2*n + 1 - i
	}
	return i
}

// filter makes the half behind sample i of n+1 samples that lie step apart.
func filter(s []byte, step, i, n int, round int32) int32 {
	at := func(k int) int32 { return int32(s[mirrored(k, n)*step]) }
	v := 20*(at(i)+at(i+1)) - 6*(at(i-1)+at(i+2)) + 3*(at(i-2)+at(i+3)) - (at(i-3) + at(i+4))
	return max(0, min((v+round)>>5, 255))
}

// across makes rows.
func (q *quarterer) across(src []byte, stride, width, lines, fx int, down bool) {
	round, up := int32(16), int32(1)
	if down {
		round, up = 15, 0
	}
	for y := range lines {
		line, out := src[y*stride:], q.rows[y*16:][:width]
		if fx == 0 {
			copy(out, line[:width])
			continue
		}
		for x := range out {
			v := filter(line, 1, x, width, round)
			if fx != 2 {
				v = (v + int32(line[x+fx>>1]) + up) >> 1
			}
			out[x] = byte(v)
		}
	}
}

// along makes out.
func (q *quarterer) along(width, height, fy int, down bool) {
	round, up := int32(16), int32(1)
	if down {
		round, up = 15, 0
	}
	for y := range height {
		out := q.out[y*16:][:width]
		if fy == 0 {
			copy(out, q.rows[y*16:])
			continue
		}
		for x := range out {
			v := filter(q.rows[x:], 16, y, height, round)
			if fy != 2 {
				v = (v + int32(q.rows[(y+fy>>1)*16+x]) + up) >> 1
			}
			out[x] = byte(v)
		}
	}
}
