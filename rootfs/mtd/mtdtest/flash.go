// Package mtdtest is flash for tests: in memory, with bad blocks, blocks that
// wear out, and a power cut that leaves what was being done half done.
package mtdtest

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"syscall"

	"linnet/rootfs/mtd"
)

// ErrCut is what every operation returns from the power cut on.
var ErrCut = errors.New("mtdtest: the power is off")

// ErrWorn is what an erase or program of a worn block returns.
var ErrWorn = errors.New("mtdtest: the block is worn")

// Supply is the power of several parts of one board.
type Supply struct {
	Left int // operations that still succeed; below 0: all
	Done int // operations that were begun
	off  bool
	rand *rand.Rand
}

// NewSupply has the power fail in operation n, counted from 0; below 0: never.
func NewSupply(n int) *Supply {
	return &Supply{Left: n, rand: rand.New(rand.NewPCG(uint64(n), 7))}
}

// step counts an operation: torn is the one that the power fails in.
func (s *Supply) step() (torn bool, err error) {
	if s.off {
		return false, ErrCut
	}
	s.Done++
	if s.Left == 0 {
		s.off = true
		return true, ErrCut
	}
	s.Left--
	return false, nil
}

// Flash is a partition in memory.
type Flash struct {
	Pages  [][]byte
	Power  *Supply
	Marked map[int]bool // blocks
	Worn   map[int]bool // that fail from now on
	Weak   map[int]bool // pages that can't be programmed
	Odd    map[int]bool // pages that are, and then read otherwise

	geometry mtd.Geometry
}

var _ mtd.Flash = (*Flash)(nil)

// New makes an erased one.
func New(g mtd.Geometry, power *Supply) *Flash {
	f := &Flash{Power: power, Marked: map[int]bool{}, Worn: map[int]bool{}, Weak: map[int]bool{}, Odd: map[int]bool{}, geometry: g}
	for range g.Blocks * g.Pages() {
		f.Pages = append(f.Pages, bytes.Repeat([]byte{0xff}, g.PageSize))
	}
	return f
}

// Geometry is of mtd.Flash, as the rest.
func (f *Flash) Geometry() mtd.Geometry { return f.geometry }

func (f *Flash) Bad(block int) (bool, error) {
	if f.Power.off {
		return false, ErrCut
	}
	return f.Marked[block], nil
}

func (f *Flash) MarkBad(block int) error {
	if f.Power.off {
		return ErrCut
	}
	f.Marked[block] = true
	return nil
}

// Erase leaves some of the old bits where the power fails.
func (f *Flash) Erase(block int) error {
	torn, err := f.Power.step()
	if err != nil && !torn {
		return err
	}
	if f.Worn[block] {
		return errors.Join(err, ErrWorn)
	}
	n := f.geometry.Pages()
	for _, p := range f.Pages[block*n : (block+1)*n] {
		for i := range p {
			if torn {
				p[i] |= byte(f.Power.rand.Uint32())
			} else {
				p[i] = 0xff
			}
		}
	}
	return err
}

func (f *Flash) ReadPage(page int, p []byte) error {
	if f.Power.off {
		return ErrCut
	}
	copy(p, f.Pages[page])
	if f.Odd[page] && p[0] != 0xff {
		p[0] ^= 2
	}
	return nil
}

// WritePage programs some of the bits where the power fails, and only clears
// bits, as flash does.
func (f *Flash) WritePage(page int, p []byte) error {
	torn, err := f.Power.step()
	if err != nil && !torn {
		return err
	}
	if f.Weak[page] || f.Worn[page/f.geometry.Pages()] {
		return errors.Join(err, ErrWorn)
	}
	for i := range f.Pages[page] {
		v := p[i]
		if torn {
			v |= byte(f.Power.rand.Uint32())
		}
		f.Pages[page][i] &= v
	}
	return err
}

// Volume is a volume in memory.
type Volume struct {
	Content []byte
	Whole   bool // it is not in the middle of an update
	Room    int64
	Power   *Supply
}

var _ mtd.Volume = (*Volume)(nil)

// Size is of mtd.Volume, as the rest.
func (v *Volume) Size() int64 { return v.Room }

// errNotWhole is what reading a volume gives whose update did not end: UBI says EBADF.
var errNotWhole = fmt.Errorf("mtdtest: the volume is not whole: %w", syscall.EBADF)

func (v *Volume) ReadAt(p []byte, at int64) (int, error) {
	if v.Power.off {
		return 0, ErrCut
	}
	if !v.Whole {
		return 0, errNotWhole
	}
	n := 0
	if at < int64(len(v.Content)) {
		n = copy(p, v.Content[at:])
	}
	for i := range p[n:] {
		p[n+i] = 0xff
	}
	return len(p), nil
}

func (v *Volume) Update(size int64) (mtd.Updating, error) {
	torn, err := v.Power.step()
	if err != nil && !torn {
		return nil, err
	}
	// The mark that it is not whole is written, or was not quite.
	if torn && v.Power.rand.IntN(2) == 0 {
		return nil, err
	}
	v.Whole, v.Content = false, nil
	return &update{v: v, left: size}, err
}

type update struct {
	v    *Volume
	left int64
}

func (u *update) Write(p []byte) (int, error) {
	torn, err := u.v.Power.step()
	if err != nil {
		if torn {
			u.v.Content = append(u.v.Content, p[:len(p)/2]...)
		}
		return 0, err
	}
	u.v.Content = append(u.v.Content, slices.Clone(p)...)
	u.left -= int64(len(p))
	return len(p), nil
}

// Close takes the mark away.
func (u *update) Close() error {
	torn, err := u.v.Power.step()
	if err != nil && !torn {
		return err
	}
	if u.left != 0 {
		return errors.Join(err, errNotWhole)
	}
	if torn && u.v.Power.rand.IntN(2) == 0 {
		return err
	}
	u.v.Whole = true
	return err
}
