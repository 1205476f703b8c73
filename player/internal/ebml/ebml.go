// Package ebml reads the elements of EBML files, RFC 8794, which Matroska and
// WebM files are: their heads, and their numbers and bytes, each by itself
// through a window on the file, so that no size in it is believed.
package ebml

import (
	"errors"
	"io"
	"math"
	mathbits "math/bits"

	"linnet/player/internal/bits"
	"linnet/player/internal/input"
)

// Unknown is the end of an element whose size is not given, and of a file of
// unknown length.
const Unknown = math.MaxInt64

// headMax is the longest head of an element: 4 bytes of identifier and 8 of
// size.
const headMax = 12

// An Element is where an element lies, RFC 8794 clause 6.
type Element struct {
	ID        uint32 // with its length's marker, as RFC 9559 writes it
	Start     int64
	Body, End int64 // End is Unknown when the size is
}

// Vint reads a number of RFC 8794 clause 4. all says that all of its bits are
// ones; n is its length, 0 where there is none.
func Vint(b []byte) (v uint64, n int, all bool) {
	if len(b) == 0 || b[0] == 0 {
		return 0, 0, false
	}
	n = mathbits.LeadingZeros8(b[0]) + 1
	if len(b) < n {
		return 0, 0, false
	}
	v = uint64(b[0]) & (1<<(8-n) - 1)
	for _, c := range b[1:n] {
		v = v<<8 | uint64(c)
	}
	return v, n, v == 1<<(7*n)-1
}

// parseHead reads the head of an element that begins with b.
func parseHead(b []byte, pos int64) (e Element, ok bool) {
	id, n, _ := Vint(b)
	if n == 0 || n > 4 {
		return e, false
	}
	size, m, all := Vint(b[n:])
	if m == 0 {
		return e, false
	}
	e = Element{ID: uint32(id) | 1<<(7*n), Start: pos, Body: pos + int64(n+m), End: Unknown}
	if !all {
		e.End = e.Body + int64(size) // of at most 56 bits
	}
	return e, true
}

// A Reader reads elements of a file.
type Reader struct {
	in  *input.Reader
	err error
}

// NewReader returns a Reader of src, a file of size bytes (-1 when not known).
func NewReader(src io.ReaderAt, size int64) *Reader { return &Reader{in: input.New(src, size)} }

// Err is the first error of the source that was not its end.
func (r *Reader) Err() error { return r.err }

func (r *Reader) note(err error) {
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) && r.err == nil {
		r.err = err
	}
}

// Peek is the n bytes at pos, or fewer at the end of the file; they are valid
// until the next call.
func (r *Reader) Peek(pos int64, n int) []byte {
	r.in.SeekTo(pos)
	b, err := r.in.Peek(n)
	r.note(err)
	return b
}

// Read fills b with the bytes at pos, or with those of them that are there.
func (r *Reader) Read(b []byte, pos int64) (n int) {
	r.in.SeekTo(pos)
	n, err := r.in.ReadFull(b)
	r.note(err)
	return n
}

// At is the element at pos.
func (r *Reader) At(pos int64) (Element, bool) { return parseHead(r.Peek(pos, headMax), pos) }

// Each visits the children of a master element until visit returns false or
// there is a broken one. A child that goes beyond its parent is broken.
func (r *Reader) Each(parent Element, visit func(Element) bool) {
	for pos := parent.Body; pos < parent.End; {
		e, ok := r.At(pos)
		if !ok || e.End > parent.End || e.End == Unknown || !visit(e) {
			return
		}
		pos = e.End
	}
}

// Uint is an element's unsigned number; ok is false for none of at most 8
// bytes.
func (r *Reader) Uint(e Element) (v uint64, ok bool) {
	n := e.End - e.Body
	if n > 8 {
		return 0, false
	}
	b := r.Peek(e.Body, int(n))
	for _, c := range b {
		v = v<<8 | uint64(c)
	}
	return v, int64(len(b)) == n
}

// Small is a number that fits an int32, or 0.
func (r *Reader) Small(e Element) int {
	v, ok := r.Uint(e)
	if !ok || v > math.MaxInt32 {
		return 0
	}
	return int(v)
}

// Time is a number that can be a time; ok is false for others.
func (r *Reader) Time(e Element) (v int64, ok bool) {
	u, ok := r.Uint(e)
	if !ok || u >= 1<<62 {
		return 0, false
	}
	return int64(u), true
}

// Float is an element's floating-point number of 4 or 8 bytes, rounded to an
// integer; 0 for what is none, or is negative, or 2^52 or more.
func (r *Reader) Float(e Element) int64 {
	v, ok := r.Uint(e)
	switch {
	case !ok:
	case e.End-e.Body == 4:
		return bits.RoundFloat32(uint32(v))
	case e.End-e.Body == 8:
		return bits.RoundFloat64(v)
	}
	return 0
}

// Bytes is a copy of an element's body, nil where that is longer than most or
// the file ends in it.
func (r *Reader) Bytes(e Element, most int64) []byte {
	n := e.End - e.Body
	if n <= 0 || n > most || r.in.Size() >= 0 && e.End > r.in.Size() {
		return nil
	}
	b := make([]byte, n)
	if r.Read(b, e.Body) < len(b) {
		return nil
	}
	return b
}
