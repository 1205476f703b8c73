//go:build linux

package evdev

import (
	"image"
	"os"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"

	"linnet/ui/ial"
)

// TestUinput makes a touch panel in the kernel and touches it.
func TestUinput(t *testing.T) {
	f, err := os.OpenFile("/dev/uinput", os.O_WRONLY|unix.O_NONBLOCK, 0)
	if err != nil {
		t.Skipf("no device can be made in the kernel: %v", err)
	}
	defer f.Close()
	s, err := Open(Options{Keys: table, Size: image.Pt(320, 240)})
	if err != nil {
		t.Skipf("there are no event devices: %v", err)
	}
	defer s.Close()
	s.mu.Lock()
	before := len(s.open)
	s.mu.Unlock()
	makePanel(t, f)
	s.waitFor(t, func() bool { return len(s.open) > before }) // what is said before that is lost
	touch := func(events ...inputEvent) {
		for _, e := range append(events, inputEvent{}) {
			f.Write(unsafe.Slice((*byte)(unsafe.Pointer(&e)), unsafe.Sizeof(e)))
		}
	}
	touch(inputEvent{typ: evAbs, code: absX, value: 512}, inputEvent{typ: evAbs, code: absY, value: 256}, inputEvent{typ: evKey, code: btnTouch, value: 1})
	touch(inputEvent{typ: evKey, code: btnTouch})
	for _, want := range []ial.Type{ial.PointerDown, ial.PointerUp} {
		if e := next(t, s); e.Type != want || e.At != image.Pt(160, 60) || e.When <= 0 || e.When > steady() {
			t.Errorf("%+v at %v", e, steady())
		}
	}
}

// makePanel declares the device, by struct uinput_user_dev, which every kernel
// takes.
func makePanel(t *testing.T, f *os.File) {
	t.Helper()
	const setEv, setKey, setAbs, create = 0x40045564, 0x40045565, 0x40045567, 0x5501
	var dev struct {
		name      [80]byte
		id        [4]uint16
		ffEffects uint32
		max, min  [absCount]int32
		fuzz      [absCount]int32
		flat      [absCount]int32
	}
	copy(dev.name[:], "linnet test panel")
	dev.max[absX], dev.max[absY] = 1023, 1023
	for _, c := range []struct {
		req uint
		arg int
	}{{setEv, evKey}, {setEv, evAbs}, {setKey, btnTouch}, {setAbs, absX}, {setAbs, absY}} {
		if err := unix.IoctlSetInt(int(f.Fd()), c.req, c.arg); err != nil {
			t.Fatalf("uinput: %#x: %v", c.req, err)
		}
	}
	if _, err := f.Write(unsafe.Slice((*byte)(unsafe.Pointer(&dev)), unsafe.Sizeof(dev))); err != nil {
		t.Fatalf("uinput: %v", err)
	}
	if err := unix.IoctlSetInt(int(f.Fd()), create, 0); err != nil {
		t.Fatalf("uinput: create: %v", err)
	}
}
