//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package alsa

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sys/unix"

	"linnet/player/ao/aotest"
	"linnet/player/ao/aotest/lab"
	"linnet/player/ao/internal/asound"
	"linnet/player/media"
	"linnet/player/pcm"
)

var cd = media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}

func open(t *testing.T, f *lab.Card, want media.AudioFormat) *Sink {
	t.Helper()
	s, _, err := openCard(f, want)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// board is a card whose samples are kept.
func board() *lab.Card {
	c := lab.NewCard(lab.Board())
	c.Ear = &lab.Ear{Keep: true}
	return c
}

func openCard(c *lab.Card, want media.AudioFormat) (*Sink, media.AudioFormat, error) {
	d, err := c.ALSA()
	if err != nil {
		return nil, want, err
	}
	return Start(d, want, Auto)
}

// both runs a test on cards that can be mapped, and on some that cannot, with
// virtual time.
func both(t *testing.T, f func(t *testing.T, board func() *lab.Card)) {
	for _, none := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			f(t, func() *lab.Card {
				c := board()
				c.NoMMap = none
				return c
			})
		})
	}
}

// play writes all of p and returns how many xruns there were. No Write takes longer
// than a period, and a little.
func play(t *testing.T, s *Sink, p []int32) (xruns int) {
	t.Helper()
	return aotest.Play(t, s, s.g.format.Channels, s.periodTime()+2*time.Millisecond, p)
}

func TestContract(t *testing.T) {
	for _, periodwise := range []bool{false, true} {
		both(t, func(t *testing.T, board func() *lab.Card) {
			aotest.Contract(t, func(want media.AudioFormat) (aotest.Sink, media.AudioFormat, error) {
				f := board()
				f.Stepped = periodwise
				return openCard(f, want)
			})
		})
	}
}

func TestMusicArrivesWhole(t *testing.T) {
	for _, sample := range sampleFormats {
		both(t, func(t *testing.T, board func() *lab.Card) {
			f := board()
			f.Formats = []int{sample.number}
			s := open(t, f, cd)
			signal := aotest.Signal(44100+123, 2)
			began := time.Now()
			if x := play(t, s, signal); x != 0 {
				t.Errorf("%d xruns", x)
			}
			if err := s.Drain(); err != nil {
				t.Fatal(err)
			}
			if d := time.Since(began); d < time.Second || d > 1100*time.Millisecond {
				t.Errorf("1 s took %v", d)
			}
			want := sample.encode(nil, signal)
			if !bytes.HasPrefix(f.Ear.Bytes, want) {
				t.Errorf("format %d: other samples were played", sample.number)
			}
			silence := f.Ear.Bytes[min(len(want), len(f.Ear.Bytes)):]
			if len(f.Ear.Bytes)/s.frameBytes()%s.g.period != 0 || len(bytes.Trim(silence, "\x00")) > 0 {
				t.Errorf("%d frames behind the end do not fill the period of %d with silence", len(silence)/s.frameBytes(), s.g.period)
			}
		})
	}
}

func TestXrunIsRecoveredAndCounted(t *testing.T) {
	both(t, func(t *testing.T, board func() *lab.Card) {
		f := board()
		s := open(t, f, cd)
		play(t, s, aotest.Signal(44100, 2))
		time.Sleep(time.Second)
		if d, err := s.Delay(); d != 0 || err != nil {
			t.Errorf("dry: Delay %v, %v", d, err)
		}
		n, err := s.Write(aotest.Signal(100, 2))
		if n != 100 || !errors.Is(err, media.ErrXrun) || s.Xruns() != 1 {
			t.Errorf("%d, %v, %d xruns", n, err, s.Xruns())
		}
		if n, err := s.Write(aotest.Signal(100, 2)); n != 100 || err != nil {
			t.Errorf("then %d, %v", n, err)
		}
		if x := play(t, s, aotest.Signal(44100, 2)); x != 0 {
			t.Errorf("%d more xruns", x)
		}
	})
}

func TestErrorsOfWrite(t *testing.T) {
	for _, c := range []struct {
		errs, resume []error
		taken        int
		xrun         bool
	}{
		{errs: []error{unix.ESTRPIPE}, taken: 100},
		{errs: []error{unix.ESTRPIPE}, resume: []error{unix.EAGAIN, unix.EAGAIN}, taken: 100},
		{errs: []error{unix.ESTRPIPE}, resume: []error{unix.ENOSYS}, taken: 100, xrun: true},
		{errs: []error{unix.ESTRPIPE, unix.EPIPE}, taken: 100, xrun: true},
		{errs: []error{unix.EBADFD}, taken: 100, xrun: true},
		{errs: []error{unix.EAGAIN}, taken: 100},
		{errs: []error{unix.EINTR, unix.EAGAIN}, taken: 100},
		{errs: []error{unix.EAGAIN, unix.EAGAIN, unix.EAGAIN}, taken: 0},
	} {
		both(t, func(t *testing.T, board func() *lab.Card) {
			f := board()
			s := open(t, f, cd)
			f.WriteErrs, f.ResumeErrs = c.errs, c.resume
			n, err := s.Write(aotest.Signal(100, 2))
			if n != c.taken || errors.Is(err, media.ErrXrun) != c.xrun || err != nil && !c.xrun {
				t.Errorf("%v: %d, %v", c.errs, n, err)
			}
		})
	}
}

func TestLostDevices(t *testing.T) {
	for says, errs := range map[string][]error{
		"removed": {unix.ENODEV},
		"write":   {unix.EIO},
		"dry":     {unix.EPIPE, unix.EPIPE, unix.EPIPE, unix.EPIPE},
	} {
		f := board()
		s := open(t, f, cd)
		f.WriteErrs = errs
		_, err := s.Write(aotest.Signal(100, 2))
		if err == nil || errors.Is(err, media.ErrXrun) || !strings.Contains(err.Error(), says) {
			t.Errorf("%v: %v", errs, err)
		}
		if _, again := s.Delay(); again != err {
			t.Errorf("Delay afterwards: %v", again)
		}
		if s.Drop() != err || s.Drain() != err {
			t.Error("Drop and Drain afterwards do not fail alike")
		}
		if err := s.Close(); err != nil || f.Opened() {
			t.Errorf("Close: %v", err)
		}
	}
}

func TestLyingDelayIsBounded(t *testing.T) {
	f := board()
	s := open(t, f, cd)
	f.DelayLie = func(int) int { return -500 }
	if d, err := s.Delay(); d != 0 || err != nil {
		t.Errorf("%v, %v", d, err)
	}
	f.DelayLie = func(int) int { return 1 << 30 }
	if d, _ := s.Delay(); d > 2*time.Second {
		t.Errorf("%v", d)
	}
}

func TestStuckDeviceEndsDrain(t *testing.T) {
	both(t, func(t *testing.T, board func() *lab.Card) {
		f := board()
		f.Stuck = true
		s := open(t, f, cd)
		s.Write(aotest.Signal(5000, 2))
		start := time.Now()
		if err := s.Drain(); err == nil || time.Since(start) > 3*time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	})
}

func TestWriteDoesNotAllocate(t *testing.T) {
	for _, none := range []bool{false, true} {
		f := board()
		f.NoMMap = none
		s := open(t, f, cd)
		f.Ear.Bytes = make([]byte, 0, 1<<22)
		p := make([]int32, 2*500)
		if n := testing.AllocsPerRun(100, func() {
			s.Write(p)
			s.Delay()
			s.Drop()
		}); n != 0 {
			t.Errorf("%v allocations", n)
		}
	}
}

func TestNegotiation(t *testing.T) {
	f32 := func(f *lab.Card) { f.Formats = []int{asound.FormatS16, asound.FormatS32}; f.Msbits = 24 }
	for _, c := range []struct {
		name string
		want media.AudioFormat
		hw   func(*lab.Card)
		got  media.AudioFormat
	}{
		{"as wanted", cd, func(*lab.Card) {}, cd},
		{"mono is sent as stereo", media.AudioFormat{Rate: 22050, Channels: 1, Bits: 16}, func(f *lab.Card) { f.Channels[0] = 1 },
			media.AudioFormat{Rate: 22050, Channels: 2, Bits: 16}},
		{"only mono", cd, func(f *lab.Card) { f.Channels = [2]uint32{1, 1} }, media.AudioFormat{Rate: 44100, Channels: 1, Bits: 16}},
		{"only eight channels", cd, func(f *lab.Card) { f.Channels = [2]uint32{8, 8} }, media.AudioFormat{Rate: 44100, Channels: 8, Bits: 16}},
		{"the widest samples", cd, f32, media.AudioFormat{Rate: 44100, Channels: 2, Bits: 24}},
		{"the nearest rate above", media.AudioFormat{Rate: 32000, Channels: 2, Bits: 16}, func(f *lab.Card) { f.Rates = []uint32{22050, 41000} },
			media.AudioFormat{Rate: 41000, Channels: 2, Bits: 16}},
		{"the nearest rate below", media.AudioFormat{Rate: 96000, Channels: 2, Bits: 24}, func(*lab.Card) {},
			media.AudioFormat{Rate: 48000, Channels: 2, Bits: 16}},
		{"large periods", cd, func(f *lab.Card) { f.Period = [2]uint32{4096, 4096} }, cd},
		{"odd steps", cd, func(f *lab.Card) { f.Step = 1000 }, cd},
		{"a small buffer", cd, func(f *lab.Card) { f.MaxBuffer = 1024 }, cd},
	} {
		f := board()
		c.hw(f)
		s, got, err := openCard(f, c.want)
		if err != nil || got != c.got {
			t.Errorf("%s: %v, %v", c.name, got, err)
			continue
		}
		t.Logf("%s: period %d, buffer %d", c.name, s.g.period, s.g.buffer)
		if s.g.buffer < 3*s.g.period {
			t.Errorf("%s: a buffer of %d with periods of %d", c.name, s.g.buffer, s.g.period)
		}
		if c.name == "as wanted" && (s.g.period != 882 || s.g.buffer != 18*882) {
			t.Errorf("period %d, buffer %d", s.g.period, s.g.buffer)
		}
		if int(f.Software().StartThreshold) > s.g.buffer || int(f.Software().StopThreshold) != s.g.buffer || int(f.Software().AvailMin) != s.g.period {
			t.Errorf("%s: software parameters %+v", c.name, f.Software())
		}
	}
}

func TestHardwareThatCannot(t *testing.T) {
	for says, hw := range map[string]func(*lab.Card){
		"S16":          func(f *lab.Card) { f.Formats = []int{1} },
		"frame by":     func(f *lab.Card) { f.NoInterleave = true },
		"cannot decid": func(f *lab.Card) { f.Channels = [2]uint32{100, 200} },
		"instead of":   lie(asound.ParamRate, 11025),
		"channels ins": lie(asound.ParamChannels, 1),
		"no sense":     lie(asound.ParamPeriodSize, 0),
		"make no":      lie(asound.ParamBufferSize, 0),
		"two periods":  lie(asound.ParamBufferSize, 100),
	} {
		f := board()
		hw(f)
		if _, _, err := openCard(f, cd); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", says, err)
		}
		if f.Opened() {
			t.Errorf("%s: the device is left open", says)
		}
	}
}

// lie makes a driver tell a wrong value, whatever is asked.
func lie(param int, v uint32) func(*lab.Card) {
	return func(f *lab.Card) {
		f.Lie = func(_ int, p *asound.HWParams) { p.Intervals[param] = asound.Interval{Min: v, Max: v} }
	}
}

// A driver may come up with a buffer of one period, or none at all, and with
// sense when it is asked for something else.
func TestBadGeometryIsRenegotiated(t *testing.T) {
	for _, buffer := range []uint32{0, 882} {
		f := board()
		f.Lie = func(call int, p *asound.HWParams) {
			if call == 0 {
				p.Intervals[asound.ParamBufferSize] = asound.Interval{Min: buffer, Max: buffer}
			}
		}
		s, _, err := openCard(f, cd)
		if err != nil {
			t.Fatal(err)
		}
		if s.g.buffer < 3*s.g.period || f.Configured() != 2 {
			t.Errorf("period %d, buffer %d after %d attempts", s.g.period, s.g.buffer, f.Configured())
		}
	}
}

// What the hardware has taken out of its buffer and not played yet is lost when
// it is stopped: that must be silence, and only where there was sound before.
func TestSilenceFollowsTheLastPeriod(t *testing.T) {
	both(t, func(t *testing.T, board func() *lab.Card) {
		f := board()
		s := open(t, f, cd)
		opened := f.Prepares()
		signal := aotest.Signal(2*s.g.period, 2)
		play(t, s, signal)
		s.Drain()
		want := append(pcm.AppendS16(nil, signal), make([]byte, s.g.period*s.frameBytes())...)
		if !bytes.Equal(f.Ear.Bytes, want) {
			t.Errorf("%d frames were played, want %d and a period of silence", len(f.Ear.Bytes)/s.frameBytes(), 2*s.g.period)
		}
		if s.Drain(); f.Prepares() > opened+2 || len(f.Ear.Bytes) != len(want) {
			t.Errorf("draining what is empty: prepared %d times, %d frames", f.Prepares(), len(f.Ear.Bytes)/s.frameBytes())
		}
	})
}

// What is taken back is not heard, what was before it is, and behind what comes
// instead there is silence where old sound was.
func TestRewind(t *testing.T) {
	for _, stepped := range []bool{false, true} {
		both(t, func(t *testing.T, board func() *lab.Card) {
			f := board()
			f.Stepped = stepped
			s := open(t, f, cd)
			signal := aotest.Signal(2*44100, 2)
			n, _ := s.Write(signal[:2*(s.g.buffer-1)])
			if k, err := s.Rewind(); k != n || n != s.g.buffer-1 || err != nil {
				t.Errorf("before it began: took back %d of %d, %v", k, n, err)
			}
			s.Drop()
			f.Ear.Bytes = nil
			play(t, s, signal[:2*30000])
			time.Sleep(7 * time.Millisecond)
			k, err := s.Rewind()
			if err != nil || k < s.g.buffer-4*s.g.period {
				t.Fatalf("took back %d of a buffer of %d, %v", k, s.g.buffer, err)
			}
			kept := 30000 - k
			play(t, s, signal[2*60000:2*60100])
			before := time.Now()
			if err := s.Drain(); err != nil || time.Since(before) > 8*s.periodTime() {
				t.Errorf("drained in %v, %v", time.Since(before), err)
			}
			want := pcm.AppendS16(pcm.AppendS16(nil, signal[:2*kept]), signal[2*60000:2*60100])
			if !bytes.HasPrefix(f.Ear.Bytes, want) {
				t.Fatal("other samples were played")
			}
			silence := f.Ear.Bytes[len(want):]
			if len(silence)/s.frameBytes() < s.g.period || len(bytes.Trim(silence, "\x00")) > 0 {
				t.Errorf("%d frames behind the end are not a period of silence", len(silence)/s.frameBytes())
			}
		})
	}
}

func TestRewindThatCannot(t *testing.T) {
	both(t, func(t *testing.T, board func() *lab.Card) {
		f := board()
		f.NoRewind = true
		s := open(t, f, cd)
		play(t, s, aotest.Signal(44100, 2))
		if n, err := s.Rewind(); n != 0 || !errors.Is(err, errors.ErrUnsupported) {
			t.Errorf("%d, %v", n, err)
		}
		f.NoRewind = false
		time.Sleep(time.Second)
		if n, err := s.Rewind(); n != 0 || !errors.Is(err, media.ErrXrun) {
			t.Errorf("dry: %d, %v", n, err)
		}
		if n, err := s.Rewind(); n != 0 || err != nil {
			t.Errorf("empty: %d, %v", n, err)
		}
		s.Close()
		if _, err := s.Rewind(); err == nil {
			t.Error("closed: no error")
		}
	})
}
