package demo

import (
	"io"
	"os"
	"testing"

	"linnet/player"
	"linnet/player/demo/internal/cover"
	"linnet/player/formats"
)

// TestShort: what goes into flash is small, the piece is whole, and the clip has
// eight seconds of pictures, undamaged.
func TestShort(t *testing.T) {
	const piece, film, most = "short/Morning on the Perch.mp3", "short/On the Perch.mpg", 800_000
	size := int64(0)
	for _, name := range []string{piece, film} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		size += info.Size()
	}
	if files, err := os.ReadDir("short"); err != nil || len(files) != 2 || size > most {
		t.Errorf("%d files of %d bytes, want 2 of at most %d: %v", len(files), size, most, err)
	}
	if got, want := frames(t, piece), 1896300*320/441; got != want { // LAME takes 32 kHz at this rate
		t.Errorf("%s: %d frames, want %d", piece, got, want)
	}
	if got, want := pictures(t, film), 8*cover.SceneRate; got != want {
		t.Errorf("%s: %d pictures, want %d", film, got, want)
	}
}

func frames(t *testing.T, name string) (n int) {
	t.Helper()
	m, err := formats.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	track, err := player.NewTrack(m, false)
	if err != nil {
		t.Fatal(err)
	}
	defer track.Close()
	var got []int32
	for err == nil {
		got, err = track.Read(got[:0])
		n += len(got) / 2
	}
	if err != io.EOF {
		t.Errorf("%s: %v", name, err)
	}
	return n
}

func pictures(t *testing.T, name string) (n int) {
	t.Helper()
	m, err := formats.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	r, err := player.NewReel(m, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for {
		if _, err = r.Read(nil); err != nil {
			break
		}
		n++
	}
	if damaged, damage := r.Damage(); err != io.EOF || damaged != 0 {
		t.Errorf("%s: %v, %d damaged packets: %v", name, err, damaged, damage)
	}
	return n
}
