//go:build linux

package initd

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"golang.org/x/sys/unix"
)

const table = `rootfs / rootfs rw 0 0
proc /proc proc rw,nosuid 0 0
/dev/vda / squashfs ro 0 0
/dev/vdb1 /state ext4 rw,noatime 0 0
tmpfs /run tmpfs rw 0 0
/dev/sda1 /media/MY\040STICK\134 vfat ro 0 0
broken
`

func TestDeviceMounts(t *testing.T) {
	if got := deviceMounts(table); !slices.Equal(got, []string{"/state", `/media/MY STICK\`}) {
		t.Errorf("%q", got)
	}
	for in, want := range map[string]string{`a\040b`: "a b", `a\04`: `a\04`, `\0401`: " 1", `\9999`: `\9999`, ``: ``, `\`: `\`} {
		if got := unescape(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestEnd(t *testing.T) {
	for a, cmd := range map[action]string{powerOff: "reboot 0x4321fedc", restart: "reboot 0x1234567"} {
		synctest.Test(t, func(t *testing.T) {
			var log said
			sys := &record{fail: map[string]error{"unmount /state": unix.EBUSY}}
			j := &journal{kmsg: kmsg{&log}}
			if err := end(sys, j, a, deviceMounts(table)); err != nil {
				t.Error(err)
			}
			want := []string{"kill -1 SIGTERM", "kill -1 SIGKILL", "sync", `unmount /media/MY STICK\`,
				"unmount /state", "remount /state ro", "detach /state", "remount / ro", "sync", cmd}
			if !slices.Equal(sys.lines, want) {
				t.Errorf("%v: done %q, want %q", a, sys.lines, want)
			}
			if !strings.Contains(log.text(), "unmount /state: device or resource busy") || !strings.HasSuffix(log.text(), "initd: "+a.String()) {
				t.Errorf("said %s", log.text())
			}
		})
	}
}
