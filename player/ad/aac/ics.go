package aac

import "linnet/player/internal/bits"

// Window sequences, ISO/IEC 14496-3 table 4.130.
const (
	onlyLong = iota
	longStart
	eightShort
	longStop
)

const (
	frameLength = 1024
	shortLength = frameLength / 8
	maxBands    = 51 // of a long window
	maxSections = 120
)

// windows is an ics_info: how a frame of one channel, or of a pair, is divided.
type windows struct {
	sequence int
	kbd      bool // the shape of the slope on the right
	maxBand  int  // bands that are coded
	groups   int  // of short windows; 1 for a long one
	length   [8]int
	bands    []uint16 // first lines of the bands, and the end
	tnsBands int
}

// readWindows reads an ics_info, table 4.6. It returns what is wrong.
func (d *Decoder) readWindows(r *bits.Reader, w *windows) (msg string) {
	r.Skip(1)
	w.sequence = int(r.Bits(2))
	w.kbd = r.Flag()
	w.groups, w.length[0] = 1, 1
	if w.sequence == eightShort {
		w.bands, w.tnsBands = d.bands.short, d.bands.tnsShort
		w.maxBand = int(r.Bits(4))
		for grouping, i := r.Bits(7), 6; i >= 0; i-- {
			if grouping>>i&1 != 0 {
				w.length[w.groups-1]++
			} else {
				w.length[w.groups] = 1
				w.groups++
			}
		}
	} else {
		w.bands, w.tnsBands = d.bands.long, d.bands.tnsLong
		w.maxBand = int(r.Bits(6))
		if r.Flag() {
			return "prediction, which AAC LC does not have"
		}
	}
	if w.maxBand > len(w.bands)-1 {
		return "more scale factor bands than there are"
	}
	return ""
}

// A channel is what a frame says of one channel, and what it leaves to the
// next one.
type channel struct {
	windows
	book     [maxSections]uint8 // by group and band
	factor   [maxSections]int16 // scale factor, energy of noise, or position
	tns      tns
	spectrum [frameLength]int32 // quantised, then scaled; short windows one behind the other
	overlap  overlap
}

// Codebooks that are none.
const (
	bookZero      = 0
	bookEscape    = 11
	bookReserved  = 12
	bookNoise     = 13
	bookIntensity = 14 // out of phase
	bookInPhase   = 15
)

// readSections reads section_data, table 4.52: which band has which codebook.
func (c *channel) readSections(r *bits.Reader) (msg string) {
	width := 5
	if c.sequence == eightShort {
		width = 3
	}
	escape := 1<<width - 1
	for g := range c.groups {
		for k := 0; k < c.maxBand; {
			book := uint8(r.Bits(4))
			n, more := 0, escape
			for more == escape && !r.Over() {
				more = int(r.Bits(width))
				n += more
			}
			if k+n > c.maxBand || n == 0 {
				return "a section goes on behind the last scale factor band"
			}
			if book == bookReserved {
				return "reserved codebook"
			}
			for i := range n {
				c.book[g*c.maxBand+k+i] = book
			}
			k += n
		}
	}
	return ""
}

// Where scale factors, and what stands in their place, count from.
const (
	factorBias = 100 // a scale factor of which is 1
	noiseBias  = 90
	noiseFirst = 256
)

// readFactors reads scale_factor_data, table 4.53. Each is coded as the
// difference to the last one of its kind.
func (c *channel) readFactors(r *bits.Reader, gain int) (msg string) {
	factor, noise, position := gain, gain-noiseBias, 0
	var differences [maxSections]int32
	c.readDifferences(r, &differences)
	for i := range c.groups * c.maxBand {
		d := int(differences[i])
		switch book := c.book[i]; {
		case book == bookZero:
			c.factor[i] = 0
		case book == bookNoise:
			noise += d
			c.factor[i] = int16(noise)
		case book >= bookIntensity:
			position += d
			c.factor[i] = int16(position)
		default:
			if factor += d; factor < 0 || factor > 255 {
				return "a scale factor is out of range"
			}
			c.factor[i] = int16(factor)
		}
	}
	return ""
}

// middleDifference is the entry of scaleBook for a difference of 0.
const middleDifference = 60

// readDifferences reads the differences of all bands that have one, by runs. The
// first of noise is coded by itself.
func (c *channel) readDifferences(r *bits.Reader, x *[maxSections]int32) {
	noise := false
	books := c.book[:c.groups*c.maxBand]
	for i := 0; i < len(books); {
		if books[i] == bookZero {
			i++
			continue
		}
		if books[i] == bookNoise && !noise {
			noise = true
			x[i] = int32(r.Bits(9)) - noiseFirst
			i++
			continue
		}
		from := i
		for i < len(books) && books[i] != bookZero && (books[i] != bookNoise || noise) {
			i++
		}
		readAll(x[from:i], r, scaleBook[:], single)
		for k := range x[from:i] {
			x[from+k] -= middleDifference
		}
	}
}

func skipDifference(r *bits.Reader) { lookup(r, scaleBook[:]) }

// lookup reads one word of a codebook and returns its entry: the payload
// stands above the low eight bits.
func lookup(r *bits.Reader, book []uint32) uint32 {
	e := book[r.Peek(firstBits)]
	for n := firstBits; e&isLink != 0; {
		r.Skip(n)
		n = int(e & 31)
		e = book[int(e>>8)+int(r.Peek(n))]
	}
	r.Skip(int(e & 31))
	return e
}

// readChannel reads an individual_channel_stream, table 4.50, up to the
// quantised spectrum, scaled.
func (d *Decoder) readChannel(r *bits.Reader, c *channel, common bool) (msg string) {
	gain := int(r.Bits(8))
	if !common {
		if msg := d.readWindows(r, &c.windows); msg != "" {
			return msg
		}
	}
	if msg := c.readSections(r); msg != "" {
		return msg
	}
	if msg := c.readFactors(r, gain); msg != "" {
		return msg
	}
	var p pulses
	if r.Flag() {
		if c.sequence == eightShort {
			return "pulses in short windows"
		}
		if msg := p.read(r, c.bands); msg != "" {
			return msg
		}
	}
	c.tns.clear()
	if r.Flag() {
		if msg := c.tns.read(r, &c.windows); msg != "" {
			return msg
		}
	}
	if r.Flag() {
		return "gain control, which AAC LC does not have"
	}
	if msg := c.readSpectrum(r); msg != "" {
		return msg
	}
	if r.Over() {
		return cutOff
	}
	p.apply(&c.spectrum)
	c.scale()
	return ""
}

const cutOff = "the frame is cut off"
