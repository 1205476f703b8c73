package mp4

import (
	"encoding/binary"
	"math"

	"linnet/player/internal/bmff"
)

// A table is one of the index's: where its entries lie, and how many.
type table struct {
	pos   int64
	count int64
	width int // bytes of an entry; 0 for 4 bits
}

// tables are those of one track, ISO/IEC 14496-12 clause 8.6 to 8.7.
type tables struct {
	times  table // stts: count, ticks that each lasts
	chunks table // stsc: first chunk, packets in each, description
	sizes  table // stsz, stz2
	places table // stco, co64
	shifts table // ctts: count, ticks from decoding to display
	syncs  table // stss: numbers, from 1, of packets that need no other
	opens  table // stps, QuickTime's: those behind which some pictures need others before
	sparse bool  // there is a stss
	// size is that of every packet where they have one size, 0 where sizes
	// has them.
	size    int64
	packets int64
	unit    int64 // so many of what stts and stsc count are one packet, where not one
}

// gather makes one packet of every n that the tables count.
func (t *tables) gather(n int64) {
	t.unit = n
	t.packets /= n
}

// take keeps where the table in b lies. Counts that the box has no room for
// are cut to what it has.
func (t *tables) take(win *bmff.Window, b bmff.Box) {
	const head = fullBox + 4
	switch string(b.Type[:]) {
	case "stts":
		t.times = tableIn(win, b, head, 8)
	case "stsc":
		t.chunks = tableIn(win, b, head, 12)
	case "stco":
		t.places = tableIn(win, b, head, 4)
	case "co64":
		t.places = tableIn(win, b, head, 8)
	case "ctts":
		t.shifts = tableIn(win, b, head, 8)
	case "stss":
		t.syncs, t.sparse = tableIn(win, b, head, 4), true
	case "stps":
		t.opens = tableIn(win, b, head, 4)
	case "stsz":
		size, _ := win.Uint32(b.Body + fullBox)
		n, _ := win.Uint32(b.Body + fullBox + 4)
		t.size, t.packets = int64(size), int64(n)
		if size == 0 {
			t.sizes = tableIn(win, b, head+4, 4)
			t.packets = t.sizes.count
		}
	case "stz2":
		width := 0
		if v := win.At(b.Body+fullBox+3, 1); v != nil {
			width = int(v[0]) / 8
		}
		if width > 2 {
			return
		}
		t.size = 0
		t.sizes = tableIn(win, b, head+4, width)
		t.packets = t.sizes.count
	}
}

// tableIn is the table in b whose entries start skip bytes into the body,
// behind their count.
func tableIn(win *bmff.Window, b bmff.Box, skip int64, width int) table {
	n, _ := win.Uint32(b.Body + skip - 4)
	room := max(b.Size()-skip, 0)
	if width == 0 {
		room *= 2
	} else {
		room /= int64(width)
	}
	return table{b.Body + skip, min(int64(n), room), width}
}

// total is how long all packets last, in ticks, and how long the first and the
// last of them do. ok is false where that makes no sense.
func (t *tables) total(win *bmff.Window) (ticks, first, last int64, ok bool) {
	left := t.packets
	for i := int64(0); i < t.times.count && left > 0; i++ {
		n, d := t.run(win, i)
		n = min(n, left)
		if n == 0 {
			continue
		}
		if d > 0 && n > (maxTime-ticks)/d {
			return 0, 0, 0, false
		}
		if left == t.packets {
			first = d
		}
		ticks, last, left = ticks+n*d, d, left-n
	}
	// Where the table ends early, its last entry goes on.
	if left > 0 && last > 0 && left > (maxTime-ticks)/last {
		return 0, 0, 0, false
	}
	return ticks + left*last, first, last, true
}

// run is an entry of stts.
func (t *tables) run(win *bmff.Window, i int64) (n, duration int64) {
	v := win.At(t.times.pos+8*i, 8)
	if v == nil {
		return 0, 0
	}
	unit := max(t.unit, 1)
	return int64(binary.BigEndian.Uint32(v)) / unit, int64(binary.BigEndian.Uint32(v[4:])) * unit
}

// A sample is what ISO calls one: a packet, or of PCM a frame. Here it is
// count of them, alike and one behind the other.
type sample struct {
	n     int64 // number of the first
	time  int64 // when it begins, in ticks
	each  int64 // how long each lasts
	pos   int64 // in the file
	size  int64 // of each
	count int64
	other bool // it has another description than the first

	// Of pictures in fragments:
	shift int64 // ticks from decoding to display
	delta bool  // it needs others
}

// A tableCursor stands in front of a packet in each of a track's tables, and
// looks at each through a window of its own.
type tableCursor struct {
	tables
	n    int64 // number of the next packet
	time int64 // when it begins

	timeWin  *bmff.Window
	run      int64 // entry of stts
	runLeft  int64 // packets left of it
	duration int64

	chunkWin  *bmff.Window
	group     int64 // entry of stsc
	chunk     int64 // number of the chunk, from 0
	groupEnd  int64 // chunk where the next entry of stsc begins
	perChunk  int64
	chunkLeft int64 // packets left of the chunk
	kind      uint32

	batch int64 // bytes that packets which are given as one may have, if they are several

	placeWin *bmff.Window
	pos      int64 // where the next packet lies

	sizeWin *bmff.Window
}

func newTableCursor(w func() *bmff.Window, t tables) *tableCursor {
	c := &tableCursor{tables: t, timeWin: w(), chunkWin: w(), placeWin: w(), sizeWin: w()}
	c.rewind()
	return c
}

// rewind goes in front of the first packet.
func (c *tableCursor) rewind() {
	c.n, c.time = 0, 0
	c.run, c.runLeft, c.duration = -1, 0, 0
	c.group, c.chunk, c.groupEnd, c.perChunk, c.chunkLeft = -1, -1, 0, 0, 0
}

// enterRun moves to the entry of stts that holds the next packet. Behind the
// last one, its packets go on.
func (c *tableCursor) enterRun() {
	for c.runLeft == 0 {
		if c.run++; c.run >= c.times.count {
			c.runLeft = math.MaxInt64
			return
		}
		c.runLeft, c.duration = c.tables.run(c.timeWin, c.run)
	}
}

// enterChunk moves to the chunk that holds the next packet. ok is false where
// there is none.
func (c *tableCursor) enterChunk() (ok bool) {
	for c.chunkLeft == 0 {
		if c.chunk++; c.chunk >= c.places.count {
			return false
		}
		for c.chunk >= c.groupEnd {
			if !c.enterGroup() {
				return false
			}
		}
		c.chunkLeft = c.perChunk
	}
	return true
}

// enterGroup moves to the next entry of stsc.
func (c *tableCursor) enterGroup() (ok bool) {
	c.group++
	v := c.chunkWin.At(c.chunks.pos+12*c.group, 12)
	if v == nil || c.group >= c.chunks.count {
		return false
	}
	c.perChunk, c.kind = int64(binary.BigEndian.Uint32(v[4:]))/max(c.unit, 1), binary.BigEndian.Uint32(v[8:])
	c.groupEnd = math.MaxInt64
	if c.group+1 < c.chunks.count {
		if next := c.chunkWin.At(c.chunks.pos+12*(c.group+1), 4); next != nil {
			c.groupEnd = int64(binary.BigEndian.Uint32(next)) - 1
		}
	}
	return true
}

// place is where the current chunk lies, -1 where that is not known.
func (c *tableCursor) place() int64 {
	at := c.places.pos + c.chunk*int64(c.places.width)
	if c.places.width == 8 {
		v, ok := c.placeWin.Uint64(at)
		if !ok || v > math.MaxInt64/2 {
			return -1
		}
		return int64(v)
	}
	v, ok := c.placeWin.Uint32(at)
	if !ok {
		return -1
	}
	return int64(v)
}

// sizeOf is the size of packet n, -1 where that is not known.
func (c *tableCursor) sizeOf(n int64) int64 {
	switch {
	case c.size > 0:
		return c.size
	case n >= c.sizes.count:
		return -1
	}
	w := int64(c.sizes.width)
	if w == 0 {
		v := c.sizeWin.At(c.sizes.pos+n/2, 1)
		if v == nil {
			return -1
		}
		return int64(v[0] >> (4 - 4*(n&1)) & 15)
	}
	v := c.sizeWin.At(c.sizes.pos+n*w, int(w))
	if v == nil {
		return -1
	}
	size := int64(0)
	for _, b := range v {
		size = size<<8 | int64(b)
	}
	return size
}

// next returns the next packet, or up to most of them in one, and moves behind
// it. ok is false at the end.
func (c *tableCursor) next(most int64) (s sample, ok bool) {
	if c.n >= c.packets {
		return s, false
	}
	newChunk := c.chunkLeft == 0
	if !c.enterChunk() {
		return s, false
	}
	c.enterRun()
	if newChunk {
		c.pos = c.place()
	}
	s = sample{n: c.n, time: c.time, each: c.duration, pos: c.pos, size: c.sizeOf(c.n), count: 1, other: c.kind > 1}
	if s.pos < 0 || s.size < 0 {
		return s, false
	}
	if c.size > 0 {
		s.count = min(most, c.chunkLeft, c.runLeft, c.packets-c.n, max(c.batch/c.size, 1))
	}
	c.pass(s.count)
	c.pos += s.count * s.size
	return s, true
}

// missing is how many packets the index does not place, once the end is
// reached, and where it should.
func (c *tableCursor) missing() (n, pos int64) { return c.packets - c.n, c.places.pos }

// pass moves over count packets of one run and one chunk.
func (c *tableCursor) pass(count int64) {
	c.n += count
	c.time += count * c.duration
	c.runLeft -= count
	c.chunkLeft -= count
}

// seek goes in front of packet n, or to the end.
func (c *tableCursor) seek(n int64) {
	c.rewind()
	c.n = min(n, c.packets)
	c.seekTime(c.n)
	c.seekChunk(c.n)
}

// seekTime moves n packets ahead in stts.
func (c *tableCursor) seekTime(n int64) {
	for n > 0 {
		c.enterRun()
		k := min(n, c.runLeft)
		c.time += k * c.duration
		c.runLeft -= k
		n -= k
	}
}

// seekChunk moves n packets ahead from the start in stsc, stco and stsz, over
// all chunks of a group at once.
func (c *tableCursor) seekChunk(n int64) {
	for n > 0 {
		if !c.enterChunk() {
			return
		}
		if whole := min(n/c.perChunk, min(c.groupEnd, c.places.count)-c.chunk); whole > 0 {
			c.chunk += whole - 1
			c.chunkLeft = 0
			n -= whole * c.perChunk
			continue
		}
		c.chunkLeft -= n
		n = 0
	}
	if c.chunkLeft == 0 {
		return
	}
	c.pos = c.place()
	passed := c.perChunk - c.chunkLeft
	if c.size > 0 {
		c.pos += c.size * passed
		return
	}
	for i := c.n - passed; i < c.n; i++ {
		c.pos += max(c.sizeOf(i), 0)
	}
}

// find is the number of the packet that holds a time in ticks: the last one
// where it is behind all of them.
func (c *tableCursor) find(time int64) int64 {
	n, at := int64(0), int64(0)
	for i := int64(0); i < c.times.count && n < c.packets; i++ {
		k, d := c.tables.run(c.timeWin, i)
		if last := i+1 == c.times.count; last {
			k = c.packets - n
		}
		if d > 0 && (time-at)/d < k {
			return min(n+max(time-at, 0)/d, c.packets-1)
		}
		n, at = n+k, at+k*d
	}
	return max(c.packets-1, 0)
}
