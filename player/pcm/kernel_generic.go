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
