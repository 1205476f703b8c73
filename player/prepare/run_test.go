package prepare

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"linnet/player/formats"
	"linnet/player/internal/ffmpeg"
	"linnet/player/media"
	"linnet/player/playertest"
	"linnet/player/subtitle"
)

// library makes a library of each kind of file, and others beside.
func library(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "album", ".hidden"), 0o777); err != nil {
		t.Fatal(err)
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	tone, pictures := "sine=d=1:r=96000", "testsrc2=s=360x288:d=1:r=50"
	said := filepath.Join(t.TempDir(), "said.srt")
	if err := os.WriteFile(said, []byte("1\n00:00:00,100 --> 00:00:00,900\nsaid <i>so</i>\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	playertest.FFmpeg(t, "-f", "lavfi", "-i", tone, "-f", "lavfi", "-i", pictures, "-f", "lavfi", "-i", "color=red:s=64x64:d=0.04", "-f", "lavfi", "-i", "testsrc2=s=160x128:d=1:r=25", "-i", said,
		"-map", "0", "-map", "2", "-frames:v", "1", "-c:v", "png", "-disposition:v", "attached_pic", "-c:a", "flac", "-metadata", "title=Hoch", at("album/high.flac"),
		"-map", "0", "-c:a", "wavpack", "-ac", "6", "-metadata", "artist=Amsel", at("album/six.wv"),
		"-map", "0", "-c:a", "wmav2", "-ar", "44100", "-metadata", "title=Weich", "-metadata", "track=7", at("album/soft.wma"),
		"-map", "0", "-c:a", "libmp3lame", "-ar", "44100", at("album/plain.mp3"),
		"-map", "1", "-map", "0", "-map", "0", "-map", "4", "-map", "4", "-map", "4", "-c:s:0", "srt", "-c:s:1", "ass", "-c:s:2", "srt", "-metadata:s:s:1", "language=chi", "-metadata:s:s:2", "language=deu", "-c:v", "libx264", "-preset", "ultrafast", "-vf", "setsar=16/11", "-c:a", "ac3", "-ac", "6", "-ar", "48000",
		"-metadata:s:a:0", "language=deu", "-metadata:s:a:1", "language=fra", at("large.mkv"),
		"-map", "3", "-map", "0", "-c:v", "mpeg4", "-b:v", "400k", "-c:a", "libmp3lame", "-ar", "44100", at("fits.avi"))
	for name, text := range map[string]string{
		"album/soft.lrc": "[00:01.00]x", "large.srt": "1\n00:00:00,000 --> 00:00:01,000\nx\n", "all.m3u": "album/soft.wma\nfits.avi\n", "notes.txt": "x",
		"album/broken.ape": "MAC nothing", "album/.hidden/x.mp3": "x", ".y.mp3": "x",
	} {
		if err := os.WriteFile(at(name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func config(from, to string) Config {
	return Config{Open: formats.Open, Extensions: formats.Extensions(), From: from, To: to, Board: panel, Jobs: 2}
}

// below lists the files in a folder.
func below(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			names = append(names, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func content(t *testing.T, names ...string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(names...))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// prepared runs and checks the counts.
func prepared(t *testing.T, c Config, made, copied, skipped, failed int) []Failure {
	t.Helper()
	calls, last := 0, Progress{}
	p, failures, err := Run(t.Context(), c, func(p Progress) { calls, last = calls+1, p })
	if err != nil {
		t.Fatal(err)
	}
	if p.Made != made || p.Copied != copied || p.Skipped != skipped || p.Failed != failed || len(failures) != failed {
		t.Errorf("%+v, failures %v; want %d made, %d copied, %d skipped, %d failed", p, failures, made, copied, skipped, failed)
	}
	if calls == 0 || last.Files != last.Total || last.Done != 1000 {
		t.Errorf("%d times told, at last %+v", calls, last)
	}
	return failures
}

// The subtitles of a film in MP4 go along: within it where it is copied, beside it where
// it is not.
func TestTimedText(t *testing.T) {
	from, to, said := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "said.srt")
	if err := os.WriteFile(said, []byte("1\n00:00:00,100 --> 00:00:00,900\nsaid <i>so</i>\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	args := []string{"-f", "lavfi", "-i", "testsrc2=s=160x128:d=1:r=25", "-i", said}
	for name, codec := range map[string]string{"fits.mp4": "mpeg4", "other.mov": "libx264"} {
		args = append(args, "-map", "0", "-map", "1", "-c:v", codec, "-b:v", "400k", "-c:s", "mov_text", "-metadata:s:s:0", "language=spa", filepath.Join(from, name))
	}
	playertest.FFmpeg(t, args...)
	prepared(t, config(from, to), 1, 1, 0, 0)
	if got, want := below(t, to), []string{"fits.mp4", "other.mp4", "other.spa.srt"}; !slices.Equal(got, want) {
		t.Fatalf("%q, want %q", got, want)
	}
	want := []subtitle.Cue{{Start: 100 * time.Millisecond, End: 900 * time.Millisecond, Text: "said so", Italic: true}}
	beside, err := subtitle.Parse(content(t, to, "other.spa.srt"), media.Rational{})
	if err != nil || !slices.Equal(beside.Cues, want) {
		t.Errorf("beside: %+v, %v", beside, err)
	}
	m, err := formats.Open(filepath.Join(to, "fits.mp4"))
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	s := m.Demuxer.Streams()
	i := slices.IndexFunc(s, func(s media.Stream) bool { return s.Kind == media.Subtitle && s.Language == "spa" })
	if i < 0 {
		t.Fatalf("%+v", s)
	}
	within := subtitle.NewEmbedded(s[i])
	all, _ := playertest.ReadAll(t, m.Demuxer, 100)
	for _, p := range all {
		if p.Stream == s[i].ID {
			within.Add(&p)
		}
	}
	if !slices.Equal(within.Cues, want) {
		t.Errorf("within: %+v", within.Cues)
	}
}

// A library is prepared, and a second time only what has changed.
func TestRun(t *testing.T) {
	from, to := library(t), filepath.Join(t.TempDir(), "new", "card")
	if err := os.MkdirAll(to, 0o777); err != nil {
		t.Fatal(err)
	}
	os.WriteFile(filepath.Join(to, ".six.flac"+partEnding), []byte("of a run that was killed"), 0o666)

	failures := prepared(t, config(from, to), 4, 5, 0, 1)
	if len(failures) == 1 && (failures[0].Path != "album/broken.ape" || failures[0].Err == nil) {
		t.Error(failures)
	}
	want := []string{"album/high.flac", "album/plain.mp3", "album/six.flac", "album/soft.lrc", "album/soft.m4a", "all.m3u", "fits.avi", "large.2.srt", "large.chi.ass", "large.deu.srt", "large.mp4", "large.srt"}
	if got := below(t, to); !slices.Equal(got, want) {
		t.Errorf("there is %q, want %q", got, want)
	}
	for _, name := range []string{"album/plain.mp3", "fits.avi", "large.srt"} {
		if !bytes.Equal(content(t, from, name), content(t, to, name)) {
			t.Errorf("%s is not what it was", name)
		}
	}
	if got := string(content(t, to, "all.m3u")); got != "album/soft.m4a\nfits.avi\n" {
		t.Errorf("the playlist is %q", got)
	}
	checkMade(t, to)

	prepared(t, config(from, to), 0, 0, 9, 1)
	later := time.Now().Add(time.Hour)
	os.Chtimes(filepath.Join(from, "album", "soft.wma"), later, later)
	os.WriteFile(filepath.Join(from, "large.srt"), []byte("2"), 0o666)
	os.Remove(filepath.Join(to, "album", "plain.mp3"))
	prepared(t, config(from, to), 1, 2, 6, 1)
	c := config(from, to)
	c.Again = true
	prepared(t, c, 4, 5, 0, 1)
}

// checkMade looks at what the library became.
func checkMade(t *testing.T, dir string) {
	t.Helper()
	streams := func(name string) ([]media.Stream, media.Tags) {
		m, err := formats.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer m.Close()
		return m.Demuxer.Streams(), m.Tags
	}
	s, tags := streams("album/high.flac")
	if f := s[0].Audio; f.Rate != 44100 || f.Bits != 16 || f.Channels != 1 || tags.Title != "Hoch" || !tags.HasCover {
		t.Errorf("high.flac: %+v, %+v", f, tags)
	}
	s, tags = streams("album/six.flac")
	if f := s[0].Audio; f.Rate != 44100 || f.Channels != 2 || tags.Artist != "Amsel" {
		t.Errorf("six.flac: %+v, %+v", f, tags)
	}
	s, tags = streams("album/soft.m4a")
	if s[0].Codec != media.AAC || s[0].Audio.Rate != 44100 || tags.Title != "Weich" || tags.Track != 7 {
		t.Errorf("soft.m4a: %+v, %+v", s, tags)
	}
	s, _ = streams("large.mp4")
	i := slices.IndexFunc(s, func(s media.Stream) bool { return s.Kind == media.Video })
	v := s[i]
	if v.Codec != media.MPEG4 || v.Video.Width != 320 || v.Video.Height != 176 || v.Video.Rate.Num != 25*v.Video.Rate.Den || len(s) != 3 {
		t.Errorf("large.mp4: %+v", s)
	}
	for _, name := range []string{"large.2.srt", "large.chi.ass", "large.deu.srt"} {
		track, err := subtitle.Parse(content(t, dir, name), media.Rational{})
		if err != nil || len(track.Cues) != 1 {
			t.Errorf("%s: %+v, %v", name, track, err)
			continue
		}
		c, wanted := track.Cues[0], subtitle.Cue{Start: 100 * time.Millisecond, End: 900 * time.Millisecond, Text: "said so", Italic: true}
		if late := c.Start - wanted.Start; late < 0 || late > 20*time.Millisecond { // the film begins with its sound's encoder's delay
			t.Errorf("%s is %v late", name, late)
		}
		if c.End -= c.Start - wanted.Start; c.End != wanted.End || c.Text != wanted.Text || !c.Italic {
			t.Errorf("%s: %+v, want %+v", name, c, wanted)
		}
	}
	tools, err := ffmpeg.Find()
	if err != nil {
		t.Fatal(err)
	}
	info, err := tools.Probe(t.Context(), filepath.Join(dir, "large.mp4"))
	if err != nil {
		t.Fatal(err)
	}
	var languages []string
	for _, s := range info.Streams {
		if s.Kind == media.Audio {
			languages = append(languages, s.Language)
		}
	}
	if !slices.Equal(languages, []string{"deu", "fra"}) || info.Duration < 900*time.Millisecond || info.Duration > 1100*time.Millisecond {
		t.Errorf("large.mp4 has sound in %q, and lasts %v", languages, info.Duration)
	}
}

// Wherever a run is cancelled, each file is there whole or not at all, and the
// next run makes the rest.
func TestCancel(t *testing.T) {
	from, to := library(t), t.TempDir()
	for _, files := range []int{-1, 0, 5} {
		ctx, cancel := context.WithCancel(t.Context())
		c := config(from, to)
		c.Jobs = 1
		_, _, err := Run(ctx, c, func(p Progress) {
			if !p.Looking && p.Files > files || files < 0 {
				cancel()
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled after %d files: %v", files, err)
		}
		for _, name := range below(t, to) {
			if strings.HasSuffix(name, partEnding) {
				t.Errorf("%s is left", name)
			}
			if m, err := formats.Open(filepath.Join(to, name)); err == nil {
				m.Close()
			} else if !slices.Contains(beside, filepath.Ext(name)) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	p, _, err := Run(t.Context(), config(from, to), nil)
	if err != nil || p.Skipped == 0 || p.Skipped+p.Made+p.Copied != 9 {
		t.Errorf("%+v, %v", p, err)
	}
}

// fake puts programs into the PATH that answer as ffprobe does, and for ffmpeg run
// a script.
func fake(t *testing.T, script string) {
	t.Helper()
	dir := t.TempDir()
	probe := `#!/bin/sh
echo '{"streams": [{"index": 0, "codec_type": "audio", "codec_name": "wmav2", "sample_rate": "44100", "channels": 2}], "format": {"format_name": "asf", "duration": "100"}}'`
	for name, text := range map[string]string{"ffprobe": probe, "ffmpeg": "#!/bin/sh\n" + script} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir+string(filepath.ListSeparator)+os.Getenv("PATH"))
}

// An ffmpeg that hangs, fails or makes something else costs its file, and no more.
func TestBadFFmpeg(t *testing.T) {
	for script, want := range map[string]string{
		"echo out_time_us=5000000; sleep 300 & sleep 300": "ffmpeg stood still at 5s",
		"echo Out of luck >&2; exit 1":                    "ffmpeg: Out of luck",
		"for to; do :; done; echo x > ${to#file:}":        "can't be played",
		"for to; do :; done; cp good.avi ${to#file:}":     "not what the board plays",
		"exit 0": "",
	} {
		t.Run(script, func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir)
			playertest.FFmpeg(t, "-f", "lavfi", "-i", "testsrc2=s=64x64:d=1", "-f", "lavfi", "-i", "sine=d=1:r=44100", "-c:v", "mpeg4", "-c:a", "mp2", "good.avi")
			fake(t, script)
			os.Mkdir("lib", 0o777)
			os.WriteFile("lib/a.wma", []byte("x"), 0o666)
			os.WriteFile("lib/a.lrc", []byte("x"), 0o666)
			c := config("lib", "card")
			if strings.Contains(want, "stood still") {
				c.Patience = 5 * time.Second // in which a busy machine starts a program
			}
			p, failures, err := Run(t.Context(), c, nil)
			if err != nil || p.Copied != 1 || p.Failed != 1 || len(failures) != 1 || failures[0].Path != "a.wma" || !strings.Contains(failures[0].Err.Error(), want) {
				t.Errorf("%+v, %v, %v", p, failures, err)
			}
			if got := below(t, "card"); !slices.Equal(got, []string{"a.lrc"}) {
				t.Errorf("there is %q", got)
			}
		})
	}
}

// The library itself is never written to, and what cannot be is said at once.
func TestRefusals(t *testing.T) {
	fake(t, "exit 1")
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, "file"), []byte("x"), 0o666)
	for _, c := range []struct{ from, to, want string }{
		{dir, dir + "/../" + filepath.Base(dir), "the library itself"},
		{dir, filepath.Join(dir, "file"), "not a folder"},
		{filepath.Join(dir, "file"), filepath.Join(dir, "x"), "not a folder"},
		{filepath.Join(dir, "none"), filepath.Join(dir, "x"), "no such file"},
	} {
		if _, _, err := Run(t.Context(), config(c.from, c.to), nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s to %s: %v", c.from, c.to, err)
		}
	}
	// A target within the library is no part of it.
	inner := filepath.Join(dir, "inner")
	os.Mkdir(inner, 0o777)
	os.WriteFile(filepath.Join(dir, "a.lrc"), []byte("x"), 0o666)
	for range 2 {
		if p, _, err := Run(t.Context(), config(dir, inner), nil); err != nil || p.Total != 1 {
			t.Errorf("%+v, %v", p, err)
		}
	}
	t.Setenv("PATH", t.TempDir())
	if _, _, err := Run(t.Context(), config(dir, inner), nil); !errors.Is(err, ffmpeg.ErrMissing) {
		t.Error(err)
	}
}
