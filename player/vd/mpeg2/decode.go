package mpeg2

import (
	"fmt"

	"linnet/player/internal/bits"
	"linnet/player/internal/idct"
	"linnet/player/internal/mpegvideo"
	"linnet/player/media"
)

const (
	stage = "vd/mpeg2"
	// maxMacroblocks are those of main profile at high level, 1920x1152.
	maxMacroblocks = 120 * 72
)

// A Decoder decodes one stream. It implements player.VideoDecoder and is for
// one goroutine at a time.
type Decoder struct {
	seq     mpegvideo.Sequence
	pic     mpegvideo.Picture
	known   bool // seq was there
	ready   bool // a picture header was there, and slices may follow
	coding  bool // so was its coding extension
	running bool // slices have come, into cur
	closed  bool // the group's first B pictures need none before it

	columns, rows int       // macroblocks of a frame, or of a field in field pictures
	frames        [5]*frame // nil where one was not needed yet
	width, height int       // theirs
	cur           *frame
	past, future  *frame // the references; nil where there is none
	shown         bool   // future was given out
	second        bool   // the picture is the second field of cur
	half          bool   // cur has one field, and waits for the other

	// Of the picture that is being decoded:
	dst     view
	own     view    // of cur's other field
	fields  [2]view // of cur
	refs    [2][4]view
	types   *[64]uint16
	intra   residual
	inter   residual
	traces  []trace // by macroblock
	bad     int     // slices that were damaged
	lacking bool    // it has no reference and is left out

	// Pictures that are to be given out, in their order. More than one come
	// of a packet where the second field of the picture before is lost.
	queue  [2]*media.Picture
	queued int

	// Of the slice:
	r          bits.Reader
	at, x, y   int // the macroblock, its column and row
	luma       int // where it lies in dst
	colour     int
	dc         [3]int32
	pmv        [2][2]vector
	motion     [2]motion
	how        motionType
	dual       vector
	directions uint8 // of the last macroblock

	_     [0]uint32 // block begins at a word
	block idct.Block
}

// New makes a Decoder for a stream of media.MPEG1Video or media.MPEG2Video.
// Config, where there is one, is a sequence header with what belongs to it,
// as MP4 and Matroska have it.
func New(s media.Stream) (*Decoder, error) {
	d := &Decoder{}
	if len(s.Config) > 0 {
		for at, code := mpegvideo.NextStart(s.Config, 0); at < len(s.Config); {
			unit, next, following := mpegvideo.Unit(s.Config, at)
			if err := d.header(unit, code); err != nil {
				return nil, err
			}
			at, code = next, following
		}
	}
	return d, nil
}

// Reset forgets all pictures; the headers stay.
func (d *Decoder) Reset() {
	d.past, d.future, d.cur, d.queued = nil, nil, nil, 0
	d.ready, d.running, d.half, d.second, d.closed = false, false, false, false, false
}

// Decode takes an access unit and returns the picture that is to be shown
// next, or nil. A nil packet asks for the last one. Together with an error of
// type *media.FormatError there may be a picture, which has concealed parts.
func (d *Decoder) Decode(p *media.Packet) (*media.Picture, error) {
	if d.bad = 0; p == nil {
		if d.complete(); d.queued == 0 {
			d.drain()
		}
		return d.next(), nil
	}
	var missing int
	for at, code := mpegvideo.NextStart(p.Data, 0); at < len(p.Data); {
		unit, next, following := mpegvideo.Unit(p.Data, at)
		if code < mpegvideo.FirstSlice || code > mpegvideo.LastSlice {
			missing += d.endPicture()
			if err := d.header(unit, code); err != nil {
				return nil, err
			}
		} else if d.begin(p) && !d.slice(unit, int(code)) {
			d.bad++
		}
		at, code = next, following
	}
	missing += d.endPicture()
	if d.bad > 0 || missing > 0 {
		return d.next(), &media.FormatError{Stage: stage, Offset: p.Pos,
			Msg: fmt.Sprintf("%d slices are damaged, %d macroblocks were taken from the picture before", d.bad, missing)}
	}
	return d.next(), nil
}

// next takes the first picture of the queue.
func (d *Decoder) next() *media.Picture {
	if d.queued == 0 {
		return nil
	}
	p := d.queue[0]
	d.queue[0] = d.queue[1]
	d.queued--
	return p
}

// push puts a picture behind the others of the queue. Of three, which only
// damage makes, the first is left out.
func (d *Decoder) push(p *media.Picture) {
	if d.queued == len(d.queue) {
		d.next()
	}
	d.queue[d.queued] = p
	d.queued++
}

// waits says whether a frame is in the queue.
func (d *Decoder) waits(f *frame) bool {
	for _, p := range d.queue[:d.queued] {
		if p == &f.picture {
			return true
		}
	}
	return false
}

// header reads a unit that is no slice. Damaged ones are passed over: what
// was known holds on.
func (d *Decoder) header(unit []byte, code byte) error {
	switch code {
	case mpegvideo.SequenceStart:
		if s, ok := mpegvideo.ParseSequence(unit); ok {
			return d.newSequence(s)
		}
	case mpegvideo.GroupStart:
		d.closed = len(unit) > 3 && unit[3]&0x40 != 0
	case mpegvideo.PictureStart:
		d.pic, d.ready = mpegvideo.ParsePicture(unit)
		d.coding = false
	case mpegvideo.Extension:
		return d.extension(unit)
	}
	return nil
}

func (d *Decoder) extension(unit []byte) error {
	if len(unit) == 0 {
		return nil
	}
	switch unit[0] >> 4 {
	case mpegvideo.SequenceExtension:
		s := d.seq
		if d.known && !s.MPEG2 && s.Extend(unit) {
			d.seq = s
			return d.checkSize()
		}
	case mpegvideo.QuantExtension:
		d.seq.ExtendMatrices(unit)
	case mpegvideo.PictureExtension:
		d.coding = d.ready && d.pic.Extend(unit)
		d.ready = d.coding
	}
	return nil
}

// newSequence takes a sequence header. One that is repeated changes nothing
// but the matrices.
func (d *Decoder) newSequence(s mpegvideo.Sequence) error {
	d.seq, d.known = s, true
	return d.checkSize()
}

func (d *Decoder) checkSize() error {
	v := d.seq.Video
	if (v.Width+15)/16*((v.Height+15)/16) > maxMacroblocks {
		d.known = false
		return &media.UnsupportedError{Stage: stage, Offset: -1, Msg: fmt.Sprintf("a picture of %d by %d; at most 1920 by 1152 are played", v.Width, v.Height)}
	}
	if d.seq.Chroma != media.Chroma420 {
		d.known = false
		return &media.UnsupportedError{Stage: stage, Offset: -1, Msg: "colour of " + d.seq.Chroma.String() + "; 4:2:0 is played"}
	}
	return nil
}

// begin makes ready for a picture's slices, at the first of them. It reports
// false where the slice is to be left out.
func (d *Decoder) begin(p *media.Packet) bool {
	switch {
	case d.running:
		return !d.lacking
	case !d.ready || !d.known:
		return false
	case d.seq.MPEG2 && !d.coding: // what its bits mean is not known
		d.ready = false
		d.bad++
		return false
	}
	d.running, d.second = true, false
	if d.pairs() {
		d.second = true
	} else {
		d.complete()
		d.resize()
		d.take(p)
	}
	d.lacking = !d.refer()
	if d.lacking {
		return false
	}
	d.prepare()
	return true
}

// pairs says whether the picture is the field that cur lacks.
func (d *Decoder) pairs() bool {
	return d.half && d.pic.Structure == other(d.cur.first) && (d.pic.Type == mpegvideo.B) == d.cur.b
}

// resize has frames of the sequence's size.
func (d *Decoder) resize() {
	v := d.seq.Video
	width, height := (v.Width+15)&^15, (v.Height+15)&^15
	if d.seq.MPEG2 && !d.seq.Progressive {
		height = (v.Height + 31) &^ 31
	}
	if d.width == width && d.height == height {
		return
	}
	d.drain() // the frames of the queue are not used again
	d.width, d.height = width, height
	d.frames = [5]*frame{}
	d.past, d.future = nil, nil
	d.traces = make([]trace, width/16*height/16)
}

// take chooses a frame for a new picture: one that is no reference of it, and
// does not wait to be given out.
func (d *Decoder) take(p *media.Packet) {
	keep := d.past
	if d.pic.Type != mpegvideo.B {
		keep = nil
	}
	for i, f := range d.frames {
		if f == nil {
			f = newFrame(d.width, d.height)
			d.frames[i] = f
		}
		if f != keep && f != d.future && !d.waits(f) {
			d.cur = f
			break
		}
	}
	d.cur.b = d.pic.Type == mpegvideo.B
	c := &d.cur.picture
	*c = media.Picture{
		Y: d.cur.planes[0], Cb: d.cur.planes[1], Cr: d.cur.planes[2],
		YStride: d.cur.stride, CStride: d.cur.stride / 2,
		Width: d.seq.Video.Width, Height: d.seq.Video.Height, Chroma: media.Chroma420,
		PTS: p.PTS, Key: d.pic.Type == mpegvideo.I,
		Interlaced: !d.pic.ProgressiveFrame, TopFirst: d.pic.TopFirst,
	}
	d.cur.first = d.pic.Structure
	if d.pic.Structure != mpegvideo.Frame {
		c.TopFirst = d.pic.Structure == mpegvideo.TopField
	}
}

// refer sets the references, and reports false where one is lacking.
func (d *Decoder) refer() bool {
	from := [2]*frame{}
	switch d.pic.Type {
	case mpegvideo.P:
		from[0] = d.future
		if d.future == nil && d.second {
			from[0] = d.cur // a field I and one P that is predicted from it
		}
	case mpegvideo.B:
		from = [2]*frame{d.past, d.future}
		if d.past == nil && d.closed {
			from[0] = d.future
		}
		if from[1] == nil {
			return false
		}
	default:
		from[0] = d.future // for concealing
	}
	if from[0] == nil && d.pic.Type != mpegvideo.I && d.pic.Type != mpegvideo.D {
		return false
	}
	for i, f := range from {
		for s := mpegvideo.TopField; s <= mpegvideo.Frame; s++ {
			d.refs[i][s] = view{}
			if f != nil {
				d.refs[i][s] = f.view(s)
			}
		}
	}
	return true
}

// prepare sets what all slices of the picture have in common.
func (d *Decoder) prepare() {
	d.columns, d.rows = d.cur.width/16, d.cur.height/16
	s := d.pic.Structure
	d.dst = d.cur.view(s)
	d.fields = [2]view{d.cur.view(mpegvideo.TopField), d.cur.view(mpegvideo.BottomField)}
	if s != mpegvideo.Frame {
		d.rows /= 2
		d.own = d.cur.view(other(s))
	}
	clear(d.traces)
	d.at = -1
	d.types = [...]*[64]uint16{nil, &intraTypes, &forwardTypes, &bothTypes, &intraTypes}[d.pic.Type]
	d.intra.prepare(d, 0, &d.seq.Intra, d.pic.IntraTable)
	d.inter.prepare(d, 1, &d.seq.Inter, false)
	d.directions = 0
}

// endPicture is called behind a picture's last slice. It returns how many
// macroblocks had to be concealed.
func (d *Decoder) endPicture() (missing int) {
	if !d.running {
		return 0
	}
	d.running, d.ready = false, false
	if d.lacking {
		return 0
	}
	missing = d.conceal()
	if d.pic.Structure != mpegvideo.Frame && !d.second {
		d.half = true
		return missing
	}
	d.half = false
	d.finish()
	return missing
}

// complete ends a frame whose second field never came: it shows the first
// one twice.
func (d *Decoder) complete() {
	if !d.half {
		return
	}
	d.half = false
	for y := range d.rows {
		for x := range d.columns {
			d.own.copyMacroblock(&d.dst, x, y)
		}
	}
	d.finish()
}

// finish puts the picture into the queue whose turn it is, now that cur is
// whole (6.1.1.11).
func (d *Decoder) finish() {
	if d.cur.b {
		d.push(&d.cur.picture)
		return
	}
	d.drain()
	d.past, d.future, d.shown = d.future, d.cur, false
	if d.seq.LowDelay {
		d.drain()
	}
}

// drain puts the last reference into the queue, once.
func (d *Decoder) drain() {
	if d.future != nil && !d.shown {
		d.shown = true
		d.push(&d.future.picture)
	}
}
