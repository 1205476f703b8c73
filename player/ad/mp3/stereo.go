package mp3

import "linnet/player/internal/mpa"

// midSideGeneric turns middle and side, which are as long, into left and
// right; the division by √2 was done before. ISO/IEC 11172-3 2.4.3.4.9.2.
func midSideGeneric(l, r []int32) {
	r = r[:len(l)]
	for i, m := range l {
		s := r[i]
		l[i], r[i] = m+s, m-s
	}
}

// intensity spreads l over l and r; kl and kr have 30 fractional bits.
func intensity(l, r []int32, k *[2]uint32) {
	r = r[:len(l)]
	for i, x := range l {
		l[i] = int32(int64(x) * int64(k[0]) >> 30)
		r[i] = int32(int64(x) * int64(k[1]) >> 30)
	}
}

// intensityFrame undoes intensity stereo, with or without M/S, ISO/IEC
// 11172-3 2.4.3.4.9.3 and ISO/IEC 13818-3 2.4.3.2. Bands above the last one
// in which the right channel has a line are intensity-coded, each short
// window for itself. rightLines is how far the right channel reaches; edges
// and long are those of the right channel, s its scale factors.
type intensityFrame struct {
	header     *mpa.Header
	right      *granule
	scale      *scaleFactors
	edges      []int
	long       int
	rightLines int
}

// apply does the bands of which there are lines, and returns where they end.
func (f *intensityFrame) apply(xr *[2][576]int32, lines int) int {
	var top [3]int
	f.tops(&xr[1], &top)
	b := 0
	for ; f.edges[b] < lines; b++ {
		l := xr[0][f.edges[b]:f.edges[b+1]]
		r := xr[1][f.edges[b]:f.edges[b+1]]
		if b > top[f.window(b)] {
			if k := f.gains(f.position(b, &top)); k != nil {
				intensity(l, r, k)
				continue
			}
		}
		if f.header.ModeExt&2 != 0 {
			midSide(l, r)
		}
	}
	return f.edges[b]
}

// window is the short window that a band belongs to; 0 for long blocks.
func (f *intensityFrame) window(b int) int {
	if b < f.long {
		return 0
	}
	return (b - f.long) % 3
}

// tops finds the last band with a line in it, by window; all are the same
// where there are long blocks.
func (f *intensityFrame) tops(r *[576]int32, top *[3]int) {
	*top = [3]int{-1, -1, -1}
	for b := 0; b+1 < len(f.edges) && f.edges[b] < f.rightLines; b++ {
		for _, v := range r[f.edges[b]:f.edges[b+1]] {
			if v != 0 {
				top[f.window(b)] = b
				break
			}
		}
	}
	if f.long > 0 {
		m := max(top[0], top[1], top[2])
		*top = [3]int{m, m, m}
	}
}

// position is the index of the scale factor that is a band's is_pos, or -1
// for the middle. The last band has none of its own: it takes that of the
// band before, if that one is intensity-coded.
func (f *intensityFrame) position(b int, top *[3]int) int {
	step := 1
	if f.right.short() {
		step = 3
	}
	if b < len(f.edges)-1-step {
		return b
	}
	if top[f.window(b)] >= b-step {
		return -1
	}
	return b - step
}

// gains looks up the factors for a position; nil where it is illegal, which
// means that the band is not intensity-coded.
func (f *intensityFrame) gains(pos int) *[2]uint32 {
	ms := f.header.ModeExt >> 1 & 1
	if pos >= 0 && f.scale.illegal[pos] {
		return nil
	}
	if f.header.Version == mpa.MPEG1 {
		v := 3
		if pos >= 0 {
			v = int(f.scale.value[pos])
		}
		if v >= len(intensityTan[ms]) {
			return nil
		}
		return &intensityTan[ms][v]
	}
	v := 0
	if pos >= 0 {
		v = min(int(f.scale.value[pos]), 30)
	}
	return &intensityPow[ms][f.right.scalefacCompress&1][v]
}
