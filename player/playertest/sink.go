package playertest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/media"
)

// AudioSink checks a sink that works: one that plays in real time, or on the
// clock of a testing/synctest bubble that the caller is in, or as fast as it
// is fed. The contract:
//
//   - opening negotiates a format that can be played, and asking for that one
//     gives it again;
//   - Write takes between none and all of the frames, leaves them alone, and
//     comes to take all of them; no frames are no error;
//   - Delay is never negative, and never more than what was written and what
//     a new sink says, but for a quarter of a second;
//   - Drop empties the queue, and Drain returns when it is empty; the sink
//     plays on after each;
//   - a sink can be closed with sound queued, and a new one opened after it.
func AudioSink(t testing.TB, open player.OpenAudio, want media.AudioFormat) {
	t.Helper()
	sink, format, err := open(want)
	if err != nil {
		t.Errorf("open %v: %v", want, err)
		return
	}
	if !validFormat(format) {
		t.Errorf("open %v negotiates %+v", want, format)
		return
	}
	own, err := sink.Delay()
	if err != nil || own < 0 || own > time.Second {
		t.Errorf("Delay of a new sink: %v, %v", own, err)
	}
	s := &sinkTest{TB: t, sink: sink, format: format, chunk: tone(format), own: max(own, 0)}
	s.writeAll(format.Rate / 2)
	s.end("Drain", sink.Drain)
	s.writeAll(format.Rate / 5)
	s.end("Drop", sink.Drop)
	s.end("Drop with nothing queued", sink.Drop)
	s.writeAll(1)
	s.end("Drain of one frame", sink.Drain)
	s.writeAll(format.Rate / 5)
	if err := sink.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	checkReopen(t, open, format)
}

func checkReopen(t testing.TB, open player.OpenAudio, format media.AudioFormat) {
	t.Helper()
	sink, again, err := open(format)
	if err != nil {
		t.Errorf("open %v again: %v", format, err)
		return
	}
	if again != format {
		t.Errorf("open %v, which it had negotiated, gives %v", format, again)
	}
	if err := sink.Close(); err != nil {
		t.Errorf("Close of a sink that was not used: %v", err)
	}
}

// tone is a thousandth of full scale, not to frighten whoever sits at a real
// device, and different in every sample.
func tone(f media.AudioFormat) []int32 {
	s := make([]int32, f.Rate/50*f.Channels+f.Channels)
	for i := range s {
		s[i] = int32(i%2000-1000) << 11
	}
	return s
}

type sinkTest struct {
	testing.TB
	sink   player.AudioSink
	format media.AudioFormat
	chunk  []int32
	own    time.Duration // Delay before anything was written
	queued int64         // frames written since the queue was empty
}

// maxIdle is how many Writes in a row may take nothing; each may block for a
// period.
const maxIdle = 10000

func (s *sinkTest) writeAll(frames int) {
	s.Helper()
	if n, err := s.sink.Write(nil); n != 0 || err != nil && !errors.Is(err, media.ErrXrun) {
		s.Errorf("Write of nothing: %d, %v", n, err)
	}
	before := slices.Clone(s.chunk)
	for idle := 0; frames > 0; {
		piece := s.chunk[:min(len(s.chunk), frames*s.format.Channels)]
		n, err := s.sink.Write(piece)
		if err != nil && !errors.Is(err, media.ErrXrun) {
			s.Errorf("Write: %v", err)
			return
		}
		if n < 0 || n*s.format.Channels > len(piece) {
			s.Errorf("Write took %d of %d frames", n, len(piece)/s.format.Channels)
			return
		}
		frames -= n
		s.queued += int64(n)
		if idle++; n > 0 {
			idle = 0
		}
		if idle > maxIdle {
			s.Errorf("Write took nothing %d times", idle)
			return
		}
		s.checkDelay()
	}
	if !slices.Equal(before, s.chunk) {
		s.Errorf("Write changed the frames")
	}
}

// slack is for devices that know their delay by the buffer.
const slack = time.Second / 4

func (s *sinkTest) checkDelay() {
	s.Helper()
	d, err := s.sink.Delay()
	if most := s.format.Duration(s.queued) + s.own + slack; err != nil || d < 0 || d > most {
		s.Errorf("Delay: %v, %v after %d frames, which is at most %v", d, err, s.queued, most)
	}
}

// end calls Drain or Drop and sees that nothing is left.
func (s *sinkTest) end(what string, f func() error) {
	s.Helper()
	if err := f(); err != nil {
		s.Errorf("%s: %v", what, err)
	}
	s.queued = 0
	s.checkDelay()
}
