package mkv

import (
	"bytes"
	"fmt"
	"io"
	"slices"

	"linnet/player/internal/ebml"
)

const (
	// maxPacket and maxPicture are the longest frames that are taken.
	maxPacket  = 1 << 20
	maxPicture = 16 << 20
	// piece is how much of a frame is read at once, so that what a broken
	// size claims is not believed before it is there.
	piece = 64 << 10
	// maxLaced is how many frames a block can have.
	maxLaced = 256
	// scanSize is how much is searched at once for a Cluster.
	scanSize = 8 << 10
)

// A cursor goes over the frames of some tracks.
type cursor struct {
	in    *ebml.Reader
	seg   segment
	taken []*track // the others are passed over
	of    *track   // whose block it is

	pos        int64 // of the next element
	head       int64 // of the Cluster that is read
	clusterEnd int64
	cluster    int64 // its Timestamp, in ticks
	timed      bool  // it had one

	when    int64 // time of the block, in ticks
	discard int64 // DiscardPadding of the block, ns
	lasts   int64 // BlockDuration, in ticks; 0 where it is not said
	key     bool  // the block needs no other
	sizes   [maxLaced]int64
	n, i    int   // frames of the block, and of these read
	next    int64 // where the next of them lies
}

// enter goes to a Cluster, or to any element in front of one.
func (c *cursor) enter(pos int64) {
	c.pos, c.clusterEnd, c.timed, c.n, c.i = pos, pos, false, 0, 0
}

// frame reads the next frame into buf. timed says that the block's time is
// this frame's. Errors are io.EOF, a *media.FormatError behind which
// reading can go on, or the source's.
func (c *cursor) frame(buf []byte) (data []byte, pos int64, timed bool, err error) {
	for c.i == c.n {
		if err := c.block(); err != nil {
			return buf, c.pos, false, err
		}
	}
	pos, timed = c.next, c.i == 0
	size := c.sizes[c.i]
	c.i++
	c.next += size
	if size > c.of.longest() {
		return buf, pos, false, formatError(pos, fmt.Sprintf("a packet of %d bytes", size))
	}
	data = append(buf[:0], c.of.strip...)
	for at := pos; at < c.next; {
		n := int(min(c.next-at, piece))
		data = slices.Grow(data, n)
		got := c.in.Read(data[len(data):][:n], at)
		if data = data[:len(data)+got]; got < n {
			if c.in.Err() != nil {
				return data, pos, false, c.in.Err()
			}
			return data, pos, false, c.resync(pos)
		}
		at += int64(n)
	}
	return data, pos, timed, nil
}

// longest is the most bytes that a frame of the track may have.
func (t *track) longest() int64 {
	switch t.kind {
	case typeVideo:
		return maxPicture
	case typeSubtitle:
		return maxText
	}
	return maxPacket
}

// block goes to the next block of a track that is taken.
func (c *cursor) block() error {
	for c.pos < c.seg.end {
		e, ok := c.in.At(c.pos)
		switch {
		case c.in.Err() != nil:
			return c.in.Err()
		case !ok && c.seg.end == ebml.Unknown && len(c.in.Peek(c.pos, 1)) == 0:
			return io.EOF
		case !ok:
			return c.resync(c.pos)
		case e.ID == ebml.IDCluster:
			c.enter(e.Body)
			c.head = e.Start
			c.clusterEnd = min(e.End, c.seg.end)
			continue
		case e.ID == ebml.IDHead || e.ID == ebml.IDSegment: // another file behind this one
			c.pos = c.seg.end
			return io.EOF
		case e.End == ebml.Unknown || e.End > c.limit():
			return c.resync(c.pos)
		}
		c.pos = e.End
		if found, err := c.take(e); found || err != nil {
			return err
		}
	}
	return io.EOF
}

// limit is how far the next element can go.
func (c *cursor) limit() int64 {
	if c.pos < c.clusterEnd {
		return c.clusterEnd
	}
	return c.seg.end
}

// take reads an element of a Cluster; found says that it was a block of a
// track that is taken.
func (c *cursor) take(e ebml.Element) (found bool, err error) {
	switch e.ID {
	case idTimestamp:
		v, ok := c.in.Time(e)
		if !ok || v > (1<<62)/c.seg.tick {
			return false, formatError(e.Start, "a time that makes no sense")
		}
		c.cluster, c.timed = v, true
	case idSimpleBlock:
		found, flags, err := c.readBlock(e)
		c.discard, c.lasts, c.key = 0, 0, flags&keyFrame != 0
		return found, err
	case idBlockGroup:
		block := c.group(e)
		if block.ID == 0 {
			return false, nil
		}
		found, _, err := c.readBlock(block)
		return found, err
	}
	return false, nil
}

// group reads a BlockGroup: where its Block is, what is discarded of it, how long
// it lasts, and whether it refers to others.
func (c *cursor) group(group ebml.Element) (block ebml.Element) {
	c.discard, c.lasts, c.key = 0, 0, true
	for pos := group.Body; pos < group.End; {
		e, ok := c.in.At(pos)
		if !ok || e.End > group.End {
			return block
		}
		switch e.ID {
		case idBlock:
			block = e
		case idDiscard:
			c.discard = c.signed(e)
		case idReference:
			c.key = false
		case idBlockTime:
			if v, ok := c.in.Time(e); ok && v <= (1<<62)/c.seg.tick {
				c.lasts = v
			}
		}
		pos = e.End
	}
	return block
}

// signed is an element's signed number.
func (c *cursor) signed(e ebml.Element) int64 {
	v, ok := c.in.Uint(e)
	n := 8 * (e.End - e.Body)
	if !ok || n == 0 {
		return 0
	}
	return int64(v<<(64-n)) >> (64 - n)
}

// keyFrame is the flag of a SimpleBlock that needs no other.
const keyFrame = 0x80

// readBlock reads the head of a SimpleBlock or Block, RFC 9559 clause 10.
func (c *cursor) readBlock(e ebml.Element) (found bool, flags byte, err error) {
	b := c.in.Peek(e.Body, int(min(12, e.End-e.Body)))
	number, n, _ := ebml.Vint(b)
	if n == 0 || len(b) < n+3 {
		return false, 0, c.broken(e)
	}
	i := slices.IndexFunc(c.taken, func(t *track) bool { return t.number == number })
	if i < 0 || !c.timed {
		return false, 0, nil
	}
	c.of = c.taken[i]
	c.when = c.cluster + int64(int16(uint16(b[n])<<8|uint16(b[n+1])))
	flags = b[n+2]
	lacing := flags >> 1 & 3
	c.next, c.i, c.n = e.Body+int64(n+3), 0, 1
	if lacing != 0 {
		count := c.in.Peek(c.next, 1)
		if c.next == e.End || len(count) == 0 {
			return false, flags, c.broken(e)
		}
		c.n = int(count[0]) + 1
		c.next++
	}
	if !c.unlace(lacing, e.End) {
		return false, flags, c.broken(e)
	}
	return true, flags, nil
}

func (c *cursor) broken(e ebml.Element) error {
	c.n, c.i = 0, 0
	if c.in.Err() != nil {
		return c.in.Err()
	}
	return formatError(e.Start, "a block whose parts do not fit into it")
}

// The kinds of lacing, clause 10.3.
const (
	laceXiph = 1 + iota
	laceFixed
	laceEBML
)

// unlace reads the sizes of the block's frames: all but the last, which has
// the rest.
func (c *cursor) unlace(lacing byte, end int64) bool {
	if lacing == laceFixed {
		size := (end - c.next) / int64(c.n)
		for i := range c.n {
			c.sizes[i] = size
		}
		return size*int64(c.n) == end-c.next
	}
	sum := int64(0)
	for i := range c.n - 1 {
		before := int64(-1)
		if i > 0 {
			before = c.sizes[i-1]
		}
		size, ok := c.laceSize(lacing, before)
		if sum += size; !ok || size < 0 || sum > end-c.next {
			return false
		}
		c.sizes[i] = size
	}
	c.sizes[c.n-1] = end - c.next - sum
	return end-c.next >= sum
}

// laceSize reads the next size, where the one before is known, or -1.
func (c *cursor) laceSize(lacing byte, before int64) (size int64, ok bool) {
	if lacing == laceEBML {
		v, n, _ := ebml.Vint(c.in.Peek(c.next, 8))
		c.next += int64(n)
		switch {
		case n == 0:
			return 0, false
		case before < 0:
			return int64(v), true
		}
		return before + int64(v) - (1<<(7*n-1) - 1), true
	}
	for size <= maxPicture {
		b := c.in.Peek(c.next, 1)
		if len(b) == 0 {
			return 0, false
		}
		c.next++
		size += int64(b[0])
		if b[0] < 255 {
			return size, true
		}
	}
	return 0, false
}

// resync goes to the next Cluster behind what is broken at pos.
func (c *cursor) resync(pos int64) error {
	next := c.findCluster(max(pos, c.pos-1)+1, c.seg.end)
	c.enter(next)
	switch {
	case c.in.Err() != nil:
		return c.in.Err()
	case next == c.seg.end:
		return formatError(pos, "the file is cut off or damaged: nothing that makes sense follows")
	}
	return formatError(pos, fmt.Sprintf("the file is damaged: %d bytes are skipped", next-pos))
}

var clusterMark = []byte{ebml.IDCluster >> 24, ebml.IDCluster >> 16 & 0xff, ebml.IDCluster >> 8 & 0xff, ebml.IDCluster & 0xff}

// findCluster is where the first Cluster at or behind from is, limit where
// there is none before that.
func (c *cursor) findCluster(from, limit int64) int64 {
	for pos := from; pos < limit; {
		b := c.in.Peek(pos, scanSize)
		i := bytes.Index(b, clusterMark)
		if i < 0 {
			if len(b) < scanSize {
				return limit
			}
			pos += int64(len(b) - len(clusterMark) + 1)
			continue
		}
		at := pos + int64(i)
		if _, ok := c.clusterTime(at); ok && at < limit {
			return at
		}
		pos = at + 1
	}
	return limit
}

// clusterTime is the Timestamp of the Cluster at pos; ok is false where there
// is none. It stands in front of the blocks.
func (c *cursor) clusterTime(pos int64) (ticks int64, ok bool) {
	e, ok := c.in.At(pos)
	if !ok || e.ID != ebml.IDCluster {
		return 0, false
	}
	for at := e.Body; at < e.End; {
		child, ok := c.in.At(at)
		if !ok {
			return 0, false
		}
		switch child.ID {
		case idTimestamp:
			return c.in.Time(child)
		case idPosition, idPrevSize, ebml.IDVoid, idCRC32:
			if child.End >= e.End {
				return 0, false
			}
			at = child.End
		default:
			return 0, false
		}
	}
	return 0, false
}
