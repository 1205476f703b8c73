package iff

import (
	"encoding/binary"
	"errors"
	"io"

	"linnet/player/internal/input"
)

// MaxBody is the most of a chunk's body, in bytes, that Body returns.
const MaxBody = 16 << 10

// maxChunks bounds a walk over a file that consists of empty chunks.
const maxChunks = 1 << 14

// Chunk is the head of one chunk.
type Chunk struct {
	ID   string // four bytes, as written
	Body int64  // file offset of its body
	Size int64  // of the body, as the file claims
}

// Walker goes from chunk to chunk.
type Walker struct {
	in    *input.Reader
	order binary.ByteOrder
	next  int64
	count int
}

// NewWalker returns a Walker whose first chunk starts at file offset start.
func NewWalker(in *input.Reader, order binary.ByteOrder, start int64) *Walker {
	return &Walker{in: in, order: order, next: start}
}

// Next reads the head of the next chunk. At the end of the file, or where
// only a piece of a head is left, it returns io.EOF.
func (w *Walker) Next() (Chunk, error) {
	if w.count++; w.count > maxChunks {
		return Chunk{}, io.EOF
	}
	w.in.SeekTo(w.next)
	b, err := w.in.Peek(8)
	if len(b) < 8 {
		if err == nil {
			err = io.EOF
		}
		return Chunk{}, err
	}
	c := Chunk{ID: string(b[:4]), Body: w.next + 8, Size: int64(w.order.Uint32(b[4:]))}
	w.Resize(c, c.Size)
	return c, nil
}

// Resize tells the walker that c, the chunk that Next returned last, really
// has a body of size bytes.
func (w *Walker) Resize(c Chunk, size int64) { w.next = c.Body + size + size&1 }

// Plausible says whether the file, of size bytes, ends where the next chunk
// would start, or a chunk does start there: its name is printable, and it is
// not longer than the file.
func (w *Walker) Plausible(size int64) bool {
	w.in.SeekTo(w.next)
	b, _ := w.in.Peek(8)
	if len(b) < 8 {
		return true
	}
	for _, c := range b[:4] {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return w.next+8+int64(w.order.Uint32(b[4:])) <= size
}

// Body returns the start of c's body, at most MaxBody bytes and less where
// the file ends. The bytes are valid until the walker's next call.
func (w *Walker) Body(c Chunk) ([]byte, error) {
	w.in.SeekTo(c.Body)
	b, err := w.in.Peek(int(min(c.Size, MaxBody)))
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return b, err
}
