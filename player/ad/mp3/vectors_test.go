package mp3

import (
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linnet/player/internal/mpa"
	"linnet/player/media"
)

// vectorDir finds the folder of test streams and their reference samples.
func vectorDir(t *testing.T) string {
	t.Helper()
	for _, dir := range []string{os.Getenv("LINNET_VECTORS"), "../../../../shared/vectors"} {
		if dir == "" {
			continue
		}
		dir = filepath.Join(dir, "mpa")
		if _, err := os.Stat(dir); err == nil {
			return dir
		}
	}
	t.Skip("no test streams: LINNET_VECTORS is not set and ../shared/vectors is not there")
	return ""
}

// reference reads the 16-bit samples beside a stream; nil when there are none.
func reference(t *testing.T, name string) []int16 {
	t.Helper()
	b, err := os.ReadFile(strings.TrimSuffix(name, ".bit") + ".pcm")
	if err != nil {
		return nil
	}
	pcm := make([]int16, len(b)/2)
	for i := range pcm {
		pcm[i] = int16(binary.LittleEndian.Uint16(b[2*i:]))
	}
	return pcm
}

// round16 is what a 16-bit output gives.
func round16(v int32) int { return int(min((int64(v)+1<<15)>>16, 32767)) }

// compare returns the RMS error and the peak error of the samples, rounded to
// 16 bits, in units of the last of these bits.
func compare(got []int32, want []int16) (rms, peak float64) {
	sum, worst := int64(0), 0
	for i, w := range want {
		e := round16(got[i]) - int(w)
		sum += int64(e) * int64(e)
		worst = max(worst, e, -e)
	}
	return math.Sqrt(float64(sum) / float64(max(len(want), 1))), float64(worst)
}

// The limits of full accuracy in units of the last of 16 bits, ISO/IEC
// 11172-4: an RMS error of 2^-15/sqrt(12) and a peak of 2^-14 of full scale,
// which is 2^15 units.
var (
	rmsLimit  = 1 / math.Sqrt(12)
	peakLimit = 2.
)

// A decodedFrame is a frame's samples with its own number of channels.
type decodedFrame struct {
	samples []int32
	broken  bool
}

// decodeFrames decodes up to the first change of the sampling rate, as one
// stream of two channels, and takes those that mono frames doubled back.
func decodeFrames(t *testing.T, fs [][]byte) []decodedFrame {
	t.Helper()
	s := streamOf(t, fs)
	s.Audio.Channels = 2
	d, err := New(s)
	if err != nil {
		t.Fatal(err)
	}
	var out []decodedFrame
	first, _ := mpa.ParseHeader(fs[0])
	for _, f := range fs {
		h, _ := mpa.ParseHeader(f)
		if h.Rate != first.Rate {
			break
		}
		samples, err := d.Decode(nil, &media.Packet{Data: f})
		if len(samples) != 2*h.Samples() {
			t.Fatalf("%d samples in a frame of %d", len(samples), h.Samples())
		}
		if h.Channels() == 1 {
			for i := range h.Samples() {
				if samples[2*i] != samples[2*i+1] {
					t.Fatal("mono is not doubled")
				}
				samples[i] = samples[2*i]
			}
			samples = samples[:h.Samples()]
		}
		out = append(out, decodedFrame{samples, err != nil})
	}
	return out
}

// untag drops a first frame that holds a Xing or Info tag and returns the
// samples that its LAME part tells to drop, per channel.
func untag(fs [][]byte) ([][]byte, int) {
	if len(fs) == 0 {
		return fs, 0
	}
	h, _ := mpa.ParseHeader(fs[0])
	at := mpa.HeaderSize + h.SideInfoSize()
	if h.Layer != 3 || len(fs[0]) < at+120 {
		return fs, 0
	}
	if tag := string(fs[0][at : at+4]); tag != "Xing" && tag != "Info" {
		return fs, 0
	}
	if b := fs[0][at:]; len(b) > 144 && string(b[120:124]) == "LAME" {
		return fs[1:], (int(b[141])<<4 | int(b[142])>>4) + 529
	}
	return fs[1:], 0
}

func TestVectors(t *testing.T) {
	names, _ := filepath.Glob(filepath.Join(vectorDir(t), "*.bit"))
	if len(names) == 0 {
		t.Fatal("the folder of test streams is empty")
	}
	for _, name := range names {
		base := strings.TrimSuffix(filepath.Base(name), ".bit")
		t.Run(base, func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if base == "l2-nonstandard-fl1_fl2_ff" {
				data = data[1728:] // two streams, of which the reference is the second
			}
			checkVector(t, data, reference(t, name))
		})
	}
}

// checkVector compares what there is of the reference, in stretches between
// broken frames. Where a frame is broken, the decoder that made the
// references gives nothing, loses the frames that need main data from before,
// and begins anew; so behind it the streams are aligned at their ends, from
// the second frame on.
func checkVector(t *testing.T, data []byte, want []int16) {
	fs, drop := untag(frames(data))
	if len(fs) == 0 || len(want) == 0 {
		if len(want) > 0 {
			t.Error("no frames found")
		}
		if len(fs) > 0 {
			decodeFrames(t, fs) // must only not fail
		}
		t.Logf("%d frames, %d samples of reference: nothing to compare", len(fs), len(want))
		return
	}
	var got []int32
	broken, behind := -1, 0
	// Frames without main data give silence here and nothing in the reference.
	decoded := decodeFrames(t, fs)[lackMain(fs):]
	for _, f := range decoded {
		if f.broken {
			broken = len(got)
			behind = broken + 6*len(f.samples)
		}
		got = append(got, f.samples...)
	}
	got = got[drop*len(decoded[0].samples)/samplesOf(fs[0]):]
	stretch := func(what string, got []int32, want []int16) {
		rms, peak := compare(got, want)
		t.Logf("%s: %d samples, rms %.4f, peak %.0f", what, len(want), rms, peak)
		if rms >= rmsLimit || peak > peakLimit {
			t.Errorf("%s: rms %.4f and peak %.0f of the last bit: not fully accurate", what, rms, peak)
		}
	}
	if broken < 0 {
		n := min(len(got), len(want))
		if n < len(got)-2*1152*2 {
			t.Errorf("%d samples of reference for %d", len(want), len(got))
		}
		stretch("all", got[:n], want[:n])
		return
	}
	stretch("before the broken frame", got[:broken], want[:broken])
	tail := min(len(got)-behind, len(want))
	stretch("behind it", got[len(got)-tail:], want[len(want)-tail:])
}

// lackMain counts the first frames that need main data from before them.
func lackMain(fs [][]byte) int {
	have := 0
	for i, f := range fs {
		h, _ := mpa.ParseHeader(f)
		at := mpa.HeaderSize
		if h.CRC {
			at += 2
		}
		data := f[at:]
		var s sideInfo
		if h.Layer != 3 || s.parse(&h, data[:h.SideInfoSize()]) != "" || s.mainDataBegin <= have {
			return i
		}
		have += len(data) - h.SideInfoSize()
	}
	return len(fs)
}

func samplesOf(f []byte) int {
	h, _ := mpa.ParseHeader(f)
	return h.Samples()
}

// Streams that once broke a decoder must only not break this one.
func TestBrokenVectors(t *testing.T) {
	names, _ := filepath.Glob(filepath.Join(vectorDir(t), "fuzz", "*"))
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fs := frames(data)
		t.Logf("%s: %d frames", filepath.Base(name), len(fs))
		if len(fs) > 0 {
			decode(t, fs)
		}
	}
}
