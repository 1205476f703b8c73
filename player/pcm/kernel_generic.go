package pcm

import "math"

// weightBits is the fraction of a weight. With it the largest weight, about
// 1, fits into the 24 bits that an ARM9's multiplier takes three cycles for.
const weightBits = 22

// A walk is where a polyphase filter stands: at, the frame of its input that
// its first weight belongs to, and phase, the index of that weight among those
// of all phases. For each frame of output it moves by whole frames and part
// weights, and where it comes to the end of the size weights it begins with
// the first phase of the frame behind.
type walk struct{ at, phase, whole, part, size int32 }

func (w *walk) step() {
	w.at += w.whole
	// As an unsigned sum it can not overflow.
	if p := uint32(w.phase) + uint32(w.part); p >= uint32(w.size) {
		w.phase = int32(p - uint32(w.size))
		w.at++
	} else {
		w.phase = int32(p)
	}
}

// filter2Generic computes n frames of two channels: at dst[i*stride] and
// behind it, for i from 0 to n-1, the sums of the taps frames of x under the
// filter, which are interleaved, by the weights of the phase. taps is even.
func filter2Generic(dst []int32, stride, n int, x, weights []int32, taps int, w *walk) {
	for i := range n {
		in, by := x[2*w.at:], weights[w.phase:]
		in, by = in[:2*taps], by[:taps]
		s, t := int64(1)<<(weightBits-1), int64(1)<<(weightBits-1)
		for k, v := range by {
			s += int64(in[2*k]) * int64(v)
			t += int64(in[2*k+1]) * int64(v)
		}
		dst[i*stride], dst[i*stride+1] = clip(s>>weightBits), clip(t>>weightBits)
		w.step()
	}
}

// filter1Generic is filter2Generic for one channel.
func filter1Generic(dst []int32, stride, n int, x, weights []int32, taps int, w *walk) {
	for i := range n {
		in, by := x[w.at:], weights[w.phase:]
		in, by = in[:taps], by[:taps]
		s := int64(1) << (weightBits - 1)
		for k, v := range by {
			s += int64(in[k]) * int64(v)
		}
		dst[i*stride] = clip(s >> weightBits)
		w.step()
	}
}

func clip(v int64) int32 { return int32(min(max(v, math.MinInt32), math.MaxInt32)) }

const (
	volumeBits = 30 // the fraction of the factors that make softer
	levelBits  = 24 // and of those that may make louder
)

// scaleGeneric multiplies by factor, which has volumeBits of fraction, and
// rounds to the nearest.
func scaleGeneric(p []int32, factor int32) {
	for i, s := range p {
		p[i] = clip((int64(s)*int64(factor) + 1<<(volumeBits-1)) >> volumeBits)
	}
}

// amplifyGeneric is scaleGeneric for a factor with levelBits of fraction.
func amplifyGeneric(p []int32, factor int32) {
	for i, s := range p {
		p[i] = clip((int64(s)*int64(factor) + 1<<(levelBits-1)) >> levelBits)
	}
}

// resonanceBits is the fraction of a resonance's numbers.
const resonanceBits = 30

// A resonance is the part of a filter that adds to a sound x its own resonance
// t at some frequency,
//
//	t[n] = gain*(x[n] - x[n-2]) + near*t[n-1] + far*t[n-2]
//
// and so makes it louder there, or softer where gain is below 0.
type resonance struct{ gain, near, far int32 }

// A resonator is what a resonance remembers of one channel.
type resonator struct {
	x1, x2, t1, t2 int32
	// e1 and e2 are what was cut off below t1 and t2. They are put back as
	// 2*e1-e2, which has what the rounding adds to the sound vanish twice at
	// 0 Hz, where the resonance of a low band would make most of it.
	e1, e2 int32
}

// ringGeneric sends every stride-th sample of p through a resonance, in place.
// The samples must be so much below full scale that nothing overflows.
func ringGeneric(p []int32, stride int, c *resonance, s *resonator) {
	for i := 0; i < len(p); i += stride {
		x := p[i]
		sum := int64(2*s.e1 - s.e2)
		sum += int64(x-s.x2)*int64(c.gain) + int64(s.t1)*int64(c.near) + int64(s.t2)*int64(c.far)
		s.x1, s.x2 = x, s.x1
		s.t1, s.t2 = int32(sum>>resonanceBits), s.t1
		s.e1, s.e2 = int32(sum&(1<<resonanceBits-1)), s.e1
		p[i] = x + s.t1
	}
}

// storeS16Generic writes src, rounded and saturated, to out, which has two
// bytes for each sample.
func storeS16Generic(out []byte, src []int32) {
	for i, s := range src {
		v := round(s, 16)
		b := out[2*i : 2*i+2]
		b[0], b[1] = byte(v), byte(v>>8)
	}
}

// storeS32Generic writes src to out, which has four bytes for each sample.
func storeS32Generic(out []byte, src []int32) {
	for ; len(src) >= 4 && len(out) >= 16; src, out = src[4:], out[16:] {
		s, o := (*[4]int32)(src), (*[16]byte)(out)
		put32(o[0:4], s[0])
		put32(o[4:8], s[1])
		put32(o[8:12], s[2])
		put32(o[12:16], s[3])
	}
	for i, s := range src {
		put32(out[4*i:4*i+4], s)
	}
}
