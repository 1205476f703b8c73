package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"linnet/player"
	"linnet/player/ao"
	"linnet/player/formats"
	"linnet/player/library"
	"linnet/player/resume"
)

// maxHourly is how much an hour of playing may write to flash.
const maxHourly = 1_000_000

// written is how many bytes this program has written so far, to whatever.
func written(t *testing.T) int64 {
	t.Helper()
	b, err := os.ReadFile("/proc/self/io")
	if err != nil {
		t.Skip("the kernel does not count what a program writes: ", err)
	}
	n, err := strconv.ParseInt(string(regexp.MustCompile(`wchar: (\d+)`).FindSubmatch(b)[1]), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// An hour of playing, with its counts of what was heard and the place that is
// kept over a loss of power, spares the flash: 18 tracks of 200 s, in virtual time.
func TestAnHourWritesLittle(t *testing.T) {
	if testing.Short() {
		t.Skip("decodes an hour")
	}
	dir := t.TempDir()
	root, state := filepath.Join(dir, "music"), filepath.Join(dir, "state")
	for _, d := range []string{root, state} {
		if err := os.Mkdir(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	var paths []string
	for i := range 18 {
		path := filepath.Join(root, fmt.Sprintf("%02d.wav", i))
		write(t, path, slowWAV(200))
		paths = append(paths, path)
	}
	for i := range 300 { // a library of a size that its database has some pages
		write(t, filepath.Join(root, fmt.Sprintf("other %04d.wav", i)), slowWAV(0))
	}
	lib := scanned(t, root, state)
	synctest.Test(t, func(t *testing.T) {
		null, err := ao.Open("null")
		if err != nil {
			t.Fatal(err)
		}
		p := player.New(player.Config{Open: formats.Open, Audio: adapt(null)})
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{}, 2)
		say := func(err error) { t.Error(err) }
		go func() { count(ctx, p, lib, say); done <- struct{}{} }()
		go func() {
			newLeaving(p, resume.State{}, false).keep(ctx, resume.New("", filepath.Join(state, "place")), say)
			done <- struct{}{}
		}()
		before := written(t)
		p.SetQueue(paths, 0)
		time.Sleep(time.Hour)
		bytes := written(t) - before
		stop()
		<-done
		<-done
		if err := p.Close(); err != nil {
			t.Error(err)
		}
		t.Logf("an hour of playing: %d bytes written", bytes)
		if bytes > maxHourly || bytes == 0 {
			t.Errorf("%d bytes were written, and %d are the most", bytes, maxHourly)
		}
		for _, i := range []int{0, 16} {
			if n := lib.Stats(fmt.Sprintf("%02d.wav", i)).Plays; n != 1 {
				t.Errorf("track %d counts as played %d times", i, n)
			}
		}
	})
}

// slowWAV is so many seconds of silence of 8 kHz and 8 bits.
func slowWAV(seconds int) string {
	n := 8000 * seconds
	le := func(v, size int) string {
		b := make([]byte, size)
		for i := range b {
			b[i] = byte(v >> (8 * i))
		}
		return string(b)
	}
	return "RIFF" + le(36+n, 4) + "WAVEfmt " + le(16, 4) + le(1, 2) + le(1, 2) + le(8000, 4) + le(8000, 4) + le(1, 2) + le(8, 2) + "data" + le(n, 4) + strings.Repeat("\x80", n)
}

// scanned is the library of a folder, kept in another.
func scanned(t *testing.T, root, state string) *library.Library {
	t.Helper()
	lib, err := openLibrary(root, state, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { lib.Close() })
	if _, err := lib.Scan(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return lib
}
