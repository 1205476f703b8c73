//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package oss

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sys/unix"

	"linnet/player/ao/aotest"
	"linnet/player/ao/aotest/lab"
	"linnet/player/ao/internal/osspcm"
	"linnet/player/media"
	"linnet/player/pcm"
)

var cd = media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}

func board(change func(*lab.Hardware), script ...lab.Fault) *lab.Card {
	h := lab.Board()
	if change != nil {
		change(&h)
	}
	c := lab.NewCard(h, script...)
	c.Ear = &lab.Ear{Keep: true}
	return c
}

func open(t *testing.T, c *lab.Card, want media.AudioFormat) *Sink {
	t.Helper()
	s, _, err := openCard(c, want)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func openCard(c *lab.Card, want media.AudioFormat) (*Sink, media.AudioFormat, error) {
	d, err := c.OSS()
	if err != nil {
		return nil, want, err
	}
	return Start(d, want)
}

// play writes all of p and returns how many xruns there were. No Write takes longer
// than a fragment, and a little.
func play(t *testing.T, s *Sink, p []int32) (xruns int) {
	t.Helper()
	return aotest.Play(t, s, s.g.format.Channels, s.fragmentTime()+2*time.Millisecond, p)
}

// quirks are what the drivers of old did.
var quirks = map[string]func(*lab.Hardware){
	"ideal":                    nil,
	"space before buffers":     func(h *lab.Hardware) { h.LazyBuffers = true },
	"no GETODELAY":             func(h *lab.Hardware) { h.NoDelay = true },
	"a delay by fragments":     func(h *lab.Hardware) { h.Stepped = true },
	"a tail that never drains": func(h *lab.Hardware) { h.StuckTail = true },
	"one fragment":             func(h *lab.Hardware) { h.OnePeriod = 2 },
}

func TestContract(t *testing.T) {
	for name, quirk := range quirks {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				aotest.Contract(t, func(want media.AudioFormat) (aotest.Sink, media.AudioFormat, error) {
					return openCard(board(quirk), want)
				})
			})
		})
	}
}

// All that is written is played, to the last frame of a tail that is no whole
// fragment, and then silence.
func TestMusicArrivesWhole(t *testing.T) {
	for name, quirk := range quirks {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := board(quirk)
				s := open(t, c, cd)
				signal := aotest.Signal(44100+123, 2)
				began := time.Now()
				if x := play(t, s, signal); x != 0 {
					t.Errorf("%d xruns", x)
				}
				if err := s.Drain(); err != nil {
					t.Fatal(err)
				}
				if d := time.Since(began); d < time.Second || d > 1200*time.Millisecond {
					t.Errorf("1 s took %v", d)
				}
				want := pcm.AppendS16(nil, signal)
				if !bytes.HasPrefix(c.Ear.Bytes, want) {
					t.Errorf("other samples were played, %d bytes", len(c.Ear.Bytes))
				}
				if silence := c.Ear.Bytes[min(len(want), len(c.Ear.Bytes)):]; len(bytes.Trim(silence, "\x00")) > 0 {
					t.Error("behind the end there is more than silence")
				}
			})
		})
	}
}

func TestXrunIsSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, board(nil), cd)
		play(t, s, aotest.Signal(44100, 2))
		time.Sleep(2 * time.Second)
		n, err := s.Write(aotest.Signal(2048, 2))
		if n == 0 || !errors.Is(err, media.ErrXrun) {
			t.Errorf("%d, %v", n, err)
		}
		if _, err := s.Write(aotest.Signal(100, 2)); err != nil {
			t.Errorf("told twice: %v", err)
		}
	})
}

func TestErrorsOfWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := board(nil, lab.Fault{At: 100 * time.Millisecond, Kind: lab.Interrupted, N: 3},
			lab.Fault{At: 200 * time.Millisecond, Kind: lab.Again, For: 150 * time.Millisecond},
			lab.Fault{At: 500 * time.Millisecond, Kind: lab.Short, For: 100 * time.Millisecond, N: 700},
			lab.Fault{At: 700 * time.Millisecond, Kind: lab.PollEarly, For: 200 * time.Millisecond},
			lab.Fault{At: time.Second, Kind: lab.PollDeaf, For: 200 * time.Millisecond})
		s := open(t, c, cd)
		signal := aotest.Signal(2*44100, 2)
		if x := play(t, s, signal); x != 0 {
			t.Errorf("%d xruns", x)
		}
		if s.Drain(); !bytes.HasPrefix(c.Ear.Bytes, pcm.AppendS16(nil, signal)) || c.Struck() != 5 {
			t.Errorf("other samples were played; %d faults", c.Struck())
		}
	})
}

func TestUnplugged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := board(nil, lab.Fault{At: time.Second, Kind: lab.Unplug, For: time.Second})
		s := open(t, c, cd)
		var err error
		for err == nil {
			_, err = s.Write(aotest.Signal(882, 2))
		}
		if !errors.Is(err, unix.ENODEV) || !strings.Contains(err.Error(), "removed") {
			t.Error(err)
		}
		if _, again := s.Delay(); again != err || s.Drop() != err || s.Drain() != err {
			t.Error("the others do not fail alike")
		}
		s.Close()
		if _, _, err := openCard(c, cd); !errors.Is(err, unix.ENOENT) {
			t.Errorf("while it is away: %v", err)
		}
		time.Sleep(time.Second)
		open(t, c, cd)
	})
}

// partial is a device that takes bytes, not frames.
type partial struct {
	osspcm.Device
	got  []byte
	size int
}

func (p *partial) Write(b []byte) (int, error) {
	n := min(len(b), p.size)
	p.got = append(p.got, b[:n]...)
	return n, nil
}

func TestWritesOfHalfFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, _ := board(nil).OSS()
		p := &partial{Device: d, size: 401}
		s, _, err := Start(p, cd)
		if err != nil {
			t.Fatal(err)
		}
		signal := aotest.Signal(5000, 2)
		for rest := signal; len(rest) > 0; {
			n, err := s.Write(rest)
			if err != nil && !errors.Is(err, media.ErrXrun) {
				t.Fatal(err)
			}
			rest = rest[2*n:]
		}
		s.Drain()
		if !bytes.HasPrefix(p.got, pcm.AppendS16(nil, signal)) {
			t.Error("the bytes are out of order")
		}
	})
}

func TestNegotiation(t *testing.T) {
	for name, c := range map[string]struct {
		hw   func(*lab.Hardware)
		want media.AudioFormat
		got  media.AudioFormat
	}{
		"as wanted":    {nil, cd, cd},
		"another rate": {func(h *lab.Hardware) { h.Rates = []uint32{44100} }, media.AudioFormat{Rate: 48000, Channels: 1, Bits: 24}, cd},
		"mono":         {func(h *lab.Hardware) { h.Channels = [2]uint32{1, 1} }, cd, media.AudioFormat{Rate: 44100, Channels: 1, Bits: 16}},
		"slow":         {nil, media.AudioFormat{Rate: 8000, Channels: 2, Bits: 16}, media.AudioFormat{Rate: 8000, Channels: 2, Bits: 16}},
	} {
		s, got, err := openCard(board(c.hw), c.want)
		if err != nil || got != c.got {
			t.Errorf("%s: %v, %v", name, got, err)
			continue
		}
		if s.g.buffer < 2*s.g.fragment || !s.g.told {
			t.Errorf("%s: %+v", name, s.g)
		}
	}
}

// A buffer of nothing is no answer; after the first write it is known.
func TestZeroGeometry(t *testing.T) {
	s := open(t, board(func(h *lab.Hardware) { h.LazyBuffers = true }), cd)
	if s.g.told || s.g.buffer < 1 {
		t.Errorf("before: %+v", s.g)
	}
	if s.Write(aotest.Signal(100, 2)); !s.g.told {
		t.Errorf("after: %+v", s.g)
	}
}

func TestWriteDoesNotAllocate(t *testing.T) {
	c := board(nil)
	c.Ear = nil
	s := open(t, c, cd)
	p := make([]int32, 2*500)
	if n := testing.AllocsPerRun(100, func() {
		s.Write(p)
		s.Delay()
		s.Drop()
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestNoDevice(t *testing.T) {
	if _, _, err := Open("/nowhere", cd); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "snd-pcm-oss") {
		t.Error(err)
	}
	if _, _, err := Open("/dev/null", cd); err == nil || !strings.Contains(err.Error(), "S16") {
		t.Errorf("no sound device: %v", err)
	}
}
