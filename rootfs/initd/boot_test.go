//go:build linux

package initd

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestIdentify(t *testing.T) {
	for _, c := range []struct {
		line, image, title string
		bad                int
	}{
		{"linnet.board=smdk2410", "", "Samsung SMDK2410", 0},
		{"quiet", "smdk2410", "Samsung SMDK2410", 0},
		{"linnet.board=smdk2410", "qemu-sx1", "Samsung SMDK2410", 0},
		{"linnet.board=mini2440", "smdk2410", "an unknown board", 1},
		{"linnet.bord=smdk2410", "", "a board without a name", 2},
	} {
		_, b, bad := identify(c.line, c.image)
		bad = slices.DeleteFunc(bad, func(err error) bool { return err == nil })
		if b.Title != c.title || len(bad) != c.bad {
			t.Errorf("%s, %q: %+v, %v", c.line, c.image, b, bad)
		}
	}
}

// TestService has a part fail: the process goes on.
func TestService(t *testing.T) {
	var log said
	m := newMachine(Config{}, &record{})
	m.journal = testJournal(t, &log)
	m.service("trouble", func() { panic("broken") })
	within(t, time.Minute, func() bool { return strings.Contains(log.text(), "initd: trouble: broken") })
}

// namespaced is the kernel, without what would reach out of a namespace or
// needs one more to be tried.
type namespaced struct{ kernel }

func (namespaced) settime(time.Time) error { return nil }

// mount has a file system in memory be the devices, with the one that the
// player's start needs.
func (namespaced) mount(source, target, kind string, flags uintptr, data string) error {
	if kind == "devtmpfs" {
		kind = "tmpfs"
	}
	if err := unix.Mount(source, target, kind, flags, data); err != nil || target != "/dev" {
		return err
	}
	return unix.Mknod("/dev/null", unix.S_IFCHR|0o666, int(unix.Mkdev(1, 3)))
}

// beProcess1 is process 1 of a namespace, with the folder that it is told for a
// root. What it says goes to the standard output.
func beProcess1() {
	if err := enterFolder(os.Getenv("INITD_TEST_ROOT")); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	m := newMachine(Config{Version: "1"}, namespaced{})
	m.boot("/cmdline", func() io.Writer { return os.Stdout })
	fmt.Println(mountTable())
	fmt.Println(m.live())
	os.Exit(1)
}

// enterFolder makes a folder the root, with what this program needs if it is
// no static one. Nothing that is mounted from here on is seen outside.
func enterFolder(dir string) error {
	err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, "")
	if err == unix.EINVAL {
		// In a chroot / is no mount: then the folder becomes one.
		if err = unix.Mount(dir, dir, "", unix.MS_BIND, ""); err == nil {
			err = unix.Mount("", dir, "", unix.MS_PRIVATE, "")
		}
	}
	if err != nil {
		return err
	}
	for _, lib := range []string{"/lib", "/lib64", "/usr"} {
		if _, err := os.Stat(lib); err != nil {
			continue
		}
		if err := os.MkdirAll(dir+lib, 0o755); err != nil {
			return err
		}
		if err := unix.Mount(lib, dir+lib, "", unix.MS_BIND, ""); err != nil {
			return err
		}
	}
	if err := unix.Chroot(dir); err != nil {
		return err
	}
	return os.Chdir("/")
}

// playInNamespace is the player of that process: the second of its lives asks,
// by its status, for a power off.
func playInNamespace() {
	host, _ := os.Hostname()
	fmt.Printf("%q on %s\n", os.Args[1:], host)
	if os.Args[1] == "once" {
		os.Exit(3)
	}
	if os.WriteFile(stateDir+"/second", nil, 0o644) == nil && os.Mkdir(stateDir+"/first", 0o755) == nil {
		os.Exit(1)
	}
	os.Exit(StatusPowerOff)
}

// process1 runs it with a command line and returns what it said and how it
// ended.
func process1(t *testing.T, cmdline string) (string, syscall.WaitStatus) {
	t.Helper()
	root := t.TempDir()
	self, err := os.ReadFile("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(root, "bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "bin/linnet"), self, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "cmdline"), []byte(cmdline), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = []string{helperEnv + "=init", "INITD_TEST_ROOT=" + root}
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: unix.CLONE_NEWPID | unix.CLONE_NEWNS | unix.CLONE_NEWUTS | unix.CLONE_NEWNET | unix.CLONE_NEWIPC,
	}
	out, err := cmd.CombinedOutput()
	if os.IsPermission(err) {
		t.Skipf("a namespace needs root: %v", err)
	}
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.Sys().(syscall.WaitStatus)
}

// TestProcess1 boots in a namespace, with the kernel's own calls: the file
// systems, the player that falls over and comes back, the end.
func TestProcess1(t *testing.T) {
	out, how := process1(t, `linnet.board=qemu-sx1 linnet.hostname=kitchen linnet.args="--x 'y z'"`)
	for _, want := range []string{
		"initd: linnet 1 on Siemens SX1",
		"proc /proc proc rw,nosuid,nodev,noexec", "sys /sys sysfs", "run /run tmpfs", "tmp /tmp tmpfs", "state /state tmpfs",
		`linnet: ["appliance" "--board" "qemu-sx1" "--x" "y z"] on kitchen`,
		"initd: linnet ended with status 1 after ", "again in 100ms",
		"initd: linnet asks for power off",
		"initd: power off",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if strings.Count(out, `linnet: ["appliance"`) != 2 {
		t.Error("the player did not live twice")
	}
	// The kernel ends a namespace so that was asked to power off.
	if !how.Signaled() || how.Signal() != unix.SIGINT {
		t.Errorf("ended with %v", status{unix.WaitStatus(how)})
	}
	if t.Failed() {
		t.Logf("it said\n%s", out)
	}
}

func TestProcess1Once(t *testing.T) {
	out, how := process1(t, `linnet.board=qemu-sx1 linnet.run="once a" linnet.end=reboot`)
	said := strings.Index(out, `linnet: ["once" "a"] on linnet`)
	ended := strings.Index(out, "initd: linnet ended with status 3 after ")
	if said < 0 || ended < said || !strings.Contains(out, "initd: restart") || strings.Contains(out, "appliance") {
		t.Errorf("it said\n%s", out)
	}
	if !how.Signaled() || how.Signal() != unix.SIGHUP {
		t.Errorf("ended with %v", status{unix.WaitStatus(how)})
	}
}

// TestConsole looks at which files a build without the tag is made of.
func TestConsole(t *testing.T) {
	for tags, want := range map[string]bool{"": false, "debug": true} {
		out, err := exec.Command("go", "list", "-tags", tags, "-f", "{{.GoFiles}}", ".").Output()
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(string(out), "debug_console.go") || strings.Contains(string(out), "debug_commands.go"); got != want {
			t.Errorf("with tags %q the console is linked: %v", tags, got)
		}
	}
}
