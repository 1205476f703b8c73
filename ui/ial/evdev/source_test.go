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
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"linnet/deploy/ctype"
	"linnet/ui/ial"
)

var _ ial.Source = (*Source)(nil)

// folder is a folder of event devices, of which each file is a fake.
type folder struct {
	dir string

	mu     sync.Mutex
	fakes  map[string]*fake
	errs   map[string]error
	logged []string
}

func newFolder(t *testing.T) *folder {
	return &folder{dir: t.TempDir(), fakes: map[string]*fake{}, errs: map[string]error{}}
}

// plug makes a device appear.
func (d *folder) plug(name string, f *fake) {
	d.mu.Lock()
	d.fakes[name] = f.connect()
	d.mu.Unlock()
	os.WriteFile(filepath.Join(d.dir, name), nil, 0o600)
}

func (d *folder) open(path string) (device, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	name := filepath.Base(path)
	if err := d.errs[name]; err != nil {
		return nil, err
	}
	if d.fakes[name] == nil {
		return nil, fs.ErrNotExist
	}
	return d.fakes[name], nil
}

func (d *folder) log(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.logged = append(d.logged, err.Error())
}

func (d *folder) source(t *testing.T) *Source {
	t.Helper()
	s, err := Open(Options{Dir: d.dir, Keys: table, Size: image.Pt(320, 240), Log: d.log, open: d.open})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// next is the next event, which must come.
func next(t *testing.T, s *Source) ial.Event {
	t.Helper()
	got := make(chan ial.Event)
	go func() {
		e, err := s.ReadEvent()
		if err != nil {
			e = ial.Event{Type: ial.Quit}
		}
		got <- e
	}()
	select {
	case e := <-got:
		return e
	case <-time.After(time.Minute):
		t.Fatal("no event comes")
	}
	panic("unreachable")
}

// waitFor waits for something of a source, which is asked with its lock held.
func (s *Source) waitFor(t *testing.T, what func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		s.mu.Lock()
		ok := what()
		s.mu.Unlock()
		if ok {
			return
		}
		if time.Now().After(end) {
			t.Fatal("what is waited for does not come")
		}
	}
}

// TestHotplug reads a device that was there, one that comes, and one that is
// pulled and plugged in again.
func TestHotplug(t *testing.T) {
	d := newFolder(t)
	first := keysOnly()
	d.plug("event0", first)
	d.plug("mouse0", keysOnly())
	s := d.source(t)
	go first.say(0, [3]int{evKey, 103, 1})
	if e := next(t, s); e.Type != ial.KeyPress || e.Key != ial.KeyUp {
		t.Errorf("%+v", e)
	}
	second := tablet()
	d.plug("event1", second)
	go second.say(0, [3]int{evKey, btnLeft, 1})
	if e := next(t, s); e.Type != ial.PointerDown {
		t.Errorf("%+v", e)
	}
	first.far.Close()
	if e := next(t, s); e.Type != ial.KeyRelease || e.Key != ial.KeyUp {
		t.Errorf("pulled: %+v", e)
	}
	s.waitFor(t, func() bool { return len(s.open) == 1 })
	os.Remove(filepath.Join(d.dir, "event0"))
	again := keysOnly()
	d.plug("event0", again)
	go again.say(0, [3]int{evKey, 28, 1})
	if e := next(t, s); e.Type != ial.KeyPress || e.Key != ial.KeyEnter {
		t.Errorf("plugged in again: %+v", e)
	}
	if err := s.Close(); err != nil || !again.closed.Load() || !second.closed.Load() {
		t.Errorf("%v; closed %v and %v", err, again.closed.Load(), second.closed.Load())
	}
	if _, err := s.ReadEvent(); err != io.EOF {
		t.Errorf("after Close: %v", err)
	}
	if len(d.logged) != 1 || !strings.Contains(d.logged[0], "event0: read: EOF") {
		t.Errorf("logged %q", d.logged)
	}
	if s.Close() != nil {
		t.Error("closed twice")
	}
}

// TestRights: a device whose rights come after itself is opened then.
func TestRights(t *testing.T) {
	d := newFolder(t)
	s := d.source(t)
	d.errs["event0"] = fmt.Errorf("evdev: %w", fs.ErrPermission)
	f := keysOnly()
	d.plug("event0", f)
	d.mu.Lock()
	delete(d.errs, "event0")
	d.mu.Unlock()
	if err := os.Chmod(filepath.Join(d.dir, "event0"), 0o644); err != nil {
		t.Fatal(err)
	}
	go f.say(0, [3]int{evKey, 28, 1})
	if e := next(t, s); e.Key != ial.KeyEnter {
		t.Errorf("%+v", e)
	}
}

func TestUselessDevices(t *testing.T) {
	d := newFolder(t)
	d.plug("event0", with(panel(), func(f *fake) { f.x.max = 0 }))
	lid := newFake()
	d.plug("event1", lid)
	d.plug("event2", keysOnly())
	d.errs["event2"] = fmt.Errorf("evdev: open event2: %w", unix.EIO)
	s := d.source(t)
	if len(s.open) != 0 || !lid.closed.Load() {
		t.Errorf("%d devices are open, the lid is closed %v", len(s.open), lid.closed.Load())
	}
	slices.Sort(d.logged)
	if len(d.logged) != 2 || !strings.Contains(d.logged[0], "event0: its axes have no range") || !strings.Contains(d.logged[1], "event2") {
		t.Errorf("logged %q", d.logged)
	}
}

func TestOpen(t *testing.T) {
	o := Options{Dir: "/nowhere/input", Size: image.Pt(320, 240)}
	if _, err := Open(o); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "/nowhere/input") {
		t.Errorf("no folder: %v", err)
	}
	o.Dir = t.TempDir()
	if _, err := Open(Options{Dir: o.Dir}); err == nil {
		t.Error("a screen without a size")
	}
	os.WriteFile(filepath.Join(o.Dir, "event0"), nil, 0o600)
	var logged error
	o.Log = func(err error) { logged = err }
	s, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	if logged == nil || !strings.Contains(logged.Error(), "event0: ask for its events") { // ENOTTY, or what an emulator says
		t.Errorf("a file is taken for a device: %v", logged)
	}
}

func TestNamesOfInotify(t *testing.T) {
	event := func(name string, size uint32) []byte {
		p := make([]byte, unix.SizeofInotifyEvent+int(size))
		p[12] = byte(size)
		copy(p[unix.SizeofInotifyEvent:], name)
		return p
	}
	p := slices.Concat(event("event0", 16), event("", 0), event("event1", 16), event("event0", 16))
	if got := names(p); !slices.Equal(got, []string{"event0", "", "event1"}) {
		t.Errorf("%q", got)
	}
	if got := names(p[:20]); len(got) != 0 {
		t.Errorf("cut off: %q", got)
	}
}

func TestLayoutIsTheHeaders(t *testing.T) {
	ctype.Check(t, ctype.Spec{
		File:    "layout.go",
		Headers: []string{"linux/input.h", "time.h"},
		Structs: []ctype.Struct{
			{Go: "inputEvent", C: "struct input_event", Fields: []string{"typ type", "code code", "value value"}},
			{Go: "absInfo", C: "struct input_absinfo", Fields: []string{"value value", "min minimum", "max maximum"}},
		},
		Numbers: map[string]uint64{
			"EV_SYN": evSyn, "EV_KEY": evKey, "EV_REL": evRel, "EV_ABS": evAbs, "EV_REP": evRep,
			"SYN_REPORT": synReport, "SYN_DROPPED": synDropped, "ABS_X": absX, "ABS_Y": absY, "ABS_MT_POSITION_X": absMT,
			"REL_WHEEL": relWheel, "BTN_LEFT": btnLeft, "BTN_TOUCH": btnTouch,
			"KEY_CNT": keyCount, "ABS_CNT": absCount, "REL_CNT": relCount, "EV_CNT": typesCount,
			"EVIOCGKEY(96)": uint64(request(numberKey, 96)), "EVIOCGBIT(3, 8)": uint64(request(numberBits+3, 8)),
			"EVIOCGABS(1)": uint64(request(numberAbs+1, 24)), "EVIOCSCLOCKID": ioctlClock, "CLOCK_MONOTONIC": clockSteady,
		},
	})
}
