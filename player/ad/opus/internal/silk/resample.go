package silk

// resampler brings one channel to 48 kHz: to twice its rate by allpass filters,
// and from there by interpolation. How it does is not part of the standard, but
// of the reference.
type resampler struct {
	kHz   int
	step  int32 // of the input at twice the rate, Q16
	late  int   // samples of delay, so that all rates have the same
	delay [16]int16
	iir   [6]int32
	fir   [8]int16
	buf   [2*10*16 + 8]int16
}

// init begins with silence.
func (r *resampler) init(kHz int) {
	*r = resampler{kHz: kHz}
	switch kHz {
	case 12:
		r.late = 4
	case 16:
		r.late = 7
	}
	r.step = int32(kHz*1000<<15/48000) << 2
	for mulWW(r.step, 48000) < int32(kHz*2000) {
		r.step++
	}
}

// resample writes 48/kHz times as many samples as it reads; these are 1 ms or
// more.
func (r *resampler) resample(dst, src []int16) {
	n := r.kHz - r.late
	copy(r.delay[r.late:], src[:n])
	r.convert(dst, r.delay[:r.kHz])
	r.convert(dst[48:], src[n:len(src)-r.late])
	copy(r.delay[:], src[len(src)-r.late:])
}

// convert works in batches of 10 ms.
func (r *resampler) convert(dst, src []int16) {
	copy(r.buf[:], r.fir[:])
	for len(src) > 0 {
		n := min(len(src), 10*r.kHz)
		r.double(r.buf[8:], src[:n])
		dst = interpolate(dst, r.buf[:8+2*n], r.step)
		src = src[n:]
		copy(r.buf[:8], r.buf[2*n:])
	}
	copy(r.fir[:], r.buf[:])
}

// double writes two samples for each of src.
func (r *resampler) double(dst, src []int16) {
	s := &r.iir
	for k, v := range src {
		x := int32(v) << 10
		a := allpass(&s[0], x, 1746)
		a = allpass(&s[1], a, 14986)
		a = allpassNear(&s[2], a, 39083-65536)
		b := allpass(&s[3], x, 6854)
		b = allpass(&s[4], b, 25769)
		b = allpassNear(&s[5], b, 55542-65536)
		dst[2*k], dst[2*k+1] = int16(sat16(round(a, 10))), int16(sat16(round(b, 10)))
	}
}

// allpass is one section, with a coefficient below a half, Q16.
func allpass(s *int32, x, c int32) int32 {
	y := mulWB(x-*s, c)
	out := *s + y
	*s = x + y
	return out
}

// allpassNear is one with a coefficient of 1+c.
func allpassNear(s *int32, x, c int32) int32 {
	y := x - *s
	y += mulWB(y, c)
	out := *s + y
	*s = x + y
	return out
}

// fractions are the first halves of 12 filters; the second halves are those of
// the opposite fraction, backwards. Q15.
var fractions = [12][4]int32{
	{189, -600, 617, 30567}, {117, -159, -1070, 29704}, {52, 221, -2392, 28276},
	{-4, 529, -3350, 26341}, {-48, 758, -3956, 23973}, {-80, 905, -4235, 21254},
	{-99, 972, -4222, 18278}, {-107, 967, -3957, 15143}, {-103, 896, -3487, 11950},
	{-91, 773, -2865, 8798}, {-71, 611, -2143, 5784}, {-46, 425, -1375, 2996},
}

// interpolate reads buf, which has 8 samples more than count, at each step.
func interpolate(dst, buf []int16, step int32) []int16 {
	end := int32(len(buf)-8) << 16
	n := 0
	for at := int32(0); at < end; at += step {
		i := mulWB(at&0xffff, 12)
		f, g := &fractions[i], &fractions[11-i]
		b := buf[at>>16:][:8]
		sum := int32(b[0])*f[0] + int32(b[1])*f[1] + int32(b[2])*f[2] + int32(b[3])*f[3]
		sum += int32(b[4])*g[3] + int32(b[5])*g[2] + int32(b[6])*g[1] + int32(b[7])*g[0]
		dst[n] = int16(sat16(round(sum, 15)))
		n++
	}
	return dst[n:]
}
