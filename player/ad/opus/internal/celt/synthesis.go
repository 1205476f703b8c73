package celt

import "linnet/player/ad/opus/internal/entropy"

// synthesize makes sound of the spectra of coded channels, RFC 6716 clauses
// 4.3.6 and 4.3.7.
func (d *Decoder) synthesize(f *frame, coded int) {
	a, b := d.freq[0][:f.n], d.freq[1][:f.n]
	d.denormalize(a, f.x, d.energy[:bands], f)
	if coded == 2 {
		d.denormalize(b, f.x[f.n:], d.energy[bands:], f)
	}
	switch {
	case coded == 2 && d.channels == 1:
		for i, v := range b {
			a[i] = a[i]>>1 + v>>1
		}
	case coded == 1 && d.channels == 2:
		b = a
	}
	spectra := [2][]int32{a, b}
	for c, freq := range spectra[:d.channels] {
		out := d.sound[c].now()[memory-f.n:]
		if peak := d.transform(f, out, freq); peak >= saturation {
			for i, v := range out[:f.n] {
				out[i] = saturate(v)
			}
		}
	}
}

// transform makes the sound of one spectrum, of one block or many. The result
// is that of inverse.
func (d *Decoder) transform(f *frame, out, freq []int32) (peak uint32) {
	if !f.transient {
		return transforms[f.size].inverse(out, freq, 1, edges[d.end]<<f.size, d.fft[:])
	}
	blocks := 1 << f.size
	for b := range blocks {
		peak |= transforms[0].inverse(out[shortest*b:], freq[b:], blocks, edges[d.end], d.fft[:])
	}
	return peak
}

// deemphasize writes a channel of n samples.
func (d *Decoder) deemphasize(pcm []int16, c, n int, add bool) {
	src := d.sound[c].now()[memory-n : memory]
	switch {
	case add:
		d.emph[c] = deemphasizeAdding(pcm[c:], d.channels, src, d.emph[c])
	case d.channels == 2:
		d.emph[c] = deemphasizeStereo(pcm[c:], src, d.emph[c])
	default:
		d.emph[c] = deemphasizeMono(pcm, src, d.emph[c])
	}
}

// postfilter is a comb filter that raises a pitch, RFC 6716 clause 4.3.7.1.
type postfilter struct {
	period int
	gain   int32 // Q15
	tapset int
}

// shortestPeriod is the least that is used.
const shortestPeriod = 15

func readPostfilter(rc *entropy.Decoder) (p postfilter) {
	if !rc.Bit(1) {
		return p
	}
	octave := int(rc.Uint(6))
	p.period = 16<<octave + int(rc.Bits(4+octave)) - 1
	p.gain = 3072 * int32(rc.Bits(3)+1)
	if rc.Tell()+2 <= 8*rc.Size() {
		p.tapset = rc.Symbol(tapsetICDF, 2)
	}
	return p
}

// filter applies the postfilters of this frame and the one before; each fades
// into the next.
func (d *Decoder) filter(f *frame, next postfilter) {
	d.now.period = max(d.now.period, shortestPeriod)
	d.old.period = max(d.old.period, shortestPeriod)
	for c := range d.channels {
		x := d.sound[c].now()[:memory]
		comb(x, memory-f.n, shortest, d.old, d.now)
		if f.size > 0 {
			comb(x, memory-f.n+shortest, f.n-shortest, d.now, next)
		}
	}
	d.old, d.now = d.now, next
	if f.size > 0 {
		d.old = next
	}
}

// taps are the three gains of each tapset, Q15.
var taps = [3][3]int32{{10048, 7112, 4248}, {15200, 8784, 0}, {26208, 3280, 0}}

func (p postfilter) taps() (g [3]int32) {
	for i, t := range taps[p.tapset] {
		g[i] = mul16Round(p.gain, t)
	}
	return g
}

// comb filters n samples from x[at] on in place, and fades from one filter to
// the other over the overlap.
func comb(x []int32, at, n int, from, to postfilter) {
	if from.gain == 0 && to.gain == 0 {
		return
	}
	from.period, to.period = max(from.period, shortestPeriod), max(to.period, shortestPeriod)
	g, h := from.taps(), to.taps()
	quick := g[0] < 1<<14 && h[0] < 1<<14 // the kernels' condition
	if from != to {
		f := fader{from.period + 2, to.period + 2, g, h}
		if quick {
			combFade(x, at, &f)
		} else {
			combFadeGeneric(x, at, &f)
		}
		at, n = at+overlap, n-overlap
	}
	x = x[at-to.period-2 : at+n]
	switch {
	case to.gain == 0:
	case quick:
		combSteady(x, to.period+2, &h)
	default:
		combSteadyGeneric(x, to.period+2, &h)
	}
}
