package vorbis

import (
	"os/exec"
	"testing"

	"linnet/player/conform/internal/suite"
)

// TestSome makes and checks some of the streams.
func TestSome(t *testing.T) {
	for _, tool := range []string{"oggenc", "oggdec", "ffmpeg"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed (apt-get install vorbis-tools ffmpeg): nothing is made", tool)
		}
	}
	for i, c := range recipes() {
		if i%6 != 0 {
			continue
		}
		if r := c.check(t.TempDir()); !r.OK || r.Samples == 0 {
			t.Errorf("%s: %d samples, RMS %g, peak %g: %s", r.Name, r.Samples, r.RMS, r.Peak, r.Verdict)
		}
	}
}

// A decoder that is wrong does not pass.
func TestVerdict(t *testing.T) {
	row := suite.Row{MaxRMS: maxRMS, MaxPeak: maxPeak}
	good := make([]int32, 1000)
	want := make([]byte, 2000)
	for i := range good {
		good[i] = 7<<16 + 3000
		want[2*i] = 7
	}
	if r := verdict(row, good, want); !r.OK || r.RMS != 0 {
		t.Errorf("the same: %+v", r)
	}
	good[5] = 1<<31 - 1
	want[10], want[11] = 0xff, 0x7f
	if r := verdict(row, good, want); !r.OK {
		t.Errorf("full scale: %+v", r)
	}
	good[9] += 1 << 16
	if r := verdict(row, good, want); !r.OK {
		t.Errorf("one sample off by one: %+v", r)
	}
	good[9] += 1 << 16
	if r := verdict(row, good, want); r.OK {
		t.Errorf("one sample off by two: %+v", r)
	}
	for i := range 20 {
		good[9+i] = 8 << 16
	}
	if r := verdict(row, good, want); r.OK {
		t.Errorf("twenty samples off by one: %+v", r)
	}
	if r := verdict(row, good[:999], want); r.OK {
		t.Errorf("a sample missing: %+v", r)
	}
}
