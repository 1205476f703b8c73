package opus_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"linnet/player/internal/opusquality"
	"linnet/player/playertest"
)

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

// source is half a second of sound.
func source(t *testing.T, kind string, channels int) string {
	t.Helper()
	var all []string
	for c := range channels {
		all = append(all, map[string]string{
			"sweep":    fmt.Sprintf("0.4*sin(%d*t*t*t)+0.05*random(%d)", 9000*(c+1), c),
			"voice":    fmt.Sprintf("0.3*sin(2*PI*(120+%d*t)*t)*(0.6+0.4*sin(2*PI*300*t))*(1+sin(20*t))", 40*(c+1)),
			"clicks":   fmt.Sprintf("0.8*exp(-800*mod(t\\,0.11))*sin(%d*t)", 20000+3000*c),
			"clipping": fmt.Sprintf("3*sin(%d*t)*sin(7*t)", 1500*(c+1)),
			"silence":  "0",
		}[kind])
	}
	name := filepath.Join(t.TempDir(), kind+".wav")
	playertest.FFmpeg(t, "-f", "lavfi", "-i", fmt.Sprintf("aevalsrc=%s:s=48000:d=0.5", strings.Join(all, "|")),
		"-c:a", "pcm_s16le", "-map_metadata", "-1", name)
	return name
}

// opusdec decodes a file by the reference in floating point. Its own 16 bits
// would be limited softly.
func opusdec(t *testing.T, file string) (samples []int16) {
	t.Helper()
	wav := file + ".wav"
	run(t, "opusdec", "opus-tools", "--quiet", "--float", "--force-wav", file, wav)
	b := playertest.File(t, wav)
	at := bytes.Index(b, []byte("data"))
	for b = b[at+8:]; len(b) >= 4; b = b[4:] {
		v := 32768 * float64(math.Float32frombits(binary.LittleEndian.Uint32(b)))
		samples = append(samples, int16(max(-32768, min(math.Round(v), 32767))))
	}
	return samples
}

// softFloat says that the measure of quality takes minutes.
const softFloat = runtime.GOARCH == "arm"

// TestReference encodes sound in many ways, and compares what we decode with
// what opusdec does: by the measure of RFC 6716 clause 6.1, and by the error
// itself.
func TestReference(t *testing.T) {
	if softFloat {
		t.Skip("this machine's samples are those of others (TestGolden), which are compared there")
	}
	for i, c := range []struct {
		kind     string
		channels int
		args     string
	}{
		{"voice", 1, "--speech --bitrate 6"}, {"voice", 1, "--speech --bitrate 9 --framesize 60"},
		{"voice", 1, "--speech --bitrate 12 --framesize 10"}, {"voice", 2, "--speech --bitrate 16 --framesize 40"},
		{"voice", 2, "--speech --bitrate 24"}, {"voice", 2, "--speech --bitrate 32 --expect-loss 20"},
		{"clicks", 1, "--speech --bitrate 28 --hard-cbr"}, {"sweep", 2, "--speech --bitrate 40 --framesize 10"},
		{"sweep", 1, "--music --bitrate 24"}, {"sweep", 2, "--music --bitrate 64"}, {"sweep", 2, "--bitrate 96 --framesize 2.5"},
		{"sweep", 2, "--bitrate 128 --framesize 5 --cvbr"}, {"clicks", 2, "--bitrate 96"}, {"clicks", 2, "--bitrate 192 --framesize 10"},
		{"clicks", 2, "--bitrate 510 --hard-cbr"}, {"clipping", 2, "--bitrate 128"}, {"clipping", 1, "--bitrate 32"},
		{"silence", 2, "--bitrate 64"}, {"silence", 1, "--speech --bitrate 12"},
		{"sweep", 3, "--bitrate 200"}, {"clicks", 4, "--bitrate 200"}, {"sweep", 5, "--bitrate 200"},
		{"voice", 6, "--bitrate 128"}, {"clicks", 6, "--bitrate 320 --framesize 10"}, {"sweep", 8, "--bitrate 400"},
	} {
		name := fmt.Sprintf("%s %d %s", c.kind, c.channels, c.args)
		t.Run(strings.ReplaceAll(name, " ", ""), func(t *testing.T) {
			file := filepath.Join(t.TempDir(), fmt.Sprintf("%d.opus", i))
			run(t, "opusenc", "opus-tools", append(append([]string{"--quiet"}, strings.Fields(c.args)...), source(t, c.kind, c.channels), file)...)
			want := opusdec(t, file)
			got, s := playertest.Trimmed(t, open(t, playertest.File(t, file)), newDecoder)
			if len(got) != len(want) || s.Audio.Channels != c.channels {
				t.Fatalf("%d samples of %d channels, opusdec gives %d", len(got), s.Audio.Channels, len(want))
			}
			for c := range s.Audio.Channels {
				compare(t, c, channel(got, c, s.Audio.Channels), channel(want, c, s.Audio.Channels))
			}
		})
	}
}

// channel is one channel, in 16 bits.
func channel[T int16 | int32](x []T, c, channels int) (one []int16) {
	for i := c; i < len(x); i += channels {
		if v, ok := any(x[i]).(int32); ok {
			one = append(one, int16(v>>16))
		} else {
			one = append(one, int16(x[i]))
		}
	}
	return one
}

func compare(t *testing.T, c int, got, want []int16) {
	t.Helper()
	signal, noise := int64(0), int64(0)
	for i, v := range want {
		d := int64(got[i]) - int64(v)
		signal, noise = signal+int64(v)*int64(v), noise+d*d
	}
	n := float64(len(want))
	if rms := math.Sqrt(float64(noise) / n); rms > 2+math.Sqrt(float64(signal)/n)/300 {
		t.Errorf("channel %d: an error of %.2f of the last place", c, rms)
	}
	if softFloat {
		t.Logf("channel %d: the error is small; the quality of the same samples is measured on other machines", c)
		return
	}
	if q := opusquality.Measure(want, got, 1); q < 80 {
		t.Errorf("channel %d: quality %.1f", c, q)
	}
}

// TestGain has opusdec apply the gain of a header, too.
func TestGain(t *testing.T) {
	file := filepath.Join(t.TempDir(), "gain.opus")
	b := bytes.Clone(playertest.File(t, "testdata/celt64.opus"))
	at := bytes.Index(b, []byte("OpusHead"))
	binary.LittleEndian.PutUint16(b[at+16:], uint16(0x10000-900)) // -3.5 dB
	checksum(b[:at+19], at-28)
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	got, s := playertest.Trimmed(t, open(t, b), newDecoder)
	plain, _ := playertest.Trimmed(t, open(t, playertest.File(t, "testdata/celt64.opus")), newDecoder)
	want := math.Pow(10, -900.0/256/20)
	if r := math.Sqrt(power(got) / power(plain)); math.Abs(r/want-1) > 0.001 {
		t.Errorf("factor %v, want %v", r, want)
	}
	ref := opusdec(t, file)
	for c := range s.Audio.Channels {
		compare(t, c, channel(got, c, 2), channel(ref, c, 2))
	}
}

// checksum corrects that of the page that b[at:] is.
func checksum(b []byte, at int) {
	page := b[at:]
	clear(page[22:26])
	crc := uint32(0)
	for _, v := range page {
		crc ^= uint32(v) << 24
		for range 8 {
			crc = crc<<1 ^ crc>>31*0x04c11db7
		}
	}
	binary.LittleEndian.PutUint32(page[22:], crc)
}
