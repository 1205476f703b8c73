package formats

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"linnet/player/media"
	"linnet/player/playertest"
)

// Chapters that ffmpeg writes are found in every container that has a place for
// them.
func TestChapters(t *testing.T) {
	dir := t.TempDir()
	meta := filepath.Join(dir, "meta")
	text := ";FFMETADATA1\ntitle=Book\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1250\ntitle=Über eins\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=1250\nEND=2000\ntitle=第二章\n" +
		"[CHAPTER]\nTIMEBASE=1/1000\nSTART=2000\nEND=3000\ntitle=Three\n"
	if err := os.WriteFile(meta, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"-y", "-f", "lavfi", "-i", "sine=d=3", "-i", meta}
	files := []string{"a.m4a", "b.m4b", "a.mp4", "a.mov", "a.mka", "a.webm", "a.ogg", "a.opus", "a.oga", "a.flac", "a.mp3"}
	codecs := map[string]string{".webm": "libopus", ".opus": "libopus", ".oga": "flac", ".mka": "flac", ".ogg": "libvorbis", ".mp3": "libmp3lame", ".flac": "flac"}
	for _, f := range files {
		codec := codecs[filepath.Ext(f)]
		if codec == "" {
			codec = "aac"
		}
		args = append(args, "-map", "0", "-map_metadata", "1", "-map_chapters", "1", "-c:a", codec)
		if slices.Contains([]string{".ogg", ".oga", ".flac"}, filepath.Ext(f)) { // where ffmpeg writes them as tags only
			args = append(args, "-metadata", "CHAPTER001=00:00:00.000", "-metadata", "CHAPTER001NAME=Über eins", "-metadata", "CHAPTER002=00:00:01.250",
				"-metadata", "CHAPTER002NAME=第二章", "-metadata", "CHAPTER003=00:00:02.000", "-metadata", "CHAPTER003NAME=Three")
		}
		args = append(args, filepath.Join(dir, f))
	}
	playertest.FFmpeg(t, args...)
	want := []media.Chapter{{Title: "Über eins"}, {Start: 1250 * time.Millisecond, Title: "第二章"}, {Start: 2 * time.Second, Title: "Three"}}
	for _, f := range files {
		m, err := Open(filepath.Join(dir, f))
		if err != nil {
			t.Fatal(err)
		}
		m.Close()
		if !slices.Equal(m.Chapters, want) {
			t.Errorf("%s: %+v", f, m.Chapters)
		}
		if m.Tags.Title != "Book" {
			t.Errorf("%s: the title is %q", f, m.Tags.Title)
		}
	}
}
