package image

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/u-root/u-root/pkg/cpio"

	"linnet/board"
	"linnet/rootfs"
)

// entries are a small root file system with one of everything.
func entries() []rootfs.Entry {
	program := bytes.Repeat([]byte("program "), 50_000)
	return rootfs.Manifest(board.QEMUVersatile(), program, rootfs.Release{Version: "v0"})
}

// needs skips a test where a tool is missing; deploy/setup test installs them.
func needs(t *testing.T, tools ...string) {
	t.Helper()
	for _, name := range tools {
		if _, err := lookPath(name); err != nil {
			t.Skipf("no image is made: %v", err)
		}
	}
}

// output runs a tool that looks at an image.
func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	path, err := lookPath(name)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "TZ=UTC", "MTOOLSRC="+os.DevNull)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// twice makes an image in two folders, at different times, and checks that it
// is the same.
func twice(t *testing.T, write func(path string) error) (path string) {
	t.Helper()
	var first []byte
	for i := range 2 {
		if i > 0 {
			time.Sleep(2100 * time.Millisecond) // FAT counts in steps of two seconds
		}
		path = filepath.Join(t.TempDir(), "image")
		if err := write(path); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if i > 0 && !bytes.Equal(b, first) {
			t.Errorf("the second time it is not the same: %d bytes, then %d", len(first), len(b))
		}
		first = b
	}
	return path
}

func TestInitramfs(t *testing.T) {
	t.Parallel()
	var first, second bytes.Buffer
	for _, w := range []io.Writer{&first, &second} {
		if err := Initramfs(w, entries(), gzip.BestCompression); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the second time it is not the same")
	}
	z, err := gzip.NewReader(&first)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	records, err := cpio.ReadAllRecords(cpio.EOFReader{RecordReader: cpio.Newc.Reader(bytes.NewReader(plain))})
	if err != nil {
		t.Fatal(err)
	}
	want := entries()
	if len(records) != len(want) {
		t.Fatalf("%d records, want %d", len(records), len(want))
	}
	for i, r := range records {
		checkRecord(t, r, want[i])
	}
}

func checkRecord(t *testing.T, r cpio.Record, e rootfs.Entry) {
	t.Helper()
	content := make([]byte, r.FileSize)
	if r.FileSize > 0 {
		if _, err := r.ReadAt(content, 0); err != nil && err != io.EOF {
			t.Fatal(err)
		}
	}
	if want := string(e.Data) + e.Target; string(content) != want {
		t.Errorf("%s: %d bytes, want %d", e.Path, len(content), len(want))
	}
	kind := map[fs.FileMode]uint64{
		0: 0o100000, fs.ModeDir: 0o040000, fs.ModeSymlink: 0o120000, fs.ModeDevice | fs.ModeCharDevice: 0o020000,
	}[e.Mode.Type()]
	perm := uint64(e.Mode.Perm())
	if e.Mode&fs.ModeSticky != 0 {
		perm |= 0o1000
	}
	if r.Name != e.Path || r.Mode != kind|perm || r.UID|r.GID|r.MTime != 0 ||
		r.Rmajor != uint64(e.Major) || r.Rminor != uint64(e.Minor) || r.NLink != 1 {
		t.Errorf("%s: %v", e.Path, r.Info)
	}
}

func TestSquashfs(t *testing.T) {
	t.Parallel()
	needs(t, "mksquashfs", "unsquashfs")
	path := twice(t, func(path string) error { return Squashfs(context.Background(), path, entries()) })
	have := strings.Fields(strings.ReplaceAll(output(t, "unsquashfs", "-lln", "-UTC", path), "squashfs-root", "/"))
	text := strings.Join(have, " ")
	for _, want := range []string{
		"drwxr-xr-x 0/0 131 2020-01-01 00:00 / ", "-rwxr-xr-x 0/0 400000 2020-01-01 00:00 //bin/linnet",
		"lrwxrwxrwx 0/0 10 2020-01-01 00:00 //init -> bin/linnet",
		"crw------- 0/0 5, 1 2020-01-01 00:00 //dev/console", "drwxrwxrwt 0/0 3 2020-01-01 00:00 //tmp",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("it has no %q:\n%s", want, text)
		}
	}
}

func TestSquashfsReplaces(t *testing.T) {
	t.Parallel()
	needs(t, "mksquashfs")
	path := filepath.Join(t.TempDir(), "root")
	if err := os.WriteFile(path, bytes.Repeat([]byte("old"), 1<<20), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Squashfs(context.Background(), path, entries()); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(path); err != nil || !bytes.HasPrefix(b, []byte("hsqs")) || len(b) > 1<<20 {
		t.Errorf("%d bytes, %v", len(b), err)
	}
}

// TestMode has a kind of file that no image can hold.
func TestMode(t *testing.T) {
	t.Parallel()
	bad := []rootfs.Entry{{Path: "pipe", Mode: fs.ModeNamedPipe | 0o600}}
	if err := Initramfs(io.Discard, bad, gzip.BestSpeed); err == nil || !strings.Contains(err.Error(), "pipe") {
		t.Errorf("initramfs: %v", err)
	}
	if err := tarball(io.Discard, bad); err == nil || !strings.Contains(err.Error(), "pipe") {
		t.Errorf("squashfs: %v", err)
	}
}

func TestMBR(t *testing.T) {
	b, err := mbr(0x01020304, []partition{{0x83, 1 << 20, 16 << 20}, {0x0c, 17 << 20, 3 << 20}})
	if err != nil || len(b) != 512 || b[510] != 0x55 || b[511] != 0xaa || binary.LittleEndian.Uint32(b[440:]) != 0x01020304 {
		t.Fatalf("%v, %x", err, b)
	}
	for i, want := range [][3]uint32{{0x83, 2048, 32768}, {0x0c, 34816, 6144}, {}, {}} {
		e := b[446+16*i:]
		got := [3]uint32{uint32(e[4]), binary.LittleEndian.Uint32(e[8:]), binary.LittleEndian.Uint32(e[12:])}
		if got != want || e[0] != 0 {
			t.Errorf("partition %d is %v, want %v", i+1, got, want)
		}
	}
	for _, bad := range [][]partition{make([]partition, 5), {{0x83, 100, 512}}, {{0x83, 512, 100}}, {{0x83, 512, 1 << 42}}} {
		if _, err := mbr(0, bad); err == nil {
			t.Errorf("a table of %v", bad)
		}
	}
}
