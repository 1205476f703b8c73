package mpegvideo

// MaxUnit is the most bytes that an access unit may have; what is longer is
// cut there. The standard's largest buffer, of high level, is below it.
const MaxUnit = 2 << 20

// maxMarks is how many pieces' places are remembered: streams that come byte by
// byte are told less exactly where they are.
const maxMarks = 2048

// NoTime is the time of a unit that was given none.
const NoTime = -1 << 63

// A Cutter makes access units of an elementary stream that comes in pieces.
// The zero value is ready.
type Cutter struct {
	buf   []byte
	start int   // of the unit that is being gathered, in buf
	scan  int   // how far start codes were looked for
	base  int64 // the stream's byte that is buf[0]
	marks []mark
	unit  AccessUnit
	begun bool // slices of the unit were seen
}

// A mark is a place of the file, and maybe a time, that came with a byte of
// the stream.
type mark struct {
	at        int64
	pos, time int64
	taken     bool // a unit has its time
}

// An AccessUnit is a picture, or a field of one, with the headers in front.
type AccessUnit struct {
	Data     []byte // the Cutter's, until its next Write
	Pos      int64  // the file's place where it begins
	Time     int64  // the time that came with it, or NoTime
	Sequence bool   // there is a sequence header in it
	Group    bool   // there is a group header in it
	Closed   bool   // whose first pictures B need no picture before it
	Pictures int    // headers of pictures: 1, but in damaged streams
	Picture  Picture
}

// Write adds a piece of the stream that lies at pos of the file. time goes with
// the first unit that begins in it; NoTime when there is none. It keeps
// a copy.
func (c *Cutter) Write(data []byte, pos, time int64) {
	if c.start > 0 {
		n := copy(c.buf, c.buf[c.start:])
		c.buf = c.buf[:n]
		c.base += int64(c.start)
		c.scan -= c.start
		c.start = 0
	}
	if len(c.marks) >= maxMarks {
		c.marks = append(c.marks[:0], c.marks[len(c.marks)-maxMarks/2:]...)
	}
	c.marks = append(c.marks, mark{at: c.base + int64(len(c.buf)), pos: pos, time: time})
	c.buf = append(c.buf, data...)
}

// Reset forgets everything, as where the stream is entered anew.
func (c *Cutter) Reset() { *c = Cutter{buf: c.buf[:0], marks: c.marks[:0]} }

// Next returns the next unit, or false when more must be written first; last
// says that nothing more comes.
func (c *Cutter) Next(last bool) (AccessUnit, bool) {
	for {
		at, code := NextStart(c.buf, c.scan)
		if at == len(c.buf) {
			c.scan = max(c.start, len(c.buf)-3)
			if last && len(c.buf) > c.start || len(c.buf)-c.start > MaxUnit {
				return c.cut(len(c.buf)), true
			}
			return AccessUnit{}, false
		}
		if c.begun && (code == PictureStart || code == SequenceStart || code == GroupStart) {
			return c.cut(at), true
		}
		if !c.note(at, code, last) {
			c.scan = at
			return AccessUnit{}, false
		}
		c.scan = at + 4
	}
}

// note takes what a unit says of itself from the start code at at. It reports
// false where too little of it is there yet.
func (c *Cutter) note(at int, code byte, last bool) bool {
	const longest = 16 // bytes of the headers that are read here
	b := c.buf[at+4:]
	if len(b) < longest && !last {
		return false
	}
	switch {
	case code == SequenceStart:
		c.unit.Sequence = true
	case code == GroupStart:
		c.unit.Group = true
		c.unit.Closed = len(b) > 3 && b[3]&0x40 != 0
	case code == PictureStart:
		c.unit.Pictures++
		c.unit.Picture, _ = ParsePicture(b)
		c.timed(at)
	case code == Extension && len(b) > 0 && b[0]>>4 == PictureExtension:
		c.unit.Picture.Extend(b)
	case code >= FirstSlice && code <= LastSlice:
		c.begun = true
	}
	return true
}

// timed gives the unit its time, where its picture's start code is at
// buf[place]. A piece's time is that of the first picture whose start code
// begins in it (13818-1, 2.4.3.7); some programs take the headers in front for
// the picture's begin. Where both are not in one piece, and the first one's time
// is another unit's, nobody can tell whose the second one's is.
func (c *Cutter) timed(place int) {
	c.unit.Time = NoTime
	head, own := c.markAt(c.start), c.markAt(place)
	switch {
	case own == nil || head == nil:
	case head == own || !head.taken && head.time == NoTime:
		c.unit.Time = own.take()
	case !head.taken:
		c.unit.Time = head.take()
	default:
		own.take()
	}
}

// markAt is the mark of the piece in which buf[place] lies.
func (c *Cutter) markAt(place int) *mark {
	for i := len(c.marks) - 1; i >= 0; i-- {
		if c.marks[i].at <= c.base+int64(place) {
			return &c.marks[i]
		}
	}
	return nil
}

// take is the mark's time, once.
func (m *mark) take() int64 {
	if m.taken {
		return NoTime
	}
	m.taken = m.time != NoTime
	return m.time
}

// cut ends the unit at buf[end].
func (c *Cutter) cut(end int) AccessUnit {
	u := c.unit
	u.Data = c.buf[c.start:end]
	at := c.base + int64(c.start)
	// The marks before the next unit's first byte are done with, but the
	// last of them, in whose piece that byte lies.
	for len(c.marks) > 1 && c.marks[1].at <= at {
		c.marks = append(c.marks[:0], c.marks[1:]...)
	}
	u.Pos = -1
	if len(c.marks) > 0 {
		u.Pos = c.marks[0].pos + at - c.marks[0].at
	}
	if u.Pictures == 0 {
		u.Time = NoTime
	}
	c.start, c.scan, c.begun = end, end, false
	c.unit = AccessUnit{}
	return u
}
