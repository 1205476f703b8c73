package silk

import "linnet/player/ad/opus/internal/entropy"

// coding says how a frame depends on the one before.
type coding int

const (
	independent coding = iota
	unscaled           // independent, but without a scale of the long-term state
	conditional
)

// channel is the state of one channel.
type channel struct {
	kHz, subframes, length, sublength int // the frame's shape, in samples
	memory                            int // samples of the past that count
	order                             int // of the short-term prediction
	book                              *codebook

	frames, decoded int // in this packet
	active          [3]bool
	redundant       [3]bool

	ix       indices
	lastType int // of signal and lag in the bitstream, for what depends on them
	lastLag  int

	first     bool // after a reset
	gain      int  // index of the last
	lastGain  int32
	frequency [maxOrder]int16
	lag       int
	signal    int // type of the last frame that was decoded
	losses    int

	excitation [maxFrame]int32
	short      [maxOrder]int32 // state of the short-term filter
	past       [maxFrame + 2*maxSubframe]int16

	plc       plc
	noise     comfort
	resampler resampler
}

// core is working storage of one frame.
type core struct {
	pulses  [maxFrame]int16
	control control
	white   [maxFrame]int16     // the past without its short-term correlation
	long    [2 * maxFrame]int32 // the same with this frame's excitation
	filter  [maxFrame + maxOrder]int32
}

// control is a frame's parameters.
type control struct {
	lags     [4]int
	gains    [4]int32 // Q16
	filters  [2][maxOrder]int16
	long     [4][taps]int16
	longGain int32 // scale of the long-term state, Q14
}

func (c *channel) reset() {
	*c = channel{first: true, lastGain: 1 << 16}
	c.noise.reset(c.order)
	c.plc.reset(c.length)
}

// configure sets the frame's shape.
func (c *channel) configure(p Config) {
	c.frames, c.subframes = 1, 4
	switch p.Millis {
	case 10:
		c.subframes = 2
	case 40:
		c.frames = 2
	case 60:
		c.frames = 3
	}
	if c.kHz != p.KHz {
		c.resampler.init(p.KHz)
		c.memory = 20 * p.KHz
		c.order, c.book = 10, &narrow
		if p.KHz == 16 {
			c.order, c.book = 16, &wide
		}
		c.restart()
	}
	c.kHz = p.KHz
	c.sublength = 5 * c.kHz
	c.length = c.subframes * c.sublength
}

// restart forgets the signal.
func (c *channel) restart() {
	c.past = [len(c.past)]int16{}
	c.short = [maxOrder]int32{}
	c.lag, c.gain, c.signal, c.first = 100, 10, inactive, true
}

// decode decodes one frame, or conceals it where there is no rc.
func (c *channel) decode(w *core, rc *entropy.Decoder, out []int16, how coding) {
	if rc != nil {
		c.readIndices(rc, c.active[c.decoded], how)
		c.readPulses(rc, w.pulses[:])
		c.parameters(&w.control, how)
		c.synthesize(w, out)
		c.plc.update(c, &w.control)
		c.losses = 0
		c.signal = c.ix.signal
		c.first = false
	} else {
		c.ix.signal = c.signal
		c.plc.conceal(c, w, out)
		c.losses++
	}
	kept := c.memory - c.length
	copy(c.past[:kept], c.past[c.length:])
	copy(c.past[kept:], out)
	c.noise.apply(c, w, out)
	c.plc.glue(out, c.losses)
	c.lag = w.control.lags[c.subframes-1]
}
