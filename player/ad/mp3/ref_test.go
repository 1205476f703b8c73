package mp3

import (
	"math"
	"testing"

	"linnet/player/internal/mpa"
)

// The slow decoder: everything behind the parsing of the bit stream, in
// float64, written down from the formulas of ISO/IEC 11172-3 and 13818-3.

type refDecoder struct {
	Decoder // for its parsing
	v       [2][1024]float64
	overlap [2][32][18]float64
	xr      [2][576]float64
}

// refWindow is D[i] of table B.3, taken back out of the kernel's coefficients:
// row j has those of D[j+64m] and of D[j+32+64m].
func refWindow(i int) float64 {
	m, j := i/64, i%64
	var c int32
	switch {
	case j == 0:
		c = windowEdge[2*m]
	case j == 32:
		c = -windowEdge[2*m+1]
	case j == 16: // D[512-i] = -D[i]
		c = windowEdge[16+7-m]
	case j == 48:
		c = -windowEdge[16+m]
	case j < 16:
		c = windowRows[j-1][m][2]
	case j > 32 && j < 48:
		c = windowRows[j-33][7-m][0] - windowRows[j-33][7-m][2]
	default:
		return -refWindow(512 - i)
	}
	return float64(c) / (1 << 16)
}

// synth is the flow chart of figure 3-A.2.
func (d *refDecoder) synth(ch int, s []float64, out []float64, stride int) {
	v := &d.v[ch]
	copy(v[64:], v[:960])
	for i := range 64 {
		v[i] = 0
		for k, x := range s {
			v[i] += math.Cos(float64((16+i)*(2*k+1))*math.Pi/64) * x
		}
	}
	for j := range 32 {
		sum := 0.
		for i := range 8 {
			sum += v[128*i+j]*refWindow(j+64*i) + v[128*i+96+j]*refWindow(j+64*i+32)
		}
		out[j*stride] = sum
	}
}

// refIMDCT is 2.4.3.4.10.2: n lines give 2n values.
func refIMDCT(x []float64) []float64 {
	n := 2 * len(x)
	out := make([]float64, n)
	for i := range out {
		for k, v := range x {
			out[i] += v * math.Cos(math.Pi/float64(2*n)*float64((2*i+1+n/2)*(2*k+1)))
		}
	}
	return out
}

// refBlock is a windowed block of 36 values, 2.4.3.4.10.3; short blocks have
// line 3f+w for line f of window w.
func refBlock(x []float64, blockType int) []float64 {
	out := make([]float64, 36)
	if blockType == 2 {
		for w := range 3 {
			y := refIMDCT([]float64{x[w], x[3+w], x[6+w], x[9+w], x[12+w], x[15+w]})
			for i, v := range y {
				out[6+6*w+i] += v * math.Sin(math.Pi/12*(float64(i)+.5))
			}
		}
		return out
	}
	copy(out, refIMDCT(x))
	for i := range out {
		k := i
		if blockType == 3 {
			k = 35 - i
		}
		switch {
		case blockType == 0 || k < 18:
			out[i] *= math.Sin(math.Pi / 36 * (float64(k) + .5))
		case k >= 30:
			out[i] = 0
		case k >= 24:
			out[i] *= math.Sin(math.Pi / 12 * (float64(k-18) + .5))
		}
	}
	return out
}

func refAlias(x []float64, boundaries int) {
	for sb := 1; sb <= boundaries; sb++ {
		for i, c := range []float64{-.6, -.535, -.33, -.185, -.095, -.041, -.0142, -.0037} {
			cs, ca := 1/math.Sqrt(1+c*c), c/math.Sqrt(1+c*c)
			u, l := x[18*sb-1-i], x[18*sb+i]
			x[18*sb-1-i], x[18*sb+i] = u*cs-l*ca, l*cs+u*ca
		}
	}
}

func refRequantize(v int32, quarters float64) float64 {
	m := math.Pow(math.Abs(float64(v)), 4./3) * math.Exp2(quarters/4)
	return math.Copysign(m, float64(v))
}

func (d *refDecoder) granule(h *mpa.Header, gr int, data []byte, pos int, out []float64) bool {
	l, channels := &d.l3, h.Channels()
	layout := &layouts[layoutIndex(h)]
	joint := 0
	if h.Mode == mpa.JointStereo {
		joint = h.ModeExt
	}
	var lines [2]int
	var edges []int
	for ch := range channels {
		g := &l.side.granules[gr][ch]
		r := newBitReader(data, pos)
		pos += g.part23Length
		keep := 0
		if gr > 0 {
			keep = l.side.scfsi[ch]
		}
		l.scale[ch].read(&r, h, g, keep, ch == 1 && joint&1 != 0)
		var ok bool
		if lines[ch], ok = r.spectrum(&l.xr[ch], g, pos); !ok {
			return false
		}
		edges = bandEdges(g, layout, &l.edges[ch])
		multiplier := 2.
		if g.scalefacScale {
			multiplier = 4
		}
		for b := range len(edges) - 1 {
			sf, quarters := float64(l.scale[ch].value[b]), float64(g.globalGain-210)
			if g.preflag && !g.short() {
				sf += float64(pretab[b])
			}
			if long := longBands(g, layout); b >= long {
				quarters -= float64(8 * g.subblockGain[(b-long)%3])
			}
			for i := edges[b]; i < edges[b+1]; i++ {
				d.xr[ch][i] = refRequantize(l.xr[ch][i], quarters-multiplier*sf)
			}
		}
	}
	d.stereo(h, joint, gr, edges)
	for ch := range channels {
		d.hybrid(h, ch, &l.side.granules[gr][ch], layout, out[ch:], channels)
	}
	return true
}

// stereo is 2.4.3.4.9.
func (d *refDecoder) stereo(h *mpa.Header, joint, gr int, edges []int) {
	l, r := &d.xr[0], &d.xr[1]
	right := &d.l3.side.granules[gr][1]
	windows := 1
	if right.short() {
		windows = 3
	}
	top := make([]int, windows)
	for b := range len(edges) - 1 {
		for i := edges[b]; i < edges[b+1]; i++ {
			if r[i] != 0 {
				top[b%windows] = b + 1
			}
		}
	}
	for b := range len(edges) - 1 {
		kl, kr := 0., 0.
		if joint&1 != 0 && b >= top[b%windows] {
			kl, kr = d.ratio(h, right, b, len(edges)-1-windows, top[b%windows], windows)
		}
		for i := edges[b]; i < edges[b+1]; i++ {
			switch {
			case kl+kr > 0:
				l[i], r[i] = l[i]*kl, l[i]*kr
			case joint&2 != 0:
				l[i], r[i] = (l[i]+r[i])/math.Sqrt2, (l[i]-r[i])/math.Sqrt2
			}
		}
	}
}

// ratio is what left and right get by intensity stereo; 0, 0 for none. It is
// for unmixed blocks.
func (d *refDecoder) ratio(h *mpa.Header, right *granule, b, last, top, windows int) (float64, float64) {
	s := &d.l3.scale[1]
	pos, legal := 0, true
	if h.Version == mpa.MPEG1 {
		pos = 3
	}
	if b >= last {
		b -= windows
	}
	if b < last-windows || b >= top {
		pos, legal = int(s.value[b]), !s.illegal[b]
	}
	if !legal {
		return 0, 0
	}
	if h.Version == mpa.MPEG1 {
		sin, cos := math.Sincos(float64(pos) * math.Pi / 12)
		return sin / (sin + cos), cos / (sin + cos)
	}
	base := math.Exp2(-.25 * float64(1+right.scalefacCompress&1))
	if pos%2 == 1 {
		return math.Pow(base, float64(pos+1)/2), 1
	}
	return 1, math.Pow(base, float64(pos)/2)
}

func (d *refDecoder) hybrid(h *mpa.Header, ch int, g *granule, layout *layout, out []float64, stride int) {
	xr := d.xr[ch][:]
	long := 32
	if g.short() {
		first := longBands(g, layout)
		long = layout.long[first] / 18
		lines := append([]float64(nil), xr...)
		for b := first / 3 * min(first, 1); b < 13; b++ {
			from, width := 3*layout.short[b], layout.short[b+1]-layout.short[b]
			if from < 18*long {
				continue
			}
			for i := range 3 * width {
				xr[from+i/width+3*(i%width)] = lines[from+i]
			}
		}
	}
	refAlias(xr, long-1)
	var sub [18][32]float64
	for sb := range 32 {
		blockType := g.blockType
		if g.mixed && sb < 2 || sb < long && blockType == 2 {
			blockType = 0
		}
		y := refBlock(xr[18*sb:18*sb+18], blockType)
		for i := range 18 {
			sub[i][sb] = d.overlap[ch][sb][i] + y[i]
			if i&sb&1 != 0 {
				sub[i][sb] = -sub[i][sb]
			}
			d.overlap[ch][sb][i] = y[18+i]
		}
	}
	for i := range sub {
		d.synth(ch, sub[i][:], out[32*i*stride:], stride)
	}
}

// layer12 decodes a Layer I or II frame behind its check word.
func (d *refDecoder) layer12(h *mpa.Header, data []byte, out []float64) {
	l := &d.l12
	l.setBound(h)
	r := newBitReader(data, 0)
	if h.Layer == 1 {
		l.readLayer1(&r, h)
	} else {
		l.readLayer2(&r, h)
	}
	l.readFactors(&r, h)
	total, slots := h.Samples()/32, l.slots(h)
	for first := 0; first < total; first += slots {
		var sub [2][3][32]float64
		codes := make([]int, slots)
		for sb := range l.bands {
			for ch := range h.Channels() {
				if l.quant[ch][sb] == 0 {
					continue
				}
				q := l.quant[ch][sb] - 1
				if ch < l.coded(h, sb) {
					readCodes(&r, int(q), codes)
				}
				steps := float64(quantStep[q])
				scale := math.Exp2(1 - float64(l.factor[ch][3*first/total][sb])/3)
				for i, c := range codes {
					sub[ch][i][sb] = (2*float64(c) + 1 - steps) / steps * scale
				}
			}
		}
		for ch := range h.Channels() {
			for i := range slots {
				d.synth(ch, sub[ch][i][:], out[32*(first+i)*h.Channels()+ch:], h.Channels())
			}
		}
	}
}

// quantStep is the number of steps of a quantiser.
var quantStep = [17]uint16{3, 5, 7, 9, 15, 31, 63, 127, 255, 511, 1023, 2047, 4095, 8191, 16383, 32767, 65535}

// readCodes reads one code, or three, which may be in one word.
func readCodes(r *bitReader, q int, codes []int) {
	if n := groupBits[q]; n != 0 && len(codes) == 3 {
		c, steps := r.bits(int(n)), int(quantStep[q])
		codes[0], c = c%steps, c/steps
		codes[1], c = c%steps, c/steps
		codes[2] = min(c, steps-1)
		return
	}
	for i := range codes {
		codes[i] = r.bits(int(quantBits[q]))
	}
}

// refDecode decodes whole frames; nil where one is not whole.
func refDecode(t *testing.T, fs [][]byte) []float64 {
	t.Helper()
	var d refDecoder
	var out []float64
	for _, f := range fs {
		h, _ := mpa.ParseHeader(f)
		data := f[mpa.HeaderSize:]
		if h.CRC {
			data = data[2:]
		}
		n := len(out)
		out = append(out, make([]float64, h.Samples()*h.Channels())...)
		if h.Layer != 3 {
			d.layer12(&h, data, out[n:])
			continue
		}
		size := h.SideInfoSize()
		if msg := d.l3.side.parse(&h, data[:size]); msg != "" {
			t.Fatal(msg)
		}
		start := d.l3.main.add(data[size:], d.l3.side.mainDataBegin)
		if start < 0 {
			t.Fatal("main data missing")
		}
		pos := 0
		for gr := range granules(&h) {
			if !d.granule(&h, gr, d.l3.main.from(start), pos, out[n+576*gr*h.Channels():]) {
				t.Fatal("broken granule")
			}
			for ch := range h.Channels() {
				pos += d.l3.side.granules[gr][ch].part23Length
			}
		}
	}
	return out
}
