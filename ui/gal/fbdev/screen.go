//go:build linux

package fbdev

import (
	"errors"
	"fmt"
	"image"
	"io/fs"
	"os"
	"sync"
	"time"
	"unsafe"

	"linnet/ui/gal/rgb565"
)

// Options say which screen to open.
type Options struct {
	Device  string      // "/dev/fb0" when empty
	Console string      // "/dev/tty0" when empty; where there is none it is left alone
	Size    image.Point // of the picture as it is drawn; the zero Point is all of the panel
	Rotate  int         // degrees clockwise by which the picture is turned for the panel: 0, 90, 180, 270
}

// Screen is an open frame buffer. It implements gal.Screen.
type Screen struct {
	d        device
	m        mode
	console  console // silenced, nil where there is none
	memory   []byte
	back     *rgb565.Image
	quarters int
	pages    [2]*rgb565.Image // the picture's place in each page
	front    int              // the page that is seen
	stale    rects            // what the page that is not seen lacks
	now      func() time.Time
	large    time.Time // when so much changed last that half of it would be seen
	inRow    int       // how often it did, one time soon after the other
	loan     loan

	mu     sync.Mutex // all of the above that changes
	stats  Stats
	closed bool
}

// Stats counts what was shown.
type Stats struct {
	Flushes int64
	Pixels  int64 // written to the frame buffer
	Pans    int64
}

// A flush of a panFrom-th of the picture or more is panned to if it is one of many:
// so many before it, none of them longer than movesWithin after another.
const (
	panFrom     = 4
	movesAfter  = 2
	movesWithin = 120 * time.Millisecond
)

// Open opens a frame buffer and clears it.
func Open(o Options) (*Screen, error) {
	path := o.Device
	if path == "" {
		path = "/dev/fb0"
	}
	d, err := openKernel(path)
	if err != nil {
		return nil, err
	}
	s, err := start(d, path, o)
	if err != nil {
		return nil, err
	}
	if err := s.take(o.Console); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Size is the size of the panel of a frame buffer, "/dev/fb0" where device is
// empty, as the kernel has it.
func Size(device string) (image.Point, error) {
	if device == "" {
		device = "/dev/fb0"
	}
	d, err := openKernel(device)
	if err != nil {
		return image.Point{}, err
	}
	defer d.close()
	return sizeOf(d, device)
}

func sizeOf(d device, path string) (image.Point, error) {
	m, err := read(d)
	if err != nil {
		return image.Point{}, fmt.Errorf("fbdev: %s: %w", path, err)
	}
	return image.Pt(int(m.v.xres), int(m.v.yres)), nil
}

// take silences the console; a kernel without one needs nothing.
func (s *Screen) take(path string) error {
	if path == "" {
		path = "/dev/tty0"
	}
	c, err := openConsole(path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return nil
	}
	if err == nil {
		err = silence(c)
	}
	if err == nil {
		s.console = c
	}
	return err
}

// start sets an open device up. On an error it is closed.
func start(d device, path string, o Options) (*Screen, error) {
	s := &Screen{d: d, now: time.Now}
	err := s.configure(path, o)
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Screen) configure(path string, o Options) (err error) {
	if s.m, err = negotiate(s.d, path); err != nil {
		return err
	}
	at, err := s.place(o)
	if err == nil {
		err = s.mapMemory(at)
	}
	if err == nil {
		err = s.first()
	}
	if err != nil {
		return fmt.Errorf("fbdev: %s: %w", path, err)
	}
	return nil
}

// place finds where on the panel the picture is: in its middle.
func (s *Screen) place(o Options) (image.Rectangle, error) {
	panel := image.Pt(int(s.m.v.xres), int(s.m.v.yres))
	if o.Rotate%90 != 0 {
		return image.Rectangle{}, fmt.Errorf("a picture cannot be turned by %d degrees", o.Rotate)
	}
	s.quarters = o.Rotate / 90 & 3
	size := turned(o.Size, s.quarters)
	if size == (image.Point{}) {
		size = panel
	}
	if size.X <= 0 || size.Y <= 0 || size.X > panel.X || size.Y > panel.Y {
		return image.Rectangle{}, fmt.Errorf("a picture of %dx%d, turned by %d degrees, is not for a panel of %dx%d", o.Size.X, o.Size.Y, o.Rotate, panel.X, panel.Y)
	}
	s.back = rgb565.New(image.Rectangle{Max: turned(size, s.quarters)})
	free := panel.Sub(size).Div(2)
	return image.Rectangle{Min: free, Max: free.Add(size)}, nil
}

// turned is a size after so many quarters of a turn.
func turned(p image.Point, quarters int) image.Point {
	if quarters&1 == 1 {
		return image.Pt(p.Y, p.X)
	}
	return p
}

// mapMemory maps the frame buffer and clears what is seen of it.
func (s *Screen) mapMemory(at image.Rectangle) error {
	f, v := &s.m.f, &s.m.v
	skip := int(f.smemStart) & (os.Getpagesize() - 1) // it is mapped by whole pages
	memory, err := s.d.mmap(skip + int(f.smemLen))
	if err != nil {
		return fmt.Errorf("map its memory: %w", err)
	}
	s.memory = memory
	pix := unsafe.Slice((*rgb565.Color)(unsafe.Pointer(&memory[skip])), f.smemLen/2)
	stride := int(f.lineLength / 2)
	for n := range s.m.pages {
		top := n * int(v.yres)
		if s.m.pages == 1 {
			top = int(v.yoffset)
		}
		all := &rgb565.Image{
			Pix: pix[top*stride+int(v.xoffset):], Stride: stride,
			Rect: image.Rect(0, 0, int(v.xres), int(v.yres)),
		}
		for y := range all.Rect.Max.Y {
			clear(all.Pix[y*stride:][:all.Rect.Max.X])
		}
		s.pages[n] = all.Sub(at)
		s.pages[n].Rect = image.Rectangle{Max: at.Size()}
	}
	return nil
}

// first shows the first page, black, with the panel switched on. A driver
// that cannot blank has it on.
func (s *Screen) first() error {
	if s.m.pages == 2 {
		if int(s.m.v.yoffset) == int(s.m.v.yres) {
			s.front = 1
		} else if s.m.v.yoffset != 0 && s.pan(0) != nil {
			s.m.pages = 1 // no page is where it is seen
			return errors.New("it does not pan back to its first line")
		}
	}
	s.d.blank(blankOff)
	return nil
}

// Back is the surface to draw on.
func (s *Screen) Back() *rgb565.Image { return s.back }

// Flush copies the parts of Back that are named to where they are seen. After
// Close it fails with fs.ErrClosed.
func (s *Screen) Flush(dirty []image.Rectangle) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return fmt.Errorf("fbdev: flush: %w", fs.ErrClosed)
	}
	s.stats.Flushes++
	if s.loan.lent {
		s.compose(dirty)
		return nil
	}
	if s.m.pages == 2 && s.moves(dirty) && s.flip(dirty) {
		return nil
	}
	s.copy(s.front, dirty)
	if s.m.pages == 2 {
		s.stale.add(dirty)
	}
	return nil
}

// moves says whether so much changes, and again and again, that halves of it would
// be seen.
func (s *Screen) moves(dirty []image.Rectangle) bool {
	sum := 0
	for _, r := range dirty {
		r = r.Intersect(s.back.Rect)
		sum += r.Dx() * r.Dy()
	}
	if panFrom*sum < s.back.Rect.Dx()*s.back.Rect.Dy() {
		return false
	}
	now := s.now()
	if s.inRow++; now.Sub(s.large) >= movesWithin {
		s.inRow = 1
	}
	s.large = now
	return s.inRow > movesAfter
}

// flip brings the hidden page up to date and shows it. A driver that fails to
// is not asked again.
func (s *Screen) flip(dirty []image.Rectangle) bool {
	hidden := 1 - s.front
	s.copy(hidden, s.stale.list())
	s.copy(hidden, dirty)
	if err := s.pan(hidden); err != nil {
		s.m.pages = 1
		return false
	}
	s.stats.Pans++
	s.front = hidden
	s.stale.n = 0
	s.stale.add(dirty)
	return true
}

func (s *Screen) pan(page int) error {
	s.m.v.yoffset = uint32(page) * s.m.v.yres
	return s.d.pan(&s.m.v)
}

func (s *Screen) copy(page int, rects []image.Rectangle) {
	m := s.pages[page]
	for _, r := range rects {
		if r = r.Intersect(s.back.Rect); r.Empty() {
			continue
		}
		if s.quarters == 0 {
			m.Blit(r.Add(m.Rect.Min), s.back, r.Min)
		} else {
			m.Rotate(s.back, r, s.quarters)
		}
		s.stats.Pixels += int64(r.Dx() * r.Dy())
	}
}

// Blank switches the panel off or on again. What is flushed meanwhile is seen
// when it is on.
func (s *Screen) Blank(off bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	level := blankOff
	if off {
		level = blankDown
	}
	if err := s.d.blank(level); err != nil {
		return fmt.Errorf("fbdev: blank: %w", err)
	}
	return nil
}

// Stats is what was shown since the screen was opened.
func (s *Screen) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats
}

// Close gives the console back. The last picture stays.
func (s *Screen) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	err := restore(s.console)
	if s.memory != nil {
		err = errors.Join(err, s.d.munmap(s.memory))
	}
	if err = errors.Join(err, s.d.close()); err != nil {
		return fmt.Errorf("fbdev: close: %w", err)
	}
	return nil
}
