//go:build unix

package pipe

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"linnet/player/ao/wav"
	"linnet/player/media"
)

// Target is where the sound goes, and how.
type Target struct {
	Command string // for the shell; or
	FIFO    string // the path of a FIFO, which is there
	WAV     bool   // a header comes first
	// Format is what the reader expects, field by field; 0 gives it what is
	// wanted.
	Format media.AudioFormat
}

// Parse reads what follows "pipe:" in a spec: options, and then a path, which
// is a FIFO's if there is a FIFO or with a slash in front, or else a command.
//
//	[wav,][rate=N,][channels=N,][bits=N,]TARGET
func Parse(arg string) (t Target, err error) {
	for {
		head, rest, more := strings.Cut(arg, ",")
		name, value, isSet := strings.Cut(head, "=")
		field := map[string]*int{"rate": &t.Format.Rate, "channels": &t.Format.Channels, "bits": &t.Format.Bits}[name]
		switch {
		case more && head == "wav":
			t.WAV = true
		case more && isSet && field != nil:
			if _, err := fmt.Sscanf(value+"\n", "%d\n", field); err != nil || *field < 1 {
				return t, fmt.Errorf("pipe: %s is no number", head)
			}
		default:
			return t, t.aim(arg)
		}
		arg = rest
	}
}

func (t *Target) aim(name string) error {
	if t.Format.Bits > 32 || t.Format.Channels > 64 {
		return fmt.Errorf("pipe: nothing takes %d channels of %d bits", t.Format.Channels, t.Format.Bits)
	}
	if name == "" {
		return errors.New("pipe: a command or a FIFO is needed, as in pipe:'aplay -f cd' or pipe:/tmp/snapfifo")
	}
	info, err := os.Stat(name)
	switch {
	case err == nil && info.Mode()&os.ModeNamedPipe != 0:
		t.FIFO = name
	case err == nil && info.Mode().IsRegular() && info.Mode()&0o111 == 0:
		return fmt.Errorf("pipe: %s is a file; wav:%s writes one", name, name)
	default:
		t.Command = name
	}
	return nil
}

const (
	// period is how long a Write waits for the reader.
	period = 20 * time.Millisecond
	// patience is how long a reader may take nothing while it is to take the
	// last, and how long a command may take to end then.
	patience = 5 * time.Second
)

// Sink is an open pipe. It meets the contract of the player's AudioSink.
type Sink struct {
	w      *os.File
	cmd    *exec.Cmd // nil: a FIFO
	exited chan error
	format media.AudioFormat
	encode func([]byte, []int32) []byte
	buf    []byte // encoded, and not yet written: the rest of what Write took
	err    error
}

var errClosed = errors.New("pipe: the sink is closed")

// Open starts the command, or opens the FIFO, which must have a reader. The
// format returned has Bits 16, 24 or 32.
func (t Target) Open(want media.AudioFormat) (*Sink, media.AudioFormat, error) {
	f := want
	for _, o := range []struct{ field, by *int }{{&f.Rate, &t.Format.Rate}, {&f.Channels, &t.Format.Channels}, {&f.Bits, &t.Format.Bits}} {
		if *o.by > 0 {
			*o.field = *o.by
		}
	}
	if f.Rate < 1 || f.Channels < 1 {
		return nil, want, fmt.Errorf("pipe: cannot play %v", want)
	}
	f.Bits = min((max(f.Bits, 9)+7)/8*8, 32)
	s := &Sink{format: f, encode: wav.Encoder(f)}
	if err := s.connect(t); err != nil {
		return nil, want, err
	}
	if t.WAV {
		s.buf = append(s.buf, wav.Header(f, -1)...)
	}
	return s, f, nil
}

func (s *Sink) connect(t Target) (err error) {
	if t.FIFO != "" {
		// Without O_NONBLOCK this would wait for a reader for ever. One that
		// has seen the end of the stream before may take a while to come back.
		for since := time.Now(); ; time.Sleep(period) {
			s.w, err = os.OpenFile(t.FIFO, os.O_WRONLY|syscall.O_NONBLOCK, 0)
			if !errors.Is(err, syscall.ENXIO) {
				break
			}
			if time.Since(since) > patience {
				return fmt.Errorf("pipe: nobody reads %s", t.FIFO)
			}
		}
		if err != nil {
			return fmt.Errorf("pipe: %w", err)
		}
		return nil
	}
	s.cmd = exec.Command("sh", "-c", t.Command)
	s.cmd.Stderr = os.Stderr
	r, w, err := os.Pipe()
	if err != nil {
		return fmt.Errorf("pipe: %w", err)
	}
	s.cmd.Stdin = r
	err = s.cmd.Start()
	r.Close()
	if err != nil {
		w.Close()
		return fmt.Errorf("pipe: %w", err)
	}
	s.w, s.exited = w, make(chan error, 1)
	go func() { s.exited <- s.cmd.Wait() }()
	return nil
}

// Write hands frames to the reader, and waits for it for a period at most.
func (s *Sink) Write(frames []int32) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	if err := s.flush(period); err != nil || len(s.buf) > 0 {
		return 0, err
	}
	n := min(len(frames)/s.format.Channels, int(s.format.Frames(period))+1)
	s.buf = s.encode(s.buf, frames[:n*s.format.Channels])
	return n, s.flush(period)
}

// flush writes what is encoded, as far as the reader takes it in a time.
func (s *Sink) flush(wait time.Duration) error {
	if len(s.buf) == 0 {
		return nil
	}
	s.w.SetWriteDeadline(time.Now().Add(wait))
	n, err := s.w.Write(s.buf)
	s.buf = s.buf[:copy(s.buf, s.buf[n:])]
	switch {
	case err == nil || errors.Is(err, os.ErrDeadlineExceeded):
		return nil
	case errors.Is(err, syscall.EPIPE):
		s.err = fmt.Errorf("pipe: the reader has gone: %w", err)
	default:
		s.err = fmt.Errorf("pipe: %w", err)
	}
	return s.err
}

// Delay is what the reader has not taken of what Write did.
func (s *Sink) Delay() (time.Duration, error) {
	frame := s.format.Channels * s.format.Bits / 8
	return s.format.Duration(int64(len(s.buf) / frame)), s.err
}

// Drop discards what the reader has not taken, but for the rest of a frame that
// it has begun.
func (s *Sink) Drop() error {
	if s.err != nil {
		return s.err
	}
	frame := s.format.Channels * s.format.Bits / 8
	s.buf = s.buf[:len(s.buf)%frame]
	return nil
}

// Drain waits until the reader has taken all.
func (s *Sink) Drain() error {
	if s.err != nil {
		return s.err
	}
	for last, since := len(s.buf), time.Now(); len(s.buf) > 0; {
		if err := s.flush(period); err != nil {
			return err
		}
		if len(s.buf) < last {
			last, since = len(s.buf), time.Now()
		}
		if time.Since(since) > patience {
			s.err = errors.New("pipe: the reader takes nothing")
			return s.err
		}
	}
	return nil
}

// Close ends the stream. A command is given time to play what it has; how it
// ended is the error.
func (s *Sink) Close() error {
	if s.err == errClosed {
		return nil
	}
	s.err = errClosed
	err := s.w.Close()
	if s.cmd == nil {
		return err
	}
	select {
	case err = <-s.exited:
	case <-time.After(patience):
		s.cmd.Process.Kill()
		err = errors.Join(fmt.Errorf("it does not end"), <-s.exited)
	}
	if err != nil && !errors.Is(err, io.ErrClosedPipe) {
		return fmt.Errorf("pipe: %s: %w", s.cmd.Args[2], err)
	}
	return nil
}
