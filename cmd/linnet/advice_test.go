package main

import (
	"fmt"
	"io/fs"
	"net"
	"path/filepath"
	"strings"
	"testing"

	"linnet/player"
	"linnet/player/media"
)

// Every error is one line that names the file and ends with a way out.
func TestErrorsSayWhatToDo(t *testing.T) {
	t.Setenv("PATH", "") // no FFmpeg, which would play what Linnet does not
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	writeWAV(t, path("good.wav"), recording(100))
	write(t, path("cut.wav"), "RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00")
	write(t, path("gsm.wav"), "RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x31\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x00\x00\x00\x00data\x00\x00\x00\x00")
	write(t, path("text.mp3"), strings.Repeat("no music here. ", 500))
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, c := range []struct {
		args       []string
		name, hint string
	}{
		{[]string{"decode", path("none")}, path("none"), "check the path"},
		{[]string{"play", path("none")}, path("none"), "check the path"},
		{[]string{"decode", dir}, dir, "name a file in it"},
		{[]string{"decode", path("cut.wav")}, path("cut.wav"), "get it anew"},
		{[]string{"probe", path("gsm.wav")}, path("gsm.wav"), "have another program convert it"},
		{[]string{"probe", path("text.mp3")}, path("text.mp3"), "Linnet plays MP3"},
		{[]string{"scan", path("none")}, "scan: stat " + path("none"), "check the path"},
		{[]string{"serve", "--ao=null", "--music=" + path("good.wav")}, "serve: " + path("good.wav"), "not a folder"},
		{[]string{"decode", "-o", path("no/where.pcm"), path("good.wav")}, path("no/where.pcm"), "check the path"},
		{[]string{"decode", "-o", "/dev/full", path("good.wav")}, "/dev/full", "make room"},
		{[]string{"play", "--ao=wav:/dev/full", path("good.wav")}, "/dev/full", "make room"},
		{[]string{"play", "--ao=wav:" + path("no/where.wav"), path("good.wav")}, path("no/where.wav"), "check the path"},
		{[]string{"serve", "--ao=null", "--mpd=" + taken.Addr().String(), "--music", dir}, taken.Addr().String(), "name another place"},
	} {
		code, _, errs := linnet(t, c.args...)
		line, _, _ := strings.Cut(errs, "\n")
		if code != 1 || !strings.Contains(line, c.name) || !strings.Contains(line, c.hint) {
			t.Errorf("%q: status %d, said %q", c.args, code, errs)
		}
	}
}

func TestAdviseKeepsTheRest(t *testing.T) {
	for _, err := range []error{errSaid, fmt.Errorf("alsa: open: %w; %w", fs.ErrNotExist, player.ErrNoOutput)} {
		if got := advise(err); got != err.Error() {
			t.Errorf("%q", got)
		}
	}
}

// TestAdviseByStage: what to do about a picture is another thing than about sound, and
// who says that something is missing needs no converter.
func TestAdviseByStage(t *testing.T) {
	for stage, want := range map[string]string{"ad/mp3": "OUT.wav", "demux/mp4": "OUT.wav", "vd/mpeg2": "-c:v mpeg4 OUT.mp4", "poster": "", "player": "", "formats": ""} {
		err := &media.UnsupportedError{Stage: stage, Offset: -1, Msg: "x"}
		if got := advise(err); (got == err.Error()) != (want == "") || !strings.HasSuffix(got, want) {
			t.Errorf("%s: %q", stage, got)
		}
	}
}
