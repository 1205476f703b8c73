package wav_test

import (
	"fmt"
	"os"
	"path/filepath"
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

// ffmpeg writes each kind of file; what we decode of it is what it decodes.
func TestAgainstFFmpeg(t *testing.T) {
	for _, codec := range []string{
		"pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le",
		"pcm_alaw", "pcm_mulaw", "adpcm_ima_wav", "adpcm_ms",
	} {
		for _, shape := range [][2]int{{44100, 2}, {8000, 1}, {48000, 6}, {96000, 8}} {
			if shape[1] > 2 && codec[:5] == "adpcm" {
				continue // its encoders take two channels at most
			}
			t.Run(fmt.Sprintf("%s %dx%d", codec, shape[0], shape[1]), func(t *testing.T) {
				file := filepath.Join(t.TempDir(), "x.wav")
				playertest.FFmpeg(t, append(signal(shape[0], shape[1]), "-c:a", codec, file)...)
				compareWithFFmpeg(t, file, shape[1])
			})
		}
	}
}

func TestBlockSizesAgainstFFmpeg(t *testing.T) {
	for _, size := range []string{"32", "64", "256", "512", "4096", "8192"} {
		for _, codec := range []string{"adpcm_ima_wav", "adpcm_ms"} {
			t.Run(codec+" "+size, func(t *testing.T) {
				file := filepath.Join(t.TempDir(), "x.wav")
				playertest.FFmpeg(t, append(signal(22050, 2), "-c:a", codec, "-block_size", size, file)...)
				compareWithFFmpeg(t, file, 2)
			})
		}
	}
}

func TestRF64AgainstFFmpeg(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.wav")
	playertest.FFmpeg(t, append(signal(44100, 2), "-rf64", "always", "-c:a", "pcm_s24le", file)...)
	compareWithFFmpeg(t, file, 2)
}

// Files that no encoder of ours writes: noise in every block of ADPCM, cut in
// the middle of one.
func TestNoiseAgainstFFmpeg(t *testing.T) {
	for _, c := range []struct{ tag, channels, align, size int }{
		{0x11, 1, 256, 256*9 + 100}, {0x11, 2, 512, 512*9 + 77}, {0x11, 2, 40, 40*99 + 33},
		{2, 1, 256, 256*9 + 100}, {2, 2, 512, 512*9 + 77}, {2, 2, 70, 70*99 + 33},
	} {
		t.Run(fmt.Sprintf("%d %d %d", c.tag, c.channels, c.align), func(t *testing.T) {
			data := noise(c.size)
			for at := 0; at < len(data); at += c.align {
				plausible(data[at:], c.tag, c.channels)
			}
			var b fileBuilder
			frames := []byte{0xf4, 1}
			b.chunk("fmt ", waveFormat(c.tag, c.channels, 22050, c.align, 4, frames...)).chunk("data", data)
			file := filepath.Join(t.TempDir(), "x.wav")
			if err := os.WriteFile(file, b.riff("RIFF"), 0o600); err != nil {
				t.Fatal(err)
			}
			compareWithFFmpeg(t, file, c.channels)
		})
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

func compareWithFFmpeg(t *testing.T, file string, channels int) {
	t.Helper()
	b, err := os.ReadFile(file)
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
	playertest.SameSamples(t, got, playertest.FFmpegSamples(t, file), channels)
}
