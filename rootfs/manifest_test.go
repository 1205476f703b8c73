package rootfs

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"linnet/board"
)

func TestManifest(t *testing.T) {
	program := []byte("\x7fELF")
	release := Release{Version: "v1.2", Number: 12, Key: []byte("a key\n")}
	all := Manifest(board.QEMUVersatile(), program, release)
	have := map[string]Entry{}
	for _, e := range all {
		if _, twice := have[e.Path]; twice || !fs.ValidPath(e.Path) {
			t.Errorf("%q is there twice or no path", e.Path)
		}
		if dir := path.Dir(e.Path); dir != "." && !have[dir].Mode.IsDir() {
			t.Errorf("%s comes before its folder", e.Path)
		}
		if e.Mode.IsRegular() != (e.Data != nil) || (e.Mode.Type() == fs.ModeSymlink) != (e.Target != "") {
			t.Errorf("%s: the mode %v does not go with the content", e.Path, e.Mode)
		}
		have[e.Path] = e
	}
	if !slices.IsSortedFunc(all, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) }) {
		t.Error("the order depends on how it was written down")
	}
	start := have[have["init"].Target]
	if !bytes.Equal(start.Data, program) || start.Mode.Perm() != 0o755 {
		t.Errorf("/init is %v", start.Mode)
	}
	for _, dir := range []string{"dev", "proc", "sys", "run", "tmp", "state", "media"} {
		if !have[dir].Mode.IsDir() {
			t.Errorf("there is no folder %s to mount on", dir)
		}
	}
	if c := have["dev/console"]; c.Mode&fs.ModeCharDevice == 0 || c.Major != 5 || c.Minor != 1 {
		t.Errorf("the console is %+v", c)
	}
	if string(have["etc/board"].Data) != "qemu-versatile\n" {
		t.Errorf("the board is %q", have["etc/board"].Data)
	}
	if text := string(have["etc/os-release"].Data); !strings.Contains(text, "\nPRETTY_NAME=\"Linnet v1.2\"\n") {
		t.Errorf("os-release is %q", text)
	}
	if r, name, err := ParseRelease(have["etc/os-release"].Data); err != nil || r.Version != "v1.2" || r.Number != 12 || name != "qemu-versatile" {
		t.Errorf("os-release is read as %+v of %s, %v", r, name, err)
	}
	if k := have[KeyFile[1:]]; string(k.Data) != "a key\n" {
		t.Errorf("the key is %q", k.Data)
	}
	for _, e := range Manifest(board.QEMUVersatile(), program, Release{}) {
		if e.Path == KeyFile[1:] {
			t.Error("there is a key that nobody gave")
		}
	}
}

func TestParseRelease(t *testing.T) {
	for text, want := range map[string]string{
		"": "names no board", "VERSION_ID=-1\nVARIANT_ID=x": "invalid syntax", "VARIANT_ID=x\nBUILD_ID=a": "BUILD_ID=a",
	} {
		if _, _, err := ParseRelease([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if r, name, err := ParseRelease([]byte("VARIANT_ID=x\n")); err != nil || r.Number != 0 || name != "x" {
		t.Errorf("without a number: %+v, %s, %v", r, name, err)
	}
}
