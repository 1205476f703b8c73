package main

import (
	"os"
	"strings"
	"testing"

	"linnet/board"

	"golang.org/x/sys/unix"
)

func TestStateLost(t *testing.T) {
	dir := t.TempDir()
	b := board.System{State: board.Volume{Device: "x", Type: "ubifs"}}
	if why := stateLost(dir, b); why != "" {
		t.Errorf("a folder: %s", why)
	}
	if os.Getuid() != 0 || unix.Mount("state", dir, "tmpfs", 0, "size=64k") != nil {
		t.Skip("a file system can be mounted by root alone")
	}
	defer unix.Unmount(dir, unix.MNT_DETACH)
	if why := stateLost(dir, b); !strings.Contains(why, "in memory") {
		t.Errorf("in memory: %q", why)
	}
	if why := stateLost(dir, board.System{}); why != "" {
		t.Errorf("in memory, as the board has it: %q", why)
	}
	if err := unix.Mount("", dir, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	if why := stateLost(dir, board.System{}); !strings.Contains(why, "only be read") {
		t.Errorf("read-only: %q", why)
	}
}
