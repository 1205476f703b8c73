package mpa

// NoTime is where nothing is known of a frame's time.
const NoTime = -1 << 63

// A Cutter cuts a stream of MPEG audio that comes in pieces into its frames.
// The zero value is ready.
type Cutter struct {
	buf    []byte
	start  int    // of what was not given yet, in buf
	header Header // of the first frame
	known  bool
	synced bool // the frame before was right in front
	pieces []piece
}

// A piece is what was written at once: where in buf it begins, where in the
// file, and the time that came with it.
type piece struct {
	at   int
	pos  int64
	time int64
}

// A Frame is one of the stream, header included.
type Frame struct {
	Header
	Data []byte // the Cutter's, until its next Write
	Pos  int64  // the place in the file
	Time int64  // what came with the piece in which it is the first to begin, or NoTime
}

// Reset forgets what was written, but not what stream it is.
func (c *Cutter) Reset() { c.buf, c.start, c.synced, c.pieces = c.buf[:0], 0, false, c.pieces[:0] }

// First is the first frame's header, once there was one.
func (c *Cutter) First() (Header, bool) { return c.header, c.known }

// Write adds a piece of the stream that lies at pos of the file; time, if it is
// not NoTime, is for the first frame that begins in it. It keeps a copy.
func (c *Cutter) Write(b []byte, pos, time int64) {
	n := copy(c.buf, c.buf[c.start:])
	keep := c.pieces[:0]
	for i, p := range c.pieces {
		if i+1 < len(c.pieces) && c.pieces[i+1].at <= c.start {
			continue
		}
		keep = append(keep, piece{p.at - c.start, p.pos, p.time})
	}
	c.pieces = append(keep, piece{n, pos, time})
	c.buf, c.start = append(c.buf[:n], b...), 0
}

// where finds the file's place of buf[at], and takes the time that belongs to
// a frame which begins there.
func (c *Cutter) where(at int) (pos, time int64) {
	pos, time = -1, NoTime
	for i := range c.pieces {
		p := &c.pieces[i]
		if p.at > at {
			break
		}
		pos = p.pos + int64(at-p.at)
		if p.time != NoTime {
			time, p.time = p.time, NoTime
		}
	}
	return pos, time
}

// Next gives the next frame, or false when more must be written first; last
// says that nothing more comes. What is no frame is passed over.
func (c *Cutter) Next(last bool) (Frame, bool) {
	for len(c.buf)-c.start >= HeaderSize {
		b := c.buf[c.start:]
		h, ok := ParseHeader(b)
		size := h.size(ok)
		if size == 0 || c.known && !h.SameStream(&c.header) {
			c.start++
			c.synced = false
			continue
		}
		if len(b) < size || !last && !c.synced && len(b) < size+HeaderSize {
			break
		}
		// The first frame is believed by the next one's header only.
		if !c.synced && len(b) >= size+HeaderSize {
			if n, ok := ParseHeader(b[size:]); !ok || !n.SameStream(&h) {
				c.start++
				continue
			}
		}
		if c.synced = true; !c.known {
			c.header, c.known = h, true
		}
		pos, time := c.where(c.start)
		c.start += size
		return Frame{Header: h, Data: b[:size], Pos: pos, Time: time}, true
	}
	return Frame{}, false
}

// size is FrameSize of a good header.
func (h *Header) size(ok bool) int {
	if !ok {
		return 0
	}
	return h.FrameSize()
}
