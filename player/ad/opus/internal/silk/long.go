package silk

// subframe is 5 ms of a frame.
type subframe struct {
	c       *channel
	w       *core
	k       int
	signal  int
	gain    int32 // Q16
	inverse int32 // of it, Q31
	adjust  int32 // the gain before in units of this one, Q16
}

// afterLoss goes on with a pitch for half a frame where one was concealed.
func (s *subframe) afterLoss() {
	if c := s.c; c.losses > 0 && c.signal == voiced && c.ix.signal != voiced && s.k < 2 {
		s.w.control.long[s.k] = [taps]int16{taps / 2: 1 << 12}
		s.w.control.lags[s.k] = c.lag
		s.signal = voiced
	}
}

// prepare brings the long-term state, Q15, to this subframe's gain. Where the
// short-term filter is new, it is made anew of the past sound.
func (s *subframe) prepare(out []int16) {
	c, w := s.c, s.w
	lag := w.control.lags[s.k]
	end := c.memory + s.k*c.sublength
	state := w.long[end-lag-taps/2 : end]
	if s.k != 0 && (s.k != 2 || c.ix.interpolation == 4) {
		if s.adjust != 1<<16 {
			for i, v := range state {
				state[i] = mulWW(s.adjust, v)
			}
		}
		return
	}
	start := c.memory - lag - c.order - taps/2
	if s.k == 2 {
		copy(c.past[c.memory:], out[:2*c.sublength])
	}
	white := w.white[start:c.memory]
	whiten(white, c.past[start+s.k*c.sublength:], w.control.filters[s.k>>1][:c.order])
	scale := s.inverse
	if s.k == 0 {
		scale = mulWB(scale, w.control.longGain) << 2
	}
	white = white[len(white)-len(state):]
	for i, v := range white {
		state[i] = mulWB(scale, int32(v))
	}
}

// predictLong adds the long-term prediction to the excitation x, Q14. next is
// where the state of x begins in state.
func predictLong(x, next []int32, lag int, b *[taps]int16, state []int32) {
	var back [taps]int32
	for j, v := range b {
		back[taps-1-j] = int32(v) << 16
	}
	at := len(state) - len(next) - lag - taps/2
	predictPitch(x, next[:len(x)], state[at:], back[:])
}
