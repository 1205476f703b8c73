package blocks

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"linnet/player/internal/input"
	"linnet/player/media"
)

const (
	packetFrames = 1024     // frames a packet has at least, while it stays below packetBytes
	packetBytes  = 64 << 10 // a packet with more than one block has at most this many bytes
)

// Layout says where the blocks lie and how large they are.
type Layout struct {
	Start int64 // file offset of the first block
	End   int64 // file offset behind the last; -1: where the file ends
	Bytes int   // of a block, 1 or more
	// Missing is how many bytes the header promises behind End that the
	// file does not have. At End, this is said once.
	Missing int64
	// Frames is how many a block holds, 1 or more.
	Frames int
	// Tail is how many frames a last block that is cut to n bytes holds;
	// nil when such a block is worthless.
	Tail func(n int) int
}

// Total is the number of frames in the whole run, -1 when the end is not
// known.
func (l Layout) Total() int64 {
	if l.End < 0 {
		return -1
	}
	n := max(l.End-l.Start, 0)
	return n/int64(l.Bytes)*int64(l.Frames) + int64(l.tail(int(n%int64(l.Bytes))))
}

func (l Layout) tail(n int) int {
	if l.Tail == nil {
		return 0
	}
	return l.Tail(n)
}

// Cutter cuts the packets.
type Cutter struct {
	in    *input.Reader
	l     Layout
	next  int64 // number of the next block
	batch int64 // blocks in a packet
	stage string
}

// NewCutter returns a Cutter at the first block. The rate (frames per
// second) decides how long a packet is: about 20 ms, and not less than 1024
// frames. Errors name stage.
func NewCutter(in *input.Reader, l Layout, rate int, stage string) *Cutter {
	frames := packetFrames
	for frames < rate/50 && frames < 4*packetFrames {
		frames *= 2
	}
	batch := max(1, min(frames/l.Frames, packetBytes/l.Bytes))
	return &Cutter{in: in, l: l, batch: int64(batch), stage: stage}
}

// ReadPacket fills p with the next blocks, or returns io.EOF; before the first
// io.EOF, a *media.FormatError where the file is cut off.
func (c *Cutter) ReadPacket(p *media.Packet) error {
	pos := c.l.Start + c.next*int64(c.l.Bytes)
	want := c.batch * int64(c.l.Bytes)
	if c.l.End >= 0 {
		want = min(want, c.l.End-pos)
	}
	if want <= 0 {
		return c.finish()
	}
	p.Data = slices.Grow(p.Data[:0], int(want))[:want]
	c.in.SeekTo(pos)
	n, err := c.in.ReadFull(p.Data)
	if n = c.usable(n, err); n == 0 {
		return c.failure(pos, err)
	}
	p.Data = p.Data[:n]
	p.Stream, p.Pos, p.Key = 0, pos, true
	p.PTS = c.next * int64(c.l.Frames)
	c.next += (int64(n) + int64(c.l.Bytes) - 1) / int64(c.l.Bytes)
	return nil
}

// usable says how many of n bytes read are whole blocks, or a tail that is
// worth something. A failing disk's tail is not: it can be read again.
func (c *Cutter) usable(n int, err error) int {
	rest := n % c.l.Bytes
	if rest != 0 && c.l.tail(rest) > 0 && (err == nil || isEOF(err)) {
		return n
	}
	return n - rest
}

func (c *Cutter) failure(pos int64, err error) error {
	if err == nil {
		return c.finish() // what is left is no whole block
	}
	if isEOF(err) {
		if c.l.End >= 0 { // the file was longer a moment ago
			c.l.Missing, c.l.End = c.l.Missing+c.l.End-pos, pos
		}
		return c.finish()
	}
	return fmt.Errorf("%s: read at byte %d: %w", c.stage, pos, err)
}

// finish is the error at the end: io.EOF, unless the file is cut off and
// nobody was told yet.
func (c *Cutter) finish() error {
	n, size := c.l.Missing, int64(c.l.Bytes)
	c.l.Missing = 0
	if have := c.l.End - c.l.Start; n == 0 || (have+n)/size == have/size {
		return io.EOF // what is missing is no whole block
	}
	return &media.FormatError{Stage: c.stage, Offset: c.l.End, Msg: fmt.Sprintf("the file is cut off: %d bytes of sound are missing", n)}
}

func isEOF(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// SeekFrame moves to the block that holds the given frame; behind the last one,
// to the end.
func (c *Cutter) SeekFrame(frame int64) {
	last := (1<<62 - c.l.Start) / int64(c.l.Bytes)
	if c.l.End >= 0 {
		n := max(c.l.End-c.l.Start, 0)
		last = (n + int64(c.l.Bytes) - 1) / int64(c.l.Bytes)
	}
	c.next = min(max(frame, 0)/int64(c.l.Frames), last)
}
