package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linnet/board"
	"linnet/deploy/image"
)

// TestKeygen makes a key, and does not make another one in its place.
func TestKeygen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "release.key")
	if got := said(t, 0, "keygen", path); !strings.Contains(got, "release.pub goes into images") {
		t.Errorf("it says %q", got)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	said(t, 1, "keygen", path)
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the key is another one, %v", err)
	}
}

// TestDevelopmentKey is made once, told about, and the same from then on.
func TestDevelopmentKey(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	var out bytes.Buffer
	first, err := keyFlag{}.public(board.SMDK2410(), &out)
	if err != nil || !strings.Contains(out.String(), "a key for development") {
		t.Fatalf("%v, %q", err, out.String())
	}
	out.Reset()
	again, err := keyFlag{}.public(board.SMDK2410(), &out)
	if err != nil || !first.Equal(again) || out.Len() > 0 {
		t.Errorf("another key, or it is told again: %v, %q", err, out.String())
	}
	if k, err := (keyFlag{}).public(board.QEMUVersatile(), &out); k != nil || err != nil {
		t.Errorf("a board without flash takes updates: %x, %v", k, err)
	}
	own := filepath.Join(t.TempDir(), "own.key")
	if err := image.NewKey(own); err != nil {
		t.Fatal(err)
	}
	if k, err := (keyFlag{own}).public(board.SMDK2410(), &out); err != nil || k.Equal(first) {
		t.Errorf("the named key is not taken: %v", err)
	}
}

func TestUpdateMistakes(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	empty := t.TempDir()
	for _, c := range []struct {
		want string
		args []string
	}{
		{"linnet-image build --board smdk2410", []string{"update", "-d", empty}},
		{"does not start from flash", []string{"update", "--board", "qemu-versatile"}},
		{`"x"`, []string{"update", "--board", "x"}},
		{"no such file", []string{"build", "--board", "smdk2410", "-o", empty, "--key", filepath.Join(empty, "none.pub")}},
	} {
		if got := said(t, 1, c.args...); !strings.Contains(got, c.want) {
			t.Errorf("linnet-image %q says %q, want %q", c.args, got, c.want)
		}
	}
}
