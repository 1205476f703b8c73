package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"linnet/player/library"
	"linnet/ui/app"
)

// sound is a file of the demo album, with a cover.
func sound(t *testing.T) []byte {
	t.Helper()
	names, _ := filepath.Glob("../../player/demo/album/*.mp3")
	if len(names) == 0 {
		t.Fatal("there is nothing on the demo album")
	}
	b, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// hugeTag writes a file with a picture of a quarter of a gigabyte in front, or a tag of
// a whole one behind: as many zeros, which take no room on the disk.
func hugeTag(t *testing.T, name string, sound []byte, behind bool) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	put := func(b []byte, at int64) {
		t.Helper()
		if _, err := f.WriteAt(b, at); err != nil {
			t.Fatal(err)
		}
	}
	if !behind {
		const size = 1<<28 - 1 // the most that 28 bits can say
		put(append([]byte("ID3\x03\x00\x00\x7f\x7f\x7f\x7fAPIC"), binary.BigEndian.AppendUint32(nil, size-10)...), 0)
		put([]byte("\x00image/png\x00\x03\x00"), 20)
		put(sound, 10+size)
		return
	}
	const size = 1 << 30
	put(sound, 0)
	end := int64(len(sound))
	item := append(binary.LittleEndian.AppendUint32(nil, size-100), "\x02\x00\x00\x00Cover Art (Front)\x00cover.png\x00"...)
	put(item, end)
	footer := []byte("APETAGEX\xd0\x07\x00\x00")
	footer = binary.LittleEndian.AppendUint32(footer, size)
	footer = append(binary.LittleEndian.AppendUint32(footer, 1), make([]byte, 12)...)
	put(footer, end+size-int64(len(footer)))
}

// TestHostileMusic scans a folder of what nobody should have: each is an entry, it takes
// little memory, and what is music is found.
func TestHostileMusic(t *testing.T) {
	dir := t.TempDir()
	song := sound(t)
	in := func(name string) string { return filepath.Join(dir, name) }
	write := func(name string, b []byte) {
		t.Helper()
		os.MkdirAll(filepath.Dir(in(name)), 0o777)
		if err := os.WriteFile(in(name), b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	hugeTag(t, in("front.mp3"), song, false)
	hugeTag(t, in("behind.mp3"), song, true)
	write("good.mp3", song)
	write("cut.mp3", song[:50])
	write("empty.mp3", nil)
	write("noise.ogg", bytes.Repeat([]byte{0x55, 0xaa, 0x13}, 9999))
	write("Bj\xf6rk.mp3", song)
	write("two\nlines.mp3", song)
	for _, name := range []string{"pipe.mp3", ".charset", "sheet.cue", "good.lrc", "cover.jpg"} {
		if err := syscall.Mkfifo(in(name), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	s := newShelves(nil, func(err error) { t.Error(err) })
	lib, err := openLibrary(dir, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer lib.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	p, err := lib.Scan(ctx, nil)
	runtime.ReadMemStats(&after)
	if err != nil || p.Tracks != 5 {
		t.Errorf("%+v, %v", p, err)
	}
	if n := (after.TotalAlloc - before.TotalAlloc) >> 20; n > 24 {
		t.Errorf("it took %d MB in all", n)
	}
	s.lib.Store(lib)
	got := map[string]app.Trouble{}
	shelf, _ := s.Look(app.Place{Kind: app.WithTrouble})
	for i := range shelf.Len() {
		it := shelf.Item(i)
		got[filepath.Base(it.Path)] = it.Trouble
	}
	want := map[string]app.Trouble{"front.mp3": app.TroublePart, "behind.mp3": app.TroublePart, "cut.mp3": app.TroubleUnsupported,
		"empty.mp3": app.TroubleDamaged, "noise.ogg": app.TroubleUnsupported, "pipe.mp3": app.TroubleUnreadable, "sheet.cue": app.TroubleUnreadable}
	for name, trouble := range want {
		if got[name] != trouble {
			t.Errorf("%s: trouble %d, want %d", name, got[name], trouble)
		}
	}
	if len(got) != len(want) {
		t.Errorf("in trouble are %v", got)
	}
}

// TestRefusedCover: a cover that is not shown is an entry once it was looked at.
func TestRefusedCover(t *testing.T) {
	dir := t.TempDir()
	name, song := filepath.Join(dir, "a.mp3"), sound(t)
	if at := bytes.Index(song, []byte("\x89PNG\r\n\x1a\n")); at >= 0 {
		binary.BigEndian.PutUint32(song[at+16:], 30000)
		binary.BigEndian.PutUint32(song[at+20:], 30000)
	} else if at := bytes.Index(song, []byte{0xff, 0xc0, 0, 17, 8}); at >= 0 {
		binary.BigEndian.PutUint32(song[at+5:], 30000<<16|30000)
	} else {
		t.Fatal("the demo album has no cover")
	}
	os.WriteFile(name, song, 0o666)
	lib, err := openLibrary(dir, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer lib.Close()
	if _, err := lib.Scan(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	s := newShelves(nil, func(err error) { t.Error(err) })
	s.lib.Store(lib)
	f := &front{refused: s.refused}
	m, err := f.Cover(name, image.Pt(32, 32))
	if m != nil || err == nil {
		t.Fatal("a cover of 30000 by 30000 is shown")
	}
	list := lib.Snapshot().Remarked()
	if len(list) != 1 || !strings.Contains(list[0].Detail, "30000 × 30000") || list[0].Trouble != library.Kind("") {
		t.Errorf("%+v", list)
	}
}
