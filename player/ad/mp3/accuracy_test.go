package mp3

import (
	"math"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// needsFloat skips a test against the slow decoder where floating point is
// done in software and would take minutes.
func needsFloat(t *testing.T) {
	t.Helper()
	if runtime.GOARCH == "arm" {
		t.Skip("no floating point here: the golden hashes tie this machine to those that run this test")
	}
}

// testStreams are the small streams in testdata.
func testStreams(t testing.TB) map[string][][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/*.mp[123]")
	if err != nil || len(names) == 0 {
		t.Fatal("no streams in testdata", err)
	}
	streams := map[string][][]byte{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		streams[filepath.Base(name)] = frames(data)
	}
	return streams
}

// noise returns the RMS and the peak of the difference to the reference, of
// full scale, where the reference is not clipped.
func noise(got []int32, want []float64) (rms, peak float64) {
	for i, w := range want {
		e := math.Abs(float64(got[i])/(1<<31) - max(-1, min(w, 1)))
		rms += e * e
		peak = max(peak, e)
	}
	return math.Sqrt(rms / float64(len(want))), peak
}

// The whole decoder against the slow one: full accuracy asks for an RMS error
// below 2^-16.8; the fixed point is to be a good deal better.
func TestAccuracy(t *testing.T) {
	needsFloat(t)
	for name, fs := range testStreams(t) {
		got, errs := decode(t, fs)
		if len(errs) > 0 {
			t.Errorf("%s: %v", name, errs[0])
			continue
		}
		want := refDecode(t, fs)
		if len(got) != len(want) {
			t.Errorf("%s: %d samples, want %d", name, len(got), len(want))
			continue
		}
		rms, peak := noise(got, want)
		t.Logf("%s: %d frames, rms 2^%.2f peak 2^%.2f", name, len(fs), math.Log2(rms), math.Log2(peak))
		if rms > math.Exp2(-21) || peak > math.Exp2(-18.5) {
			t.Errorf("%s: rms 2^%.2f, peak 2^%.2f of full scale", name, math.Log2(rms), math.Log2(peak))
		}
	}
}
