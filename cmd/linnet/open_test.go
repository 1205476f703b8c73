package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What no decoder here takes is played through ffmpeg, and each front end says so.
func TestThroughFFmpeg(t *testing.T) {
	tool(t, "ffmpeg", "ffprobe")
	file := filepath.Join(t.TempDir(), "film.wmv")
	command(t, "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=640x480:d=1", "-f", "lavfi", "-i", "sine=d=1:r=44100", "-c:v", "wmv2", "-c:a", "wmav2", file)
	if out := mustLinnet(t, "probe", file); !strings.Contains(out, "decoder    ffmpeg, as no decoder here takes it\n") || !strings.Contains(out, "video, wmv2, 640x480") {
		t.Error(out)
	}
	if out := mustLinnet(t, "probe", "--json", file); !strings.Contains(out, `"via": "ffmpeg"`) {
		t.Error(out)
	}
	wav := filepath.Join(t.TempDir(), "out.wav")
	if out := mustLinnet(t, "play", "--ao", "wav:"+wav, file); !strings.HasPrefix(out, "1 of 1  film.wmv  (decoded by ffmpeg)\n") {
		t.Error(out)
	}
	if out := mustLinnet(t, "probe", wav); !strings.Contains(out, "44100 Hz, mono") {
		t.Error(out)
	}
	if !slices.Contains(extensions(), ".wmv") || !playable(file) {
		t.Error("the file is not listed")
	}
	code, _, errs := linnet(t, "decode", "--format", "none", file)
	if code == 0 || !strings.Contains(errs, "not supported") {
		t.Errorf("decode, which is of the decoders here: %d, %s", code, errs)
	}
}
