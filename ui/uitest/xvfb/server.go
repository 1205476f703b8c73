//go:build linux

package xvfb

import (
	"bufio"
	"bytes"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Size is the X screen's, with 24 bits a pixel.
var Size = image.Pt(1280, 1024)

// patience is how long a test waits for the server or a program on it.
const patience = time.Minute

// Server is a running X server. It ends with the test.
type Server struct {
	Display string // ":99"

	t      testing.TB
	buffer string // the file that holds the frame buffer
}

// Start runs a server on a display that is free. It skips the test where
// Xvfb or xdotool is not installed.
func Start(t testing.TB) *Server {
	t.Helper()
	for program, name := range map[string]string{"Xvfb": "xvfb", "xdotool": "xdotool"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not installed (Debian package %s), so nothing can be shown", program, name)
		}
	}
	dir := t.TempDir()
	numbers, tell, err := os.Pipe()
	if err != nil {
		t.Fatalf("xvfb: %v", err)
	}
	defer numbers.Close()
	var log bytes.Buffer
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", Size.X, Size.Y),
		"-nolisten", "tcp", "-noreset", "-fbdir", dir)
	cmd.ExtraFiles, cmd.Stderr = []*os.File{tell}, &log
	ended, err := start(cmd)
	tell.Close()
	if err != nil {
		t.Fatalf("xvfb: %v", err)
	}
	t.Cleanup(func() { stop(cmd, ended) })
	numbers.SetReadDeadline(time.Now().Add(patience))
	line, err := bufio.NewReader(numbers).ReadString('\n')
	if err != nil {
		stop(cmd, ended)
		t.Fatalf("xvfb: the server named no display: %v\n%s", err, log.Bytes())
	}
	return &Server{":" + strings.TrimSpace(line), t, filepath.Join(dir, "Xvfb_screen0")}
}

// start starts the server so that a test that is killed takes it along. The
// kernel ties this to the thread that starts it, not to the process, so that
// thread is kept until the server has ended.
func start(cmd *exec.Cmd) (ended <-chan struct{}, err error) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	started, done := make(chan error), make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer close(done)
		err := cmd.Start()
		started <- err
		if err == nil {
			cmd.Wait()
		}
	}()
	return done, <-started
}

// stop ends the server, by force where asking does not help.
func stop(cmd *exec.Cmd, ended <-chan struct{}) {
	cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-ended:
	case <-time.After(patience):
		cmd.Process.Kill()
		<-ended
	}
}

// Env is the environment for a program that shall open its window here.
func (s *Server) Env() []string {
	return append(os.Environ(), "DISPLAY="+s.Display, "WAYLAND_DISPLAY=", "SDL_VIDEODRIVER=x11")
}

// Setenv makes the test's own process open its windows here.
func (s *Server) Setenv() {
	s.t.Setenv("DISPLAY", s.Display)
	s.t.Setenv("WAYLAND_DISPLAY", "")
	s.t.Setenv("SDL_VIDEODRIVER", "x11")
}

// Screenshot is what the X screen shows now.
func (s *Server) Screenshot() *image.RGBA {
	s.t.Helper()
	data, err := os.ReadFile(s.buffer)
	if err != nil {
		s.t.Fatalf("xvfb: %v", err)
	}
	m, err := decodeXWD(data)
	if err != nil {
		s.t.Fatalf("xvfb: %s: %v", s.buffer, err)
	}
	return m
}

// Wait takes screenshots until ok is content with one, and returns that. After
// a minute it returns the last, and false.
func (s *Server) Wait(ok func(*image.RGBA) bool) (*image.RGBA, bool) {
	s.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		m := s.Screenshot()
		if ok(m) {
			return m, true
		}
		if time.Now().After(end) {
			return m, false
		}
	}
}

// Window waits for a window with this title and says where its inside is.
func (s *Server) Window(title string) image.Rectangle {
	s.t.Helper()
	out := s.xdotool("search", "--sync", "--onlyvisible", "--limit", "1", "--name", title,
		"getwindowgeometry", "--shell")
	at := make(map[string]int)
	for _, line := range strings.Fields(out) {
		name, value, _ := strings.Cut(line, "=")
		at[name], _ = strconv.Atoi(value)
	}
	corner := image.Pt(at["X"], at["Y"])
	r := image.Rectangle{Min: corner, Max: corner.Add(image.Pt(at["WIDTH"], at["HEIGHT"]))}
	if r.Empty() {
		s.t.Fatalf("xvfb: no window %q: %s", title, out)
	}
	return r
}

// Resize changes the size of the window with this title.
func (s *Server) Resize(title string, size image.Point) {
	s.t.Helper()
	s.xdotool("search", "--sync", "--onlyvisible", "--limit", "1", "--name", title,
		"windowsize", "--sync", strconv.Itoa(size.X), strconv.Itoa(size.Y))
}

// Key presses and releases keys by their X names ("Return", "plus", "ctrl+q").
func (s *Server) Key(names ...string) {
	s.t.Helper()
	s.xdotool(append([]string{"key"}, names...)...)
}

// KeyDown presses a key and holds it.
func (s *Server) KeyDown(name string) {
	s.t.Helper()
	s.xdotool("keydown", name)
}

// KeyUp releases a key.
func (s *Server) KeyUp(name string) {
	s.t.Helper()
	s.xdotool("keyup", name)
}

// Move moves the pointer to a place of the X screen.
func (s *Server) Move(p image.Point) {
	s.t.Helper()
	s.xdotool(move(p)...)
}

// Click presses and releases a button (1 left, 2 middle, 3 right, 4 wheel up,
// 5 wheel down) at a place of the X screen.
func (s *Server) Click(p image.Point, button int) {
	s.t.Helper()
	s.xdotool(append(move(p), "click", strconv.Itoa(button))...)
}

// Drag presses the left button at the first place, moves through the others and
// releases it at the last.
func (s *Server) Drag(from image.Point, to ...image.Point) {
	s.t.Helper()
	args := append(move(from), "mousedown", "1")
	for _, p := range to {
		args = append(append(args, move(p)...), "sleep", "0.02")
	}
	s.xdotool(append(args, "mouseup", "1")...)
}

func move(p image.Point) []string {
	return []string{"mousemove", strconv.Itoa(p.X), strconv.Itoa(p.Y)}
}

// xdotool runs one chain of its commands.
func (s *Server) xdotool(args ...string) string {
	s.t.Helper()
	cmd := exec.CommandContext(s.t.Context(), "timeout", append([]string{strconv.Itoa(int(patience.Seconds())), "xdotool"}, args...)...)
	cmd.Env = s.Env()
	out, err := cmd.CombinedOutput()
	if err != nil {
		s.t.Fatalf("xvfb: xdotool %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}
