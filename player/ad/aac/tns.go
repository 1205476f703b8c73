package aac

import "linnet/player/internal/bits"

const (
	maxOrder      = 12 // of a filter over a long window
	maxShortOrder = 7
	// reflectionBits and filterBits are how many bits of a filter's
	// coefficients are behind the point.
	reflectionBits = 30
	filterBits     = 32
)

// A filter is one of temporal noise shaping: over the spectrum, not over time.
type filter struct {
	length int // bands
	order  int
	down   bool // from its upper end downwards
	a      [maxOrder]int32
	point  uint // bits of a behind the point
}

// tns is what a channel says of its filters, by window.
type tns struct {
	count   [8]uint8
	filters [8][3]filter
}

func (t *tns) clear() { t.count = [8]uint8{} }

// read reads tns_data, table 4.54.
func (t *tns) read(r *bits.Reader, w *windows) (msg string) {
	n, countBits, lengthBits, orderBits, most := 1, 2, 6, 5, maxOrder
	if w.sequence == eightShort {
		n, countBits, lengthBits, orderBits, most = 8, 1, 4, 3, maxShortOrder
	}
	for i := range n {
		count := int(r.Bits(countBits))
		if count == 0 {
			continue
		}
		resolution := 3 + int(r.Bits(1))
		for k := range count {
			f := &t.filters[i][k]
			f.length, f.order = int(r.Bits(lengthBits)), int(r.Bits(orderBits))
			if f.order > most {
				return "a filter of too high an order"
			}
			f.read(r, resolution)
		}
		t.count[i] = uint8(count)
	}
	return ""
}

// read reads a filter's direction and coefficients.
func (f *filter) read(r *bits.Reader, resolution int) {
	if f.order == 0 {
		return
	}
	f.down = r.Flag()
	width := resolution - int(r.Bits(1))
	var k [maxOrder]int32
	for i := range f.order {
		if c := r.Signed(width); resolution == 3 {
			k[i] = reflection3[c&7]
		} else {
			k[i] = reflection4[c&15]
		}
	}
	f.design(k[:f.order])
}

// design makes of reflection coefficients those of a direct filter, clause
// 4.6.9.3, with as many bits behind the point as they leave room for.
func (f *filter) design(k []int32) {
	var a, b [maxOrder]int64
	for m, c := range k {
		for i := range m {
			b[i] = a[i] + reflect(c, a[m-1-i])
		}
		b[m] = int64(c) << (filterBits - reflectionBits)
		a = b
	}
	most := int64(1)
	for _, v := range a {
		most = max(most, v, -v)
	}
	f.point = filterBits
	for most += 1 << 12; most >= 1<<31; most >>= 1 {
		f.point--
	}
	for i := range f.order {
		f.a[i] = int32((a[i] + 1<<(filterBits-f.point)>>1) >> (filterBits - f.point))
	}
}

// reflect is c times a, without the bits behind c's point. a has up to 45 bits.
func reflect(c int32, a int64) int64 {
	upper, lower := int64(c)*(a>>filterBits), int64(c)*(a&(1<<filterBits-1))
	return upper<<(filterBits-reflectionBits) + lower>>reflectionBits
}

// shape runs a channel's filters over its spectrum, clause 4.6.9.3.
func (c *channel) shape() {
	for w := range 8 {
		bottom := len(c.bands) - 1
		for i := range int(c.tns.count[w]) {
			f := &c.tns.filters[w][i]
			top := bottom
			bottom = max(top-f.length, 0)
			if f.order == 0 {
				continue
			}
			most := min(c.tnsBands, c.maxBand)
			start, end := int(c.bands[min(bottom, most)]), int(c.bands[min(top, most)])
			f.run(c.spectrum[w*shortLength+start : w*shortLength+end])
		}
	}
}

// run filters lines in place: y[n] = x[n] - sum of a[i]*y[n-1-i], n counting
// downwards where the filter does.
func (f *filter) run(x []int32) {
	at, step := 0, 1
	if f.down {
		at, step = len(x)-1, -1
	}
	for n := range x {
		sum := int64(1) << (f.point - 1)
		before := at - step
		for _, c := range f.a[:min(f.order, n)] {
			sum += int64(c) * int64(x[before])
			before -= step
		}
		x[at] = int32(min(max(int64(x[at])-sum>>f.point, -maxLine), maxLine))
		at += step
	}
}
