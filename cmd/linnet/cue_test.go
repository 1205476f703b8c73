package main

import (
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"linnet/player/cue"
)

// cutAt is where the tracks of the tests' albums begin, in frames of a disc.
var cutAt = []int64{0, 1, 150, 407, 408, 700}

// sheetOf is a cue sheet of one file.
func sheetOf(file string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "PERFORMER \"The Band\"\nTITLE \"The Disc\"\nREM DATE 1999\nFILE \"%s\" WAVE\n", file)
	for i, at := range cutAt {
		fmt.Fprintf(&b, "  TRACK %02d AUDIO\n    TITLE \"Part %d\"\n    PERFORMER \"Player %d\"\n    INDEX 01 %s\n", i+1, i+1, i%2, cue.Clock(cue.Sectors(at)))
	}
	return b.String()
}

// The tracks of an album that is one file are, one after the other, the samples of
// the file: played as an album without a gap, and each decoded by itself. That holds
// for codecs with and without delay, and for those whose packets depend on the ones
// before.
func TestCueIsTheFile(t *testing.T) {
	tool(t, "ffmpeg", "flac")
	dir := t.TempDir()
	wav := filepath.Join(dir, "album.wav")
	pcm := recording(44100 * 12)
	writeWAV(t, wav, pcm)
	for _, ext := range []string{"wav", "flac", "mp3", "ogg", "m4a", "mp2"} {
		t.Run(ext, func(t *testing.T) {
			dir := filepath.Join(dir, ext)
			if err := os.Mkdir(dir, 0o777); err != nil {
				t.Fatal(err)
			}
			album, sheet, out := filepath.Join(dir, "album."+ext), filepath.Join(dir, "a.cue"), filepath.Join(dir, "x.wav")
			command(t, "ffmpeg", "-v", "error", "-i", wav, album)
			write(t, sheet, sheetOf("album.wav")) // as before it was encoded
			whole := int16s([]byte(mustLinnet(t, "decode", album)))
			if len(whole) < len(pcm) {
				t.Fatalf("%d samples", len(whole))
			}
			said := mustLinnet(t, "play", "--ao=wav:"+out, sheet)
			expectPCM(t, readWAV(t, out), whole)
			for _, want := range []string{" of 6  Part ", " · Player ", "opened 1 time(s)"} {
				if !strings.Contains(said, want) {
					t.Errorf("%q is not said:\n%s", want, said)
				}
			}
			var joined []int16
			for i := range cutAt {
				part := int16s([]byte(mustLinnet(t, "decode", cue.Name(sheet, i))))
				if i+1 < len(cutAt) && int64(len(part)) != 2*588*(cutAt[i+1]-cutAt[i]) {
					t.Errorf("track %d has %d frames", i+1, len(part)/2)
				}
				joined = append(joined, part...)
			}
			expectPCM(t, joined, whole)
		})
	}
}

// An album is found in the file itself, too: in FLAC's block and in comments.
func TestCueWithin(t *testing.T) {
	tool(t, "flac", "ffmpeg")
	dir := t.TempDir()
	wav, sheet := filepath.Join(dir, "album.wav"), filepath.Join(dir, "a.cue")
	writeWAV(t, wav, recording(44100*12))
	write(t, sheet, sheetOf("album.wav"))
	block, text, both, ogg := filepath.Join(dir, "block.flac"), filepath.Join(dir, "text.flac"), filepath.Join(dir, "both.flac"), filepath.Join(dir, "text.ogg")
	command(t, "flac", "--silent", "-o", block, "--cuesheet="+sheet, "-T", "ALBUM=Its tag", wav)
	command(t, "flac", "--silent", "-o", text, "--tag-from-file=CUESHEET="+sheet, wav)
	command(t, "flac", "--silent", "-o", both, "--cuesheet="+sheet, "--tag-from-file=CUESHEET="+sheet, wav)
	command(t, "ffmpeg", "-v", "error", "-i", wav, "-metadata", "CUESHEET="+sheetOf("x"), ogg)
	for _, file := range []string{block, text, both, ogg} {
		files, err := expand([]string{file})
		if err != nil || len(files) != len(cutAt) || files[3] != file+"/track0004" {
			t.Errorf("%s: %q, %v", file, files, err)
			continue
		}
		m, err := opener(image.Point{})(files[3])
		if err != nil {
			t.Error(err)
			continue
		}
		m.Close()
		title, album := "Part 4", "The Disc"
		if file == block { // which has no titles
			title, album = "Its tag 04", "Its tag"
		}
		if m.Tags.Title != title || m.Tags.Album != album || m.Tags.Track != 4 || m.Tags.TrackTotal != 6 || m.Range.From != cue.Sectors(407) || m.Range.To != cue.Sectors(408) {
			t.Errorf("%s: %+v %+v", file, m.Tags, m.Range)
		}
		if got := len(mustLinnet(t, "decode", files[3])); got != 588*4 {
			t.Errorf("%s: %d bytes", file, got)
		}
	}
}

// Of a folder with sheets, what they cut up is played as their tracks, and once.
func TestExpandSheets(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"1.flac", "3.flac", "album.flac"} {
		write(t, filepath.Join(dir, name), "x")
	}
	const tracks = "TRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nINDEX 01 00:01:00\n"
	write(t, filepath.Join(dir, "2.cue"), "FILE \"album.wav\" WAVE\n"+tracks)
	write(t, filepath.Join(dir, "2b.cue"), "FILE \"album.flac\" WAVE\n"+tracks)
	write(t, filepath.Join(dir, "4.cue"), "FILE \"gone.wav\" WAVE\n"+tracks)
	write(t, filepath.Join(dir, "5.cue"), "nonsense")
	got, err := expand([]string{dir})
	want := []string{"1.flac", "3.flac", "2.cue/track0001", "2.cue/track0002"}
	for i := range want {
		want[i] = filepath.Join(dir, want[i])
	}
	slices.SortFunc(want, comparePaths)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v, want %q", got, err, want)
	}
	// A sheet of which a file is missing has the others.
	for _, name := range []string{"6.cue", "7.cue"} {
		write(t, filepath.Join(dir, name), "FILE \"gone.wav\" WAVE\n"+tracks+"FILE \""+map[string]string{"6.cue": "1", "7.cue": "3"}[name]+".wav\" WAVE\nTRACK 03 AUDIO\nINDEX 01 00:00:00\n")
	}
	got, err = expand([]string{dir})
	want = []string{"2.cue/track0001", "2.cue/track0002", "6.cue/track0003", "7.cue/track0003"}
	for i := range want {
		want[i] = filepath.Join(dir, want[i])
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("with files that are missing: %q, %v, want %q", got, err, want)
	}
	list := filepath.Join(dir, "list.m3u")
	write(t, list, "1.flac\n2.cue\n5.cue\n2.cue/track0002\n")
	got, err = expand([]string{list, cue.Name(filepath.Join(dir, "2.cue"), 0)})
	want = []string{"1.flac", "2.cue/track0001", "2.cue/track0002", "5.cue", "2.cue/track0002", "2.cue/track0001"}
	for i := range want {
		want[i] = filepath.Join(dir, want[i])
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("a list: %q, %v", got, err)
	}
	for _, name := range []string{"4.cue", "5.cue"} {
		if got, err := expand([]string{filepath.Join(dir, name)}); err == nil {
			t.Errorf("%s: %q", name, got)
		}
	}
}
