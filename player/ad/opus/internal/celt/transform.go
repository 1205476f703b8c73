package celt

// The inverse transform, RFC 6716 clause 4.3.7: a complex FFT of a quarter of
// its size, with rotations before and behind. Factors have 15 bits and every
// product is rounded down, as in the reference; package internal/mdct is more
// exact, and so would give other bits.

// complex32 is a complex number.
type complex32 struct{ re, im int32 }

// twiddle is a complex factor, Q15.
type twiddle struct{ re, im int16 }

func (a complex32) add(b complex32) complex32 { return complex32{a.re + b.re, a.im + b.im} }
func (a complex32) sub(b complex32) complex32 { return complex32{a.re - b.re, a.im - b.im} }

func (a complex32) mul(w twiddle) complex32 {
	c, s := int32(w.re), int32(w.im)
	return complex32{mulQ15(a.re, c) - mulQ15(a.im, s), mulQ15(a.re, s) + mulQ15(a.im, c)}
}

// A transform is the inverse transform of one size.
type transform struct {
	n      int      // coefficients
	step   int      // between the twiddles that this size uses
	eights bool     // a stage makes eights of fours
	fours  bool     // and one joins four of these
	order  []uint16 // where each input of the FFT goes
	rotate []int16  // cosines of the rotations, of which there are n
}

// transforms are those of 120, 240, 480 and 960 coefficients.
var transforms = [4]transform{
	{120, 8, false, false, order120[:], rotations120[:]},
	{240, 4, true, false, order240[:], rotations240[:]},
	{480, 2, false, true, order480[:], rotations480[:]},
	{960, 1, true, true, order960[:], rotations960[:]},
}

// inverse transforms n coefficients, each stride behind the other in src,
// to dst[overlap/2:][:n], and mixes dst[:overlap], whose first half is what
// the transform before left, with the window. buf has room for n/2 numbers.
func (t *transform) inverse(dst, src []int32, stride int, buf []complex32) {
	m := t.n / 2
	buf = buf[:m]
	t.rotateIn(buf, src, stride)
	t.fft(buf)
	t.rotateOut(dst[overlap/2:][:t.n], buf)
	mix(dst[:overlap])
}

func (t *transform) rotateIn(buf []complex32, src []int32, stride int) {
	m := len(buf)
	cos, sin := t.rotate[:m], t.rotate[m:][:m]
	front, back := 0, stride*(t.n-1)
	for i, to := range t.order[:m] {
		a, b := src[front], src[back]
		c, s := int32(cos[i]), int32(sin[i])
		buf[to] = complex32{mulQ15(a, c) - mulQ15(b, s), mulQ15(b, c) + mulQ15(a, s)}
		front += 2 * stride
		back -= 2 * stride
	}
}

// rotateOut writes the time domain, from both ends to the middle.
func (t *transform) rotateOut(dst []int32, buf []complex32) {
	m := len(buf)
	cos, sin := t.rotate[:m], t.rotate[m:][:m]
	for i, z := range buf {
		c, s := int32(cos[i]), int32(sin[i])
		dst[2*i] = mulQ15(z.im, c) + mulQ15(z.re, s)
		dst[t.n-1-2*i] = mulQ15(z.im, s) - mulQ15(z.re, c)
	}
}

// mix is the overlap of two transforms, clause 4.3.7: time-domain aliasing
// cancels out.
func mix(x []int32) {
	for i := range overlap / 2 {
		a, b := x[i], x[overlap-1-i]
		w, v := int32(Window[i]), int32(Window[overlap-1-i])
		x[i] = mulQ15(a, v) - mulQ15(b, w)
		x[overlap-1-i] = mulQ15(a, w) + mulQ15(b, v)
	}
}

// fft transforms in place; the input is in the order of t.order.
func (t *transform) fft(x []complex32) {
	fours(x)
	size := 4
	if t.eights {
		eights(x)
		size = 8
	}
	if t.fours {
		radix4(x, size, len(x)/(4*size)*t.step)
		size *= 4
	}
	radix3(x, size, len(x)/(3*size)*t.step)
	size *= 3
	radix5(x, size, t.step)
}

// fours transforms groups of four.
func fours(x []complex32) {
	for ; len(x) >= 4; x = x[4:] {
		a, b := x[0].sub(x[2]), x[0].add(x[2])
		c, d := x[1].add(x[3]), x[1].sub(x[3])
		x[0], x[2] = b.add(c), b.sub(c)
		x[1] = complex32{a.re + d.im, a.im - d.re}
		x[3] = complex32{a.re - d.im, a.im + d.re}
	}
}

// eights makes transforms of eight of pairs of four.
func eights(x []complex32) {
	const half = 23170 // the square root, Q15
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

// radix4 makes transforms of 4m of groups of four of m.
func radix4(x []complex32, m, step int) {
	for ; len(x) >= 4*m; x = x[4*m:] {
		x0, x1, x2, x3 := x[:m], x[m:2*m], x[2*m:3*m], x[3*m:4*m]
		w := 0
		for j := range x0 {
			a, b, c := x1[j].mul(twiddles[w]), x2[j].mul(twiddles[2*w]), x3[j].mul(twiddles[3*w])
			w += step
			d, s := x0[j].sub(b), x0[j].add(b)
			p, q := a.add(c), a.sub(c)
			x0[j], x2[j] = s.add(p), s.sub(p)
			x1[j] = complex32{d.re + q.im, d.im - q.re}
			x3[j] = complex32{d.re - q.im, d.im + q.re}
		}
	}
}

// radix3 makes transforms of 3m of groups of three of m.
func radix3(x []complex32, m, step int) {
	const sine = -28378 // of -120 degrees, Q15
	for ; len(x) >= 3*m; x = x[3*m:] {
		x0, x1, x2 := x[:m], x[m:2*m], x[2*m:3*m]
		w := 0
		for j := range x0 {
			a, b := x1[j].mul(twiddles[w]), x2[j].mul(twiddles[2*w])
			w += step
			s, d := a.add(b), a.sub(b)
			d = complex32{mulQ15(d.re, sine), mulQ15(d.im, sine)}
			h := complex32{x0[j].re - s.re>>1, x0[j].im - s.im>>1}
			x0[j] = x0[j].add(s)
			x1[j] = complex32{h.re - d.im, h.im + d.re}
			x2[j] = complex32{h.re + d.im, h.im - d.re}
		}
	}
}

// radix5 makes one transform of 5m of five of m.
func radix5(x []complex32, m, step int) {
	const (
		cos72, sin72   = 10126, -31164 // of -72 degrees, Q15
		cos144, sin144 = -26510, -19261
	)
	x0, x1, x2, x3, x4 := x[:m], x[m:2*m], x[2*m:3*m], x[3*m:4*m], x[4*m:5*m]
	w := 0
	for j := range x0 {
		z := x0[j]
		a, b := x1[j].mul(twiddles[w]), x2[j].mul(twiddles[2*w])
		c, d := x3[j].mul(twiddles[3*w]), x4[j].mul(twiddles[4*w])
		w += step
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
