package bootstate

import (
	"bytes"
	"errors"
	"fmt"

	"linnet/rootfs/mtd"
)

// Store is the partition with the records. It is for one goroutine.
type Store struct {
	flash mtd.Flash
	now   Record
	last  int // the page that it is on, -1: there is none
}

// OpenStore reads the record that counts, as the loader does.
func OpenStore(f mtd.Flash) (*Store, error) {
	s := &Store{flash: f, now: Default(), last: -1}
	g := f.Geometry()
	if g.PageSize < Size {
		return nil, fmt.Errorf("bootstate: pages of %d bytes", g.PageSize)
	}
	for b := range g.Blocks {
		if err := s.readBlock(b); err != nil {
			return nil, fmt.Errorf("bootstate: %w", err)
		}
	}
	return s, nil
}

// readBlock looks at the pages of a block until there is an empty one.
func (s *Store) readBlock(block int) error {
	pages := s.flash.Geometry().Pages()
	for page := block * pages; page < (block+1)*pages; page++ {
		b, err := s.read(page)
		if err != nil {
			return err
		}
		if empty(b) {
			return nil
		}
		if r, ok := Parse(b); ok && r.Number > s.now.Number {
			s.now, s.last = r, page
		}
	}
	return nil
}

func (s *Store) read(page int) ([]byte, error) {
	b := make([]byte, s.flash.Geometry().PageSize)
	return b, s.flash.ReadPage(page, b)
}

func empty(page []byte) bool { return bytes.Count(page, []byte{0xff}) == len(page) }

// Record is the one that counts.
func (s *Store) Record() Record { return s.now }

// Write has another record count; its number is put in. A power cut before it
// returns leaves the one before or this one.
func (s *Store) Write(r Record) error {
	r.Number = s.now.Number + 1
	page, err := s.next()
	if err != nil {
		return err
	}
	for range s.flash.Geometry().Blocks * s.flash.Geometry().Pages() {
		err := s.try(page, r)
		if err == nil {
			s.now, s.last = r, page
			return nil
		}
		if err != errUsed {
			// It may be empty still, and then nobody looks behind it.
			page = s.lastOf(page)
		}
		if page, err = s.after(page); err != nil {
			return err
		}
	}
	return errors.New("bootstate: no page takes the record")
}

// next is the page for the next record.
func (s *Store) next() (int, error) {
	if s.last < 0 {
		return s.after(s.flash.Geometry().Blocks*s.flash.Geometry().Pages() - 1)
	}
	return s.after(s.last)
}

// lastOf is the last page of a page's block.
func (s *Store) lastOf(page int) int {
	pages := s.flash.Geometry().Pages()
	return (page/pages+1)*pages - 1
}

// after is the page behind another one, in the next good block where that was
// the last of its block; then the block is erased. The block of the record that
// counts is never.
func (s *Store) after(page int) (int, error) {
	g := s.flash.Geometry()
	if page++; page%g.Pages() != 0 {
		return page, nil
	}
	block := page/g.Pages() - 1
	for range g.Blocks {
		block = (block + 1) % g.Blocks
		if s.last >= 0 && block == s.last/g.Pages() {
			break
		}
		bad, err := s.flash.Bad(block)
		if err != nil {
			return 0, fmt.Errorf("bootstate: %w", err)
		}
		if bad {
			continue
		}
		if err := s.flash.Erase(block); err == nil {
			return block * g.Pages(), nil
		}
		if err := s.flash.MarkBad(block); err != nil {
			return 0, fmt.Errorf("bootstate: %w", err)
		}
	}
	return 0, errors.New("bootstate: there is no good block for the record")
}

// errUsed is what try returns for a page that is not empty.
var errUsed = errors.New("it is not empty")

// try writes a record onto a page, if that is empty, and reads it again.
func (s *Store) try(page int, r Record) error {
	b, err := s.read(page)
	if err != nil || !empty(b) {
		return errUsed
	}
	copy(b, r.Bytes())
	if err := s.flash.WritePage(page, b); err != nil {
		return err
	}
	b, err = s.read(page)
	if err != nil {
		return err
	}
	if got, ok := Parse(b); !ok || got != r {
		return errors.New("it reads otherwise")
	}
	return nil
}
