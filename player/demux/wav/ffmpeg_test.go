package wav_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"linnet/player/playertest"
)

// signal is ffmpeg's source: noise that is clipped now and then, and is not
// the same in the channels.
func signal(rate, channels int) []string {
	src := "aevalsrc="
	for c := range channels {
		if c > 0 {
			src += "|"
		}
		src += fmt.Sprintf("1.2*sin(%d*t*t)*random(%d)", 900*(c+1), c)
	}
	return []string{"-f", "lavfi", "-i", fmt.Sprintf("%s:s=%d:d=0.4", src, rate)}
}

var ffmpegCodecs = [][]string{
	{"-c:a", "pcm_u8"}, {"-c:a", "pcm_s16le"}, {"-c:a", "pcm_s24le"}, {"-c:a", "pcm_s32le"}, {"-c:a", "pcm_f32le"}, {"-c:a", "pcm_f64le"},
	{"-c:a", "pcm_alaw"}, {"-c:a", "pcm_mulaw"}, {"-c:a", "pcm_s24le", "-rf64", "always"},
}

// of one or two channels
var ffmpegADPCM = [][]string{
	{"-c:a", "adpcm_ima_wav"}, {"-c:a", "adpcm_ima_wav", "-block_size", "32"}, {"-c:a", "adpcm_ima_wav", "-block_size", "8192"},
	{"-c:a", "adpcm_ms"}, {"-c:a", "adpcm_ms", "-block_size", "32"}, {"-c:a", "adpcm_ms", "-block_size", "8192"},
}

// ffmpeg writes each kind of file; what we decode of it is what it decodes.
func TestAgainstFFmpeg(t *testing.T) {
	for _, shape := range [][2]int{{44100, 2}, {8000, 1}, {22050, 2}, {48000, 6}, {96000, 8}} {
		t.Run(fmt.Sprintf("%dx%d", shape[0], shape[1]), func(t *testing.T) {
			codecs := ffmpegCodecs
			if shape[1] <= 2 {
				codecs = slices.Concat(codecs, ffmpegADPCM)
			}
			args, dir := signal(shape[0], shape[1]), t.TempDir()
			var files []string
			for i, c := range codecs {
				files = append(files, filepath.Join(dir, fmt.Sprintf("%d %s.wav", i, c[1])))
				args = append(append(args, c...), files[i])
			}
			playertest.FFmpeg(t, args...)
			compareWithFFmpeg(t, files, shape[1])
		})
	}
}

// Files that no encoder of ours writes: noise in every block of ADPCM, cut in
// the middle of one.
func TestNoiseAgainstFFmpeg(t *testing.T) {
	dir := t.TempDir()
	for channels, blocks := range map[int][][3]int{
		1: {{0x11, 256, 100}, {2, 256, 100}},
		2: {{0x11, 512, 77}, {0x11, 40, 33}, {2, 512, 77}, {2, 70, 33}},
	} {
		var files []string
		for _, c := range blocks {
			var b fileBuilder
			data := noise(c[1]*40 + c[2])
			for at := 0; at < len(data); at += c[1] {
				plausible(data[at:], c[0], channels)
			}
			b.chunk("fmt ", waveFormat(c[0], channels, 22050, c[1], 4, 0, 0)).chunk("data", data)
			file := filepath.Join(dir, fmt.Sprintf("%#x %d.wav", c[0], c[1]))
			if err := os.WriteFile(file, b.riff("RIFF"), 0o600); err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
		compareWithFFmpeg(t, files, channels)
	}
}

// plausible limits the indices in a block's header, and clears the reserved
// byte of IMA ADPCM, which ffmpeg takes for the upper half of the index.
func plausible(block []byte, tag, channels int) {
	for c := range channels {
		switch {
		case tag == 2 && c < len(block):
			block[c] %= 7
		case tag == 0x11 && 4*c+3 < len(block):
			block[4*c+2] %= 89
			block[4*c+3] = 0
		}
	}
}

func compareWithFFmpeg(t *testing.T, files []string, channels int) {
	t.Helper()
	for i, want := range playertest.FFmpegSamples(t, files...) {
		t.Run(filepath.Base(files[i]), func(t *testing.T) {
			b, err := os.ReadFile(files[i])
			if err != nil {
				t.Fatal(err)
			}
			got, err := playertest.Samples(open(t, b), newDecoder)
			if err != nil {
				t.Fatal(err)
			}
			if len(got) == 0 {
				t.Fatal("nothing decoded")
			}
			playertest.SameSamples(t, got, want, channels)
		})
	}
}
