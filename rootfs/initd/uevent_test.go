package initd

import (
	"strings"
	"testing"
)

// message joins the lines of an event as the kernel sends it.
func message(lines ...string) []byte { return []byte(strings.Join(lines, "\x00") + "\x00") }

func TestParseUevent(t *testing.T) {
	path := "/devices/pci0000:00/usb1/1-1/host0/block/sda/sda1"
	for _, c := range []struct {
		msg  []byte
		want uevent
		ok   bool
	}{
		{message("add@"+path, "ACTION=add", "DEVPATH="+path, "SUBSYSTEM=block", "MAJOR=8", "MINOR=1", "DEVNAME=sda1", "DEVTYPE=partition", "PARTN=1", "SEQNUM=700"),
			uevent{"add", path, "block", "partition", "sda1"}, true},
		{message("change@/x/sr0", "SUBSYSTEM=block", "DEVNAME=sr0", "DEVTYPE=disk", "DISK_MEDIA_CHANGE=1"), uevent{"change", "/x/sr0", "block", "disk", "sr0"}, true},
		{message("add@/devices/net/eth0", "SUBSYSTEM=net", "INTERFACE=eth0"), uevent{"add", "/devices/net/eth0", "net", "", "eth0"}, true},
		{message("libudev", "ACTION=add", "SUBSYSTEM=block", "DEVNAME=sda"), uevent{}, false},
		{message("add@/x", "SUBSYSTEM=block", "DEVNAME=../etc/passwd"), uevent{}, false},
		{message("add@/x", "SUBSYSTEM=block", "DEVNAME=/etc/passwd"), uevent{}, false},
		{message("add@/x"), uevent{}, false},
		{[]byte("add@/x"), uevent{}, false},
		{nil, uevent{}, false},
	} {
		if got, ok := parseUevent(c.msg); got != c.want || ok != c.ok {
			t.Errorf("%q: %+v, %v; want %+v", c.msg, got, ok, c.want)
		}
	}
}

func FuzzUevent(f *testing.F) {
	f.Add(message("add@/devices/x/sda1", "SUBSYSTEM=block", "DEVNAME=sda1", "DEVTYPE=partition"))
	f.Add(message("libudev", "SUBSYSTEM=block"))
	f.Add([]byte("remove@/\x00\x00\x00="))
	f.Fuzz(func(t *testing.T, msg []byte) {
		e, ok := parseUevent(msg)
		if !ok && e != (uevent{}) || ok && (e.action == "" || e.subsystem == "" || strings.Contains(e.name, "..") || strings.HasPrefix(e.name, "/")) {
			t.Errorf("%q: %+v, %v", msg, e, ok)
		}
	})
}
