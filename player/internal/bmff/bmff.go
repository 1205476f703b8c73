package bmff

import (
	"encoding/binary"
	"errors"
	"io"
)

const (
	headSize     = 8
	longHeadSize = 16
	// maxBoxes bounds a walk over a file that consists of empty boxes.
	maxBoxes = 1 << 20
	// windowSize is how many bytes a Window holds.
	windowSize = 512
)

// A Window reads bytes anywhere in a file through a small buffer, for which
// it does not allocate.
type Window struct {
	src io.ReaderAt
	pos int64
	n   int
	err error
	buf [windowSize]byte
}

// NewWindow returns a Window on src.
func NewWindow(src io.ReaderAt) *Window { return &Window{src: src} }

// At returns the n bytes at pos, n up to 512, or nil where the file does not
// have all of them. They are valid until the next call.
func (w *Window) At(pos int64, n int) []byte {
	if pos < 0 || n > windowSize {
		return nil
	}
	if pos < w.pos || pos+int64(n) > w.pos+int64(w.n) {
		m, err := w.src.ReadAt(w.buf[:], pos)
		if err != nil && !errors.Is(err, io.EOF) && w.err == nil {
			w.err = err
		}
		w.pos, w.n = pos, m
	}
	if b := w.buf[pos-w.pos : w.n]; len(b) >= n {
		return b[:n]
	}
	return nil
}

// Uint32 is the number at pos. ok is false where the file ends before it.
func (w *Window) Uint32(pos int64) (v uint32, ok bool) {
	b := w.At(pos, 4)
	if b == nil {
		return 0, false
	}
	return binary.BigEndian.Uint32(b), true
}

// Uint64 is the number at pos. ok is false where the file ends before it.
func (w *Window) Uint64(pos int64) (v uint64, ok bool) {
	b := w.At(pos, 8)
	if b == nil {
		return 0, false
	}
	return binary.BigEndian.Uint64(b), true
}

// Err is the first error of the source that was not its end.
func (w *Window) Err() error { return w.err }

// A Box is one box. Its zero value is an empty one.
type Box struct {
	Type  [4]byte
	Start int64 // of the head
	Body  int64 // behind the head
	End   int64 // behind the body, and never behind the end of the container
	Cut   bool  // the box claims to go on behind that
}

// Is says whether the box has the type with this name of four bytes.
func (b *Box) Is(name string) bool { return string(b.Type[:]) == name }

// Size is the length of the body.
func (b *Box) Size() int64 { return b.End - b.Body }

// A Walker goes over the boxes between two places in a file.
type Walker struct {
	win       *Window
	next, end int64
	count     int
}

// Walk returns a Walker over the boxes from start up to end, which it sees
// through w.
func Walk(w *Window, start, end int64) Walker { return Walker{win: w, next: start, end: end} }

// Inside returns a Walker over the boxes in b behind the skip bytes that its
// body starts with.
func Inside(w *Window, b Box, skip int64) Walker { return Walk(w, b.Body+skip, b.End) }

// Next returns the next box. ok is false behind the last one, and where what
// follows is no box.
func (w *Walker) Next() (b Box, ok bool) {
	if w.count++; w.count > maxBoxes || w.next > w.end-headSize {
		return Box{}, false
	}
	head := w.win.At(w.next, headSize)
	if head == nil {
		return Box{}, false
	}
	b.Start, b.Body = w.next, w.next+headSize
	copy(b.Type[:], head[4:])
	size := int64(binary.BigEndian.Uint32(head))
	switch size {
	case 0: // up to the end of what contains it
		size = w.end - b.Start
	case 1:
		long, ok := w.win.Uint64(b.Body)
		if !ok {
			return Box{}, false
		}
		size, b.Body = int64(min(long, 1<<62)), b.Start+longHeadSize
	}
	if size < b.Body-b.Start {
		return Box{}, false
	}
	b.End, b.Cut = b.Start+size, size > w.end-b.Start
	if b.Cut {
		b.End = w.end
	}
	w.next = b.End
	return b, b.Body <= b.End
}

// Find returns the first of the boxes still ahead with the given type.
func (w *Walker) Find(name string) (b Box, ok bool) {
	for {
		if b, ok = w.Next(); !ok || b.Is(name) {
			return b, ok
		}
	}
}

// Pos is where the next box starts.
func (w *Walker) Pos() int64 { return w.next }

// MatchSize is how many bytes of a file's start Match wants to see.
const MatchSize = headSize

// Match says whether a file that starts with head begins with a box of this
// family: the file type, or in older QuickTime files what stands in front.
func Match(head []byte) bool {
	if len(head) < headSize {
		return false
	}
	size := binary.BigEndian.Uint32(head)
	switch string(head[4:headSize]) {
	case "ftyp", "styp", "moov", "mdat", "moof", "wide", "free", "skip", "pnot":
		return size <= 1 || size >= headSize
	}
	return false
}
