package mtd

import (
	"errors"
	"fmt"
)

// Geometry is the shape of a partition.
type Geometry struct {
	Blocks    int
	BlockSize int // bytes, whole pages
	PageSize  int // bytes, without the spare ones
}

// Pages is how many pages a block has.
func (g Geometry) Pages() int { return g.BlockSize / g.PageSize }

// Flash is a partition. Blocks and pages count from its start; a page is written
// once after its block was erased, and the pages of a block in order.
type Flash interface {
	Geometry() Geometry
	Bad(block int) (bool, error)
	MarkBad(block int) error // for ever
	Erase(block int) error
	ReadPage(page int, p []byte) error  // PageSize bytes
	WritePage(page int, p []byte) error // PageSize bytes
}

// Volume is a volume of UBI.
type Volume interface {
	Size() int64 // how much fits into it
	// ReadAt reads what it holds, as io.ReaderAt; what was never written is ones.
	ReadAt(p []byte, at int64) (int, error)
	// Update begins to replace all that it holds by size bytes. Until Close
	// has returned nil after the last of them the volume holds nothing, also
	// over a power cut.
	Update(size int64) (Updating, error)
}

// Updating is a volume that is being replaced.
type Updating interface {
	Write(p []byte) (int, error)
	Close() error
}

// Room is how many bytes fit into the good blocks of a partition.
func Room(f Flash) (int64, error) {
	g, room := f.Geometry(), int64(0)
	for b := range g.Blocks {
		bad, err := f.Bad(b)
		if err != nil {
			return 0, err
		}
		if !bad {
			room += int64(g.BlockSize)
		}
	}
	return room, nil
}

// EraseFirst erases the first good block, with which what is stored there has no
// beginning any more. A block that fails is marked as bad, and the next one is the first.
func EraseFirst(f Flash) error {
	for b := range f.Geometry().Blocks {
		bad, err := f.Bad(b)
		if err != nil {
			return err
		}
		if bad {
			continue
		}
		if err = f.Erase(b); err == nil {
			return nil
		}
		if merr := f.MarkBad(b); merr != nil {
			return errors.Join(err, merr)
		}
	}
	return ErrFull
}

// ErrFull is returned where the good blocks have come to their end.
var ErrFull = errors.New("mtd: the good blocks of the partition are full")

// Writer writes into the good blocks of a partition from its start, and erases
// each before.
type Writer struct {
	flash Flash
	block int    // the next one to try
	buf   []byte // what belongs into it
}

// NewWriter returns a Writer at the start of a partition.
func NewWriter(f Flash) *Writer {
	return &Writer{flash: f, buf: make([]byte, 0, f.Geometry().BlockSize)}
}

// Write is io.Writer's. Bytes are in the flash when their block is full.
func (w *Writer) Write(p []byte) (n int, err error) {
	for len(p) > 0 {
		m := min(len(p), cap(w.buf)-len(w.buf))
		w.buf = append(w.buf, p[:m]...)
		p, n = p[m:], n+m
		if len(w.buf) == cap(w.buf) {
			if err := w.flush(); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

// Close writes what is left; the rest of its last page is ones.
func (w *Writer) Close() error {
	if len(w.buf) == 0 {
		return nil
	}
	for len(w.buf)%w.flash.Geometry().PageSize != 0 {
		w.buf = append(w.buf, 0xff)
	}
	return w.flush()
}

// flush writes the buffer into the next block that takes it.
func (w *Writer) flush() error {
	for ; w.block < w.flash.Geometry().Blocks; w.block++ {
		bad, err := w.flash.Bad(w.block)
		if err != nil {
			return err
		}
		if bad {
			continue
		}
		if err := w.writeBlock(); err != nil {
			if merr := w.flash.MarkBad(w.block); merr != nil {
				return errors.Join(err, merr)
			}
			continue
		}
		w.block++
		w.buf = w.buf[:0]
		return nil
	}
	return ErrFull
}

func (w *Writer) writeBlock() error {
	if err := w.flash.Erase(w.block); err != nil {
		return err
	}
	g := w.flash.Geometry()
	for at := 0; at < len(w.buf); at += g.PageSize {
		if err := w.flash.WritePage(w.block*g.Pages()+at/g.PageSize, w.buf[at:at+g.PageSize]); err != nil {
			return err
		}
	}
	return nil
}

// Reader reads the good blocks of a partition from its start.
type Reader struct {
	flash Flash
	next  int // page
	page  []byte
	left  []byte // of page
}

// NewReader returns a Reader at the start of a partition.
func NewReader(f Flash) *Reader {
	return &Reader{flash: f, page: make([]byte, f.Geometry().PageSize)}
}

// Read is io.Reader's. Behind the last good block it returns ErrFull.
func (r *Reader) Read(p []byte) (int, error) {
	if len(r.left) == 0 {
		if err := r.load(); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.left)
	r.left = r.left[n:]
	return n, nil
}

func (r *Reader) load() error {
	g := r.flash.Geometry()
	for ; r.next < g.Blocks*g.Pages(); r.next += g.Pages() {
		if r.next%g.Pages() != 0 {
			break
		}
		bad, err := r.flash.Bad(r.next / g.Pages())
		if err != nil {
			return err
		}
		if !bad {
			break
		}
	}
	if r.next >= g.Blocks*g.Pages() {
		return ErrFull
	}
	if err := r.flash.ReadPage(r.next, r.page); err != nil {
		return fmt.Errorf("mtd: page %d: %w", r.next, err)
	}
	r.left = r.page
	r.next++
	return nil
}
