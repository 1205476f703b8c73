//go:build unix

package pipe

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"linnet/player/ao/aotest"
	"linnet/player/ao/wav"
	"linnet/player/media"
	"linnet/player/pcm"
)

var cd = media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}

func TestParse(t *testing.T) {
	dir := t.TempDir()
	fifo, file := filepath.Join(dir, "fifo"), filepath.Join(dir, "file")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	os.WriteFile(file, nil, 0o600)
	for arg, want := range map[string]Target{
		"cat":                        {Command: "cat"},
		"aplay -f cd, -q":            {Command: "aplay -f cd, -q"},
		"wav,cat":                    {Command: "cat", WAV: true},
		"rate=48000,bits=24," + fifo: {FIFO: fifo, Format: media.AudioFormat{Rate: 48000, Bits: 24}},
		"wav,channels=2,cat":         {Command: "cat", WAV: true, Format: media.AudioFormat{Channels: 2}},
	} {
		if got, err := Parse(arg); err != nil || got != want {
			t.Errorf("%q: %+v, %v", arg, got, err)
		}
	}
	for arg, says := range map[string]string{
		"": "needed", "wav,": "needed", "rate=x,cat": "number", "rate=0,cat": "number", "bits=99,cat": "nothing takes", file: "wav:",
	} {
		if _, err := Parse(arg); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", arg, err)
		}
	}
}

func TestContract(t *testing.T) {
	aotest.Contract(t, func(want media.AudioFormat) (aotest.Sink, media.AudioFormat, error) {
		return Target{Command: "cat >/dev/null"}.Open(want)
	})
}

// play writes all of p.
func play(t *testing.T, s *Sink, p []int32) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); len(p) > 0; {
		n, err := s.Write(p)
		if err != nil {
			t.Fatal(err)
		}
		if time.Now().After(deadline) {
			t.Fatal("the reader takes no more")
		}
		p = p[n*s.format.Channels:]
	}
}

// All arrives in order, whatever the reader's pace.
func TestMusicArrivesWhole(t *testing.T) {
	signal := aotest.Signal(60_000, 2)
	for name, c := range map[string]struct {
		t    Target
		want []byte
	}{
		"raw":     {Target{}, pcm.AppendS16(nil, signal)},
		"slow":    {Target{Command: "sleep 1; "}, pcm.AppendS16(nil, signal)},
		"wav":     {Target{WAV: true}, append(wav.Header(cd, -1), pcm.AppendS16(nil, signal)...)},
		"24 bits": {Target{Format: media.AudioFormat{Bits: 24}}, pcm.AppendS24(nil, signal)},
	} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			c.t.Command += "cat >" + out
			s, _, err := c.t.Open(cd)
			if err != nil {
				t.Fatal(err)
			}
			play(t, s, signal)
			if err := s.Drain(); err != nil {
				t.Error(err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			if got, err := os.ReadFile(out); err != nil || !bytes.Equal(got, c.want) {
				t.Errorf("%d bytes arrived, want %d (%v)", len(got), len(c.want), err)
			}
		})
	}
}

// What is dropped does not arrive, but no frame is torn.
func TestDropKeepsFramesWhole(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	s, _, err := Target{Command: "sleep 1; cat >" + out}.Open(cd)
	if err != nil {
		t.Fatal(err)
	}
	signal := aotest.Signal(44100, 2)
	rest := signal
	for range 100 { // until the pipe is full
		n, err := s.Write(rest)
		if err != nil {
			t.Fatal(err)
		}
		rest = rest[2*n:]
	}
	s.Drop()
	play(t, s, signal[:2*100])
	s.Drain()
	s.Close()
	got, _ := os.ReadFile(out)
	head := len(got) - 400
	if head < 0 || head%4 != 0 || !bytes.Equal(got[head:], pcm.AppendS16(nil, signal[:200])) || !bytes.HasPrefix(pcm.AppendS16(nil, signal), got[:head]) {
		t.Errorf("%d bytes arrived out of order", len(got))
	}
}

func TestReaderThatGoes(t *testing.T) {
	s, _, err := Target{Command: "head -c 1000 >/dev/null"}.Open(cd)
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); err == nil && time.Now().Before(deadline); {
		_, err = s.Write(aotest.Signal(882, 2))
	}
	if !errors.Is(err, syscall.EPIPE) || !strings.Contains(err.Error(), "gone") {
		t.Error(err)
	}
	if _, again := s.Write(aotest.Signal(1, 2)); again != err || s.Drop() != err || s.Drain() != err {
		t.Error("the others do not fail alike")
	}
	s.Close()
}

func TestCommandThatFails(t *testing.T) {
	s, _, err := Target{Command: "cat >/dev/null; exit 3"}.Open(cd)
	if err != nil {
		t.Fatal(err)
	}
	play(t, s, aotest.Signal(100, 2))
	if err := s.Close(); err == nil || !strings.Contains(err.Error(), "3") {
		t.Errorf("Close: %v", err)
	}
}

func TestFIFO(t *testing.T) {
	fifo := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	target, _ := Parse(fifo)
	if _, _, err := target.Open(cd); err == nil || !strings.Contains(err.Error(), "nobody reads") {
		t.Errorf("without a reader: %v", err)
	}
	got := make(chan []byte)
	go func() {
		b, _ := os.ReadFile(fifo)
		got <- b
	}()
	var s *Sink
	for deadline := time.Now().Add(10 * time.Second); s == nil && time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		s, _, _ = target.Open(cd)
	}
	if s == nil {
		t.Fatal("it does not open")
	}
	signal := aotest.Signal(30_000, 2)
	play(t, s, signal)
	s.Drain()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if !bytes.Equal(<-got, pcm.AppendS16(nil, signal)) {
		t.Error("other bytes arrived")
	}
}

func TestWriteDoesNotAllocate(t *testing.T) {
	s, _, err := Target{Command: "cat >/dev/null"}.Open(cd)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	p := aotest.Signal(500, 2)
	play(t, s, p)
	if n := testing.AllocsPerRun(50, func() { s.Write(p); s.Delay() }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
