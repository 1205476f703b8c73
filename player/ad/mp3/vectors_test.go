package mp3

import (
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linnet/player/internal/mpa"
)

// vectorDir finds the folder of test streams and their reference samples.
func vectorDir(t *testing.T) string {
	t.Helper()
	dirs := []string{os.Getenv("LINNET_VECTORS"), "../../../../shared/vectors"}
	for _, dir := range dirs {
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

func readPCM(t *testing.T, name string) []int16 {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
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
	sum := 0.
	for i, w := range want {
		e := math.Abs(float64(round16(got[i]) - int(w)))
		sum += e * e
		peak = max(peak, e)
	}
	return math.Sqrt(sum / float64(max(len(want), 1))), peak
}

func TestVectors(t *testing.T) {
	dir := vectorDir(t)
	names, _ := filepath.Glob(filepath.Join(dir, "*.bit"))
	for _, name := range names {
		base := strings.TrimSuffix(filepath.Base(name), ".bit")
		t.Run(base, func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fs := frames(data)
			if len(fs) == 0 {
				t.Log("no frames")
				return
			}
			h, _ := mpa.ParseHeader(fs[0])
			if _, err := os.Stat(strings.TrimSuffix(name, ".bit") + ".pcm"); err != nil {
				t.Log("no ref")
				return
			}
			got, errs := decode(t, fs)
			want := readPCM(t, strings.TrimSuffix(name, ".bit")+".pcm")
			n := min(len(got), len(want))
			off := len(got) - n
			if strings.Contains(base, "-fl") {
				off = 0
			}
			rms, peak := compare(got[off:off+n], want[:n])
			if r2, p2 := compare(got[:n], want[:n]); r2 < rms {
				rms, peak, off = r2, p2, 0
			}
			worst := -1
			for i := range want[:n] {
				if e := round16(got[off+i]) - int(want[i]); e > 1 || e < -1 {
					worst = i
					break
				}
			}
			t.Log(base, "off", off, "first bad", worst)
			t.Logf("layer %d: %d frames, %d errors, %d got, %d want, rms %.4f peak %g  %v", h.Layer, len(fs), len(errs), len(got), len(want), rms, peak, errs[:min(1, len(errs))])
		})
	}
}
