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
	all := Manifest(board.QEMUVersatile(), program, "v1.2")
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
}
