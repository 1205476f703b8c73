//go:build linux

package initd

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// reaping is a reaper for the time of the test, which inherits orphans as
// process 1 does.
func reaping(t *testing.T) *reaper {
	t.Helper()
	if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
		t.Fatal(err)
	}
	r, stop, done := newReaper(), make(chan struct{}), make(chan struct{})
	go func() {
		r.run(stop)
		close(done)
	}()
	t.Cleanup(func() {
		close(stop)
		<-done
		unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
	})
	return r
}

// child starts this program as a player that behaves as told, and returns
// where its output is read.
func child(t *testing.T, r *reaper, how string) (*process, *os.File) {
	t.Helper()
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	t.Cleanup(func() { in.Close() })
	p, err := r.start("/proc/self/exe", []string{"linnet"}, []string{helperEnv + "=" + how}, out)
	if err != nil {
		t.Fatal(err)
	}
	return p, in
}

func ending(t *testing.T, p *process) status {
	t.Helper()
	select {
	case s := <-p.done:
		return s
	case <-time.After(time.Minute):
		t.Fatalf("process %d does not end", p.pid)
		return status{}
	}
}

func TestProcess(t *testing.T) {
	r := reaping(t)
	for how, want := range map[string]string{"exit 0": "status 0", "exit 7": "status 7", "die": "signal SIGKILL"} {
		p, _ := child(t, r, how)
		if s := ending(t, p); s.String() != want {
			t.Errorf("%s: %v, want %s", how, s, want)
		}
	}
	p, in := child(t, r, "say hello")
	all, err := io.ReadAll(in)
	if err != nil || string(all) != "hello\nand an error\n" {
		t.Errorf("said %q, %v", all, err)
	}
	ending(t, p)
}

func TestProcessNotThere(t *testing.T) {
	p, err := newReaper().start("/no/such/program", []string{"x"}, nil, os.Stderr)
	if err == nil || !strings.Contains(err.Error(), "/no/such/program") {
		t.Errorf("%v, %v; want an error with the path", p, err)
	}
}

// TestOrphan has a player leave a child behind: it must be reaped.
func TestOrphan(t *testing.T) {
	r := reaping(t)
	p, in := child(t, r, "orphan")
	all, _ := io.ReadAll(in)
	ending(t, p)
	var pid int
	if n, err := fmt.Sscan(string(all), &pid); n != 1 || err != nil {
		t.Fatalf("the player said %q", all)
	}
	for end := time.Now().Add(time.Minute); unix.Kill(pid, 0) != unix.ESRCH; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("orphan %d was not reaped", pid)
		}
	}
}
