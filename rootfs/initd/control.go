//go:build linux

package initd

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Socket is where process 1 listens for requests: a line, such as "eject
// STICK", to which it answers with lines, the last of which is "ok" or
// "error: " and why.
//
//	poweroff     end the machine
//	reboot       start it again
//	eject NAME   make what is mounted on /media/NAME safe to pull
//	network NAME on|off
//	             switch a network interface, also over a restart
//	confirm      the system runs as it should: it is the one to start from now on
//	try          start the other system the next time, once, to see whether it runs
//	system       which one this is: a line "a" or "b"
//	forget       forget what was kept, but for music, and start the machine again
//	mounts       a line for each such file system: path, type, device, with tabs between
const Socket = "/run/initd.sock"

// Request asks process 1 for something and returns the lines that it answers.
func Request(line string) ([]string, error) { return request(Socket, line) }

func request(socket, line string) ([]string, error) {
	c, err := net.DialTimeout("unix", socket, time.Second)
	if err != nil {
		return nil, fmt.Errorf("initd: %w", err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := fmt.Fprintln(c, line); err != nil {
		return nil, fmt.Errorf("initd: %w", err)
	}
	var lines []string
	for s := bufio.NewScanner(c); s.Scan(); {
		if why, bad := strings.CutPrefix(s.Text(), "error: "); bad {
			return lines, errors.New(why)
		}
		if s.Text() == "ok" {
			return lines, nil
		}
		lines = append(lines, s.Text())
	}
	return lines, fmt.Errorf("initd: %s: no answer", line)
}

// serve answers requests on a socket for ever.
func (m *machine) serve(socket string) error {
	os.Remove(socket)
	l, err := net.Listen("unix", socket)
	if err != nil {
		return fmt.Errorf("initd: %w", err)
	}
	defer l.Close()
	for {
		c, err := l.Accept()
		if err != nil {
			return fmt.Errorf("initd: %w", err)
		}
		go m.converse(c)
	}
}

// converse answers one request. Who says nothing is not waited for.
func (m *machine) converse(c net.Conn) {
	defer c.Close()
	c.SetDeadline(time.Now().Add(10 * time.Second))
	line, err := bufio.NewReader(io.LimitReader(c, 1<<10)).ReadString('\n')
	if err != nil {
		return
	}
	answer, err := m.command(strings.TrimSuffix(line, "\n"))
	for _, a := range answer {
		fmt.Fprintln(c, a)
	}
	if err != nil {
		fmt.Fprintln(c, "error: "+err.Error())
		return
	}
	fmt.Fprintln(c, "ok")
}

func (m *machine) command(line string) (answer []string, err error) {
	verb, rest, _ := strings.Cut(line, " ")
	switch verb {
	case "poweroff":
		m.ask(powerOff)
	case "reboot":
		m.ask(restart)
	case "eject":
		return nil, m.storage.eject(filepath.Base(rest))
	case "network":
		name, to, _ := strings.Cut(rest, " ")
		if to != "on" && to != "off" {
			return nil, fmt.Errorf("initd: say network %s on or off", name)
		}
		return nil, m.network.turn(name, to == "on")
	case "confirm":
		return nil, m.confirm()
	case "try":
		return nil, m.try()
	case "system":
		if m.params.slot == "" {
			return nil, errOneSystem
		}
		return []string{m.params.slot}, nil
	case "forget":
		m.forgetting.Store(true)
		m.ask(restart)
	case "mounts":
		for _, p := range m.storage.list() {
			answer = append(answer, p.path+"\t"+p.kind+"\t"+p.device)
		}
	default:
		return nil, fmt.Errorf("initd: there is no request %q", verb)
	}
	return answer, nil
}
