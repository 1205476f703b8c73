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
		double(r.buf[8:][:2*n], src[:n], &r.iir)
		dst = dst[interpolateAll(dst[:48*n/r.kHz], r.buf[:8+2*n], r.step):]
		src = src[n:]
		copy(r.buf[:8], r.buf[2*n:])
	}
	copy(r.fir[:], r.buf[:])
}

// fractions are the first halves of 12 filters; the second halves are those of
// the opposite fraction, backwards. Q15.
var fractions = [12][4]int32{
	{189, -600, 617, 30567}, {117, -159, -1070, 29704}, {52, 221, -2392, 28276},
	{-4, 529, -3350, 26341}, {-48, 758, -3956, 23973}, {-80, 905, -4235, 21254},
	{-99, 972, -4222, 18278}, {-107, 967, -3957, 15143}, {-103, 896, -3487, 11950},
	{-91, 773, -2865, 8798}, {-71, 611, -2143, 5784}, {-46, 425, -1375, 2996},
}
