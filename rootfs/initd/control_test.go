//go:build linux

package initd

import (
	"net"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestControl(t *testing.T) {
	b := newBus(t)
	b.plug("sda1", "STICK")
	b.scan()
	m := newMachine(Config{}, b.sys)
	m.storage = b.storage
	m.network = newNetwork(t.Logf, "x")
	socket := filepath.Join(t.TempDir(), "s")
	go m.serve(socket)
	within(t, time.Minute, func() bool { _, err := request(socket, "mounts"); return err == nil })

	lines, err := request(socket, "mounts")
	if want := []string{b.media + "/STICK\tvfat\tsda1"}; err != nil || !slices.Equal(lines, want) {
		t.Errorf("mounts: %q, %v", lines, err)
	}
	for line, why := range map[string]string{"": "no request", "format sda": `no request "format"`, "eject": "can be ejected", "eject ../x": `called "x"`, "network eth0 up": "on or off", "network nix on": `interface "nix"`} {
		if _, err := request(socket, line); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%q: %v, want %q", line, err, why)
		}
	}
	if _, err := request(socket, "eject STICK"); err != nil {
		t.Error(err)
	}
	if lines, err := request(socket, "mounts"); err != nil || len(lines) > 0 {
		t.Errorf("after eject: %q, %v", lines, err)
	}
	for line, want := range map[string]action{"poweroff": powerOff, "reboot": restart} {
		if _, err := request(socket, line); err != nil {
			t.Error(err)
		}
		if got := <-m.asked; got != want {
			t.Errorf("%s: %v", line, got)
		}
	}
}

// TestControlEndless sends a request that does not end: it is cut off.
func TestControlEndless(t *testing.T) {
	m := newMachine(Config{}, &record{})
	socket := filepath.Join(t.TempDir(), "s")
	go m.serve(socket)
	var c net.Conn
	within(t, time.Minute, func() (ok bool) { c, _ = net.Dial("unix", socket); return c != nil })
	defer c.Close()
	c.SetDeadline(time.Now().Add(time.Minute))
	for range 8 << 10 { // far more than what the kernel keeps of what nobody reads
		if _, err := c.Write(make([]byte, 512)); err != nil {
			if e, ok := err.(net.Error); ok && e.Timeout() {
				t.Error("it goes on listening")
			}
			return
		}
	}
	t.Error("it reads on")
}

func TestRequestNobody(t *testing.T) {
	if _, err := request(filepath.Join(t.TempDir(), "s"), "mounts"); err == nil {
		t.Error("no error although nobody listens")
	}
}

func TestAskOnce(t *testing.T) {
	m := newMachine(Config{}, &record{})
	m.ask(restart)
	m.ask(powerOff)
	if a := <-m.asked; a != restart {
		t.Errorf("%v; the first counts", a)
	}
}
