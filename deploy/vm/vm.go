package vm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// answerWithin is how long QEMU has to start and to end, which takes it less than a
// second where nothing else runs. What is killed has not written all of its sound.
const answerWithin = time.Minute

// VM is a running board.
type VM struct {
	config Config
	cmd    *exec.Cmd
	input  io.WriteCloser // to the serial line
	serial *serial
	qmp    *monitor
	plugs  int // sticks that were plugged in

	said  bytes.Buffer  // by QEMU; to be read when ended is closed
	ended chan struct{} // closed when QEMU has
	err   error         // of its end
}

// Start starts a board. Whoever starts one closes it; when the context ends,
// QEMU is killed.
func Start(ctx context.Context, c Config) (*VM, error) {
	args, err := c.arguments()
	if err != nil {
		return nil, err
	}
	program, err := c.program()
	if err != nil {
		return nil, err
	}
	mine, its, err := socketPair()
	if err != nil {
		return nil, fmt.Errorf("vm: %w", err)
	}
	defer its.Close()
	v := &VM{config: c, serial: newSerial(), ended: make(chan struct{})}
	v.cmd = exec.CommandContext(ctx, program, args...)
	v.cmd.ExtraFiles = []*os.File{its} // it becomes file descriptor 3
	v.cmd.Stderr = &v.said
	v.cmd.WaitDelay = 5 * time.Second
	if err := v.run(); err != nil {
		mine.Close()
		return nil, err
	}
	greet, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	if v.qmp, err = newMonitor(greet, mine); err != nil {
		v.Close()
		return nil, fmt.Errorf("%w: %s", err, strings.TrimSpace(v.said.String()))
	}
	return v, nil
}

// program is the QEMU that has the board.
func (c Config) program() (string, error) {
	m, err := machineOf(c.Board)
	if err != nil || m.program == nil {
		return "qemu-system-arm", err
	}
	return m.program()
}

// run starts QEMU and what listens to it.
func (v *VM) run() error {
	log := v.config.Log
	if log == nil {
		log = io.Discard
	}
	input, err := v.cmd.StdinPipe()
	if err != nil {
		return fmt.Errorf("vm: %w", err)
	}
	output, w := io.Pipe()
	v.input, v.cmd.Stdout = input, io.MultiWriter(log, w)
	if err := v.cmd.Start(); err != nil {
		return fmt.Errorf("vm: %w", err)
	}
	read := make(chan struct{})
	go func() {
		v.serial.read(output)
		close(read)
	}()
	go func() {
		v.err = v.cmd.Wait()
		w.Close()
		<-read
		close(v.ended)
	}()
	return nil
}

// socketPair makes the two ends of a connection, one for a child process.
func socketPair() (net.Conn, *os.File, error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, nil, os.NewSyscallError("socketpair", err)
	}
	mine, its := os.NewFile(uintptr(fds[0]), "monitor"), os.NewFile(uintptr(fds[1]), "monitor")
	defer mine.Close() // the connection has a descriptor of its own
	conn, err := net.FileConn(mine)
	if err != nil {
		its.Close()
		return nil, nil, err
	}
	return conn, its, nil
}

// WaitFor waits for a line on the serial line that matches, and returns it.
// It looks at each line once: the next call goes on behind that line.
func (v *VM) WaitFor(ctx context.Context, re *regexp.Regexp) (Line, error) {
	return v.serial.wait(ctx, re)
}

// Lines returns all that came through the serial line until now.
func (v *VM) Lines() []Line { return v.serial.all() }

// Said is what QEMU itself has said, once it has ended: of a power cut, when it
// was.
func (v *VM) Said() string {
	<-v.ended
	return v.said.String()
}

// Write writes to the serial line.
func (v *VM) Write(b []byte) (int, error) { return v.input.Write(b) }

// Wait waits until the board is switched off, or restarts, which ends it as
// well.
func (v *VM) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return fmt.Errorf("vm: waiting for the end: %w", context.Cause(ctx))
	case <-v.ended:
	}
	if v.err != nil {
		return fmt.Errorf("vm: QEMU: %w: %s", v.err, strings.TrimSpace(v.said.String()))
	}
	return nil
}

// CPU is how much of the processor QEMU has taken. With Config.Skip that is what
// tells how far the board is, on whatever machine and beside whatever else.
func (v *VM) CPU() (time.Duration, error) {
	select {
	case <-v.ended:
		return v.cmd.ProcessState.UserTime() + v.cmd.ProcessState.SystemTime(), nil
	default:
	}
	return cpuTime(fmt.Sprintf("/proc/%d/stat", v.cmd.Process.Pid))
}

// cpuTime reads proc(5)'s stat: the name in it is in brackets, utime and stime are
// the 12th and 13th field behind it.
func cpuTime(stat string) (time.Duration, error) {
	b, err := os.ReadFile(stat)
	if err != nil {
		return 0, fmt.Errorf("vm: %w", err)
	}
	f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
	if len(f) < 13 {
		return 0, fmt.Errorf("vm: %s: %d fields", stat, len(f))
	}
	user, err := strconv.ParseInt(f[11], 10, 64)
	system, serr := strconv.ParseInt(f[12], 10, 64)
	return time.Duration(user+system) * (time.Second / ticksPerSecond), errors.Join(err, serr)
}

// ticksPerSecond is USER_HZ.
const ticksPerSecond = 100

// Close pulls the plug, if the board is still running, and waits until
// everything is written: the log, the WAV file.
func (v *VM) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), answerWithin)
	defer cancel()
	if v.qmp != nil {
		defer v.qmp.conn.Close()
		if err := v.qmp.do(ctx, "quit", nil, nil); err != nil && !errors.Is(err, errGone) {
			v.cmd.Process.Kill()
		}
	} else {
		v.cmd.Process.Kill()
	}
	if err := v.Wait(ctx); err != nil && ctx.Err() != nil {
		v.cmd.Process.Kill()
		<-v.ended
		return err
	}
	return nil
}
