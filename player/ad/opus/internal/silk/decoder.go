package silk

import "linnet/player/ad/opus/internal/entropy"

const (
	maxFrame    = 320 // samples of 20 ms at 16 kHz
	maxSubframe = 80  // of 5 ms
	maxOrder    = 16
	taps        = 5 // of the long-term prediction
)

// Types of signal.
const (
	inactive = iota
	unvoiced
	voiced
)

// Decoder decodes the SILK layer of one stream at 48 kHz. Use New.
type Decoder struct {
	outputs int // channels that come out
	config  Config

	channels   int // of the frame before
	channel    [2]channel
	stereo     stereo
	middleOnly bool // the frame before had no side

	samples [2][maxFrame + 2]int16 // a frame behind two samples of the one before
	resized [6 * maxFrame]int16
	core    core
}

// Config is what a packet says of its SILK frames.
type Config struct {
	Channels int
	KHz      int // sampling rate: 8, 12 or 16
	Millis   int // length of the packet's SILK part: 10, 20, 40 or 60
}

// New makes a decoder that gives one or two channels.
func New(channels int) *Decoder {
	d := &Decoder{outputs: channels}
	d.Reset()
	return d
}

// Reset forgets all frames.
func (d *Decoder) Reset() {
	for c := range d.channel {
		d.channel[c].reset()
	}
	d.stereo = stereo{}
	d.middleOnly = false
}

// Configure says what the packet is that begins with the next frame.
func (d *Decoder) Configure(c Config) { d.config = c }

// SetMillis is Configure for a lost packet: only its length is known.
func (d *Decoder) SetMillis(millis int) { d.config.Millis = millis }

// Decode decodes one frame of 10 or 20 ms into pcm, interleaved, and returns
// how many samples of each channel it has. first says that it is the packet's
// first. A nil decoder conceals a lost frame.
func (d *Decoder) Decode(rc *entropy.Decoder, pcm []int16, first bool) int {
	c := d.config
	if first {
		d.channel[0].decoded, d.channel[1].decoded = 0, 0
	}
	d.begin(c)
	ch := d.channel[:c.Channels]
	if rc != nil && ch[0].decoded == 0 {
		d.flags(rc, ch)
	}
	weights, middleOnly := d.stereo.weights, false
	if rc != nil && c.Channels == 2 {
		weights = readWeights(rc)
		middleOnly = !ch[1].active[ch[0].decoded] && rc.Symbol(midOnlyICDF[:], 8) != 0
	}
	if c.Channels == 2 && !middleOnly && d.middleOnly {
		ch[1].restart()
	}
	side := !middleOnly
	if rc == nil {
		side = !d.middleOnly
	}
	n := ch[0].length
	for i := range ch {
		out := d.samples[i][2:][:n]
		if i == 0 || side {
			ch[i].decode(&d.core, rc, out, d.coding(i, ch[0].decoded-i))
		} else {
			clear(out)
		}
		ch[i].decoded++
	}
	n = d.output(pcm, n, weights)
	if rc == nil {
		for i := range ch {
			ch[i].gain = 10
		}
	} else {
		d.middleOnly = middleOnly
	}
	return n
}

// coding says how a channel's frame depends on the one before.
func (d *Decoder) coding(i, frame int) coding {
	switch {
	case frame <= 0:
		return independent
	case i > 0 && d.middleOnly:
		return unscaled
	}
	return conditional
}

// begin takes in a new packet's configuration.
func (d *Decoder) begin(c Config) {
	if c.Channels > d.channels {
		d.channel[1].reset()
	}
	mono := c.Channels == 1 && d.channels == 2 && c.KHz == d.channel[0].kHz
	if d.channel[0].decoded == 0 {
		for i := range d.channel[:c.Channels] {
			d.channel[i].configure(c)
		}
	}
	if d.outputs == 2 && c.Channels == 2 && d.channels == 1 {
		d.stereo.weights, d.stereo.side = [2]int32{}, [2]int16{}
		d.channel[1].resampler = d.channel[0].resampler
	}
	d.channels = c.Channels
	d.stereo.join = mono
}

// flags reads the head of a packet, RFC 6716 clause 4.2.3 and 4.2.4, and skips
// the redundant frames, clause 4.2.5.
func (d *Decoder) flags(rc *entropy.Decoder, ch []channel) {
	for i := range ch {
		for f := range ch[i].frames {
			ch[i].active[f] = rc.Bit(1)
		}
		ch[i].redundant[0] = rc.Bit(1)
	}
	for i := range ch {
		ch[i].readRedundant(rc)
	}
	for f := range ch[0].frames {
		for i := range ch {
			if !ch[i].redundant[f] {
				continue
			}
			if len(ch) == 2 && i == 0 {
				readWeights(rc)
				if !ch[1].redundant[f] {
					rc.Symbol(midOnlyICDF[:], 8)
				}
			}
			how := independent
			if f > 0 && ch[i].redundant[f-1] {
				how = conditional
			}
			ch[i].readIndices(rc, true, how) // they count for what follows
			ch[i].readPulses(rc, d.core.pulses[:])
		}
	}
}

// readRedundant reads for which frames there are redundant ones.
func (c *channel) readRedundant(rc *entropy.Decoder) {
	any := c.redundant[0]
	c.redundant = [3]bool{}
	if !any {
		return
	}
	set := 1
	switch c.frames {
	case 2:
		set = rc.Symbol(lbrr2ICDF[:], 8) + 1
	case 3:
		set = rc.Symbol(lbrr3ICDF[:], 8) + 1
	}
	for f := range c.frames {
		c.redundant[f] = set>>f&1 != 0
	}
}

// output makes left and right of middle and side, and samples of 48 kHz.
func (d *Decoder) output(pcm []int16, n int, weights [2]int32) int {
	ch := d.channel[:d.channels]
	x, y := d.samples[0][:n+2], d.samples[1][:n+2]
	if d.outputs == 2 && len(ch) == 2 {
		d.stereo.separate(x, y, weights, ch[0].kHz)
	} else {
		d.stereo.delay(x)
	}
	out := n * 48 / ch[0].kHz
	for i := range ch[:min(d.outputs, len(ch))] {
		d.resample(pcm, &ch[i].resampler, i, d.samples[i][1:][:n], out)
	}
	if d.outputs == 2 && len(ch) == 1 {
		if d.stereo.join {
			d.resample(pcm, &d.channel[1].resampler, 1, x[1:][:n], out)
		} else {
			for i := range out {
				pcm[2*i+1] = pcm[2*i]
			}
		}
	}
	return out
}

// resample writes one channel of pcm.
func (d *Decoder) resample(pcm []int16, r *resampler, channel int, in []int16, n int) {
	r.resample(d.resized[:n], in)
	for i, v := range d.resized[:n] {
		pcm[i*d.outputs+channel] = v
	}
}
