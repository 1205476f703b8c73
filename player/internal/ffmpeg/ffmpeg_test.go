package ffmpeg

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"linnet/player/media"
)

func tools(t *testing.T) Tools {
	t.Helper()
	found, err := Find()
	if err != nil {
		t.Skip("no child to run: ", err)
	}
	return found
}

func shell(t *testing.T, ctx context.Context, script string) *Process {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("there is no shell on this system")
	}
	p, err := Start(ctx, nil, "/bin/sh", "-c", script)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// What ffprobe says becomes what we ask for; what is odd in it is not known.
func TestParse(t *testing.T) {
	info, err := parse([]byte(`{"streams": [
		{"index": 0, "codec_type": "video", "codec_name": "mjpeg", "width": 500, "height": 400, "disposition": {"attached_pic": 1}},
		{"index": 1, "codec_type": "data"},
		{"index": 2, "codec_type": "video", "codec_name": "h264", "width": 720, "height": 576, "sample_aspect_ratio": "16:11", "avg_frame_rate": "0/0", "r_frame_rate": "30000/1001", "bit_rate": "7000",
			"side_data_list": [{"side_data_type": "x"}, {"rotation": -90}]},
		{"index": 3, "codec_type": "audio", "codec_name": "ac3", "sample_rate": "48000", "channels": 6, "tags": {"LANGUAGE": "deu"}},
		{"index": 4, "codec_type": "audio", "codec_name": "aac", "sample_rate": "-1"},
		{"index": 5, "codec_type": "subtitle", "codec_name": "ass", "tags": {"language": "fra"}}],
		"format": {"format_name": "matroska,webm", "duration": "61.250000", "bit_rate": "800000", "tags": {"TITLE": "Amsel"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	if info.Format != "matroska" || info.Duration != 61250*time.Millisecond || info.BitRate != 800000 || info.Tags["title"] != "Amsel" || len(info.Streams) != 5 {
		t.Errorf("%+v", info)
	}
	v := *info.First(media.Video)
	if want := (Stream{Index: 2, Kind: media.Video, Codec: "h264", BitRate: 7000, Width: 576, Height: 720, Pictures: media.Rational{Num: 30000, Den: 1001}, Aspect: media.Rational{Num: 11, Den: 16}}); v != want {
		t.Errorf("%+v, want %+v", v, want)
	}
	a := *info.First(media.Audio)
	if want := (Stream{Index: 3, Kind: media.Audio, Codec: "ac3", Language: "deu", Rate: 48000, Channels: 6}); a != want {
		t.Errorf("%+v, want %+v", a, want)
	}
	if !info.Streams[0].Cover || info.Streams[3].Rate != 0 || *info.First(media.Subtitle) != (Stream{Index: 5, Kind: media.Subtitle, Codec: "ass", Language: "fra"}) {
		t.Errorf("%+v", info.Streams)
	}
	for _, bad := range []string{"", "[]", `{"format": 3}`} {
		if _, err := parse([]byte(bad)); err == nil {
			t.Errorf("%q is taken for a report", bad)
		}
	}
	for text, want := range map[string]time.Duration{"": -1, "N/A": -1, "-3": -1, "1e9": -1, "0.000001": time.Microsecond, "99999999999999": -1} {
		if got := duration(text); got != want {
			t.Errorf("%q is %v, want %v", text, got, want)
		}
	}
}

// No name of a file is taken for an option or an address.
func TestProbe(t *testing.T) {
	have := tools(t)
	dir := t.TempDir()
	t.Chdir(dir)
	for _, name := range []string{"-i.wav", "http:a.wav", "a%d.wav", "a b'\".wav", "concat:x|y.wav"} {
		p, err := Start(t.Context(), nil, have.FFmpeg, "-v", "error", "-f", "lavfi", "-i", "sine=d=1", Output(name))
		if err == nil {
			err = p.Wait()
		}
		if err != nil {
			t.Fatal(err)
		}
		info, err := have.Probe(t.Context(), name)
		if err != nil || info.Format != "wav" || info.Duration != time.Second || len(info.Streams) != 1 || info.Streams[0].Rate != 44100 {
			t.Errorf("%s: %+v, %v", name, info, err)
		}
	}
	os.WriteFile("list.m3u8", []byte("#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n"), 0o666)
	if _, err := have.Probe(t.Context(), "list.m3u8"); err == nil {
		t.Error("a playlist of addresses is followed")
	}
	os.WriteFile("junk.wav", []byte("nothing"), 0o666)
	if _, err := have.Probe(t.Context(), "junk.wav"); err == nil || !strings.Contains(err.Error(), "ffprobe: ") {
		t.Errorf("junk: %v", err)
	}
}

// The error of a child is the last that it said.
func TestErrors(t *testing.T) {
	err := shell(t, t.Context(), "echo first >&2; echo the last >&2; echo >&2; exit 3").Wait()
	if err == nil || err.Error() != "sh: the last" {
		t.Error(err)
	}
	if err = shell(t, t.Context(), "exit 3").Wait(); err == nil || !strings.Contains(err.Error(), "exit status 3") {
		t.Error(err)
	}
	if err = shell(t, t.Context(), "i=0; while [ $i -lt 3000 ]; do echo line $i >&2; i=$((i+1)); done; exit 1").Wait(); err == nil || err.Error() != "sh: line 2999" {
		t.Error(err)
	}
	if err = shell(t, t.Context(), "exit 0").Wait(); err != nil {
		t.Error(err)
	}
	if _, err := Start(t.Context(), nil, filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

// A child is killed with what it started, and no pipe that they hold keeps us.
func TestKill(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var out bytes.Buffer
	p, err := Start(ctx, &out, "/bin/sh", "-c", "trap '' TERM INT; (sleep 300; echo) & sleep 300")
	if err != nil {
		t.Skip("no shell: ", err)
	}
	select {
	case <-p.Done():
		t.Fatal("it ended by itself")
	case <-time.After(50 * time.Millisecond):
	}
	began := time.Now()
	cancel()
	if err := p.Wait(); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if d := time.Since(began); d > 20*time.Second {
		t.Errorf("it took %v", d)
	}
	p.Kill() // once more does nothing
}

func TestMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := Find(); err != ErrMissing {
		t.Error(err)
	}
}
