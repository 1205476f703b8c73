package aotest

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"linnet/player/media"
)

// sinkName is the only sink of a Server.
const sinkName = "linnet_test"

// Server is a private PulseAudio daemon. Its one sink, the default, is a
// null sink: it takes sound in real time, and what it takes can be recorded.
type Server struct {
	t      *testing.T
	format media.AudioFormat
	dir    string
	socket string
	cmd    *exec.Cmd
	log    lockedBuffer
	exited chan struct{}
}

// Start runs a server whose sink has the given format (16 bits: format.Bits
// is not looked at) until the test ends, and points PULSE_SERVER at it, so
// that this process and its children play there. Where pulseaudio is not
// installed the test is skipped.
func Start(t *testing.T, format media.AudioFormat) *Server {
	t.Helper()
	for _, tool := range []string{"pulseaudio", "pactl", "parec"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed; try: apt-get install pulseaudio pulseaudio-utils", tool)
		}
	}
	dir, err := os.MkdirTemp("", "pulse") // short, as a socket's path must be
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	s := &Server{t: t, format: format, dir: dir, socket: filepath.Join(dir, "native")}
	s.run()
	t.Cleanup(s.Kill)
	t.Setenv("PULSE_SERVER", "unix:"+s.socket)
	t.Setenv("PULSE_SINK", sinkName)
	t.Setenv("XDG_RUNTIME_DIR", dir)
	s.waitUntilReady()
	return s
}

// run starts the daemon. Its sink does not rewind: a rewind changes what will
// be heard, but not what a recording already has.
func (s *Server) run() {
	s.exited = make(chan struct{})
	s.cmd = exec.Command("pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--system=false",
		"--exit-idle-time=-1", "--disallow-exit", "--disable-shm=yes",
		"-L", fmt.Sprintf("module-null-sink sink_name=%s format=s16le rate=%d channels=%d norewinds=1", sinkName, s.format.Rate, s.format.Channels),
		"-L", "module-native-protocol-unix auth-anonymous=1 socket="+s.socket)
	s.cmd.Env = append(os.Environ(), "HOME="+s.dir, "XDG_RUNTIME_DIR="+s.dir, "XDG_CONFIG_HOME="+s.dir)
	s.cmd.Stderr = &s.log
	s.cmd.WaitDelay = time.Second // a child may hold on to its stderr
	if err := s.cmd.Start(); err != nil {
		s.t.Fatalf("pulseaudio: %v", err)
	}
	cmd, exited := s.cmd, s.exited
	go func() {
		cmd.Wait()
		close(exited)
	}()
}

// waitUntilReady waits until the server answers. Its socket is no sign of that: it
// has a name before anyone listens at it, on a busy machine long before.
func (s *Server) waitUntilReady() {
	s.t.Helper()
	for deadline := time.Now().Add(startTime); ; time.Sleep(20 * time.Millisecond) {
		err := answers(s.socket)
		if err == nil {
			return
		}
		select {
		case <-s.exited:
			s.t.Fatalf("pulseaudio ended at once:\n%s", s.log.String())
		default:
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("pulseaudio does not come up: %v\n%s", err, s.log.String())
		}
	}
}

// startTime is how long a server or a recorder may take on the busiest machine.
const startTime = 2 * time.Minute

// answers asks the server at a socket who it is.
func answers(socket string) error {
	c, err := net.Dial("unix", socket)
	if err != nil {
		return err
	}
	c.Close()
	ctx, cancel := context.WithTimeout(context.Background(), startTime)
	defer cancel()
	if out, err := exec.CommandContext(ctx, "pactl", "--server=unix:"+socket, "info").CombinedOutput(); err != nil {
		return fmt.Errorf("pactl info: %w: %s", err, out)
	}
	return nil
}

// Kill ends the server at once, as a crash would.
func (s *Server) Kill() {
	s.cmd.Process.Kill()
	<-s.exited
}

// Restart starts a server that was killed again, in its place.
func (s *Server) Restart() {
	s.t.Helper()
	os.Remove(s.socket)
	s.run()
	s.waitUntilReady()
}

// A Recording is what a Server's sink plays.
type Recording struct {
	s    *Server
	cmd  *exec.Cmd
	log  lockedBuffer
	got  lockedBuffer
	done chan error
}

// Record starts to record, and returns when the recording runs.
func (s *Server) Record() *Recording {
	s.t.Helper()
	r := &Recording{s: s, done: make(chan error, 1)}
	r.cmd = exec.Command("parec", "--raw", "--device="+sinkName+".monitor", "--format=s16le", "--latency-msec=50",
		fmt.Sprintf("--rate=%d", s.format.Rate), fmt.Sprintf("--channels=%d", s.format.Channels))
	r.cmd.Stdout, r.cmd.Stderr = &r.got, &r.log
	if err := r.cmd.Start(); err != nil {
		s.t.Fatalf("parec: %v", err)
	}
	go func() { r.done <- r.cmd.Wait() }()
	for deadline := time.Now().Add(startTime); r.got.Len() == 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			r.cmd.Process.Kill()
			s.t.Fatalf("parec records nothing: %v\n%s\n%s", <-r.done, r.log.String(), s.log.String())
		}
	}
	return r
}

// Stop ends the recording a second later, so that what the sink plays now
// is on it, and returns the samples.
func (r *Recording) Stop() []int16 {
	time.Sleep(time.Second)
	r.cmd.Process.Signal(os.Interrupt)
	select {
	case <-r.done:
	case <-time.After(10 * time.Second):
		r.cmd.Process.Kill()
		<-r.done
	}
	b := r.got.Bytes()
	samples := make([]int16, len(b)/2)
	for i := range samples {
		samples[i] = int16(binary.LittleEndian.Uint16(b[2*i:]))
	}
	return samples
}

// Signal is frames of a 16-bit test signal, left-justified, in which no
// stretch of a few frames is silent or like another one: where each frame
// went can be told from a recording.
func Signal(frames, channels int) []int32 {
	p := make([]int32, frames*channels)
	x := uint32(1)
	for i := range p {
		x = x*1664525 + 1013904223
		v := int32(x) >> 18 // a quarter of full scale
		p[i] = (v | 1) << 16
	}
	return p
}

// Gapless records what play, which returns when all was heard, has the sink
// play, and fails unless it is exactly the upper 16 bits of want, all of
// them, in one piece between silence.
//
// A machine that is too busy to keep up in real time makes a gap of silence,
// in which nothing is lost; then play is called again, for some minutes.
func (s *Server) Gapless(want []int32, play func()) {
	s.t.Helper()
	deadline := time.Now().Add(busyTime)
	for attempt := 1; ; attempt++ {
		rec := s.Record()
		play()
		late, err := Compare(rec.Stop(), want)
		if err == nil {
			return
		}
		if !late || attempt >= 6 && time.Now().After(deadline) {
			s.t.Fatal(err)
		}
		s.t.Logf("attempt %d: %v", attempt, err)
	}
}

// busyTime is for how long a machine may be too busy to keep up.
const busyTime = 3 * time.Minute

// Compare tells how a recording differs from the upper 16 bits of want
// between silence. It says late where the one difference is silence inserted
// into complete sound.
func Compare(got []int16, want []int32) (late bool, err error) {
	got = trim(got)
	if len(got) == 0 {
		return false, errors.New("the recording is silent")
	}
	for i := range min(len(got), len(want)) {
		if int32(got[i]) != want[i]>>16 {
			err := fmt.Errorf("sample %d of %d is %d, want %d: %s", i, len(want), got[i], want[i]>>16, goesOn(got[i:], want, i))
			return slices.Equal(sound(got), upper(want)), err
		}
	}
	if len(got) != len(want) {
		return false, fmt.Errorf("%d samples of sound, want %d", len(got), len(want))
	}
	return false, nil
}

// End says from which of want's samples on a recording has them, all up to the
// end, and how many samples of silence are between them: gaps, on a machine that
// is too busy to keep up in real time.
func End(got []int16, want []int32) (from, silent int, err error) {
	whole := trim(got)
	got = sound(whole)
	silent = len(whole) - len(got)
	from = len(want) - len(got)
	if len(got) == 0 || from < 0 {
		return 0, silent, fmt.Errorf("%d samples of sound, of %d", len(got), len(want))
	}
	for i, v := range got {
		if int32(v) != want[from+i]>>16 {
			return 0, silent, fmt.Errorf("sample %d of %d before the end is %d, want %d: %s", len(got)-i, len(got), v, want[from+i]>>16, goesOn(got[i:], want, from+i))
		}
	}
	return from, silent, nil
}

// trim cuts the silence off both ends.
func trim(p []int16) []int16 {
	for len(p) > 0 && p[0] == 0 {
		p = p[1:]
	}
	for len(p) > 0 && p[len(p)-1] == 0 {
		p = p[:len(p)-1]
	}
	return p
}

// sound is p without any silence.
func sound(p []int16) []int16 {
	var out []int16
	for _, v := range p {
		if v != 0 {
			out = append(out, v)
		}
	}
	return out
}

// upper is the upper 16 bits of the samples that are not 0 there.
func upper(p []int32) []int16 {
	out := make([]int16, len(p))
	for i, v := range p {
		out[i] = int16(v >> 16)
	}
	return sound(out)
}

// goesOn tells where in want the sound of got is taken up again; what was
// expected is at sample at.
func goesOn(got []int16, want []int32, at int) string {
	silence := 0
	for silence < len(got) && got[silence] == 0 {
		silence++
	}
	const enough = 8 // samples make a place unique
	if len(got) < silence+enough {
		return "nothing follows"
	}
	for i := range len(want) - enough {
		j := 0
		for j < enough && int32(got[silence+j]) == want[i+j]>>16 {
			j++
		}
		if j == enough {
			return fmt.Sprintf("%d samples of silence, then it goes on %+d samples from there", silence, i-at)
		}
	}
	return fmt.Sprintf("%d samples of silence, then something else", silence)
}

// lockedBuffer is a bytes.Buffer that one goroutine may read while another
// writes.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

var _ io.Writer = (*lockedBuffer)(nil)

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Len()
}

func (l *lockedBuffer) String() string { return string(l.Bytes()) }

func (l *lockedBuffer) Bytes() []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	return bytes.Clone(l.b.Bytes())
}
