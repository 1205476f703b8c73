package image

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// album is a folder of files: their names and sizes.
func album(t *testing.T, files map[string]int) string {
	t.Helper()
	dir := t.TempDir()
	names := slices.Collect(maps.Keys(files)) // in any order: the image's is its own
	for i, name := range names {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content(name, files[name]), 0o600); err != nil {
			t.Fatal(err)
		}
		then := time.Now().Add(-time.Duration(i) * time.Hour)
		if err := os.Chtimes(path, then, then); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func content(name string, size int) []byte {
	return bytes.Repeat([]byte(name), size/len(name)+1)[:size]
}

var songs = map[string]int{
	"01 Morning on the Perch.mp3": 300_000, "林间小路/过溪.mp3": 70_000, "b/c/d.wav": 1, "b/empty.mp3": 0, "-i.mp3": 10, "a=b@@c.mp3": 10,
}

func TestDisk(t *testing.T) {
	t.Parallel()
	needs(t, "mke2fs", "mkfs.vfat", "mcopy", "mmd", "e2fsck", "fsck.vfat", "mtype", "mdir", "debugfs")
	disk := twice(t, func(path string) error { return Disk(context.Background(), path, album(t, songs)) })

	size := fileSize(t, disk)
	if size != mediaOffset+32*mega {
		t.Errorf("the disk has %d bytes", size)
	}
	state := cut(t, disk, stateOffset, stateSize)
	output(t, "e2fsck", "-fn", state)
	if text := output(t, "debugfs", "-R", "stats", state); !strings.Contains(text, "Filesystem UUID:          "+stateUUID) ||
		!strings.Contains(text, "has_journal") {
		t.Errorf("the state's file system is\n%s", text)
	}

	media := cut(t, disk, mediaOffset, size-mediaOffset)
	output(t, "fsck.vfat", "-n", media)
	for name, n := range songs {
		if got := output(t, "mtype", "-i", media, "::/"+name); got != string(content(name, n)) {
			t.Errorf("%s has %d bytes on the disk, not the %d that it had", name, len(got), n)
		}
	}
	if have := output(t, "mdir", "-/", "-b", "-i", media, "::"); strings.Count(have, "\n") != len(songs)+3 {
		t.Errorf("on the disk are\n%s", have)
	}
}

// TestFullDisk fills a partition that is sized for what goes into it.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	needs(t, "mke2fs", "mkfs.vfat", "mcopy", "mmd", "fsck.vfat")
	files := map[string]int{"large.wav": 60 * mega}
	for i := range 300 {
		files[fmt.Sprintf("small/%03d.mp3", i)] = 1
	}
	disk := filepath.Join(t.TempDir(), "disk")
	if err := Disk(context.Background(), disk, album(t, files)); err != nil {
		t.Fatal(err)
	}
	output(t, "fsck.vfat", "-n", cut(t, disk, mediaOffset, fileSize(t, disk)-mediaOffset))
}

func TestScan(t *testing.T) {
	t.Parallel()
	dir := album(t, map[string]int{"b.mp3": 3, "a/x.mp3": 1, ".hidden": 1, ".git/config": 1})
	if err := os.Symlink(filepath.Join(dir, "b.mp3"), filepath.Join(dir, "c.mp3")); err != nil {
		t.Fatal(err)
	}
	got, err := scan(dir)
	want := []mediaFile{{"a", true, 0}, {"a/x.mp3", false, 1}, {"b.mp3", false, 3}, {"c.mp3", false, 3}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
	if _, err := scan(filepath.Join(dir, "nowhere")); err == nil {
		t.Error("a folder that is not there")
	}
	for _, bad := range []string{"what?.mp3", "a:b.mp3", "end. ", "end.", "tab\t.mp3", "latin\xe9.mp3"} {
		if _, err := scan(album(t, map[string]int{bad: 1})); err == nil || !strings.Contains(err.Error(), "FAT") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := scan(album(t, map[string]int{"A/x.mp3": 1, "a/X.MP3": 1})); err == nil {
		t.Error("names that differ in capitals only")
	}
}

func TestMediaSize(t *testing.T) {
	if got := mediaSize(nil); got != 32*mega {
		t.Errorf("for nothing it is %d", got)
	}
	if got := mediaSize([]mediaFile{{size: 1 << 30}}); got < 1<<30+8*mega || got > 1<<30+32*mega || got%mega != 0 {
		t.Errorf("for a gigabyte it is %d", got)
	}
}

func TestTool(t *testing.T) {
	if err := tool(context.Background(), nil, "no-such-tool"); err == nil || !strings.Contains(err.Error(), "no-such-tool") {
		t.Errorf("a tool that is not there: %v", err)
	}
	if err := tool(context.Background(), strings.NewReader("said and done\n"), "sh", "-c", "cat; exit 3"); err == nil ||
		!strings.Contains(err.Error(), "said and done") {
		t.Errorf("a tool that fails: %v; want what it said", err)
	}
}

func fileSize(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// cut writes a part of a file to a file of its own.
func cut(t *testing.T, path string, offset, size int64) string {
	t.Helper()
	all, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	part := filepath.Join(t.TempDir(), "part")
	if err := os.WriteFile(part, all[offset:offset+size], 0o644); err != nil {
		t.Fatal(err)
	}
	return part
}
