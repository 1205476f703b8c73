package celt

// What the kernels do: the loops that take most of the time.

// mulQ31 is a*b >> 31, rounded down.
func mulQ31(a, b int32) int32 { return int32(int64(a) * int64(b) >> 31) }

func (a complex32) add(b complex32) complex32 { return complex32{a.re + b.re, a.im + b.im} }
func (a complex32) sub(b complex32) complex32 { return complex32{a.re - b.re, a.im - b.im} }

func (a complex32) mul(w twiddle) complex32 {
	return complex32{mulQ31(a.re, w.re) - mulQ31(a.im, w.im), mulQ31(a.re, w.im) + mulQ31(a.im, w.re)}
}

// size has the bits of v, or of -v-1 where that is not below 0.
func size(v int32) uint32 { return uint32(v ^ v>>31) }

// rotateInGeneric rotates pairs of coefficients from both ends of src, and puts
// them where the FFT wants them. Of the pairs below low the second number is 0,
// of those from high on the first.
func rotateInGeneric(buf []complex32, src []int32, stride int, rot []rotation, low, high int) {
	front, back := 0, stride*(2*len(buf)-1)
	for i, r := range rot[:len(buf)] {
		var z complex32
		if i < high {
			z.re = src[front]
		}
		if i >= low {
			z.im = src[back]
		}
		buf[r.to] = z.mul(twiddle{r.cos, r.sin})
		front += 2 * stride
		back -= 2 * stride
	}
}

// rotateOutGeneric writes the time domain, from both ends to the middle. The
// result has all bits that size says of what is written.
func rotateOutGeneric(dst []int32, buf []complex32, rot []rotation) (peak uint32) {
	rot, dst = rot[:len(buf)], dst[:2*len(buf)]
	for i, z := range buf {
		y := complex32{z.im, z.re}.mul(twiddle{rot[i].sin, rot[i].cos})
		dst[2*i], dst[len(dst)-1-2*i] = y.im, y.re
		peak |= size(y.im) | size(y.re)
	}
	return peak
}

// mixGeneric is the overlap of two transforms, clause 4.3.7: time-domain
// aliasing cancels out. The result is rotateOut's.
func mixGeneric(x []int32, slopes []twiddle) (peak uint32) {
	for i, w := range slopes {
		at := len(x) - 1 - i
		y := complex32{x[i], x[at]}.mul(w)
		x[i], x[at] = y.re, y.im
		peak |= size(y.re) | size(y.im)
	}
	return peak
}

// foursGeneric transforms groups of four.
func foursGeneric(x []complex32) {
	for ; len(x) >= 4; x = x[4:] {
		a, b := x[0].sub(x[2]), x[0].add(x[2])
		c, d := x[1].add(x[3]), x[1].sub(x[3])
		x[0], x[2] = b.add(c), b.sub(c)
		x[1] = complex32{a.re + d.im, a.im - d.re}
		x[3] = complex32{a.re - d.im, a.im + d.re}
	}
}

// eightsGeneric transforms groups of eight: pairs of four.
func eightsGeneric(x []complex32) {
	const half = 23170 // the square root, Q15
	foursGeneric(x)
	for ; len(x) >= 8; x = x[8:] {
		a, b := x[:4:4], x[4:8:8]
		t := b[0]
		a[0], b[0] = a[0].add(t), a[0].sub(t)
		t = complex32{mulQ15(b[1].re+b[1].im, half), mulQ15(b[1].im-b[1].re, half)}
		a[1], b[1] = a[1].add(t), a[1].sub(t)
		t = complex32{b[2].im, -b[2].re}
		a[2], b[2] = a[2].add(t), a[2].sub(t)
		t = complex32{mulQ15(b[3].im-b[3].re, half), mulQ15(-(b[3].im + b[3].re), half)}
		a[3], b[3] = a[3].add(t), a[3].sub(t)
	}
}

// radix4Generic makes transforms of 4m of groups of four of m. The m factors
// are powers 1, 3 and 2 of a root of 1.
func radix4Generic(x []complex32, factors []twiddle) {
	m := len(factors) / 3
	for ; len(x) >= 4*m; x = x[4*m:] {
		x0, x1, x2, x3 := x[:m], x[m:2*m], x[2*m:3*m], x[3*m:4*m]
		for j := range x0 {
			w := factors[3*j:][:3]
			a, c, b := x1[j].mul(w[0]), x3[j].mul(w[1]), x2[j].mul(w[2])
			d, s := x0[j].sub(b), x0[j].add(b)
			p, q := a.add(c), a.sub(c)
			x0[j], x2[j] = s.add(p), s.sub(p)
			x1[j] = complex32{d.re + q.im, d.im - q.re}
			x3[j] = complex32{d.re - q.im, d.im + q.re}
		}
	}
}

// radix3Generic makes transforms of 3m of groups of three of m. The m factors
// are powers 1 and 2 of a root of 1.
func radix3Generic(x []complex32, factors []twiddle) {
	const sine = -28378 // of -120 degrees, Q15
	m := len(factors) / 2
	for ; len(x) >= 3*m; x = x[3*m:] {
		x0, x1, x2 := x[:m], x[m:2*m], x[2*m:3*m]
		for j := range x0 {
			w := factors[2*j:][:2]
			a, b := x1[j].mul(w[0]), x2[j].mul(w[1])
			s, d := a.add(b), a.sub(b)
			d = complex32{mulQ15(d.re, sine), mulQ15(d.im, sine)}
			h := complex32{x0[j].re - s.re>>1, x0[j].im - s.im>>1}
			x0[j] = x0[j].add(s)
			x1[j] = complex32{h.re - d.im, h.im + d.re}
			x2[j] = complex32{h.re + d.im, h.im - d.re}
		}
	}
}

// radix5Generic makes one transform of 5m of five of m. The m factors are
// powers 1, 4, 2 and 3 of a root of 1.
func radix5Generic(x []complex32, factors []twiddle) {
	const (
		cos72, sin72   = 10126, -31164 // of -72 degrees, Q15
		cos144, sin144 = -26510, -19261
	)
	m := len(factors) / 4
	x0, x1, x2, x3, x4 := x[:m], x[m:2*m], x[2*m:3*m], x[3*m:4*m], x[4*m:5*m]
	for j := range x0 {
		z, w := x0[j], factors[4*j:][:4]
		a, d := x1[j].mul(w[0]), x4[j].mul(w[1])
		b, c := x2[j].mul(w[2]), x3[j].mul(w[3])
		s1, d1, s2, d2 := a.add(d), a.sub(d), b.add(c), b.sub(c)
		x0[j] = complex32{z.re + s1.re + s2.re, z.im + s1.im + s2.im}

		p := complex32{z.re + mulQ15(s1.re, cos72) + mulQ15(s2.re, cos144), z.im + mulQ15(s1.im, cos72) + mulQ15(s2.im, cos144)}
		q := complex32{mulQ15(d1.im, sin72) + mulQ15(d2.im, sin144), -(mulQ15(d1.re, sin72) + mulQ15(d2.re, sin144))}
		x1[j], x4[j] = p.sub(q), p.add(q)

		p = complex32{z.re + mulQ15(s1.re, cos144) + mulQ15(s2.re, cos72), z.im + mulQ15(s1.im, cos144) + mulQ15(s2.im, cos72)}
		q = complex32{mulQ15(d2.im, sin72) - mulQ15(d1.im, sin144), mulQ15(d1.re, sin144) - mulQ15(d2.re, sin72)}
		x2[j], x3[j] = p.add(q), p.sub(q)
	}
}

// weights are those of two filters.
type weights struct{ from, to int32 }

// fader is how one comb filter fades into another: how far in front of a
// sample the taps end, and their gains.
type fader struct {
	from, to         int
	fromGain, toGain [3]int32
}

// combFadeGeneric filters the overlap from x[at] on in place. The first gains
// are below a half for combFade.
func combFadeGeneric(x []int32, at int, f *fader) {
	g, h := &f.fromGain, &f.toGain
	for i, weight := range fades {
		v, w := weight.from, weight.to
		a, b := x[at+i-f.from:][:5], x[at+i-f.to:][:5]
		y := x[at+i] + mulQ15(a[2], mul16(v, g[0])) + mulQ15(a[3]+a[1], mul16(v, g[1])) + mulQ15(a[4]+a[0], mul16(v, g[2]))
		y += mulQ15(b[2], mul16(w, h[0])) + mulQ15(b[1]+b[3], mul16(w, h[1])) + mulQ15(b[4]+b[0], mul16(w, h[2]))
		x[at+i] = saturate(y)
	}
}

// combSteadyGeneric filters x[delay:] in place by taps around the period
// delay-2, which is 15 at least. It is a multiple of 5 samples, and the first
// gain is below a half for combSteady.
func combSteadyGeneric(x []int32, delay int, gains *[3]int32) {
	for i := range x[delay:] {
		b := x[i : i+5 : i+5]
		y := x[delay+i] + mulQ15(b[2], gains[0]) + mulQ15(b[1]+b[3], gains[1]) + mulQ15(b[0]+b[4], gains[2])
		x[delay+i] = saturate(y)
	}
}

// deemphasizeGeneric undoes the encoder's emphasis of high frequencies, and
// writes 16-bit samples with a stride. memory is the last output's part in the
// next. It is a multiple of 4 samples, none beyond saturation.
func deemphasizeGeneric(pcm []int16, stride int, src []int32, memory int32) int32 {
	const coefficient = 27853 // 0.85, Q15
	for i, v := range src {
		v += memory
		memory = mulQ15(v, coefficient)
		pcm[i*stride] = int16(max(-32768, min(round(v, 12), 32767)))
	}
	return memory
}

// deemphasizeAddingGeneric is deemphasizeGeneric, but adds to what is there.
func deemphasizeAddingGeneric(pcm []int16, stride int, src []int32, memory int32) int32 {
	var s [1]int16
	for i := range src {
		memory = deemphasizeGeneric(s[:], 1, src[i:i+1], memory)
		pcm[i*stride] = int16(max(-32768, min(int32(pcm[i*stride])+int32(s[0]), 32767)))
	}
	return memory
}
