package vorbis_test

import (
	"bytes"
	"fmt"
	"math"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"linnet/player"
	"linnet/player/ad/vorbis"
	"linnet/player/demux/ogg"
	"linnet/player/media"
	"linnet/player/playertest"
)

func newDecoder(s media.Stream) (player.AudioDecoder, error) { return vorbis.New(s) }

func open(t testing.TB, file []byte) *ogg.Demuxer {
	t.Helper()
	d, err := ogg.New(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A source is sound for the encoders, of half a second or so. Its channels
// differ.
type source struct {
	name string
	expr func(c int) string
}

var sources = []source{
	{"sweep", func(c int) string { return fmt.Sprintf("0.5*sin(%d*t*t*t)+0.1*random(%d)", 9000*(c+1), c) }},
	{"clicks", func(c int) string { return fmt.Sprintf("0.9*exp(-800*mod(t\\,0.11))*sin(%d*t)", 20000+3000*c) }},
	{"clipping", func(c int) string { return fmt.Sprintf("3*sin(%d*t)*sin(7*t)", 1500*(c+1)) }},
	{"silence", func(int) string { return "0" }},
}

func (s source) wav(t *testing.T, rate, channels int) string {
	t.Helper()
	expr := ""
	for c := range channels {
		if c > 0 {
			expr += "|"
		}
		expr += s.expr(c)
	}
	name := filepath.Join(t.TempDir(), fmt.Sprintf("%s-%d-%d.wav", s.name, rate, channels))
	playertest.FFmpeg(t, "-f", "lavfi", "-i", fmt.Sprintf("aevalsrc=%s:s=%d:d=0.7", expr, rate), "-c:a", "pcm_s16le", name)
	return name
}

// run runs an encoder or a decoder of Debian's.
func run(t *testing.T, tool, pkg string, args ...string) {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil {
		t.Skipf("%s is not installed (apt-get install %s): no comparison with it", tool, pkg)
	}
	if out, err := exec.Command(tool, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %q: %v\n%s", tool, args, err, out)
	}
}

// check compares what we decode of Ogg files with what ffmpeg does, as far
// as that goes: version 5.1 gets the length of short files wrong. oggdec knows
// it.
func check(t *testing.T, files ...string) {
	t.Helper()
	for i, want := range playertest.FFmpegSamples(t, files...) {
		got, s := playertest.Trimmed(t, open(t, playertest.File(t, files[i])), newDecoder)
		n := min(len(got), len(want))
		if n < len(got)*9/10 {
			t.Errorf("%s: %d samples, ffmpeg has %d", files[i], len(got), len(want))
		}
		compare(t, filepath.Base(files[i]), got[:n], want[:n], s.Audio.Channels, 0.5, 0.02)
	}
}

// checkOggdec compares all of a file with oggdec's 16 bits, which it rounds
// without dither.
func checkOggdec(t *testing.T, files ...string) {
	t.Helper()
	for _, file := range files {
		raw := file + ".raw"
		run(t, "oggdec", "vorbis-tools", "-Q", "-R", "-b", "16", "-e", "0", "-s", "1", "-o", raw, file)
		got, s := playertest.Trimmed(t, open(t, playertest.File(t, file)), newDecoder)
		var want []int32
		for b := playertest.File(t, raw); len(b) >= 2; b = b[2:] {
			want = append(want, int32(b[0])<<16|int32(b[1])<<24)
		}
		for i, v := range got {
			got[i] = (min(v, 1<<31-1-lsb/2) + lsb/2) &^ (lsb - 1)
		}
		want = fromVorbisOrder(want, s.Audio.Channels)
		compare(t, "oggdec "+filepath.Base(file), got, want, s.Audio.Channels, 1, 0.1)
	}
}

// fromVorbisOrder brings channels from the order of clause 4.3.9, in which
// oggdec leaves them, to that of WAV.
func fromVorbisOrder(samples []int32, channels int) []int32 {
	names := map[int][2]string{
		3: {"lcr", "lrc"}, 5: {"lcrLR", "lrcLR"}, 6: {"lcrLRf", "lrcfLR"}, 7: {"lcrLRbf", "lrcfbLR"}, 8: {"lcrSTLRf", "lrcfLRST"},
	}[channels]
	out := slices.Clone(samples)
	for at := 0; at+channels <= len(samples) && names[0] != ""; at += channels {
		for c, name := range names[1] {
			out[at+c] = samples[at+strings.IndexRune(names[0], name)]
		}
	}
	return out
}

const lsb = 1 << 16 // of 16 bits

func compare(t *testing.T, name string, got, want []int32, channels int, maxMost, maxRMS float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d frames, want %d", name, len(got)/channels, len(want)/channels)
		return
	}
	var most, sum float64
	for i, v := range got {
		d := math.Abs(float64(v) - float64(want[i]))
		most, sum = max(most, d), sum+d*d
	}
	most, rms := most/lsb, math.Sqrt(sum/float64(max(1, len(got))))/lsb
	t.Logf("%s: %d frames, rms %.5f, most %.4f of 16 bits' last place", name, len(got)/channels, rms, most)
	if most > maxMost || rms > maxRMS {
		t.Errorf("%s: off by %.4f of 16 bits' last place, at most %.3f", name, rms, most)
	}
}

// onARM skips what is compared on other machines: TestGolden sees to it that
// the bits are the same here, and soft float makes this take a quarter of an
// hour.
func onARM(t *testing.T) {
	t.Helper()
	if runtime.GOARCH == "arm" {
		t.Skip("this machine's samples are those of others (TestGolden), which are compared there")
	}
}

func TestOggenc(t *testing.T) {
	onARM(t)
	for _, shape := range []struct {
		rate, channels int
		q              []string
	}{
		{44100, 2, []string{"-1", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}},
		{8000, 1, []string{"-1", "5", "10"}}, {11025, 2, []string{"3"}}, {16000, 1, []string{"5"}}, {22050, 2, []string{"4"}},
		{32000, 2, []string{"6"}}, {48000, 6, []string{"1", "5", "9"}}, {96000, 2, []string{"7"}}, {48000, 1, []string{"5"}},
		{44100, 3, []string{"4"}}, {44100, 4, []string{"4"}}, {44100, 5, []string{"4"}}, {44100, 7, []string{"4"}}, {44100, 8, []string{"4"}},
	} {
		t.Run(fmt.Sprintf("%dx%d", shape.rate, shape.channels), func(t *testing.T) {
			var files []string
			for _, s := range sources {
				wav := s.wav(t, shape.rate, shape.channels)
				for i, q := range shape.q {
					if s.name != "sweep" && i%3 > 0 {
						continue
					}
					files = append(files, fmt.Sprintf("%s.q%s.ogg", wav, q))
					run(t, "oggenc", "vorbis-tools", "-Q", "-q", q, "-o", files[len(files)-1], wav)
				}
			}
			check(t, files...)
			checkOggdec(t, files...)
		})
	}
}

// ffmpeg's own encoder, and libvorbis through ffmpeg, which writes other pages.
func TestFFmpegEncoders(t *testing.T) {
	onARM(t)
	for _, e := range []struct {
		name string
		args []string
	}{
		{"ffmpeg 44100", []string{"-c:a", "vorbis", "-strict", "-2", "-q:a", "5", "-ar", "44100"}},
		{"ffmpeg 8000", []string{"-c:a", "vorbis", "-strict", "-2", "-ar", "8000"}},
		{"ffmpeg q10", []string{"-c:a", "vorbis", "-strict", "-2", "-q:a", "10", "-ar", "48000"}},
		{"libvorbis", []string{"-c:a", "libvorbis", "-b:a", "64k"}},
		{"libvorbis 500 kbit/s", []string{"-c:a", "libvorbis", "-b:a", "500k", "-ar", "48000"}},
	} {
		t.Run(e.name, func(t *testing.T) {
			var files []string
			for _, s := range sources {
				wav := s.wav(t, 44100, 2)
				files = append(files, wav+".ogg")
				playertest.FFmpeg(t, slices.Concat([]string{"-i", wav}, e.args, []string{wav + ".ogg"})...)
			}
			checkOggdec(t, files...)
			if e.args[1] == "libvorbis" { // of its own encoder's files, ffmpeg cuts off the start
				check(t, files...)
			}
		})
	}
}

// A file long enough that a seek has to search for its place.
func TestSeekFar(t *testing.T) {
	onARM(t)
	wav := filepath.Join(t.TempDir(), "long.wav")
	playertest.FFmpeg(t, "-f", "lavfi", "-i", "aevalsrc=0.3*sin(500*t*t)+0.3*random(0)|0.4*random(1):s=44100:d=25", wav)
	run(t, "oggenc", "vorbis-tools", "-Q", "-q", "8", "-o", wav+".ogg", wav)
	file := playertest.File(t, wav+".ogg")
	if len(file) < 500000 {
		t.Errorf("%d bytes are not long", len(file))
	}
	playertest.Demuxer(t, func() player.Demuxer { return open(t, file) }, newDecoder)
}
