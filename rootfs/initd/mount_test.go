//go:build linux

package initd

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"linnet/board"

	"golang.org/x/sys/unix"
)

func TestMountAll(t *testing.T) {
	dir := t.TempDir()
	all := []mount{
		{"proc", dir + "/proc", "proc", noCode, ""},
		{"dev", dir + "/dev", "devtmpfs", 0, "mode=0755"},
		{"sys", dir + "/sys", "sysfs", noCode, ""},
		{"proc", "/proc", "proc", noCode, ""}, // is there already
		{"run", dir + "/run", "tmpfs", noCode, ""},
	}
	sys := &record{fail: map[string]error{
		"mount " + dir + "/dev": unix.EBUSY, // the kernel did
		"mount " + dir + "/sys": unix.ENODEV,
	}}
	err := mountAll(sys, all)
	if err == nil || strings.Count(err.Error(), "\n") != 0 || !strings.Contains(err.Error(), "sysfs") {
		t.Errorf("error %v, want one about sysfs alone", err)
	}
	want := []string{
		"mount " + dir + "/proc proc proc rw ", "mount " + dir + "/dev devtmpfs dev rw mode=0755",
		"mount " + dir + "/sys sysfs sys rw ", "mount " + dir + "/run tmpfs run rw ",
	}
	if !slices.Equal(sys.lines, want) {
		t.Errorf("done %q, want %q", sys.lines, want)
	}
	if st, err := os.Stat(dir + "/run"); err != nil || !st.IsDir() {
		t.Errorf("the folder to mount on: %v", err)
	}
}

func TestMountNoFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	sys := &record{}
	if err := (mount{"x", file + "/x", "tmpfs", 0, ""}).do(sys); err == nil || len(sys.lines) > 0 {
		t.Errorf("%v, done %q", err, sys.lines)
	}
}

// TestKernelMounts holds the table's order: what is needed first is first, and
// nothing lies below what comes later.
func TestKernelMounts(t *testing.T) {
	var targets []string
	for i, m := range kernelMounts() {
		for _, before := range targets {
			if strings.HasPrefix(before, m.target+"/") {
				t.Errorf("%s would be hidden by %s", before, m.target)
			}
		}
		targets = append(targets, m.target)
		if m.flags&unix.MS_NOSUID == 0 {
			t.Errorf("line %d, %s: without nosuid", i, m.target)
		}
	}
	if !slices.Equal(targets[:2], []string{"/proc", "/dev"}) {
		t.Errorf("first are %q", targets)
	}
}

func TestIsMountPoint(t *testing.T) {
	if !isMountPoint("/proc") || isMountPoint(t.TempDir()) || isMountPoint("/no/such/folder") {
		t.Error("/proc is a mount point, a new folder is not")
	}
}

// TestEnterRootNot has no root to go to, in each way that can be.
func TestEnterRootNot(t *testing.T) {
	sys := &record{}
	for _, v := range []board.Volume{{}, {Device: "/dev/no-such-device", Type: "squashfs"}, {Device: "/dev/null", Type: "squashfs"}} {
		if err := enterRoot(sys, v); err != nil || len(sys.lines) > 0 {
			// The test's own root lies on no initramfs, so the last is none, too.
			t.Errorf("%+v: %v, done %q", v, err, sys.lines)
		}
	}
}

func TestAppears(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/vda", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if !appears(dir+"/vda") || appears(dir+"/vdb") {
		t.Error("vda is there, vdb is not")
	}
}
