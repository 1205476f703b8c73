package ffmpeg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Tools are the paths of the two programs.
type Tools struct{ FFmpeg, FFprobe string }

// ErrMissing says that FFmpeg is not installed.
var ErrMissing = errors.New("ffmpeg and ffprobe are not installed; on Debian: apt-get install ffmpeg")

// Find looks for the programs in the PATH.
func Find() (Tools, error) {
	f, err := exec.LookPath("ffmpeg")
	if err != nil {
		return Tools{}, ErrMissing
	}
	p, err := exec.LookPath("ffprobe")
	if err != nil {
		return Tools{}, ErrMissing
	}
	return Tools{f, p}, nil
}

// Input are the arguments that open a file for reading, whatever its name is.
func Input(file string) []string {
	if abs, err := filepath.Abs(file); err == nil {
		file = abs
	}
	return []string{"-protocol_whitelist", "file,pipe", "-i", "file:" + file}
}

// Output is the argument that names a file for writing.
func Output(file string) string {
	if abs, err := filepath.Abs(file); err == nil {
		file = abs
	}
	return "file:" + file
}

// A Process is a child that runs.
type Process struct {
	name string
	cmd  *exec.Cmd
	said tail
	once sync.Once
	done chan struct{}
	err  error
}

// Start starts a program. Its standard input is empty; stdout, which may be nil,
// takes its standard output. The child is killed when ctx is done.
func Start(ctx context.Context, stdout io.Writer, program string, args ...string) (*Process, error) {
	p := &Process{name: filepath.Base(program), cmd: exec.Command(program, args...), done: make(chan struct{})}
	p.cmd.Stdout, p.cmd.Stderr = stdout, &p.said
	p.cmd.WaitDelay = time.Second // a grandchild that keeps the pipes open does not keep Wait
	separate(p.cmd)
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("ffmpeg: %w", err)
	}
	stop := context.AfterFunc(ctx, p.Kill)
	go func() {
		err := p.cmd.Wait()
		stop()
		if err == nil || ctx.Err() == nil {
			p.err = p.explain(err)
		} else {
			p.err = ctx.Err()
		}
		close(p.done)
	}()
	return p, nil
}

// Kill ends the child, at once, and what it has started.
func (p *Process) Kill() { p.once.Do(func() { kill(p.cmd) }) }

// Done is closed when the child has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// Wait waits for the end of the child. Its error has what the child said last.
func (p *Process) Wait() error {
	<-p.done
	return p.err
}

func (p *Process) explain(err error) error {
	if err == nil {
		return nil
	}
	if s := p.said.last(); s != "" {
		return fmt.Errorf("%s: %s", p.name, s)
	}
	return fmt.Errorf("%s: %w", p.name, err)
}

// tailSize is how much of what a child says is kept.
const tailSize = 2 << 10

// A tail keeps the end of what is written to it.
type tail struct {
	mu   sync.Mutex
	text []byte
}

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, b...)
	if extra := len(t.text) - tailSize; extra > 0 {
		t.text = append(t.text[:0], t.text[extra:]...)
	}
	return len(b), nil
}

// last is the last line.
func (t *tail) last() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := strings.FieldsFunc(string(t.text), func(r rune) bool { return r == '\n' || r == '\r' })
	for i := len(lines) - 1; i >= 0; i-- {
		if s := strings.TrimSpace(lines[i]); s != "" {
			return s
		}
	}
	return ""
}
