package aac_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"linnet/player"
	"linnet/player/ad/aac"
	"linnet/player/demux/adts"
	"linnet/player/demux/mp4"
	"linnet/player/media"
	"linnet/player/playertest"
)

func newDecoder(s media.Stream) (player.AudioDecoder, error) { return aac.New(s) }

// music is a source of ffmpeg's: chords that swell, sweeps, and clicks that
// make encoders take short blocks; other ones in each channel.
func music(channels int) string {
	src := "aevalsrc="
	for c := range channels {
		if c > 0 {
			src += "|"
		}
		src += fmt.Sprintf("0.3*sin(2*PI*%d*t)+0.2*sin(2*PI*440*t)*sin(3*t)+0.2*sin(%d*t*t)+0.8*exp(-300*mod(t+0.0%d\\,0.21))*(random(%d)-0.5)",
			220*(c+2), 2000+700*c, c%10, c)
	}
	return src
}

// Sources that have nothing in them, and too much.
func silence(channels int) string { return sameInAll("0", channels) }
func clipping(channels int) string {
	return sameInAll("1.6*sin(2*PI*330*t)+0.3*sin(3000*t*t)", channels)
}

func sameInAll(expr string, channels int) string {
	src := "aevalsrc=" + expr
	for range channels - 1 {
		src += "|" + expr
	}
	return src
}

// An encoding is what ffmpeg's encoder is asked for.
type encoding struct {
	name           string
	source         func(channels int) string
	rate, channels int
	args           []string
}

func args(s ...string) []string { return s }

// encodings are without noise substitution, which has another outcome in every
// decoder.
var encodings = []encoding{
	{"stereo.m4a", music, 44100, 2, args("-b:a", "128k")},
	{"stereo.aac", music, 44100, 2, args("-b:a", "96k")},
	{"plain.m4a", music, 44100, 2, args("-b:a", "160k", "-aac_is", "0", "-aac_ms", "0", "-aac_tns", "0")},
	{"ms.m4a", music, 48000, 2, args("-b:a", "128k", "-aac_is", "0", "-aac_ms", "1", "-aac_tns", "0")},
	{"is.m4a", music, 44100, 2, args("-b:a", "48k", "-aac_is", "1", "-aac_ms", "0")},
	{"tns.m4a", music, 32000, 2, args("-b:a", "64k", "-aac_tns", "1", "-aac_is", "0")},
	{"fast.m4a", music, 44100, 2, args("-b:a", "128k", "-aac_coder", "fast")},
	{"anmr.m4a", music, 44100, 1, args("-b:a", "64k", "-aac_coder", "twoloop")},
	{"vbr.m4a", music, 44100, 2, args("-q:a", "2")},
	{"mono8.m4a", music, 8000, 1, args("-b:a", "16k")},
	{"mono11.aac", music, 11025, 1, args("-b:a", "24k")},
	{"low.m4a", music, 16000, 2, args("-b:a", "32k")},
	{"low22.m4a", music, 22050, 2, args("-b:a", "40k")},
	{"low24.aac", music, 24000, 1, args("-b:a", "32k")},
	{"64k.m4a", music, 64000, 2, args("-b:a", "128k")},
	{"96k.m4a", music, 96000, 2, args("-b:a", "256k")},
	{"88k.aac", music, 88200, 1, args("-b:a", "128k")},
	{"three.m4a", music, 44100, 3, args("-b:a", "200k", "-channel_layout", "3.0")},
	{"quad.m4a", music, 44100, 4, args("-b:a", "200k", "-channel_layout", "quad")},
	{"five.m4a", music, 48000, 5, args("-b:a", "256k", "-channel_layout", "5.0")},
	{"5.1.m4a", music, 48000, 6, args("-b:a", "320k", "-channel_layout", "5.1")},
	{"5.1.aac", music, 44100, 6, args("-b:a", "320k", "-channel_layout", "5.1")},
	{"7.1.m4a", music, 48000, 8, args("-b:a", "400k", "-channel_layout", "7.1")},
	{"silence.m4a", silence, 44100, 2, args("-b:a", "64k")},
	{"clipping.m4a", clipping, 44100, 2, args("-b:a", "256k")},
}

// encode has ffmpeg make the files.
func encode(t *testing.T, dir string, seconds float64, all ...encoding) (files []string) {
	t.Helper()
	for _, e := range all {
		file := filepath.Join(dir, e.name)
		in := args("-y", "-f", "lavfi", "-i", fmt.Sprintf("%s:s=%d:d=%g", e.source(e.channels), e.rate, seconds), "-c:a", "aac", "-aac_pns", "0")
		playertest.FFmpeg(t, append(append(in, e.args...), file)...)
		files = append(files, file)
	}
	return files
}

// open returns the demuxer of a file.
func open(t testing.TB, b []byte) player.Demuxer {
	t.Helper()
	if mp4.Match(b) {
		d, err := mp4.New(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	d, err := adts.New(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// decodeFile decodes all of a file, untrimmed.
func decodeFile(t testing.TB, name string) ([]int32, media.Stream) {
	t.Helper()
	d := open(t, readFile(t, name))
	got, err := playertest.Samples(d, newDecoder)
	if err != nil {
		t.Fatal(err)
	}
	return got, d.Streams()[0]
}

// reference decodes a file with ffmpeg's decoder, which is in floating point,
// untrimmed.
func reference(t *testing.T, file string) []float32 {
	t.Helper()
	b := playertest.FFmpeg(t, "-flags2", "+skip_manual", "-c:a", "aac", "-i", file, "-f", "f32le", "-")
	x := make([]float32, len(b)/4)
	for i := range x {
		x[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return x
}

// deviation compares samples with ffmpeg's, in units of a 16-bit sample's last
// place.
func deviation(got []int32, want []float32) (rms, peak float64) {
	sum := 0.
	for i, v := range want {
		x := min(max(float64(v), -1), 1-1./(1<<31))
		d := math.Abs(float64(got[i])/(1<<16) - x*(1<<15))
		sum += d * d
		peak = max(peak, d)
	}
	return math.Sqrt(sum / float64(max(len(want), 1))), peak
}

// Against ffmpeg's decoder the error is some hundredths of a 16-bit sample's
// last place, most of it in streams whose filters of temporal noise shaping are
// sharp: there it is that of rounding lines, which the filters repeat.
func TestAgainstFFmpeg(t *testing.T) {
	const maxRMS, maxPeak = 0.1, 0.3
	for i, file := range encode(t, t.TempDir(), 0.7, encodings...) {
		e := encodings[i]
		t.Run(e.name, func(t *testing.T) {
			got, s := decodeFile(t, file)
			want := reference(t, file)
			if len(got) != len(want) || s.Audio.Channels != e.channels || s.Audio.Rate != e.rate {
				t.Fatalf("%d samples of %v, want %d", len(got), s.Audio, len(want))
			}
			rms, peak := deviation(got, want)
			t.Logf("rms %.4f, peak %.4f", rms, peak)
			if rms > maxRMS || peak > maxPeak {
				t.Errorf("rms %.4f, peak %.4f of a 16-bit sample's last place", rms, peak)
			}
		})
	}
}

// Of four channels, three are in front and one is behind.
func TestSurround(t *testing.T) {
	file := encode(t, t.TempDir(), 0.5, encoding{"4.0.m4a", music, 44100, 4, args("-b:a", "200k", "-channel_layout", "4.0")})[0]
	got, s := decodeFile(t, file)
	want := reference(t, file)
	if s.Audio.Channels != 4 || s.Audio.Layout != media.FrontLeft|media.FrontRight|media.FrontCentre|media.BackCentre || len(got) != len(want) {
		t.Fatalf("%+v, %d samples of %d", s.Audio, len(got), len(want))
	}
	if rms, peak := deviation(got, want); rms > 0.1 || peak > 0.3 {
		t.Errorf("rms %.4f, peak %.4f", rms, peak)
	}
}

// Noise is another in every decoder, but as loud in each, and the same every
// time here.
func TestNoiseSubstitution(t *testing.T) {
	file := filepath.Join(t.TempDir(), "noise.m4a")
	playertest.FFmpeg(t, "-y", "-f", "lavfi", "-i", "anoisesrc=r=44100:d=3:a=0.4:seed=1", "-f", "lavfi", "-i", "anoisesrc=r=44100:d=3:a=0.2:seed=2",
		"-filter_complex", "[0][1]amerge", "-c:a", "aac", "-b:a", "40k", file)
	got, _ := decodeFile(t, file)
	want := reference(t, file)
	if len(got) != len(want) {
		t.Fatalf("%d samples, want %d", len(got), len(want))
	}
	for c := range 2 {
		var ours, theirs, apart float64
		for i := c; i < len(want); i += 2 {
			x, y := float64(got[i])/(1<<31), float64(want[i])
			ours, theirs, apart = ours+x*x, theirs+y*y, apart+(x-y)*(x-y)
		}
		if db := 10 * math.Log10(ours/theirs); math.Abs(db) > 0.05 {
			t.Errorf("channel %d: %.3f dB louder than ffmpeg's", c, db)
		}
		if apart < theirs/100 {
			t.Errorf("channel %d: there is no noise in the stream", c)
		}
	}
	if again, _ := decodeFile(t, file); !slices.Equal(got, again) {
		t.Error("other noise the second time")
	}
}

func TestContracts(t *testing.T) {
	for _, file := range encode(t, t.TempDir(), 0.5, encodings[0], encodings[1], encodings[9]) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			b := readFile(t, file)
			d := open(t, b)
			s := d.Streams()[0]
			playertest.AudioDecoder(t, func() player.AudioDecoder {
				dec, err := aac.New(s)
				if err != nil {
					t.Fatal(err)
				}
				return dec
			}, s.Audio, playertest.Packets(d, 25))
			playertest.Demuxer(t, func() player.Demuxer { return open(t, b) }, newDecoder)
		})
	}
}
