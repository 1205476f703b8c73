package alac_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"linnet/player"
	"linnet/player/ad/alac"
	"linnet/player/demux/mp4"
	"linnet/player/media"
	"linnet/player/playertest"
)

func newDecoder(s media.Stream) (player.AudioDecoder, error) { return alac.New(s) }

// noisy is a source of ffmpeg's: sweeps and noise, other ones in each channel,
// with silence in the middle, and clipped.
func noisy(channels int) string {
	src := "aevalsrc="
	for c := range channels {
		if c > 0 {
			src += "|"
		}
		src += fmt.Sprintf("if(between(t\\,0.2\\,0.3)\\,0\\,1.1*sin(%d*t*t)+0.2*random(%d)*lt(t\\,0.2))", 900*(c+1), c)
	}
	return src
}

// encode has ffmpeg encode half a second or more.
func encode(t *testing.T, dir, name string, rate, channels int, args ...string) string {
	t.Helper()
	file := filepath.Join(dir, name+".m4a")
	in := []string{"-y", "-f", "lavfi", "-i", fmt.Sprintf("%s:s=%d:d=0.4", noisy(channels), rate), "-c:a", "alac"}
	playertest.FFmpeg(t, append(append(in, args...), file)...)
	return file
}

// open returns a demuxer for a file.
func open(t *testing.T, file string) *mp4.Demuxer {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d, err := mp4.New(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// What ffmpeg's encoder writes decodes to what ffmpeg decodes, exactly.
func TestAgainstFFmpeg(t *testing.T) {
	dir := t.TempDir()
	var files []string
	for _, c := range []struct {
		rate, channels int
		args           []string
	}{
		{44100, 1, []string{"-sample_fmt", "s16p"}},
		{44100, 2, []string{"-sample_fmt", "s16p"}},
		{96000, 2, []string{"-sample_fmt", "s32p"}},
		{8000, 1, []string{"-sample_fmt", "s32p", "-compression_level", "0"}},
		{48000, 2, []string{"-sample_fmt", "s16p", "-compression_level", "1"}},
		{48000, 2, []string{"-sample_fmt", "s16p", "-min_prediction_order", "30", "-max_prediction_order", "30"}},
		{48000, 2, []string{"-sample_fmt", "s32p", "-min_prediction_order", "1", "-max_prediction_order", "8"}},
		{22050, 3, []string{"-sample_fmt", "s16p"}},
		{22050, 4, []string{"-sample_fmt", "s16p", "-channel_layout", "4.0"}},
		{22050, 5, []string{"-sample_fmt", "s32p", "-channel_layout", "5.0"}},
		{22050, 6, []string{"-sample_fmt", "s16p", "-channel_layout", "5.1"}},
	} {
		name := fmt.Sprintf("%d %dx%d", len(files), c.rate, c.channels)
		files = append(files, encode(t, dir, name, c.rate, c.channels, c.args...))
	}
	for i, want := range playertest.FFmpegSamples(t, files...) {
		t.Run(filepath.Base(files[i]), func(t *testing.T) {
			d := open(t, files[i])
			got, err := playertest.Samples(d, newDecoder)
			if err != nil {
				t.Fatal(err)
			}
			if len(got) == 0 {
				t.Fatal("nothing decoded")
			}
			playertest.SameSamples(t, got, want, d.Streams()[0].Audio.Channels)
		})
	}
}

func TestContracts(t *testing.T) {
	file := encode(t, t.TempDir(), "x", 44100, 2)
	d := open(t, file)
	s := d.Streams()[0]
	playertest.AudioDecoder(t, func() player.AudioDecoder {
		dec, err := alac.New(s)
		if err != nil {
			t.Fatal(err)
		}
		return dec
	}, s.Audio, playertest.Packets(d, 20))
	playertest.Demuxer(t, func() player.Demuxer { return open(t, file) }, newDecoder)
}
