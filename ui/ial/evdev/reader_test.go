//go:build linux

package evdev

import (
	"errors"
	"image"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sys/unix"

	"linnet/ui/ial"
)

// TestDevices plays to each kind of device what it says in life.
func TestDevices(t *testing.T) {
	upright := Options{Rotate: 90}
	for _, c := range []struct {
		name string
		f    *fake
		o    Options
		says [][][3]int // reports, 10 ms apart
		want string
	}{
		{"a tap on a panel that stands upright", panel(), upright,
			[][][3]int{touchAt(0, 0), {{evKey, btnTouch, 0}}},
			"down(0,239) up(0,239) "},
		{"a tap in the far corner", panel(), upright,
			[][][3]int{touchAt(1023, 1023), {{evKey, btnTouch, 0}}},
			"down(319,0) up(319,0) "},
		{"a panel that lies", panel(), Options{},
			[][][3]int{touchAt(512, 256), {{evKey, btnTouch, 0}}},
			"down(160,60) up(160,60) "},
		{"a tap where the last one was, of which the kernel says no place", panel(), Options{},
			[][][3]int{touchAt(512, 256), {{evKey, btnTouch, 0}}, {{evKey, btnTouch, 1}}, {{evKey, btnTouch, 0}}},
			"down(160,60) up(160,60) down(160,60) up(160,60) "},
		{"a tablet", tablet(), upright,
			[][][3]int{{{evAbs, absX, 16384}, {evAbs, absY, 0}}, {{evKey, btnLeft, 1}}, {{evAbs, absY, 32767}}, {{evAbs, absX, 0}, {evKey, btnLeft, 0}}},
			"down(0,119) move(319,119) move(319,239) up(319,239) "},
		{"a tablet that hovers", tablet(), Options{}, [][][3]int{{{evAbs, absX, 5}}, {{evAbs, absY, 5}}}, ""},
		{"its other button", tablet(), Options{}, [][][3]int{{{evKey, btnLeft + 1, 1}}, {{evKey, btnLeft + 1, 0}}}, ""},
		{"its wheel", tablet(), Options{}, [][][3]int{{{evAbs, absX, 16384}, {evRel, relWheel, -1}}, {{evRel, relWheel, 2}}},
			"wheel(160,0)6 wheel(160,0)3 "},
		{"keys", keysOnly(), Options{}, [][][3]int{{{evKey, 103, 1}}, {{evKey, 103, 0}}, {{evKey, 30, 1}}, {{evKey, 28, 1}}, {{evKey, 28, 0}}},
			"press-up release-up press-enter release-enter "},
		{"keys that were down before", keysOnly(), Options{}, [][][3]int{{{evKey, 103, 0}}, {{evKey, 28, 2}}, {{evKey, 28, 2}}, {{evKey, 28, 0}}},
			"press-enter press-again release-enter "},
		{"a device that is unplugged", keysOnly(), Options{}, [][][3]int{{{evKey, 103, 1}}}, "press-up release-up "},
		{"a panel that is unplugged", panel(), Options{}, [][][3]int{touchAt(512, 256)}, "down(160,60) up(160,60) "},
		{"an own calibration", panel(), Options{Calibration: &Calibration{0, 1 << 20, 0, 1 << 20, 0, -5 << 20}},
			[][][3]int{touchAt(100, 200), {{evKey, btnTouch, 0}}}, "down(200,95) up(200,95) "},
		{"a tablet with one", tablet(), Options{Calibration: &Calibration{}},
			[][][3]int{{{evAbs, absX, 16384}, {evAbs, absY, 16384}, {evKey, btnLeft, 1}}, {{evKey, btnLeft, 0}}}, "down(160,120) up(160,120) "},
	} {
		synctest.Test(t, func(t *testing.T) {
			got, err := run(t, c.f, c.o, func() {
				for _, events := range c.says {
					c.f.say(time.Second, events...)
					time.Sleep(10 * time.Millisecond)
				}
			})
			if brief(got) != c.want {
				t.Errorf("%s: %s, want %s", c.name, brief(got), c.want)
			}
			if !errors.Is(err, io.EOF) {
				t.Errorf("%s: ended with %v", c.name, err)
			}
		})
	}
}

// TestSilence: where a panel says nothing, it says the same again, and the
// filter comes to where the finger is.
func TestSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := panel()
		got, _ := run(t, f, Options{}, func() {
			f.say(0, touchAt(100, 100)...)
			time.Sleep(10 * time.Millisecond)
			f.say(0, [3]int{evAbs, absX, 200}) // near enough for a finger
			time.Sleep(time.Second)
			f.say(0, [3]int{evAbs, absX, 900}) // and this is a jump
			time.Sleep(time.Second)
			f.say(0, [3]int{evKey, btnTouch, 0})
		})
		n := len(got)
		if n < 4 || got[n-1].Type != ial.PointerUp || got[n-1].At != image.Pt(281, 23) {
			t.Errorf("%s", brief(got))
		}
		for i := 1; i < n; i++ {
			if got[i].At.X < got[i-1].At.X {
				t.Errorf("it goes back: %s", brief(got))
			}
		}
	})
}

func TestRepeat(t *testing.T) {
	for _, c := range []struct {
		own  bool
		want string
	}{
		{false, "press-up press-again press-again press-again release-up press-enter release-enter "},
		{true, "press-up release-up press-enter release-enter "}, // this one does not
	} {
		synctest.Test(t, func(t *testing.T) {
			f := keysOnly()
			if c.own {
				f.has(evRep)
			}
			got, _ := run(t, f, Options{}, func() {
				f.say(0, [3]int{evKey, 103, 1})
				time.Sleep(repeatAfter + 2*repeatEvery + time.Millisecond)
				f.say(0, [3]int{evKey, 103, 0})
				f.say(0, [3]int{evKey, 28, 1})
				time.Sleep(repeatAfter - time.Millisecond)
				f.say(0, [3]int{evKey, 28, 0})
				time.Sleep(time.Second)
			})
			if brief(got) != c.want {
				t.Errorf("%s, want %s", brief(got), c.want)
			}
			if !c.own && (got[1].When-got[0].When != repeatAfter || got[2].When-got[1].When != repeatEvery) {
				t.Errorf("times %v, %v, %v", got[0].When, got[1].When, got[2].When)
			}
		})
	}
}

func TestTimes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := keysOnly()
		got, _ := run(t, f, Options{}, func() { f.say(90*time.Second+1500*time.Microsecond, [3]int{evKey, 103, 1}, [3]int{evKey, 103, 0}) })
		if got[0].When != 90*time.Second+1500*time.Microsecond || f.clock != clockSteady {
			t.Errorf("%v on clock %d", got[0].When, f.clock)
		}
		f = keysOnly()
		f.noClock = true
		before := steady()
		got, _ = run(t, f, Options{}, func() { f.say(1e6*time.Hour, [3]int{evKey, 103, 1}, [3]int{evKey, 103, 0}) })
		if got[0].When < before || got[0].When > steady()+time.Hour {
			t.Errorf("without the kernel's clock: %v, it is %v", got[0].When, before)
		}
	})
}

// TestDropped has the kernel lose events.
func TestDropped(t *testing.T) {
	lost := [3]int{evSyn, synDropped, 0}
	synctest.Test(t, func(t *testing.T) {
		f := keysOnly()
		got, _ := run(t, f, Options{}, func() {
			f.say(0, [3]int{evKey, 103, 1})
			synctest.Wait()
			f.down = []uint16{28}
			f.say(0, lost, [3]int{evKey, 103, 0}, [3]int{evKey, 103, 1}) // what follows the gap is void
			f.say(0, [3]int{evKey, 28, 0})
		})
		if s := brief(got); s != "press-up release-up press-enter release-enter " && s != "press-up press-enter release-up release-enter " {
			t.Errorf("keys: %s", s)
		}
		f = tablet()
		got, _ = run(t, f, Options{}, func() {
			f.say(0, [3]int{evAbs, absX, 16384}, [3]int{evKey, btnLeft, 1})
			synctest.Wait()
			f.x.value, f.y.value = 8192, 8192
			f.down = []uint16{btnLeft}
			f.say(0, lost, [3]int{evAbs, absX, 3})
			synctest.Wait()
			f.down = nil
			f.keysErr, f.absErr = unix.ENODEV, unix.ENODEV
			f.say(0, lost)
		})
		if s := brief(got); s != "down(160,0) move(80,60) up(80,60) " {
			t.Errorf("tablet: %s", s)
		}
	})
}

func TestProbe(t *testing.T) {
	for name, c := range map[string]struct {
		f    *fake
		says string // of an error
		use  bool
	}{
		"panel":                  {panel(), "", true},
		"keys":                   {keysOnly(), "", true},
		"power button":           {newFake().has(evKey, 116), "", false},
		"mouse":                  {newFake().has(evKey, btnLeft).has(evRel, 0, 1, relWheel), "", false},
		"joystick":               {newFake().has(evKey, 0x120).has(evAbs, absX, absY), "", false},
		"a lid":                  {newFake(), "", false},
		"does not tell":          {with(panel(), func(f *fake) { f.bitsErr = unix.ENODEV }), "ask for its events", false},
		"axes that do not tell":  {with(panel(), func(f *fake) { f.absErr = unix.EIO }), "ask for its axes", false},
		"axes without a range":   {with(panel(), func(f *fake) { f.y.max = 0 }), "have no range", false},
		"axes the wrong way":     {with(tablet(), func(f *fake) { f.x.min = 40000 }), "have no range", false},
		"types but not its keys": {with(panel(), func(f *fake) { f.codes[evKey] = nil }), "", false},
	} {
		r, err := newReader(c.f, &Options{Keys: table, Size: image.Pt(320, 240)}, &calibrating{}, nil)
		if (r != nil) != c.use || (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: used %v, %v", name, r != nil, err)
		}
	}
	r, err := newReader(panel().has(evAbs, absMT), &Options{Size: image.Pt(320, 240)}, &calibrating{}, nil)
	if err != nil || r.filtered {
		t.Errorf("a panel that knows fingers apart is filtered: %v", err)
	}
}

func with(f *fake, change func(*fake)) *fake {
	change(f)
	return f
}

func TestReadingDoesNotAllocate(t *testing.T) {
	r, err := newReader(panel(), &Options{Size: image.Pt(320, 240)}, &calibrating{}, func(ial.Event) {})
	if err != nil {
		t.Fatal(err)
	}
	x := int32(0)
	if n := testing.AllocsPerRun(100, func() {
		x += 7
		for _, e := range []inputEvent{{typ: evAbs, code: absX, value: x}, {typ: evKey, code: btnTouch, value: 1}, {}} {
			r.event(&e)
		}
	}); n != 0 {
		t.Errorf("%v allocations a sample", n)
	}
}
