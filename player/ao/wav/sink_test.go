package wav

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"linnet/player/ao/aotest"
	"linnet/player/media"
)

func TestContract(t *testing.T) {
	aotest.Contract(t, func(want media.AudioFormat) (aotest.Sink, media.AudioFormat, error) {
		return New(filepath.Join(t.TempDir(), "x.wav")).Open(want)
	})
}

// parse reads a file back by the letter of the format: chunk by chunk.
func parse(t *testing.T, b []byte) (format, data []byte) {
	t.Helper()
	le := binary.LittleEndian
	if len(b) < 12 || string(b[:4]) != "RIFF" || string(b[8:12]) != "WAVE" {
		t.Fatalf("not a RIFF WAVE file: % x", b[:min(12, len(b))])
	}
	if got := int(le.Uint32(b[4:])); got != len(b)-8 {
		t.Errorf("RIFF size %d in a file of %d bytes", got, len(b))
	}
	for b = b[12:]; len(b) >= 8; {
		size := int(le.Uint32(b[4:]))
		switch string(b[:4]) {
		case "fmt ":
			format = b[8 : 8+size]
		case "data":
			data = b[8 : 8+size]
		}
		b = b[min(len(b), 8+size+size&1):]
	}
	return format, data
}

func write(t *testing.T, s *Sink, frames ...int32) {
	t.Helper()
	if _, err := s.Write(frames); err != nil {
		t.Fatal(err)
	}
}

func TestFileHoldsTheSamples(t *testing.T) {
	for _, c := range []struct {
		want   media.AudioFormat
		bits   int
		size   int // of the format chunk
		data   string
		frames []int32
	}{
		{media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}, 16, 16, "\x34\x12\xff\xff", []int32{0x1234_0000, -1 << 16}},
		{media.AudioFormat{Rate: 8000, Channels: 1, Bits: 8}, 16, 16, "\x00\x12", []int32{0x1200_0000}},
		{media.AudioFormat{Rate: 48000, Channels: 1, Bits: 20}, 24, 40, "\x56\x34\x12", []int32{0x1234_5600}},
		{media.AudioFormat{Rate: 96000, Channels: 3, Bits: 32}, 32, 40, "\x78\x56\x34\x12\x00\x00\x00\x00\xff\xff\xff\xff", []int32{0x1234_5678, 0, -1}},
	} {
		path := filepath.Join(t.TempDir(), "x.wav")
		s, got, err := New(path).Open(c.want)
		if err != nil {
			t.Fatal(err)
		}
		if got.Rate != c.want.Rate || got.Channels != c.want.Channels || got.Bits != c.bits {
			t.Errorf("%v: negotiated %v", c.want, got)
		}
		write(t, s, c.frames...)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		b, _ := os.ReadFile(path)
		format, data := parse(t, b)
		if len(format) != c.size || string(data) != c.data {
			t.Errorf("%v: format of %d bytes, data % x", c.want, len(format), data)
		}
		le := binary.LittleEndian
		if le.Uint16(format[14:]) != uint16(c.bits) || le.Uint16(format[12:]) != uint16(c.bits*c.want.Channels/8) {
			t.Errorf("%v: format % x", c.want, format)
		}
	}
}

// The format may change from track to track, and the file goes on; an odd
// size is padded at each end and unpadded at each start.
func TestSecondOpenAppendsInTheFirstFormat(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.wav")
	w := New(path)
	first := media.AudioFormat{Rate: 48000, Channels: 1, Bits: 24}
	s, _, err := w.Open(first)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.Open(first); err == nil {
		t.Error("opened twice at once")
	}
	write(t, s, 1<<8)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, v := range []int32{2 << 8, 3 << 8} {
		s, got, err := w.Open(media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16})
		if err != nil || got != first {
			t.Fatalf("negotiated %v, %v", got, err)
		}
		write(t, s, v)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	b, _ := os.ReadFile(path)
	if _, data := parse(t, b); string(data) != "\x01\x00\x00\x02\x00\x00\x03\x00\x00" {
		t.Errorf("data % x", data)
	}
}

// Cut off at any moment, the file is valid and at most a second short.
func TestHeaderIsKeptValidWhileWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.wav")
	f := media.AudioFormat{Rate: 1000, Channels: 1, Bits: 16}
	s, _, err := New(path).Open(f)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i := range 50 {
		if n, err := s.Write(make([]int32, 110)); n != 110 || err != nil {
			t.Fatal(n, err)
		}
		b, _ := os.ReadFile(path)
		told := int(binary.LittleEndian.Uint32(b[40:]))
		if have := 220 * (i + 1); told > have || have-told > 2000 {
			t.Fatalf("header tells %d of %d bytes", told, have)
		}
	}
}

func TestErrorsNameTheFile(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "no", "x.wav")
	_, _, err := New(missing).Open(media.AudioFormat{Rate: 1, Channels: 1, Bits: 16})
	if !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), missing) {
		t.Errorf("Open: %v", err)
	}
	for _, f := range []media.AudioFormat{{}, {Rate: 44100}, {Rate: -1, Channels: 2}, {Rate: 44100, Channels: 1 << 20}} {
		if _, _, err := New(missing).Open(f); err == nil || errors.Is(err, os.ErrNotExist) {
			t.Errorf("%+v: %v", f, err)
		}
	}
	full, _, err := New("/dev/full").Open(media.AudioFormat{Rate: 1, Channels: 1, Bits: 16})
	if err == nil {
		full.Close()
		t.Error("a full disk took the header")
	}
}

func TestPipeGetsAnEndlessHeader(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fifo")
	if out, err := exec.Command("mkfifo", path).CombinedOutput(); err != nil {
		t.Skipf("no named pipe can be made here: %v: %s", err, out)
	}
	got := make(chan []byte)
	go func() {
		b, _ := os.ReadFile(path)
		got <- b
	}()
	s, _, err := New(path).Open(media.AudioFormat{Rate: 1, Channels: 1, Bits: 16})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		write(t, s, 0x1234_0000)
	}
	if err := errors.Join(s.Drain(), s.Close()); err != nil {
		t.Fatal(err)
	}
	if b := <-got; len(b) != 50 || !bytes.Equal(b[40:], []byte("\xff\xff\xff\xff\x34\x12\x34\x12\x34\x12")) {
		t.Errorf("% x", b)
	}
}

func TestWriteDoesNotAllocate(t *testing.T) {
	s, _, err := New("/dev/null").Open(media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	p := make([]int32, 2048)
	if n := testing.AllocsPerRun(100, func() { s.Write(p) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
