//go:build linux && debug

package initd

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// typist is a serial line on which keys were pressed.
type typist struct {
	io.Reader
	bytes.Buffer
}

func (t *typist) Read(p []byte) (int, error) { return t.Reader.Read(p) }

// typed returns what the console shows when keys are pressed, up to Ctrl-D.
func typed(t *testing.T, m *machine, root, keys string) string {
	t.Helper()
	tty := &typist{Reader: strings.NewReader(keys + "\x04")}
	s := newShell(m, tty)
	s.root = root
	if err := s.run(); err != io.EOF {
		t.Errorf("%q: %v", keys, err)
	}
	return tty.String()
}

func testMachine(t *testing.T) (*machine, *bus) {
	var log said
	b := newBus(t)
	m := newMachine(Config{}, b.sys)
	m.journal, m.storage = testJournal(t, &log), b.storage
	return m, b
}

func TestShell(t *testing.T) {
	m, b := testMachine(t)
	m.journal.ring.Write([]byte("what the player said\n"))
	b.plug("sda", "STICK")
	b.scan()
	dir := t.TempDir()
	b.write(dir+"/a file", "its text\n")
	b.write(dir+"/self/mounts", "rootfs / rootfs rw 0 0\n")
	b.write(dir+"/meminfo", strings.Repeat("MemTotal: 1 kB\n", 8)+"Never: 1 kB\n")
	b.write(dir+"/7/stat", "7 (a (b) c) S 1 "+strings.Repeat("0 ", 19)+"3 0\n")
	b.write(dir+"/7/cmdline", "linnet\x00appliance\x00")
	b.write(dir+"/8/stat", "8 (kworker) I 2 "+strings.Repeat("0 ", 19)+"0 0\n")
	if err := os.Symlink("7", dir+"/link"); err != nil {
		t.Fatal(err)
	}
	for keys, want := range map[string]string{
		"":                         "linnet# ",
		"hx\x7felp":                "send a signal, SIGTERM if none is named",
		"log":                      "what the player said",
		"cat '" + dir + "/a file'": "its text",
		"cat " + dir + "/nothing":  "no such file",
		"ls " + dir:                "a file",
		"ls " + dir + "/":          "link -> 7",
		"ls '" + dir + "/a file'":  "9 ",
		"mount":                    "rootfs / rootfs",
		"free":                     "MemTotal:",
		"ps":                       fmt.Sprintf("    7     1 S %6dK linnet appliance", 3*os.Getpagesize()>>10),
		"ps ":                      "[kworker]",
		"kill":                     "say whom",
		"kill me":                  `"me" is no process`,
		"kill -NONE 7":             `no signal "NONE"`,
		"player volume":            "only tell its status",
		"player status":            "linnet.sock",
		"eject":                    "say what",
		"eject NOTHING":            "can be ejected",
		"mpd":                      "say what",
		"mpd status":               "mpd.sock",
		"sleep":                    "how many",
		"sleep -1":                 "no number of seconds",
		"sleep 0.01":               "linnet# ",
		"rm -rf /":                 "no such command; there are cat, dmesg,",
		"cat 'open":                "not closed",
	} {
		if got := typed(t, m, dir, keys+"\r"); !strings.Contains(got, want) {
			t.Errorf("%s: it shows %q, want %q", keys, got, want)
		}
	}
	if got := typed(t, m, dir, "free\r"); strings.Contains(got, "Never") {
		t.Errorf("free: %q", got)
	}
}

func TestShellDoes(t *testing.T) {
	m, b := testMachine(t)
	b.plug("sda", "STICK")
	b.scan()
	b.done()
	typed(t, m, "", "kill 7\rkill -9 8\rkill -usr1 9\reject STICK\rpoweroff\r")
	b.want("commands", []string{"kill 7 SIGTERM", "kill 8 SIGKILL", "kill 9 SIGUSR1", "sync", "detach /media/STICK"})
	if a := <-m.asked; a != powerOff {
		t.Errorf("%v", a)
	}
	typed(t, m, "", "reboot\r")
	if a := <-m.asked; a != restart {
		t.Errorf("%v", a)
	}
}

func TestShellKillPlayer(t *testing.T) {
	m, b := testMachine(t)
	p := &process{pid: 77, done: make(chan status, 1)}
	m.player = newSupervisor(func() (*process, error) { return p, nil }, func(int, unix.Signal) error { close(p.done); return nil }, t.Logf)
	go m.player.run()
	within(t, time.Minute, func() bool { _, ok := m.player.pid(); return ok })
	typed(t, m, "", "kill -STOP player\r")
	b.want("kill player", []string{"kill 77 SIGSTOP"})
}

func TestTellStatus(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "s")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		c, err := l.Accept()
		if err == nil {
			io.WriteString(c, `{"state":"playing"}`)
			c.Close()
		}
	}()
	var b bytes.Buffer
	if err := tellStatus(&b, socket); err != nil || b.String() != "{\"state\":\"playing\"}\n" {
		t.Errorf("%q, %v", b.String(), err)
	}
}

// TestAskMPD: the answer ends with a line that says whether it went well.
func TestAskMPD(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "s")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	asked := make(chan string, 3)
	go func() {
		for _, answer := range []string{"volume: 50\nOK\nmore\n", "ACK [5@0] {} unknown\n", "half\n"} {
			c, err := l.Accept()
			if err != nil {
				return
			}
			io.WriteString(c, "OK MPD 0.23\n")
			line, _ := bufio.NewReader(c).ReadString('\n')
			asked <- line
			io.WriteString(c, answer)
			c.Close()
		}
	}()
	for _, c := range []struct {
		args        []string
		asked, said string
		fails       bool
	}{
		{[]string{"status"}, "status\n", "volume: 50\nOK\n", false},
		{[]string{"save", `a "list"`}, "save \"a \\\"list\\\"\"\n", "ACK [5@0] {} unknown\n", false},
		{[]string{"ping"}, "ping\n", "half\n", true},
	} {
		var b bytes.Buffer
		if err := askMPD(&b, socket, c.args); b.String() != c.said || (err != nil) != c.fails {
			t.Errorf("%q: %q, %v", c.args, b.String(), err)
		}
		if got := <-asked; got != c.asked {
			t.Errorf("%q: it asks %q, want %q", c.args, got, c.asked)
		}
	}
}

func TestPsLine(t *testing.T) {
	for _, stat := range []string{"", "1", "1 (x", ")(", "1 (x) S 2 3"} {
		if got := psLine(stat, "", 4096); got != stat {
			t.Errorf("%q: %q; what is not understood is shown", stat, got)
		}
	}
}

// TestRaw sets a real line, the other end of which is held by the test.
func TestRaw(t *testing.T) {
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("there are no pseudo terminals: %v", err)
	}
	defer master.Close()
	n, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	tty, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("the pseudo terminal can't be opened: %v", err)
	}
	defer tty.Close()
	if err := raw(tty); err != nil {
		t.Fatal(err)
	}
	m, _ := testMachine(t)
	go newShell(m, tty).run()
	master.WriteString("help\r")
	got, buf := "", make([]byte, 4096)
	master.SetReadDeadline(time.Now().Add(time.Minute)) // where it can be set
	for !strings.Contains(got, "reboot") {
		n, err := master.Read(buf)
		if err != nil {
			t.Fatalf("%v after %q", err, got)
		}
		got += string(buf[:n])
	}
	if strings.Count(got, "help\r\n") != 1 {
		t.Errorf("the keys are shown other than once: %q", got)
	}
}

// TestShellHidden has the program without the tag be looked through for what
// the console says.
func TestShellHidden(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the program")
	}
	for tags, want := range map[string]bool{"": false, "debug": true} {
		name := filepath.Join(t.TempDir(), "linnet")
		cmd := exec.Command("go", "build", "-tags", tags, "-o", name, "linnet/cmd/linnet")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := bytes.Contains(b, []byte("linnet# ")) || bytes.Contains(b, []byte("initd.(*shell)")); got != want {
			t.Errorf("with tags %q the console is in the program: %v", tags, got)
		}
	}
}
