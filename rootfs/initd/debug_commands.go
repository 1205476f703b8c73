//go:build linux && debug

package initd

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// A command is what can be said on the console.
type command struct {
	name, args, help string
	run              func(s *shell, args []string) error
}

func commands() []command {
	return []command{
		{"cat", "FILE...", "print files", (*shell).cat},
		{"dmesg", "", "print the kernel's log", (*shell).dmesg},
		{"eject", "NAME", "make /media/NAME safe to pull", (*shell).eject},
		{"free", "", "print what memory is used for", (*shell).free},
		{"help", "", "print this", (*shell).help},
		{"kill", "[-SIGNAL] PID|player", "send a signal, SIGTERM if none is named", (*shell).kill},
		{"log", "", "print the last that the player said", (*shell).log},
		{"ls", "[PATH...]", "list folders and files", (*shell).ls},
		{"mount", "", "list what is mounted", (*shell).mount},
		{"mpd", "COMMAND...", "tell the player what MPD's clients do, with --mpd=" + mpdSocket, (*shell).mpd},
		{"player", "status", "print the player's state", (*shell).player},
		{"poweroff", "", "end the machine", func(s *shell, _ []string) error { s.m.ask(powerOff); return nil }},
		{"ps", "", "list processes", (*shell).ps},
		{"reboot", "", "start the machine again", func(s *shell, _ []string) error { s.m.ask(restart); return nil }},
		{"sleep", "SECONDS", "do nothing for a while", (*shell).sleep},
	}
}

func names() []string {
	var all []string
	for _, c := range commands() {
		all = append(all, c.name)
	}
	return all
}

func (s *shell) help([]string) error {
	for _, c := range commands() {
		fmt.Fprintf(s.term, "%-28s %s\n", c.name+" "+c.args, c.help)
	}
	return nil
}

func (s *shell) cat(files []string) error {
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		_, err = io.Copy(s.term, f)
		f.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *shell) ls(paths []string) error {
	if len(paths) == 0 {
		paths = []string{"/"}
	}
	for _, p := range paths {
		st, err := os.Stat(p)
		if err != nil {
			return err
		}
		if !st.IsDir() {
			s.entry(p, st)
			continue
		}
		entries, err := os.ReadDir(p)
		for _, e := range entries {
			if st, err := e.Info(); err == nil {
				s.entry(filepath.Join(p, e.Name()), st)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *shell) entry(path string, st os.FileInfo) {
	name := filepath.Base(path)
	if to, err := os.Readlink(path); err == nil {
		name += " -> " + to
	}
	fmt.Fprintf(s.term, "%v %10d %s %s\n", st.Mode(), st.Size(), st.ModTime().UTC().Format(time.DateTime), name)
}

func (s *shell) mount([]string) error { return s.cat([]string{filepath.Join(s.root, "self/mounts")}) }

// free prints the kernel's table, which has more than anybody asks for
// further down.
func (s *shell) free([]string) error {
	b, err := os.ReadFile(filepath.Join(s.root, "meminfo"))
	n := 0
	for line := range bytes.Lines(b) {
		if n++; n <= 8 {
			s.term.Write(line)
		}
	}
	return err
}

// ps prints pid, parent, state, resident memory and command of all processes.
func (s *shell) ps([]string) error {
	found, err := filepath.Glob(filepath.Join(s.root, "[0-9]*"))
	if err != nil {
		return err
	}
	fmt.Fprintf(s.term, "%5s %5s S %7s COMMAND\n", "PID", "PPID", "RSS")
	for _, dir := range found {
		if stat, err := os.ReadFile(filepath.Join(dir, "stat")); err == nil { // else it has ended
			argv, _ := os.ReadFile(filepath.Join(dir, "cmdline"))
			fmt.Fprintln(s.term, psLine(string(stat), string(argv), os.Getpagesize()))
		}
	}
	return nil
}

// psLine makes a line of proc(5)'s stat, the second field of which is a name
// in brackets that may have anything in it, and cmdline.
func psLine(stat, argv string, page int) string {
	open, end := strings.IndexByte(stat, '('), strings.LastIndexByte(stat, ')')
	if open < 0 || end < open {
		return stat
	}
	f := strings.Fields(stat[end+1:])
	if len(f) < 22 {
		return stat
	}
	cmd := strings.TrimSpace(strings.ReplaceAll(argv, "\x00", " "))
	if cmd == "" {
		cmd = "[" + stat[open+1:end] + "]"
	}
	rss, _ := strconv.Atoi(f[21])
	return fmt.Sprintf("%5s %5s %s %6dK %s", strings.TrimSpace(stat[:open]), f[1], f[0], rss*(page>>10), cmd)
}

func (s *shell) kill(args []string) error {
	sig := unix.SIGTERM
	if len(args) == 2 && strings.HasPrefix(args[0], "-") {
		var err error
		if sig, err = signalByName(args[0][1:]); err != nil {
			return err
		}
		args = args[1:]
	}
	if len(args) != 1 {
		return errors.New("kill: say whom: a number, or player")
	}
	pid, err := s.target(args[0])
	if err != nil {
		return err
	}
	return s.m.sys.kill(pid, sig)
}

func (s *shell) target(who string) (int, error) {
	if who != "player" {
		pid, err := strconv.Atoi(who)
		if err != nil || pid <= 0 {
			return 0, fmt.Errorf("kill: %q is no process", who)
		}
		return pid, nil
	}
	pid, ok := s.m.player.pid()
	if !ok || pid == 0 {
		return 0, errors.New("kill: the player does not run")
	}
	return pid, nil
}

// signalByName knows "9", "KILL" and "SIGKILL".
func signalByName(name string) (unix.Signal, error) {
	if n, err := strconv.Atoi(name); err == nil && n > 0 && n < 65 {
		return unix.Signal(n), nil
	}
	if n := unix.SignalNum("SIG" + strings.TrimPrefix(strings.ToUpper(name), "SIG")); n != 0 {
		return n, nil
	}
	return 0, fmt.Errorf("kill: there is no signal %q", name)
}

func (s *shell) log([]string) error {
	_, err := s.term.Write(s.m.journal.ring.bytes())
	return err
}

func (s *shell) dmesg([]string) error {
	size, err := unix.Klogctl(unix.SYSLOG_ACTION_SIZE_BUFFER, nil)
	if err != nil {
		return fmt.Errorf("dmesg: %w", err)
	}
	buf := make([]byte, size)
	n, err := unix.Klogctl(unix.SYSLOG_ACTION_READ_ALL, buf)
	if err != nil {
		return fmt.Errorf("dmesg: %w", err)
	}
	_, err = s.term.Write(buf[:n])
	return err
}

func (s *shell) eject(args []string) error {
	if len(args) != 1 {
		return errors.New("eject: say what")
	}
	return s.m.storage.eject(args[0])
}

func (s *shell) player(args []string) error {
	if len(args) > 0 && args[0] != "status" {
		return errors.New("player: it can only tell its status")
	}
	return tellStatus(s.term, playerSocket)
}

// mpd copies the answer to a command.
func (s *shell) mpd(args []string) error { return askMPD(s.term, mpdSocket, args) }

func askMPD(w io.Writer, socket string, args []string) error {
	if len(args) == 0 {
		return errors.New("mpd: say what")
	}
	c, err := net.DialTimeout("unix", socket, time.Second)
	if err != nil {
		return fmt.Errorf("mpd: %w", err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(5 * time.Second))
	line := args[0]
	for _, a := range args[1:] {
		line += " " + strconv.Quote(a)
	}
	in := bufio.NewScanner(c)
	in.Scan() // it greets
	if _, err := fmt.Fprintln(c, line); err != nil {
		return fmt.Errorf("mpd: %w", err)
	}
	for in.Scan() {
		fmt.Fprintln(w, in.Text())
		if in.Text() == "OK" || strings.HasPrefix(in.Text(), "ACK ") {
			return nil
		}
	}
	return fmt.Errorf("mpd: %w", cmp.Or(in.Err(), io.ErrUnexpectedEOF))
}

func (s *shell) sleep(args []string) error {
	if len(args) != 1 {
		return errors.New("sleep: say for how many seconds")
	}
	n, err := strconv.ParseFloat(args[0], 64)
	if err != nil || n < 0 || n > 3600 {
		return fmt.Errorf("sleep: %q is no number of seconds", args[0])
	}
	time.Sleep(time.Duration(n * float64(time.Second)))
	return nil
}

// tellStatus copies the one document that the player tells.
func tellStatus(w io.Writer, socket string) error {
	c, err := net.DialTimeout("unix", socket, time.Second)
	if err != nil {
		return fmt.Errorf("player: %w", err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(5 * time.Second))
	if _, err := io.Copy(w, c); err != nil {
		return fmt.Errorf("player: %w", err)
	}
	_, err = fmt.Fprintln(w)
	return err
}
