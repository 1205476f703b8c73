package mp4

import (
	"encoding/binary"
	"io"
	"math"
	"sort"
	"time"

	"linnet/player/internal/bmff"
	"linnet/player/internal/fourcc"
	"linnet/player/media"
)

const (
	// maxPicture is the most bytes that a picture may claim.
	maxPicture = 16 << 20
	// reorder is how many packets behind a time, as they are decoded, may be
	// shown at it: where shifts are below 0.
	reorder = 32
)

// A film is a track of pictures, or of what is shown over them (text.go).
type film struct {
	track
	stream media.Stream
	table  *tableCursor
	parts  *fragmentCursor // nil where there are none
	inPart bool            // the next packet is read there
	ended  bool
	total  int64 // packets
	// tableTicks is how long those of the index last.
	tableTicks int64
	lead       time.Duration
	start      int64 // ticks of the track that are shown at lead

	// The entry of ctts that holds the packet that was read last.
	shiftWin            *bmff.Window
	shiftRun            int64 // its number
	shiftFrom, shiftEnd int64 // its first packet, and that behind it
	shift               int64
	syncs, opens        numbers // stss, stps

	have  bool // ahead is a packet that was not given yet
	ahead sample
	due   time.Duration // when that is shown; of subtitles
}

// isCover says whether a track is but one still picture.
func (t *track) isCover() bool {
	return t.kind() == media.Video && t.tables.packets == 1 && (t.picture.codec == media.MJPEG || t.picture.codec == "png")
}

// openFilms opens the tracks of pictures that anybody can decode.
func (d *Demuxer) openFilms(src io.ReaderAt, m *movie) {
	win := func() *bmff.Window { return d.window(src) }
	silence := time.Duration(0)
	if !d.silent {
		silence = emptyEdits(d.edits, m.timescale)
	}
	for i := range m.tracks {
		t := &m.tracks[i]
		if t.kind() != media.Video || t.timescale == 0 || m.isChapters(t.id) || (!d.silent || d.unheard != nil) && t.isCover() {
			continue
		}
		if t.picture.codec == "h263" {
			t.refine(win)
		}
		switch t.picture.codec {
		case media.MPEG1Video, media.MPEG2Video, media.MPEG4, media.MJPEG:
			if f, ok := d.openFilm(win, t, m); ok {
				f.lead -= silence // no silence is made in front of the sound
				d.films = append(d.films, f)
			}
		}
	}
}

// refine looks at the first picture of a track of H.263.
func (t *track) refine(win func() *bmff.Window) {
	s, ok := newTableCursor(win, t.tables).next(1)
	if !ok || s.size < fourcc.ShortHeader {
		return
	}
	c := fourcc.H263(win().At(s.pos, fourcc.ShortHeader))
	t.picture.codec, t.entry.codec = c, c
}

// openFilm puts cursors in front of a track's first picture and measures it.
// ok is false where its times make no sense.
func (d *Demuxer) openFilm(win func() *bmff.Window, t *track, m *movie) (f *film, ok bool) {
	f = &film{track: *t, table: newTableCursor(win, t.tables), shiftWin: win(),
		syncs: numbers{win: win(), table: t.tables.syncs}, opens: numbers{win: win(), table: t.tables.opens}}
	ticks, first, last, ok := f.table.total(f.table.timeWin)
	if !ok {
		return nil, false
	}
	f.total, f.tableTicks = f.table.packets, ticks
	if m.fragmented {
		f.parts = newFragmentCursor(win, t, d.end, f.total, ticks)
		if n, all := f.parts.scan(); n > f.total {
			if f.total == 0 {
				first = f.parts.firstTime
			}
			f.total, ticks, last = n, all, f.parts.lastTime
		}
	}
	if ticks > maxTime || f.total > maxTime {
		return nil, false
	}
	f.rewindShifts()
	length := ticks
	if start, cut, ok := onePiece(t.edits, m.timescale, t.timescale); ok {
		f.start = start
		f.lead = emptyEdits(t.edits, m.timescale)
		if length = max(ticks-start, 0); cut > 0 && m.timescale > 0 {
			length = min(length, scale(cut, m.timescale, t.timescale))
		}
	}
	if t.kind() == media.Video {
		f.describe(ticks, first, last, length)
	}
	return f, true
}

// emptyEdits is how long nothing is played at the start.
func emptyEdits(edits []edit, movieScale int64) (d time.Duration) {
	for _, e := range edits {
		if e.start >= 0 || e.length < 0 || e.length > maxTime || movieScale <= 0 {
			break
		}
		d += time.Duration(scale(e.length, movieScale, 1e6)) * time.Microsecond
	}
	return d
}

// describe makes the stream. The rate is that of the first picture where the
// last but one lasts as long, else their mean.
func (f *film) describe(ticks, first, last, length int64) {
	s := f.track.stream(media.Video)
	s.Config = f.picture.config
	s.Length = f.nanoseconds(length)
	if first > 0 && (first == last || f.total*first == ticks+first-last) {
		s.Video.Rate = fraction(f.timescale, first)
	} else if f.total < (1<<62)/f.timescale {
		s.Video.Rate = fraction(f.total*f.timescale, ticks)
	}
	f.stream = s
}

func (f *film) nanoseconds(ticks int64) time.Duration {
	if ticks < 0 {
		return -f.nanoseconds(-ticks)
	}
	s := ticks / f.timescale
	if s >= int64(1<<63-1)/int64(time.Second) {
		return 1<<63 - 1
	}
	return time.Duration(s)*time.Second + time.Duration((ticks%f.timescale*int64(time.Second)+f.timescale/2)/f.timescale)
}

func (d *Demuxer) filmOf(id uint32) *film {
	for _, f := range d.films {
		if f.id == id {
			return f
		}
	}
	return nil
}

// readInterleaved gives the packet that comes next in the file, of the sound
// or a film, and before that what is said in it.
func (d *Demuxer) readInterleaved(p *media.Packet) error {
	if !d.held {
		d.ahead, d.held = d.next()
	}
	var next *film
	for _, f := range d.films {
		if f.peek() && (next == nil || f.ahead.pos < next.ahead.pos) {
			next = f
		}
	}
	given := d.readText(p, next)
	if err := d.broken(); err != nil {
		return err
	}
	switch {
	case given:
		return nil
	case next != nil && (!d.held || next.ahead.pos < d.ahead.pos):
		return d.readPicture(p, next)
	case d.held:
		d.held = false
		return d.readSound(p, d.ahead)
	}
	return d.finish()
}

// readPicture reads the film's next picture.
func (d *Demuxer) readPicture(p *media.Packet, f *film) error {
	s := f.ahead
	f.have = false
	switch {
	case s.size > maxPicture:
		return formatError(s.pos, "a picture of too many bytes")
	case s.pos > d.end || s.size > d.end-s.pos:
		return d.cutOff(s.pos)
	}
	if err := d.read(p, s.pos, s.size); err != nil {
		return err
	}
	p.Stream, p.PTS, p.Pos, p.Key, p.Channels = int(f.id), int64(f.shown(s)), s.pos, !s.delta, 0
	return nil
}

// peek makes ahead the next picture that is coded as the first; false at the
// end.
func (f *film) peek() bool {
	for !f.have && !f.ended {
		if f.ahead, f.have = f.next(); !f.have {
			f.ended = true
			return false
		}
		f.have = !f.ahead.other && f.ahead.size > 0
	}
	return f.have
}

func (f *film) end() { f.ended, f.have = true, false }

// next steps over the next picture.
func (f *film) next() (s sample, ok bool) {
	if !f.inPart {
		if s, ok = f.table.next(1); ok {
			s.shift, s.delta = f.shiftOf(s.n), !f.isSync(s.n)
			return s, true
		}
		f.inPart = true
	}
	if f.parts == nil {
		return s, false
	}
	return f.nextPart()
}

// nextPart steps over the next picture of the fragments.
func (f *film) nextPart() (s sample, ok bool) {
	s, ok = f.parts.next(1)
	s.delta = s.delta && f.picture.codec != media.MJPEG
	return s, ok
}

// shown is when a picture is, counted from where the sound begins.
func (f *film) shown(s sample) time.Duration { return f.nanoseconds(s.time+s.shift-f.start) + f.lead }

func (f *film) rewindShifts() { f.shiftRun, f.shiftFrom, f.shiftEnd, f.shift = -1, 0, 0, 0 }

// shiftOf is from ctts, clause 8.6.1.3: how long after its decoding picture n
// of the index is shown. Files write numbers below 0 in version 0 too.
func (f *film) shiftOf(n int64) int64 {
	if n < f.shiftFrom {
		f.rewindShifts()
	}
	for n >= f.shiftEnd {
		i := f.shiftRun + 1
		v := f.shiftWin.At(f.shifts().pos+8*i, 8)
		if v == nil || i >= f.shifts().count {
			return 0
		}
		f.shiftRun, f.shiftFrom = i, f.shiftEnd
		f.shiftEnd += int64(binary.BigEndian.Uint32(v))
		f.shift = int64(int32(binary.BigEndian.Uint32(v[4:])))
	}
	return f.shift
}

func (f *film) shifts() *table { return &f.track.tables.shifts }

// isSync says whether picture n of the index needs no other.
func (f *film) isSync(n int64) bool {
	if f.allSync() {
		return true
	}
	return f.syncs.has(n) || f.opens.has(n)
}

func (f *film) allSync() bool { return !f.track.tables.sparse || f.picture.codec == media.MJPEG }

// numbers is a table of numbers of packets that grow.
type numbers struct {
	win *bmff.Window
	table
	i int64 // entry that was looked at last
}

// number is that of an entry, from 0 on.
func (t *numbers) number(i int64) int64 {
	v, _ := t.win.Uint32(t.pos + 4*i)
	return int64(v) - 1
}

// has says whether n is in it; it is fast where the ns grow.
func (t *numbers) has(n int64) bool {
	for t.i < t.count && t.number(t.i) < n {
		t.i++
	}
	return t.i < t.count && t.number(t.i) == n
}

// upTo is how many entries are no greater than n.
func (t *numbers) upTo(n int64) int64 {
	most := int(min(t.count, math.MaxInt32))
	return int64(sort.Search(most, func(i int) bool { return t.number(int64(i)) > n }))
}

// before is the last that is no greater than n, or below 0.
func (t *numbers) before(n int64) int64 {
	if i := t.upTo(n); i > 0 {
		return t.number(i - 1)
	}
	return -1
}
