//go:build linux

package evdev

import (
	"errors"
	"fmt"
	"image"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"linnet/ui/ial"
)

// Options say what to make of the devices.
type Options struct {
	Dir         string             // "/dev/input" when empty
	Keys        map[uint16]ial.Key // what the kernel's key codes mean; others are not heard
	Size        image.Point        // of the picture as it is drawn
	Rotate      int                // degrees clockwise by which it is turned for the panel, a multiple of 90
	Calibration *Calibration       // of touch panels; nil or one that is not usable is derived from their ranges. Tablets need none
	// Log is told of devices that cannot be used or are gone; it is called
	// on several goroutines. It may be nil.
	Log func(error)

	open func(path string) (device, error) // for tests
}

// Source is all devices of a folder. It implements ial.Source.
type Source struct {
	opt     Options
	watch   *os.File // inotify
	events  chan ial.Event
	done    chan struct{}
	running sync.WaitGroup

	mu     sync.Mutex
	open   map[string]device
	panels int // touch panels among them
	closed bool

	cal calibrating
}

// Open opens the devices that there are, which may be none, and watches for
// others.
func Open(o Options) (*Source, error) {
	if o.Dir == "" {
		o.Dir = "/dev/input"
	}
	if o.open == nil {
		o.open = openKernel
	}
	if o.Rotate%90 != 0 || o.Size.X <= 0 || o.Size.Y <= 0 {
		return nil, fmt.Errorf("evdev: a picture of %v, turned by %d degrees", o.Size, o.Rotate)
	}
	s := &Source{opt: o, events: make(chan ial.Event, 16), done: make(chan struct{}), open: make(map[string]device)}
	if c := o.Calibration; c != nil && c.Usable() {
		s.cal.holds.Store(c)
	}
	// First the watch, so that no device comes unseen in between.
	var err error
	if s.watch, err = watch(o.Dir); err != nil {
		return nil, err
	}
	there, err := os.ReadDir(o.Dir)
	if err != nil {
		s.watch.Close()
		return nil, fmt.Errorf("evdev: %w", err)
	}
	for _, e := range there {
		s.add(e.Name())
	}
	s.running.Go(s.follow)
	return s, nil
}

// watch makes a file that tells of new names in a folder, and of old ones with
// other rights.
func watch(dir string) (*os.File, error) {
	fd, err := unix.InotifyInit1(unix.IN_NONBLOCK | unix.IN_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("evdev: inotify: %w", err)
	}
	f := os.NewFile(uintptr(fd), "inotify")
	if _, err := unix.InotifyAddWatch(fd, dir, unix.IN_CREATE|unix.IN_ATTRIB|unix.IN_MOVED_TO); err != nil {
		f.Close()
		return nil, fmt.Errorf("evdev: %w", &fs.PathError{Op: "watch", Path: dir, Err: err})
	}
	return f, nil
}

// follow opens the devices that come.
func (s *Source) follow() {
	var buf [4096]byte
	for {
		n, err := s.watch.Read(buf[:])
		if err != nil {
			if !errors.Is(err, os.ErrClosed) {
				s.log(fmt.Errorf("evdev: watch %s: %w", s.opt.Dir, err))
			}
			return
		}
		for _, name := range names(buf[:n]) {
			s.add(name)
		}
	}
}

// names are those in a run of inotify's events.
func names(p []byte) (list []string) {
	const head = unix.SizeofInotifyEvent
	for len(p) >= head {
		size := int(*(*uint32)(unsafe.Pointer(&p[head-4])))
		if size > len(p)-head {
			break
		}
		name, _, _ := strings.Cut(string(p[head:head+size]), "\x00")
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
		p = p[head+size:]
	}
	return list
}

// add opens a device and has it read, if it is one and new.
func (s *Source) add(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := filepath.Join(s.opt.Dir, name)
	if !strings.HasPrefix(name, "event") || s.closed || s.open[path] != nil {
		return
	}
	d, err := s.opt.open(path)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) {
		return // it gets its rights later, or is gone again
	}
	if err != nil {
		s.log(err)
		return
	}
	r, err := newReader(d, &s.opt, &s.cal, s.send)
	if err != nil || r == nil {
		d.Close()
		if err != nil {
			s.log(fmt.Errorf("evdev: %s: %w", path, err))
		}
		return
	}
	s.open[path] = d
	if r.filtered {
		s.panels++
	}
	s.running.Go(func() { s.read(path, r) })
}

// read reads a device to its end.
func (s *Source) read(path string, r *reader) {
	if err := r.run(); err != nil {
		s.log(fmt.Errorf("evdev: %s: %w", path, err))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, path)
	if r.filtered {
		s.panels--
	}
	r.d.Close()
}

// Now is of ial.Clock.
func (s *Source) Now() time.Duration { return steady() }

func (s *Source) send(e ial.Event) {
	select {
	case s.events <- e:
	case <-s.done:
	}
}

func (s *Source) log(err error) {
	if s.opt.Log != nil {
		s.opt.Log(err)
	}
}

// ReadEvent waits for the next event of any device. After Close it returns
// io.EOF.
func (s *Source) ReadEvent() (ial.Event, error) {
	select {
	case <-s.done:
		return ial.Event{}, io.EOF
	default:
	}
	select {
	case e := <-s.events:
		return e, nil
	case <-s.done:
		return ial.Event{}, io.EOF
	}
}

// Uncalibrated has touch panels say where they are touched as if they lay on
// the glass exactly, or ends that.
func (s *Source) Uncalibrated(on bool) { s.cal.off.Store(on) }

// Calibrate takes as the calibration of the touch panels what makes of touches
// that ended at touched, while Uncalibrated was on, the places where marks were
// shown. On an error, a mark that was missed, the one before holds on.
func (s *Source) Calibrate(shown, touched []image.Point) (Calibration, error) {
	raw, err := s.cal.find(touched)
	if err != nil {
		return Calibration{}, err
	}
	c, err := Calibrate(raw, shown)
	if err == nil {
		s.cal.holds.Store(&c)
	}
	return c, err
}

// Panel says whether there is a touch panel that can be calibrated.
func (s *Source) Panel() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.panels > 0
}

// Close closes all devices.
func (s *Source) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	close(s.done)
	s.watch.Close()
	for _, d := range s.open {
		d.Close()
	}
	s.mu.Unlock()
	s.running.Wait()
	return nil
}
