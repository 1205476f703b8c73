package mpeg4

import (
	"fmt"

	"linnet/player/internal/bits"
	"linnet/player/internal/idct"
	"linnet/player/internal/mpegvideo"
	"linnet/player/media"
)

const (
	stage = "vd/mpeg4"
	// maxQueue is how many pictures may wait to be given out: packets with
	// more than one of them have at most three.
	maxQueue = 3
)

func malformed(format string, args ...any) error {
	return &media.FormatError{Stage: stage, Offset: -1, Msg: fmt.Sprintf(format, args...)}
}

func unsupported(format string, args ...any) error {
	return &media.UnsupportedError{Stage: stage, Offset: -1, Msg: fmt.Sprintf(format, args...)}
}

// A Decoder decodes one stream. It implements player.VideoDecoder and is for
// one goroutine at a time.
type Decoder struct {
	layer         layer
	quirks        quirks
	known         bool                 // a layer's header was there
	frames        [maxQueue + 3]*frame // nil where one was not needed yet
	width, height int                  // theirs
	cur           *frame
	past, future  *frame // the references; nil where there is none
	shown         bool   // future was given out
	queue         [maxQueue]*media.Picture
	queued        int
	columns, rows int

	// Times, in ticks: seconds of the last two references, when the last was,
	// how far it was from the one before, and how far this picture is.
	base, lastBase            int64
	reference                 int64
	between, before           int32
	tick                      int64 // of a picture, as far as is known
	fieldBetween, fieldBefore int32

	// Of the plane that is being decoded:
	plane             plane
	forward, backward mover
	covered           []bool
	bad               int
	edges             []edges // six for each macroblock
	parts             []part  // where its data are partitioned
	part              *part   // that whose texture is decoded

	// Of the video packet:
	r        bits.Reader
	first    int // its first macroblock
	at, x, y int // the macroblock, its column and row
	quant    int32
	last     [2][2]vector // in planes B: the vectors before, of both directions, by field

	q     quarterer
	warp  warp
	_     [0]uint32 // block begins at a word
	block idct.Block

	residual residual
}

// New makes a Decoder for a stream of media.MPEG4. Config, where there is one,
// is the headers down to the layer's.
func New(s media.Stream) (*Decoder, error) {
	d := &Decoder{}
	d.residual.init(&d.block)
	if len(s.Config) > 0 {
		if err := d.headers(s.Config); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// Reset forgets all pictures; the headers stay.
func (d *Decoder) Reset() {
	d.past, d.future, d.cur, d.queued = nil, nil, nil, 0
}

// headers reads what needs no packet.
func (d *Decoder) headers(data []byte) error {
	for at, code := mpegvideo.NextStart(data, 0); at < len(data); {
		unit, next, following := mpegvideo.Unit(data, at)
		if err := d.header(unit, code); err != nil {
			return err
		}
		at, code = next, following
	}
	return nil
}

func (d *Decoder) header(unit []byte, code byte) error {
	switch code {
	case groupStart:
		d.group(unit)
	case userData:
		if m, ok := parseMaker(unit); ok {
			d.quirks = m.quirks()
		}
	}
	if code < firstLayer || code > lastLayer {
		return nil
	}
	l, err := parseLayer(unit)
	if err != nil {
		return err
	}
	d.layer, d.known = l, true
	return nil
}

// Decode takes a packet and returns the picture that is to be shown next, or
// nil. A nil packet asks for the last ones. Together with a
// *media.FormatError there may be a picture, which has concealed parts.
func (d *Decoder) Decode(p *media.Packet) (*media.Picture, error) {
	if p == nil {
		if d.queued == 0 {
			d.drain()
		}
		return d.next(), nil
	}
	d.bad = 0
	if isShort(p.Data) {
		err := d.decodeShort(p)
		return d.next(), err
	}
	missing := 0
	for at, code := mpegvideo.NextStart(p.Data, 0); at < len(p.Data); {
		unit, next, following := mpegvideo.Unit(p.Data, at)
		if code == planeStart {
			missing += d.decodePlane(unit, p)
		} else if err := d.header(unit, code); err != nil {
			return d.next(), err
		}
		at, code = next, following
	}
	if d.bad > 0 || missing > 0 {
		return d.next(), damage(p, d.bad, missing)
	}
	return d.next(), nil
}

func damage(p *media.Packet, places, missing int) error {
	return &media.FormatError{Stage: stage, Offset: p.Pos,
		Msg: fmt.Sprintf("damage in %d places, %d macroblocks were taken from the picture before", places, missing)}
}

// next takes the first picture of the queue.
func (d *Decoder) next() *media.Picture {
	if d.queued == 0 {
		return nil
	}
	p := d.queue[0]
	d.queued = copy(d.queue[:], d.queue[1:d.queued])
	return p
}

// push puts a picture behind the others of the queue. Where there are too many,
// which only damage makes, the first is left out.
func (d *Decoder) push(p *media.Picture) {
	if d.queued == maxQueue {
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

// drain gives out the last reference, once.
func (d *Decoder) drain() {
	if d.future != nil && !d.shown {
		d.shown = true
		d.push(&d.future.picture)
	}
}

// decodePlane decodes a picture and returns how many macroblocks had to be
// concealed. Planes that are not coded, or whose references are not there,
// are left out.
func (d *Decoder) decodePlane(unit []byte, p *media.Packet) (missing int) {
	if !d.known {
		return 0
	}
	d.r = bits.NewReader(unit)
	var ok bool
	if d.plane, ok = d.layer.parsePlane(&d.r); !ok {
		d.bad++
		return 0
	}
	inTime := d.clock()
	if !d.plane.coded {
		return 0
	}
	d.resize()
	switch {
	case d.plane.kind == typeP && d.future == nil, d.plane.kind == typeB && (d.past == nil || !inTime):
		return 0
	}
	d.take(p)
	if d.layer.partitioned && d.parts == nil {
		d.parts = make([]part, d.columns*d.rows)
	}
	d.planeData()
	return d.finish()
}

// finish conceals what is missing of a picture, makes it a reference, and gives out
// what is due.
func (d *Decoder) finish() (missing int) {
	missing = d.conceal()
	if d.cur.both {
		d.push(&d.cur.picture)
		return missing
	}
	if d.quirks.edges {
		d.cur.extend(d.layer.width, d.layer.height)
	} else {
		d.cur.extend(d.cur.width, d.cur.height)
	}
	d.drain()
	d.past, d.future, d.shown = d.future, d.cur, false
	if d.layer.lowDelay {
		d.drain()
	}
	return missing
}

// group takes the time of a group of planes, from which the seconds of the next
// one are counted (6.3.4).
func (d *Decoder) group(unit []byte) {
	r := bits.NewReader(unit)
	hours, minutes := int64(r.Bits(5)), int64(r.Bits(6))
	r.Skip(1)
	if seconds := int64(r.Bits(6)); !r.Over() {
		d.base = (hours*60+minutes)*60 + seconds
	}
}

// clock brings the times up to date, and says whether a picture B lies
// between its references. Planes that are not coded are counted in seconds, but
// are no references.
func (d *Decoder) clock() bool {
	res := int64(d.layer.resolution)
	if d.plane.kind != typeB {
		d.lastBase = d.base
		d.base += d.plane.seconds
		if !d.plane.coded {
			return true
		}
		now := d.base*res + d.plane.ticks
		d.between = int32(now - d.reference)
		d.reference = now
		return true
	}
	now := (d.lastBase+d.plane.seconds)*res + d.plane.ticks
	d.before = d.between - int32(d.reference-now)
	if d.before <= 0 || d.before >= d.between {
		return false
	}
	if d.tick == 0 {
		d.tick = int64(d.before)
	}
	pictures := func(t int64) int32 { return int32((t + d.tick/2) / max(1, d.tick)) }
	start := d.reference - int64(d.between)
	d.fieldBetween = 2 * (pictures(d.reference) - pictures(start))
	d.fieldBefore = 2 * (pictures(now) - pictures(start))
	return true
}

// resize has frames of the layer's size.
func (d *Decoder) resize() {
	width, height := (d.layer.width+15)&^15, (d.layer.height+15)&^15
	if d.width == width && d.height == height {
		return
	}
	d.drain() // the frames of the queue are not used again
	d.width, d.height = width, height
	clear(d.frames[:])
	d.past, d.future = nil, nil
	d.columns, d.rows = width/16, height/16
	d.covered = make([]bool, d.columns*d.rows)
	d.edges = make([]edges, 6*d.columns*d.rows)
	d.parts = nil
}

// take chooses a frame for a new picture: one that is neither a reference nor
// waits to be given out.
func (d *Decoder) take(p *media.Packet) {
	for i, f := range d.frames {
		if f == nil {
			f = newFrame(d.width, d.height)
			d.frames[i] = f
		}
		if f != d.past && f != d.future && !d.waits(f) {
			d.cur = f
			break
		}
	}
	f := d.cur
	f.both = d.plane.kind == typeB
	f.picture = media.Picture{
		Y: f.Planes[0][f.origin[0]:], Cb: f.Planes[1][f.origin[1]:], Cr: f.Planes[2][f.origin[1]:],
		YStride: f.Stride[0], CStride: f.Stride[1], Width: d.layer.width, Height: d.layer.height, Chroma: media.Chroma420,
		PTS: p.PTS, Key: d.plane.kind == typeI, Interlaced: d.layer.interlaced, TopFirst: d.plane.topFirst,
	}
	d.forward = mover{from: d.future, down: d.plane.rounding, quarter: d.layer.quarter}
	if f.both {
		d.forward.from = d.past
	}
	d.backward = mover{from: d.future, quarter: d.layer.quarter}
	if d.plane.global {
		d.setWarp(&d.plane.moves)
	}
	clear(d.covered)
}

// conceal fills in the macroblocks that no packet brought.
func (d *Decoder) conceal() (missing int) {
	for i, ok := range d.covered {
		if ok {
			continue
		}
		missing++
		d.cur.macros[i] = macro{skipped: d.plane.kind != typeI}
		if d.forward.from != nil {
			d.cur.copyMacroblock(d.forward.from, i%d.columns, i/d.columns)
		}
	}
	return missing
}
