package initd

import (
	"bytes"
	"strings"
)

// A uevent is what the kernel says of a device that came, went or changed
// (Documentation/ABI/testing/sysfs-uevent).
type uevent struct {
	action    string // "add", "remove", "change", ...
	path      string // below /sys
	subsystem string // "block", "net"
	kind      string // DEVTYPE: "disk", "partition"
	name      string // DEVNAME below /dev, or INTERFACE
}

// parseUevent reads a message: "add@/devices/..." and then KEY=VALUE, each
// ended by a zero byte. What udev sends in the same place is no uevent.
func parseUevent(msg []byte) (uevent, bool) {
	head, rest, ok := bytes.Cut(msg, []byte{0})
	act, path, at := strings.Cut(string(head), "@")
	if !ok || !at || act == "" || !strings.HasPrefix(path, "/") {
		return uevent{}, false
	}
	e := uevent{action: act, path: path}
	for pair := range bytes.SplitSeq(rest, []byte{0}) {
		key, value, _ := strings.Cut(string(pair), "=")
		switch key {
		case "SUBSYSTEM":
			e.subsystem = value
		case "DEVTYPE":
			e.kind = value
		case "DEVNAME", "INTERFACE":
			e.name = value
		}
	}
	// The name becomes part of paths.
	if e.subsystem == "" || strings.Contains(e.name, "..") || strings.HasPrefix(e.name, "/") {
		return uevent{}, false
	}
	return e, true
}
