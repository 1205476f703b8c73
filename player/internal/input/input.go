// Package input is the window through which demuxers look at a file: a
// buffered reader over an io.ReaderAt that can peek ahead, skip and jump
// without allocating, and that never trusts a length found in the file.
package input

import (
	"io"
)

// DefaultSize is the window's size in bytes: large enough for the longest
// header or frame of the formats that read through it.
const DefaultSize = 32 << 10

// Reader reads a file through a window of fixed size. Its zero value is not
// ready; use New.
type Reader struct {
	src  io.ReaderAt
	size int64 // of the file; -1 when not known
	base int64 // file offset of buf[0]
	r, w int   // buf[r:w] is read but not consumed
	buf  []byte
	err  error // sticky error of src at offset base+w
}

// New returns a Reader at offset 0 of src, which has size bytes (-1 when not
// known), with a window of DefaultSize.
func New(src io.ReaderAt, size int64) *Reader {
	return &Reader{src: src, size: size, buf: make([]byte, DefaultSize)}
}

// Size is the file's size in bytes, -1 when not known.
func (r *Reader) Size() int64 { return r.size }

// Pos is the file offset of the next byte.
func (r *Reader) Pos() int64 { return r.base + int64(r.r) }

// SeekTo moves to a file offset. Moving within the window costs nothing.
func (r *Reader) SeekTo(pos int64) {
	if d := pos - r.base; d >= 0 && d <= int64(r.w) {
		r.r = int(d)
		return
	}
	r.base, r.r, r.w, r.err = max(pos, 0), 0, 0, nil
}

// Skip moves n bytes ahead, n >= 0; moving past the end is not an error
// until something is read there.
func (r *Reader) Skip(n int64) { r.SeekTo(r.Pos() + n) }

// Peek returns the next n bytes without consuming them; they are valid until
// the next call. When fewer are there, it returns those with io.EOF or
// the source's error. n above the window's size is an io.ErrShortBuffer.
func (r *Reader) Peek(n int) ([]byte, error) {
	if n > len(r.buf) {
		return nil, io.ErrShortBuffer
	}
	for r.w-r.r < n && r.err == nil {
		r.fill(n)
	}
	if r.w-r.r < n {
		return r.buf[r.r:r.w], r.err
	}
	return r.buf[r.r : r.r+n], nil
}

// Next is Peek and Skip in one: it consumes what it returns.
func (r *Reader) Next(n int) ([]byte, error) {
	b, err := r.Peek(n)
	r.r += len(b)
	return b, err
}

// ReadFull fills p or returns how much of it could be filled and why not
// more: io.EOF when nothing was there, io.ErrUnexpectedEOF when less.
func (r *Reader) ReadFull(p []byte) (n int, err error) {
	for n < len(p) {
		b, err := r.Peek(min(len(p)-n, len(r.buf)))
		n += copy(p[n:], b)
		r.r += len(b)
		if err != nil && len(b) == 0 {
			if n > 0 && err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return n, err
		}
	}
	return n, nil
}

// fill makes room for n bytes and reads once.
func (r *Reader) fill(n int) {
	if r.r+n > len(r.buf) {
		copy(r.buf, r.buf[r.r:r.w])
		r.base += int64(r.r)
		r.w -= r.r
		r.r = 0
	}
	m, err := r.src.ReadAt(r.buf[r.w:], r.base+int64(r.w))
	r.w += m
	if err == nil && m == 0 {
		err = io.ErrNoProgress
	}
	r.err = err
}
