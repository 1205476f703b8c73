//go:build linux

package initd

import (
	"fmt"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// helperEnv names what the test's program is to be instead of the test: a
// player, or process 1.
const helperEnv = "INITD_TEST_HELPER"

func TestMain(m *testing.M) {
	if os.Getpid() == 1 && os.Getenv(helperEnv) == "init" {
		beProcess1()
	}
	if helper := os.Getenv(helperEnv); helper != "" {
		bePlayer(helper)
	}
	if len(os.Args) > 1 && (os.Args[1] == "appliance" || os.Args[1] == "once") { // of process 1, which gives no environment
		bePlayer(os.Args[1])
	}
	os.Exit(m.Run())
}

// bePlayer is a child process that behaves as told.
func bePlayer(how string) {
	verb, arg, _ := strings.Cut(how, " ")
	switch verb {
	case "say":
		fmt.Println(arg)
		fmt.Fprintln(os.Stderr, "and an error")
	case "exit":
		var n int
		fmt.Sscan(arg, &n)
		os.Exit(n)
	case "die":
		signal.Reset(unix.SIGTERM)
		unix.Kill(os.Getpid(), unix.SIGKILL)
		select {}
	case "deaf": // to SIGTERM
		signal.Ignore(unix.SIGTERM)
		fmt.Println("deaf")
		time.Sleep(time.Minute)
	case "sleep":
		fmt.Println("sleeping")
		time.Sleep(time.Minute)
	case "orphan": // leaves a child behind and says who
		pid, err := syscall.ForkExec("/proc/self/exe", []string{"orphan"}, &syscall.ProcAttr{Env: []string{helperEnv + "=exit 0"}})
		fmt.Println(pid, err)
	case "appliance", "once":
		playInNamespace()
	}
	os.Exit(0)
}

// said collects what a part says.
type said struct {
	mu    sync.Mutex
	lines []string
}

func (s *said) say(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, fmt.Sprintf(format, args...))
}

func (s *said) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.lines, "\n")
}

// record is a system that does nothing and writes down what it was to do.
type record struct {
	said
	fail map[string]error // by the beginning of a line
}

func (r *record) do(format string, args ...any) error {
	line := fmt.Sprintf(format, args...)
	r.say("%s", line)
	for begin, err := range r.fail {
		if strings.HasPrefix(line, begin) {
			return err
		}
	}
	return nil
}

func (r *record) mount(source, target, kind string, flags uintptr, data string) error {
	access := "rw"
	if flags&unix.MS_RDONLY != 0 {
		access = "ro"
	}
	if flags&unix.MS_REMOUNT != 0 {
		return r.do("remount %s %s", target, access)
	}
	return r.do("mount %s %s %s %s %s", target, kind, source, access, data)
}

func (r *record) unmount(target string, flags int) error {
	if flags&unix.MNT_DETACH != 0 {
		return r.do("detach %s", target)
	}
	return r.do("unmount %s", target)
}

func (r *record) sethostname(name string) error { return r.do("hostname %s", name) }
func (r *record) settime(t time.Time) error     { return r.do("time %s", t.UTC().Format(time.DateTime)) }
func (r *record) sync()                         { r.do("sync") }
func (r *record) kill(pid int, sig unix.Signal) error {
	return r.do("kill %d %s", pid, unix.SignalName(sig))
}
func (r *record) reboot(cmd int) error    { return r.do("reboot %#x", cmd) }
func (r *record) chroot(dir string) error { return r.do("chroot %s", dir) }
func (r *record) exec(path string) error  { return r.do("exec %s", path) }
