//go:build linux

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestParse(t *testing.T) {
	p := parse("console=ttyAMA0 load.player=plain load.music=/media/music/load load.burden=burn,stall load.busy=30 load.other=/dev/vdc quiet\n")
	if p.player != "plain" || p.music != "/media/music/load" || !slices.Equal(p.burden, []string{"burn", "stall"}) || p.busy != "30" || p.other != "/dev/vdc" {
		t.Errorf("%+v", p)
	}
	if p.fill || !parse("quiet load.fill").fill {
		t.Error("load.fill is not understood")
	}
	if p := parse("load.burden=none"); p.player != "linnet" || p.burden != nil {
		t.Errorf("%+v", p)
	}
}

func TestRoles(t *testing.T) {
	for _, args := range [][]string{nil, {"dance"}, {"busy", "0"}, {"busy", "x"}, {"plain"}, {"plain", t.TempDir()}} {
		if err := run(2, args); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
}

const interrupts = `           CPU0
 20:      62676       VIC   4 Edge      timer
 40:       1507       VIC  24 Edge      aaci-pl041
 67:       6581 interrupt-controller  30 Edge      virtio1
`

func TestCountOf(t *testing.T) {
	for device, want := range map[string]int{"aaci": 1507, "timer": 62676, "none": 0} {
		if n := countOf([]byte(interrupts), device); n != want {
			t.Errorf("%s: %d, want %d", device, n, want)
		}
	}
}

func TestIdleOf(t *testing.T) {
	if d := idleOf([]byte("cpu  12 0 30 4567 89 0 1 0 0 0\ncpu0 1 2 3 4 5\n")); d != 46560*time.Millisecond {
		t.Error(d)
	}
}

// TestEar tells it of interrupts each 10 ms, but for two pauses.
func TestEar(t *testing.T) {
	e := ear{gaps: make([]time.Duration, 0, 100)}
	now, n := time.Now(), 0
	tick := func(times, interrupts int) (over bool) {
		for range times {
			now, n = now.Add(look), n+interrupts
			over = e.hear(n, now)
		}
		return over
	}
	if tick(500, 0) {
		t.Error("what has not begun has ended")
	}
	tick(100, 2)
	tick(3, 0) // no pause: the card had enough for that
	tick(100, 2)
	tick(29, 0)
	tick(100, 1)
	tick(149, 0)
	tick(1, 1)
	if tick(int(over/look), 0) {
		t.Error("it ended early")
	}
	if !tick(1, 0) {
		t.Error("it did not end")
	}
	if want := "sound for 4810 ms, stood 2 times, 1790 ms in all, 1495 ms at most; a period is 5.0 ms"; e.report() != want {
		t.Errorf("%q, want %q", e.report(), want)
	}
}

// TestEarOfALongPeriod has a card that asks each 100 ms only, and once not for 400.
func TestEarOfALongPeriod(t *testing.T) {
	e := ear{gaps: make([]time.Duration, 0, 100)}
	now, n := time.Now(), 0
	for i := range 600 {
		now = now.Add(look)
		if i%10 == 0 && (i <= 300 || i > 330) {
			n++
		}
		e.hear(n, now)
	}
	if want := "sound for 5900 ms, stood 1 times, 300 ms in all, 300 ms at most; a period is 100.0 ms"; e.report() != want {
		t.Errorf("%q, want %q", e.report(), want)
	}
}

// TestListen counts this machine's own interrupts of nothing.
func TestListen(t *testing.T) {
	e, err := newEar()
	if err != nil {
		t.Skip(err)
	}
	if n, err := e.interrupts(); n != 0 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
}

func TestNap(t *testing.T) {
	begun := time.Now()
	nap(20 * time.Millisecond)
	if d := time.Since(begun); d < 20*time.Millisecond {
		t.Errorf("it slept %v", d)
	}
}

// TestSilence switches the interrupts of a device off and on that is a file.
func TestSilence(t *testing.T) {
	dir := t.TempDir()
	config := filepath.Join(dir, "config")
	space := []byte{0xf4, 0x1a, 1, 0x10, 3, 1, 0x10, 0}
	if err := os.WriteFile(config, space, 0o666); err != nil {
		t.Fatal(err)
	}
	flight := filepath.Join(dir, "inflight")
	if err := os.WriteFile(flight, []byte("       0        0\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	var s staller
	var err error
	if s.config, err = unix.Open(config, unix.O_RDWR, 0); err != nil {
		t.Fatal(err)
	}
	if s.flight, err = unix.Open(flight, unix.O_RDONLY, 0); err != nil {
		t.Fatal(err)
	}
	for _, on := range []bool{true, false} {
		if err := s.silence(on); err != nil {
			t.Fatal(err)
		}
		got, _ := os.ReadFile(config)
		want := slices.Clone(space)
		if on {
			want[5] |= 4 // bit 10 of the register at 4
		}
		if !slices.Equal(got, want) {
			t.Errorf("on %v: %x, want %x", on, got, want)
		}
	}
	if s.asked() {
		t.Error("nobody waits")
	}
	if err := os.WriteFile(flight, []byte("       3        0\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if !s.asked() {
		t.Error("three wait")
	}
}

func TestReadFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(name, make([]byte, 40_000), 0o666); err != nil {
		t.Fatal(err)
	}
	if n, err := readFile(name, make([]byte, 16<<10)); n != 40_000 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if err := read(filepath.Join(t.TempDir(), "none")); err == nil || !strings.Contains(err.Error(), "nothing") {
		t.Errorf("an empty folder: %v", err)
	}
}
