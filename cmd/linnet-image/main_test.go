package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linnet/board"
	"linnet/deploy/image"
	"linnet/deploy/vm"
)

// said runs the program and returns what it says.
func said(t *testing.T, status int, args ...string) string {
	t.Helper()
	in, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var out bytes.Buffer
	if got := run(in, &out, &out, args); got != status {
		t.Errorf("linnet-image %q: status %d, want %d", args, got, status)
	}
	return out.String()
}

func TestMistakes(t *testing.T) {
	empty := t.TempDir()
	for _, c := range []struct {
		status int
		want   string
		args   []string
	}{
		{0, "Build the kernel", []string{"--help"}},
		{2, "expected one of", nil},
		{2, "unknown flag --bored", []string{"build", "--bored"}},
		{1, `"mini2440"`, []string{"build", "--board", "mini2440"}},
		{1, "kernel: there is none", []string{"build", "--board", "desktop", "-o", empty}},
		{1, "linnet-image build --board qemu-versatile -o " + empty, []string{"run", "-o", empty}},
		{1, "linnet-image build --board smdk2410 -o " + empty, []string{"run", "--board", "smdk2410", "-o", empty}},
	} {
		if got := said(t, c.status, c.args...); !strings.Contains(got, c.want) {
			t.Errorf("linnet-image %q says %q, want %q", c.args, got, c.want)
		}
	}
}

func TestConfigOf(t *testing.T) {
	s, err := image.Layout(board.QEMUVersatile(), "d", false)
	if err != nil {
		t.Fatal(err)
	}
	c := configOf(s)
	if len(c.Drives) != 2 || !c.Drives[0].ReadOnly || c.Drives[1].ReadOnly || c.Drives[1].Path != filepath.Join("d", "data.img") || c.Initrd != "" {
		t.Errorf("with disks: %+v", c)
	}
	if s, err = image.Layout(board.QEMUSX1(), "d", false); err != nil {
		t.Fatal(err)
	}
	if c := configOf(s); len(c.Drives) != 0 || c.Initrd == "" {
		t.Errorf("in memory: %+v", c)
	}
}

func TestFront(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	for _, headless := range []bool{true, false} {
		var out bytes.Buffer
		c := runCmd{Headless: headless}
		config := vm.Config{Board: board.QEMUVersatile()}
		c.front(&config, "d", &out)
		if config.Display != "" || c.For == 0 {
			t.Errorf("without a display: %q, for %v", config.Display, c.For)
		}
		if headless && config.Audio != vm.Sound(filepath.Join("d", "sound.wav"), 44100) {
			t.Errorf("headless it plays to %q", config.Audio)
		}
		if strings.Contains(out.String(), "no display") == headless {
			t.Errorf("headless %v: it says %q", headless, out.String())
		}
	}
}
