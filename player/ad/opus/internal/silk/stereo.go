package silk

import "linnet/player/ad/opus/internal/entropy"

// stereo is the state between middle and side, RFC 6716 clause 4.2.8.
type stereo struct {
	weights   [2]int32 // of the prediction of the side, Q13
	mid, side [2]int16 // the last samples
	join      bool     // this is the first mono packet after stereo
}

// readWeights reads the weights, clause 4.2.7.1.
func readWeights(rc *entropy.Decoder) (w [2]int32) {
	n := rc.Symbol(stereoJointICDF[:], 8)
	coarse := [2]int{n / 5, n % 5}
	for i := range w {
		k := 3*coarse[i] + rc.Symbol(uniform3ICDF[:], 8)
		step := mulWB(stereoWeights[k+1]-stereoWeights[k], 6554) // a tenth
		w[i] = stereoWeights[k] + step*int32(2*rc.Symbol(uniform5ICDF[:], 8)+1)
	}
	w[0] -= w[1]
	return w
}

// delay puts the last two samples in front of x, and keeps x's.
func (s *stereo) delay(x []int16) {
	copy(x, s.mid[:])
	copy(s.mid[:], x[len(x)-2:])
}

// separate makes left and right, from the second sample on, of a middle x and
// a side y, which begin with room for two samples.
func (s *stereo) separate(x, y []int16, weights [2]int32, kHz int) {
	s.delay(x)
	copy(y, s.side[:])
	copy(s.side[:], y[len(y)-2:])
	n := len(x) - 2
	fade := 8 * kHz
	inverse := int32(1<<16) / int32(fade)
	w, step := s.weights, [2]int32{}
	for i := range step {
		step[i] = round(int32(int16(weights[i]-w[i]))*inverse, 16)
	}
	for i := range n {
		if i < fade {
			w[0] += step[0]
			w[1] += step[1]
		} else {
			w = weights
		}
		mid := int32(x[i+1])
		sum := (int32(x[i]) + int32(x[i+2]) + mid<<1) << 9
		sum = int32(y[i+1])<<8 + mulWB(sum, w[0]) + mulWB(mid<<11, w[1])
		y[i+1] = int16(sat16(round(sum, 8)))
	}
	s.weights = weights
	for i := 1; i <= n; i++ {
		a, b := int32(x[i]), int32(y[i])
		x[i], y[i] = int16(sat16(a+b)), int16(sat16(a-b))
	}
}
