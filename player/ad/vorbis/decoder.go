package vorbis

import (
	"slices"

	"linnet/player/internal/mdct"
	"linnet/player/internal/vorbis"
	"linnet/player/media"
)

const stage = "ad/vorbis"

// maxChannels is how many channels a stream may have: those that the
// specification gives an order, clause 4.3.9.
const maxChannels = 8

// places says where each channel of a packet goes in a frame: Vorbis gives
// three channels and more in another order than WAV.
var places = [maxChannels + 1][maxChannels]int{
	1: {0}, 2: {0, 1},
	3: {0, 2, 1},
	4: {0, 1, 2, 3},
	5: {0, 2, 1, 3, 4},
	6: {0, 2, 1, 4, 5, 3},
	7: {0, 2, 1, 5, 6, 4, 3},
	8: {0, 2, 1, 6, 7, 4, 5, 3},
}

// Decoder decodes the packets of one stream. It is not for more than one
// goroutine at a time.
type Decoder struct {
	id       vorbis.Identification
	blocks   vorbis.Blocks
	modes    []vorbis.Mode
	mappings []vorbis.Mapping
	books    []book
	floors   []floor
	residues []residue
	imdct    [2]*mdct.Transform
	scale    int // shift of the product of floor and residue

	bits     vorbis.Bits
	coded    int // up to where residues are coded; behind that they are zero
	before   int // size of the block before; 0 when there is none
	channels []channel
	middle   []int32 // of a block

	// for a submap
	vectors [][]int32
	skip    []bool
	classes [][]uint8
}

// A floor is one of the two types.
type floor struct {
	zero *floor0
	one  *floor1
}

// channel is the state of one channel.
type channel struct {
	spectrum []int32 // the residue, and then the spectrum
	block    []int32 // the middle of the block before
	points   points
	filter   filter
	silent   bool // there is no floor in this block
	unread   bool // and no residue
}

// New makes a decoder for a stream of media.Vorbis with its three headers as
// Config, laced as in Matroska: the byte 2, the lengths of the first two (each
// as bytes of 255 and one less than that), the headers. The second may be
// empty. The tables that it builds take some 100 KB with the codebooks
// of libvorbis.
func New(s media.Stream) (*Decoder, error) {
	if s.Codec != media.Vorbis {
		return nil, unsupported("codec " + string(s.Codec))
	}
	first, _, third, err := vorbis.UnpackHeaders(s.Config)
	if err != nil {
		return nil, err
	}
	id, err := vorbis.ParseIdentification(first)
	if err != nil {
		return nil, err
	}
	if id.Channels > maxChannels || id.Channels != s.Audio.Channels {
		return nil, unsupported("this number of channels")
	}
	setup, err := vorbis.ParseSetup(id, third)
	if err != nil {
		return nil, err
	}
	d := &Decoder{id: id, blocks: vorbis.NewBlocks(id, setup), modes: setup.Modes, mappings: setup.Mappings}
	if !d.build(setup) {
		return nil, &media.FormatError{Stage: stage, Offset: -1, Msg: "the code words of a codebook are no prefix code"}
	}
	return d, nil
}

func unsupported(msg string) error {
	return &media.UnsupportedError{Stage: stage, Offset: -1, Msg: msg}
}

// build makes the tables and the storage.
func (d *Decoder) build(s *vorbis.Setup) bool {
	frac := fraction(s)
	d.scale = 31 + frac - spectrumBits
	numbered := numbered(s)
	for i := range s.Books {
		b, ok := newBook(&s.Books[i])
		if !ok {
			return false
		}
		b.dims = s.Books[i].Dims
		if s.Books[i].Lookup != 0 {
			b.setVectors(&s.Books[i], frac, numbered[i])
		}
		d.books = append(d.books, b)
	}
	for _, f := range s.Floors {
		if f.One != nil {
			d.floors = append(d.floors, floor{one: newFloor1(f.One)})
		} else {
			d.floors = append(d.floors, floor{zero: newFloor0(f.Zero, s, d.id.Sizes)})
		}
	}
	for i, size := range d.id.Sizes {
		d.imdct[i] = mdct.New(size)
	}
	d.store(s)
	return true
}

func (d *Decoder) store(s *vorbis.Setup) {
	n := d.id.Channels
	half := d.id.Sizes[1] / 2
	d.middle = make([]int32, half)
	d.channels = make([]channel, n)
	for c := range d.channels {
		d.channels[c] = channel{spectrum: make([]int32, half), block: make([]int32, half)}
	}
	d.vectors, d.skip, d.classes = make([][]int32, 0, n), make([]bool, 0, n), make([][]uint8, n)
	parts := 0
	for i := range s.Residues {
		r := &s.Residues[i]
		d.residues = append(d.residues, newResidue(r))
		size := half
		if r.Type == 2 {
			size *= n
		}
		parts = max(parts, (min(r.End, size)-min(r.Begin, size))/r.Partition)
	}
	for c := range d.classes {
		d.classes[c] = make([]uint8, parts)
	}
}

// Reset forgets the block before: the next packet gives no sound.
func (d *Decoder) Reset() { d.before = 0 }

// Decode appends the sound between the middle of the block before and that of
// this packet's, as player.AudioDecoder says: a quarter of the sizes of both.
// The first packet after New or Reset gives none. Channels come in the order
// of WAV.
func (d *Decoder) Decode(dst []int32, p *media.Packet) ([]int32, error) {
	number := d.blocks.Mode(p.Data)
	if number < 0 {
		return dst, &media.FormatError{Stage: stage, Offset: p.Pos, Msg: "not a packet of sound"}
	}
	size := d.blocks.Size(p.Data)
	mode := d.modes[number]
	d.bits.Reset(p.Data)
	d.bits.Read(d.blocks.ModeBits())
	if mode.Long {
		d.bits.Read(2) // the shapes of the neighbours: they are known by themselves
	}
	d.spectra(&d.mappings[mode.Mapping], size)
	dst = d.sound(dst, size)
	d.before = size
	return dst, nil
}

// spectra decodes the spectrum of each channel.
func (d *Decoder) spectra(m *vorbis.Mapping, size int) {
	d.coded = 0
	for c := range d.channels {
		ch := &d.channels[c]
		clear(ch.spectrum[:size/2])
		ch.silent = !d.readFloor(d.floors[m.Submaps[m.Mux[c]].Floor], ch)
		ch.unread = ch.silent
	}
	for _, s := range m.Coupling { // clause 4.3.3
		a, b := &d.channels[s.Magnitude], &d.channels[s.Angle]
		if !a.unread || !b.unread {
			a.unread, b.unread = false, false
		}
	}
	for i := range m.Submaps {
		d.submap(m, i, size/2)
	}
	for _, s := range slices.Backward(m.Coupling) {
		decouple(d.channels[s.Magnitude].spectrum[:d.coded], d.channels[s.Angle].spectrum[:d.coded])
	}
	for c := range d.channels {
		ch := &d.channels[c]
		if f := d.floors[m.Submaps[m.Mux[c]].Floor]; !ch.silent && f.one != nil {
			f.one.apply(&ch.points, ch.spectrum[:d.coded], d.scale)
		} else if !ch.silent {
			f.zero.apply(&ch.filter, ch.spectrum[:size/2], d.scale)
		}
	}
}

func (d *Decoder) readFloor(f floor, ch *channel) bool {
	if f.one != nil {
		return f.one.read(&ch.points, d)
	}
	return f.zero.read(&ch.filter, d)
}

// submap reads the residue of the channels of one submap.
func (d *Decoder) submap(m *vorbis.Mapping, i, size int) {
	d.vectors, d.skip = d.vectors[:0], d.skip[:0]
	for c := range d.channels {
		if int(m.Mux[c]) == i {
			d.vectors = append(d.vectors, d.channels[c].spectrum[:size])
			d.skip = append(d.skip, d.channels[c].unread)
		}
	}
	if len(d.vectors) > 0 {
		d.residues[m.Submaps[i].Residue].read(d, d.vectors, d.skip, size)
	}
}

// sound transforms the spectra and appends what lies between the block before
// and this one.
func (d *Decoder) sound(dst []int32, size int) []int32 {
	frames := 0
	if d.before > 0 {
		frames = vorbis.Frames(d.before, size)
	}
	was, n := len(dst), len(d.channels)
	dst = slices.Grow(dst, frames*n)[:was+frames*n]
	for c := range d.channels {
		ch := &d.channels[c]
		cur := d.middle[:size/2]
		if ch.silent {
			clear(cur)
		} else {
			d.transform(size).Inverse(cur, ch.spectrum[:size/2])
		}
		if frames > 0 {
			overlap(dst[was+places[n][c]:], n, ch.block[d.before/4:d.before/2], d.before, cur, size)
		}
		ch.block, d.middle = d.middle, ch.block
	}
	return dst
}

func (d *Decoder) transform(size int) *mdct.Transform {
	if size == d.id.Sizes[0] {
		return d.imdct[0]
	}
	return d.imdct[1]
}
