//go:build linux

package initd

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// openUevents opens the kernel's announcements of devices. A read gives one.
func openUevents() (*os.File, error) {
	fd, err := unix.Socket(unix.AF_NETLINK, unix.SOCK_RAW|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, unix.NETLINK_KOBJECT_UEVENT)
	if err != nil {
		return nil, fmt.Errorf("initd: uevents: %w", err)
	}
	// A bus with many devices says much at once.
	unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_RCVBUFFORCE, 256<<10)
	if err := unix.Bind(fd, &unix.SockaddrNetlink{Family: unix.AF_NETLINK, Groups: 1}); err != nil {
		unix.Close(fd)
		return nil, fmt.Errorf("initd: uevents: %w", err)
	}
	return os.NewFile(uintptr(fd), "uevents"), nil
}

// hotplug follows what is plugged in and pulled out, for ever. It listens
// before it looks at what is there, so that nothing falls in between.
func (m *machine) hotplug() {
	events, err := openUevents()
	m.journal.check(err)
	m.storage.scan()
	if err != nil {
		return
	}
	defer events.Close()
	buf := make([]byte, 8<<10) // the kernel's are 2 KB at most, and a head
	for {
		n, err := events.Read(buf)
		if errors.Is(err, unix.ENOBUFS) {
			m.storage.scan()
			continue
		}
		if err != nil {
			m.journal.say("uevents: %v", err)
			return
		}
		e, ok := parseUevent(buf[:n])
		switch {
		case !ok || e.name == "":
		case e.subsystem == "block":
			m.storage.handle(e)
		case e.subsystem == "net" && e.action == "add":
			m.network.begin(e.name)
		}
	}
}
