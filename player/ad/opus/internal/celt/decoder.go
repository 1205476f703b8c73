package celt

import "linnet/player/ad/opus/internal/entropy"

const (
	shortest = 120  // coefficients of the shortest transform
	longest  = 960  // and of the longest
	overlap  = 120  // samples of the slope between transforms
	memory   = 2048 // samples that are kept of each channel
)

// Decoder decodes the CELT layer of one stream at 48 kHz. Use New.
type Decoder struct {
	channels int // that come out
	coded    int // that the frame has
	start    int // bands that it has
	end      int

	// noInversion keeps channels from being coded with the sign of the other:
	// they are to be mixed to one.
	noInversion bool

	state
	f frame

	// Working storage. fold keeps the shapes that higher bands are folded from.
	fold    [2][8 * 78]int16
	x       [2 * longest]int16
	scratch [176]int16
	swap    [176]int16
	pulses  [176]int32
	freq    [2][longest]int32
	fft     [longest / 2]complex32
	conceal concealment
}

// state is what Reset clears.
type state struct {
	rng    uint32
	emph   [2]int32 // of the de-emphasis
	losses int      // in sequence
	pitch  int      // that concealment goes on with
	noise  bool     // conceal by noise
	now    postfilter
	old    postfilter
	lpc    [2][lpcOrder]int16

	// logarithms of the bands' energies, Q10: now, in the frames before, and
	// of what is always there
	energy, before, before2, background [2 * bands]int16

	sound [2]history
}

// history is the last sound of a channel, with 12 bits behind the point. It
// goes through storage that is longer, so that it is not copied for each frame.
type history struct {
	samples [memory + overlap + 2*longest]int32
	at      int
}

// now is the sound. Its last overlap/2 samples are the half of a slope.
func (h *history) now() *[memory + overlap]int32 {
	return (*[memory + overlap]int32)(h.samples[h.at:])
}

// advance makes room for n samples.
func (h *history) advance(n int) {
	if h.at+n > len(h.samples)-memory-overlap {
		copy(h.samples[:], h.samples[h.at+n:h.at+memory+overlap/2])
		h.at = 0
		return
	}
	h.at += n
}

// frame is what one frame says.
type frame struct {
	rc        *entropy.Decoder
	size      int // the transform is shortest << size
	n         int // which is this
	transient bool
	silent    bool
	spread    int
	tf        [bands]int
	alloc     allotment
	masks     [2 * bands]uint8
	x         []int16
}

// New makes a decoder that gives one or two channels, whatever frames have.
func New(channels int) *Decoder {
	d := &Decoder{channels: channels, coded: channels, end: bands, noInversion: channels == 1}
	d.Reset()
	return d
}

// Reset forgets all frames.
func (d *Decoder) Reset() {
	d.state = state{noise: true}
	for i := range d.before {
		d.before[i], d.before2[i] = quietest, quietest
	}
}

// Configure says what the next frames have: channels, and bands from start to
// end of 21.
func (d *Decoder) Configure(channels, start, end int) { d.coded, d.start, d.end = channels, start, end }

// Lose is Configure for a lost frame: where the bands end is as it was.
func (d *Decoder) Lose(channels, start int) { d.coded, d.start = channels, start }

// Range is the range decoder's at the end of the last frame.
func (d *Decoder) Range() uint32 { return d.rng }

// Decode decodes a frame of len(pcm)/channels samples, 120 to 960, into pcm,
// interleaved; add adds to what is there. A nil decoder conceals a lost frame.
func (d *Decoder) Decode(rc *entropy.Decoder, pcm []int16, add bool) {
	n := len(pcm) / d.channels
	size := 0
	for shortest<<size < n {
		size++
	}
	d.f = frame{rc: rc, size: size, n: n, x: d.x[:]}
	if rc == nil {
		d.lost(&d.f)
	} else {
		d.noise = d.losses != 0
		d.decode(&d.f)
		d.losses = 0
	}
	for c := range d.channels {
		d.deemphasize(pcm, c, n, add)
	}
}

func (d *Decoder) decode(f *frame) {
	if d.coded == 1 {
		for i := range bands {
			d.energy[i] = max(d.energy[i], d.energy[bands+i])
		}
	}
	next := d.header(f)
	f.alloc.balance = 0
	total := f.rc.Size() << (3 + eighths)
	reserved := d.share(f)
	d.fine(f)
	for c := range d.channels {
		d.sound[c].advance(f.n)
	}
	d.shapes(f, total-reserved)
	collapsed := reserved > 0 && f.rc.Bits(1) != 0
	d.finish(f, 8*f.rc.Size()-f.rc.Tell())
	if collapsed {
		d.antiCollapse(f)
	}
	if f.silent {
		for i := range d.coded * bands {
			d.energy[i] = quietest
		}
	}
	d.synthesize(f, d.coded)
	d.filter(f, next)
	d.remember(f)
	d.rng = f.rc.Range()
}

// header reads all up to the energies' first step, and the resolution of the
// bands.
func (d *Decoder) header(f *frame) (next postfilter) {
	rc := f.rc
	budget := 8 * rc.Size()
	tell := rc.Tell()
	switch {
	case tell >= budget:
		f.silent = true
	case tell == 1:
		f.silent = rc.Bit(15)
	}
	if f.silent {
		rc.Exhaust()
		tell = budget
	}
	if d.start == 0 && tell+16 <= budget {
		next = readPostfilter(rc)
		tell = rc.Tell()
	}
	if f.size > 0 && tell+3 <= budget {
		f.transient = rc.Bit(3)
		tell = rc.Tell()
	}
	intra := tell+3 <= budget && rc.Bit(3)
	d.coarse(f, intra)
	d.readResolution(f)
	f.spread = spreadNormal
	if rc.Tell()+4 <= budget {
		f.spread = rc.Symbol(spreadICDF, 5)
	}
	return next
}

// readResolution reads the changes of the bands' resolution, RFC 6716 clause
// 4.3.1.
func (d *Decoder) readResolution(f *frame) {
	budget := 8 * f.rc.Size()
	table := resolution[f.size][:4]
	logp, further := 4, 5
	if f.transient {
		table, logp, further = resolution[f.size][4:], 2, 4
	}
	choice := f.size > 0 && f.rc.Tell()+logp+1 <= budget
	if choice {
		budget--
	}
	now, changed := 0, 0
	tell := f.rc.Tell()
	for i := d.start; i < d.end; i++ {
		if tell+logp <= budget {
			if f.rc.Bit(uint(logp)) {
				now ^= 1
			}
			tell = f.rc.Tell()
			changed |= now
		}
		f.tf[i] = now
		logp = further
	}
	if choice && table[changed] != table[2+changed] && f.rc.Bit(1) {
		table = table[2:]
	}
	for i := d.start; i < d.end; i++ {
		f.tf[i] = table[f.tf[i]]
	}
}

// share reads the boosts and the trim, and shares out the bits. It returns the
// eighths that are kept for the flag of antiCollapse.
func (d *Decoder) share(f *frame) (reserved int) {
	rc := f.rc
	var limits, boosts [bands]int
	for i := range bands {
		n := width(i) << f.size
		limits[i] = (int(caps[2*f.size+d.coded-1][i]) + 64) * d.coded * n >> 2
	}
	total := rc.Size() << (3 + eighths)
	total -= d.readBoosts(f, &boosts, &limits, total)
	trim := 5
	if rc.TellFraction()+6<<eighths <= total {
		trim = rc.Symbol(trimICDF, 7)
	}
	left := rc.Size()<<(3+eighths) - rc.TellFraction() - 1
	if f.transient && f.size >= 2 && left >= (f.size+2)<<eighths {
		reserved = 1 << eighths
	}
	d.allocate(f, &boosts, &limits, trim, left-reserved)
	return reserved
}

// readBoosts reads which bands get more than others, and returns how much that
// is together.
func (d *Decoder) readBoosts(f *frame, boosts, limits *[bands]int, total int) (sum int) {
	first := 6
	tell := f.rc.TellFraction()
	for i := d.start; i < d.end; i++ {
		n := d.coded * width(i) << f.size
		step := min(n<<eighths, max(6<<eighths, n))
		for logp := first; tell+logp<<eighths < total-sum && boosts[i] < limits[i]; logp = 1 {
			more := f.rc.Bit(uint(logp))
			tell = f.rc.TellFraction()
			if !more {
				break
			}
			boosts[i] += step
			sum += step
		}
		if boosts[i] > 0 {
			first = max(2, first-1)
		}
	}
	return sum
}

// remember keeps the energies for the frames that follow.
func (d *Decoder) remember(f *frame) {
	if d.coded == 1 {
		copy(d.energy[bands:], d.energy[:bands])
	}
	if f.transient {
		for i, e := range d.energy {
			d.before[i] = min(d.before[i], e)
		}
	} else {
		d.before2, d.before = d.before, d.energy
		rise := int16(1) << f.size
		if d.losses >= 10 {
			rise = bit
		}
		for i, e := range d.energy {
			d.background[i] = min(d.background[i]+rise, e)
		}
	}
	for i := range d.energy {
		if b := i % bands; b < d.start || b >= d.end {
			d.energy[i], d.before[i], d.before2[i] = 0, quietest, quietest
		}
	}
}
