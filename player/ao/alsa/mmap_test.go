//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package alsa

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"linnet/player/ao/aotest"
	"linnet/player/ao/aotest/lab"
	"linnet/player/ao/internal/asound"
	"linnet/player/pcm"
)

func TestParse(t *testing.T) {
	for arg, want := range map[string]Target{
		"": {}, "default": {Device: "default"}, "hw:1,0": {Device: "hw:1,0"}, "/dev/snd/pcmC0D0p": {Device: "/dev/snd/pcmC0D0p"},
		"access=mmap": {Access: MMap}, "access=writei,": {Access: WriteI}, "access=auto": {},
		"access=writei,hw:1,0": {Access: WriteI, Device: "hw:1,0"},
	} {
		if got, err := Parse(arg); err != nil || got != want {
			t.Errorf("%q: %+v, %v", arg, got, err)
		}
	}
	for _, arg := range []string{"access=", "access=fast", "access=fast,hw:0,0"} {
		if _, err := Parse(arg); err == nil || !strings.Contains(err.Error(), "mmap or writei") {
			t.Errorf("%q: %v", arg, err)
		}
	}
}

// Auto takes the buffer itself where it can and where that proves good.
func TestAccess(t *testing.T) {
	for _, c := range []struct {
		name   string
		hw     func(*lab.Card)
		access Access
		mapped bool
		err    string
	}{
		{"all that can", func(*lab.Card) {}, Auto, true, ""},
		{"no mmap", func(f *lab.Card) { f.NoMMap = true }, Auto, false, ""},
		{"deaf mmap", func(f *lab.Card) { f.DeafMap = true }, Auto, false, ""},
		{"as told", func(*lab.Card) {}, WriteI, false, ""},
		{"as told", func(*lab.Card) {}, MMap, true, ""},
		{"no mmap, as told", func(f *lab.Card) { f.NoMMap = true }, MMap, false, "cannot be mapped"},
		{"deaf mmap, as told", func(f *lab.Card) { f.DeafMap = true }, MMap, false, "is not counted"},
	} {
		f := board()
		c.hw(f)
		d, err := f.ALSA()
		if err != nil {
			t.Fatal(err)
		}
		s, got, err := Start(d, cd, c.access)
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) || f.Opened() {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		if err != nil || got != cd || s.area != nil != c.mapped {
			t.Errorf("%s: %v, %v, mapped %v", c.name, got, err, err == nil && s.area != nil)
		}
	}
}

// The pointers wrap where the buffer does, so that a place in it is found from
// either side.
func TestBoundary(t *testing.T) {
	for _, buffer := range []int{1, 882, 15876, 16384, 1 << 20} {
		s := &Sink{boundary: boundary(buffer)}
		s.g.buffer = buffer
		if s.boundary%buffer != 0 || s.boundary > math.MaxInt-buffer || s.boundary <= math.MaxInt/2-2*buffer {
			t.Errorf("buffer %d: %d", buffer, s.boundary)
		}
		near := uint(s.boundary) - 3
		if p := s.forward(near, 2); p != near+2 {
			t.Errorf("%d and 2: %d", near, p)
		}
		if p := s.forward(near, 5); p != 2 || buffer >= 5 && s.queued(asound.Pointers{HW: near, Appl: p}) != 5 {
			t.Errorf("%d and 5: %d", near, p)
		}
	}
}

// A mapped device starts when it is full and not before, however it is filled.
func TestMappedDeviceStarts(t *testing.T) {
	both(t, func(t *testing.T, board func() *lab.Card) {
		f := board()
		s := open(t, f, cd)
		signal := aotest.Signal(s.g.buffer, 2)
		for n := 0; n < s.g.buffer; {
			if s.started() {
				t.Fatalf("it plays with %d of %d frames", n, s.g.buffer)
			}
			k, err := s.Write(signal[2*n : 2*min(n+777, s.g.buffer)])
			if err != nil {
				t.Fatal(err)
			}
			n += k
		}
		if !s.started() {
			t.Error("it is full and does not play")
		}
	})
}

// A buffer is filled around its end, with as much as there is room for.
func TestLay(t *testing.T) {
	f := board()
	s := open(t, f, cd)
	signal := aotest.Signal(s.g.buffer, 2)
	for _, c := range []struct{ at, n, given int }{{0, 10, 10}, {s.g.buffer - 10, 10, 20}, {s.g.buffer - 10, 15, 40}, {s.g.buffer - 1, 2, 2}} {
		clear(s.area)
		s.lay(c.at, signal[:2*c.given], c.n)
		want := make([]byte, len(s.area))
		for i, b := range pcm.AppendS16(nil, signal[:2*c.n]) {
			want[(c.at*s.frameBytes()+i)%len(want)] = b
		}
		if !bytes.Equal(s.area, want) {
			t.Errorf("%d of %d frames from %d on: other bytes", c.n, c.given, c.at)
		}
		s.lay(c.at, nil, c.n)
		if len(bytes.Trim(s.area, "\x00")) > 0 {
			t.Errorf("%d frames of silence from %d on: no silence", c.n, c.at)
		}
	}
}
