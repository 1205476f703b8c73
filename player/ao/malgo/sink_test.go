//go:build cgo

package malgo

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"linnet/player/ao/aotest"
	"linnet/player/media"
)

var cd = media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}

func open(t *testing.T, want media.AudioFormat) *Sink {
	t.Helper()
	s, got, err := Open("", want)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if got != want {
		t.Fatalf("negotiated %v, want %v", got, want)
	}
	return s
}

// play writes all of p. On a busy machine the device may run dry meanwhile, which
// loses nothing.
func play(t *testing.T, s *Sink, p []int32, channels int) {
	t.Helper()
	for len(p) > 0 {
		n, err := s.Write(p[:min(len(p), 1024*channels)])
		if err != nil && !errors.Is(err, media.ErrXrun) {
			t.Fatal(err)
		}
		p = p[n*channels:]
	}
}

func TestContract(t *testing.T) {
	aotest.Start(t, cd)
	aotest.Contract(t, func(want media.AudioFormat) (aotest.Sink, media.AudioFormat, error) {
		return Open("", want)
	})
}

func drain(t *testing.T, s *Sink) {
	t.Helper()
	if err := s.Drain(); err != nil {
		t.Fatal(err)
	}
}

// What was played must be on the loudspeaker, bit for bit and in one piece,
// up to the last frame of a tail that is no whole period.
func TestMusicArrivesWithoutAGap(t *testing.T) {
	server := aotest.Start(t, cd)
	s := open(t, cd)
	signal := aotest.Signal(3*44100+77, 2)
	server.Gapless(signal, func() {
		start := time.Now()
		play(t, s, signal, 2)
		drain(t, s)
		t.Logf("3 s of sound took %v", time.Since(start))
	})
}

func TestMonoAt48kHz(t *testing.T) {
	mono := media.AudioFormat{Rate: 48000, Channels: 1, Bits: 32}
	server := aotest.Start(t, mono)
	s := open(t, mono)
	signal := aotest.Signal(24000, 1)
	server.Gapless(signal, func() {
		play(t, s, signal, 1)
		drain(t, s)
	})
}

// After Drop nothing of what was queued is heard, and the next sound is
// whole.
func TestDropThenPlayOn(t *testing.T) {
	server := aotest.Start(t, cd)
	s := open(t, cd)
	play(t, s, aotest.Signal(44100, 2), 2)
	if err := s.Drop(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second) // the server plays out what it took before
	signal := aotest.Signal(22050, 2)
	for i := range signal {
		signal[i] = -signal[i]
	}
	server.Gapless(signal, func() {
		play(t, s, signal, 2)
		drain(t, s)
	})
}

func TestStarvationIsAnXrun(t *testing.T) {
	aotest.Start(t, cd)
	s := open(t, cd)
	play(t, s, aotest.Signal(44100/4, 2), 2)
	var err error
	for try := 0; err == nil && try < 20; try++ { // a busy machine may be late to starve
		time.Sleep(time.Second)
		_, err = s.Write(aotest.Signal(1, 2))
	}
	if !errors.Is(err, media.ErrXrun) {
		t.Errorf("Write after seconds of nothing: %v", err)
	}
	if _, err := s.Write(aotest.Signal(1, 2)); err != nil {
		t.Errorf("told twice: %v", err)
	}
}

func TestServerThatDiesEndsTheSink(t *testing.T) {
	server := aotest.Start(t, cd)
	s := open(t, cd)
	signal := aotest.Signal(44100, 2)
	play(t, s, signal, 2)
	server.Kill()
	for start := time.Now(); ; {
		_, err := s.Write(signal[:2048])
		if err != nil && !errors.Is(err, media.ErrXrun) {
			t.Logf("after %v: %v", time.Since(start), err)
			return
		}
		if time.Since(start) > 30*time.Second {
			t.Fatal("nothing was noticed for 30 s")
		}
	}
}

func TestDevicesByName(t *testing.T) {
	aotest.Start(t, cd)
	if _, _, err := Open("no such thing", cd); err == nil || !strings.Contains(err.Error(), "Null Output") {
		t.Errorf("error does not list the devices: %v", err)
	}
	s, _, err := Open("null output", cd)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
}

func TestNoSoundSystemIsAnError(t *testing.T) {
	if _, err := os.Stat("/dev/snd"); err == nil {
		t.Skip("this machine has a sound device")
	}
	t.Setenv("PULSE_SERVER", "unix:/nowhere")
	s, _, err := Open("", cd)
	if err == nil {
		s.Close()
		t.Fatal("a device opened where there is none")
	}
	t.Log(err)
}

func TestWriteDoesNotAllocate(t *testing.T) {
	aotest.Start(t, cd)
	s := open(t, cd)
	p := make([]int32, 2048)
	play(t, s, make([]int32, 44100), 2)
	if n := testing.AllocsPerRun(20, func() { s.Write(p); s.Delay() }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
