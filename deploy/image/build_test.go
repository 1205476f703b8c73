package image

import (
	"bytes"
	"context"
	"debug/elf"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"linnet/board"
	"linnet/deploy/steps"
)

func TestLayout(t *testing.T) {
	dir := t.TempDir()
	s, err := Layout(board.QEMUVersatile(), dir, false)
	if err != nil || s.Initrd != "" || s.Root == "" || s.Data == "" || s.DTB == "" || filepath.Dir(s.Kernel) != dir {
		t.Errorf("with disks: %+v, %v", s, err)
	}
	if err := s.Built(); err == nil || !strings.Contains(err.Error(), "not built") {
		t.Errorf("nothing is there: %v", err)
	}
	if s, err := Layout(board.QEMUVersatile(), dir, true); err != nil || s.Initrd == "" || s.Root != "" || s.Data != "" || s.DTB == "" {
		t.Errorf("in memory: %+v, %v", s, err)
	}
	s, err = Layout(board.QEMUSX1(), dir, false)
	if err != nil || s.Initrd == "" || s.Root != "" || s.Data != "" || s.DTB != "" {
		t.Errorf("in memory: %+v, %v", s, err)
	}
	for _, f := range []string{s.Kernel, s.Initrd} {
		if err := os.WriteFile(f, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Built(); err != nil {
		t.Errorf("all is there: %v", err)
	}
	if parts, err := s.parts(7); err != nil || !slices.Equal(parts, []Part{{"program", 7}, {"kernel", 1}, {"initramfs", 1}}) {
		t.Errorf("%v, %v", parts, err)
	}
	if _, err := Layout(board.Desktop(), dir, false); err == nil {
		t.Error("a desktop has an image")
	}
}

// TestData has the player write to its disk, and the disk built again.
func TestData(t *testing.T) {
	t.Parallel()
	needs(t, "mke2fs", "mkfs.vfat", "mcopy", "mmd")
	ctx := context.Background()
	media := album(t, map[string]int{"a.mp3": 100})
	s := Set{Board: board.QEMUVersatile(), Root: filepath.Join(t.TempDir(), "root")}
	s.Data = filepath.Join(filepath.Dir(s.Root), "data")
	build := func() []byte {
		t.Helper()
		err := s.write(ctx, Options{Board: s.Board, Media: media}, []byte("program"), steps.New(io.Discard))
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(s.Data)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	needs(t, "mksquashfs")
	fresh := build()
	f, err := os.OpenFile(s.Data, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	f.WriteAt([]byte("settings"), stateOffset+5*mega)
	f.Close()
	if again := build(); bytes.Equal(again, fresh) {
		t.Error("the settings are lost although the music is the same")
	}
	if err := os.WriteFile(filepath.Join(media, "b.mp3"), []byte("more"), 0o644); err != nil {
		t.Fatal(err)
	}
	if third := build(); bytes.Contains(third, []byte("settings")) || !bytes.Contains(third, []byte("more")) {
		t.Error("the disk is not made anew although there is more music")
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(s.Data), "*"))
	if err != nil || len(left) != 3 { // root, data and its sum
		t.Errorf("left are %q", left)
	}
}

// TestMemory writes an image of a board with disks that uses none.
func TestMemory(t *testing.T) {
	t.Parallel()
	for _, memory := range []bool{true, false} {
		s := Set{Board: board.QEMUVersatile(), Initrd: filepath.Join(t.TempDir(), "initramfs")}
		o := Options{Board: s.Board, Media: album(t, map[string]int{"a.mp3": 100}), Memory: memory}
		if err := s.write(t.Context(), o, bytes.Repeat([]byte("program "), 1000), steps.New(io.Discard)); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(s.Initrd)
		if err != nil || bytes.Contains(b, []byte("program program")) != memory {
			t.Errorf("%v: compressed or not, against what is good for the board: %d bytes, %v", memory, len(b), err)
		}
	}
}

func TestMediaInMemory(t *testing.T) {
	t.Parallel()
	got, err := mediaEntries(album(t, map[string]int{"a/b.mp3": 5}))
	if err != nil || len(got) != 3 || got[0].Path != "media/music" || got[1].Path != "media/music/a" || got[1].Mode != fs.ModeDir|0o755 ||
		got[2].Path != "media/music/a/b.mp3" || !bytes.Equal(got[2].Data, content("a/b.mp3", 5)) {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := mediaEntries("/nowhere"); err == nil {
		t.Error("a folder that is not there")
	}
}

func TestCreate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	write := func(text string, fault error) error {
		return create(path, func(w io.Writer) error {
			io.WriteString(w, text)
			return fault
		})
	}
	if err := write("first", nil); err != nil {
		t.Fatal(err)
	}
	if err := write("sec", io.ErrShortWrite); err != io.ErrShortWrite && err == nil {
		t.Errorf("a fault: %v", err)
	}
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if b, err := os.ReadFile(path); err != nil || string(b) != "first" || len(left) != 1 {
		t.Errorf("after a fault the file is %q, %v; there are %q", b, err, left)
	}
}

func TestGoProgram(t *testing.T) {
	t.Parallel()
	const command = "linnet/deploy/vm/testdata/init"
	var first []byte
	for range 2 {
		b, err := GoProgram(t.Context(), command, Options{Version: "v1"})
		if err != nil {
			t.Fatal(err)
		}
		if first != nil && !bytes.Equal(b, first) {
			t.Error("the second time it is not the same")
		}
		first = b
	}
	f, err := elf.NewFile(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	if f.Machine != elf.EM_ARM || f.Section(".symtab") != nil || f.Section(".interp") != nil {
		t.Errorf("it is for %v, with the sections %v", f.Machine, f.Sections)
	}
	if wd, err := os.Getwd(); err != nil || bytes.Contains(first, []byte(wd)) {
		t.Errorf("it has the name of a folder in it; %v", err)
	}
	if _, err := GoProgram(t.Context(), "linnet/nowhere", Options{}); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("a program that is not there: %v", err)
	}
}
