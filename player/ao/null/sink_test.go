package null

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"linnet/player/ao/aotest"
	"linnet/player/media"
)

var mono = media.AudioFormat{Rate: 1000, Channels: 1, Bits: 16}

func TestContract(t *testing.T) {
	for _, opt := range []Options{{}, {Fast: true}} {
		synctest.Test(t, func(t *testing.T) {
			aotest.Contract(t, func(want media.AudioFormat) (aotest.Sink, media.AudioFormat, error) {
				return Open(want, opt)
			})
		})
	}
}

func TestContractInRealTime(t *testing.T) {
	aotest.Contract(t, func(want media.AudioFormat) (aotest.Sink, media.AudioFormat, error) {
		return Open(want, Options{})
	})
}

// ear notes when each frame is heard, in milliseconds.
type ear struct {
	start  time.Time
	frames []int32
	at     []time.Duration
}

func (e *ear) hear(at time.Time, frames []int32) {
	for i, v := range frames {
		e.frames = append(e.frames, v)
		e.at = append(e.at, at.Sub(e.start)+time.Duration(i)*time.Millisecond)
	}
}

// device opens a device of one frame per millisecond.
func device(t *testing.T, opt Options) (*Sink, *ear) {
	t.Helper()
	e := &ear{start: time.Now()}
	opt.Heard = e.hear
	s, _, err := Open(mono, opt)
	if err != nil {
		t.Fatal(err)
	}
	return s, e
}

func count(first, n int) []int32 {
	p := make([]int32, n)
	for i := range p {
		p[i] = int32(first + i)
	}
	return p
}

// feed writes n frames, numbered from first, and returns how many xruns
// there were.
func feed(t *testing.T, s *Sink, first, n int) (xruns int) {
	t.Helper()
	for p := count(first, n); len(p) > 0; {
		start := time.Now()
		k, err := s.Write(p)
		if errors.Is(err, media.ErrXrun) {
			xruns++
		} else if err != nil {
			t.Fatal(err)
		}
		if d := time.Since(start); d > 20*time.Millisecond {
			t.Errorf("Write blocked for %v", d)
		}
		p = p[k:]
	}
	return xruns
}

func TestEveryFrameIsHeardOnTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, e := device(t, Options{})
		if x := feed(t, s, 0, 10_000); x != 0 {
			t.Errorf("%d xruns", x)
		}
		if err := s.Drain(); err != nil {
			t.Fatal(err)
		}
		if time.Since(e.start) != 10*time.Second {
			t.Errorf("10 s of sound took %v", time.Since(e.start))
		}
		if !slices.Equal(e.frames, count(0, 10_000)) {
			t.Error("other frames were heard")
		}
		for i, at := range e.at {
			if at != time.Duration(i)*time.Millisecond {
				t.Fatalf("frame %d was heard at %v", i, at)
			}
		}
	})
}

func TestFastTellsTheSameTimes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, e := device(t, Options{Fast: true})
		feed(t, s, 0, 5000)
		if time.Since(e.start) != 0 {
			t.Errorf("took %v", time.Since(e.start))
		}
		if len(e.at) != 5000 || e.at[4999] != 4999*time.Millisecond {
			t.Errorf("%d frames, the last at %v", len(e.at), e.at[len(e.at)-1])
		}
	})
}

func TestStartsWhenFullAndRunsDry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, e := device(t, Options{})
		feed(t, s, 0, 180)
		time.Sleep(time.Second)
		if d, _ := s.Delay(); d != 180*time.Millisecond || len(e.frames) != 0 {
			t.Errorf("not full: Delay %v, heard %d", d, len(e.frames))
		}
		feed(t, s, 180, 1)
		time.Sleep(30 * time.Millisecond)
		if d, _ := s.Delay(); d != 151*time.Millisecond {
			t.Errorf("Delay %v after 30 of 181 ms", d)
		}
		time.Sleep(time.Second)
		if d, _ := s.Delay(); d != 0 || len(e.frames) != 181 {
			t.Errorf("dry: Delay %v, heard %d", d, len(e.frames))
		}
		if x := feed(t, s, 181, 100); x != 1 {
			t.Errorf("%d xruns told, want 1", x)
		}
		s.Drain()
		if want := 2030 * time.Millisecond; e.at[181] != want {
			t.Errorf("second run began at %v, want %v", e.at[181], want)
		}
	})
}

func TestDropForgetsTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, e := device(t, Options{})
		feed(t, s, 0, 200)
		time.Sleep(50 * time.Millisecond)
		s.Drop()
		time.Sleep(time.Second)
		if x := feed(t, s, 50, 30); x != 0 {
			t.Error("Drop counted as xrun")
		}
		s.Drain()
		if !slices.Equal(e.frames, count(0, 80)) {
			t.Errorf("heard %v", e.frames)
		}
	})
}

// What is taken back is not heard, and what comes instead follows without a gap.
func TestRewind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, e := device(t, Options{})
		feed(t, s, 0, 200)
		time.Sleep(50 * time.Millisecond)
		if n, err := s.Rewind(); n != 130 || err != nil {
			t.Errorf("took back %d, %v", n, err)
		}
		if x := feed(t, s, 70, 10); x != 0 {
			t.Errorf("%d xruns", x)
		}
		s.Drain()
		if time.Since(e.start) != 80*time.Millisecond || !slices.Equal(e.frames, count(0, 80)) {
			t.Errorf("after %v heard %v", time.Since(e.start), e.frames)
		}
		s.Close()
		if _, err := s.Rewind(); err == nil {
			t.Error("closed, but Rewind works")
		}
	})
}

func TestNoFormat(t *testing.T) {
	if _, _, err := Open(media.AudioFormat{}, Options{}); err == nil {
		t.Error("opened for no format")
	}
}

func TestWriteDoesNotAllocate(t *testing.T) {
	s, _, err := Open(mono, Options{Fast: true, Heard: func(time.Time, []int32) {}})
	if err != nil {
		t.Fatal(err)
	}
	p := make([]int32, 100)
	if n := testing.AllocsPerRun(100, func() { s.Write(p); s.Delay() }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
