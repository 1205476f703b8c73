package opus

import (
	"encoding/binary"
	"os/exec"
	"testing"

	"linnet/player/conform/internal/suite"
)

// TestSome makes and checks some of the streams, to the bit where libopus can
// be built.
func TestSome(t *testing.T) {
	for _, tool := range []string{"opusenc", "opusdec"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed (apt-get install opus-tools): nothing is made", tool)
		}
	}
	ref, err := reference()
	if err != nil {
		t.Logf("libopus is not built for fixed point: %v; compared with opusdec", err)
	}
	for i, c := range recipes() {
		if i%5 != 2 {
			continue
		}
		r := c.check(t.TempDir(), ref)
		if !r.OK || r.Samples == 0 && (ref != "" || c.harm.name == "") {
			t.Errorf("%s: %d samples, RMS %g, peak %g: %s", r.Name, r.Samples, r.RMS, r.Peak, r.Verdict)
		}
	}
}

// A decoder that is wrong does not pass.
func TestVerdict(t *testing.T) {
	got, want := make([]int32, 1000), make([]byte, 2000)
	for i := range got {
		got[i] = int32(7-i) << 16
		binary.LittleEndian.PutUint16(want[2*i:], uint16(7-i))
	}
	if r := verdict(suite.Row{}, got, want); !r.OK || r.Peak != 0 || r.Samples != 1000 {
		t.Errorf("the same: %+v", r)
	}
	if r := verdict(suite.Row{}, got[:999], want); r.OK {
		t.Errorf("a sample missing: %+v", r)
	}
	got[500] += 1 << 16
	if r := verdict(suite.Row{}, got, want); r.OK || r.Peak == 0 {
		t.Errorf("one sample off by one: %+v", r)
	}
}

// TestQuality checks as it is done where libopus can't be built.
func TestQuality(t *testing.T) {
	if _, err := exec.LookPath("opusdec"); err != nil {
		t.Skip("opusdec is not installed (apt-get install opus-tools): nothing is compared with it")
	}
	for _, c := range []recipe{{1, "--speech --bitrate 20", harm{}}, {2, "--bitrate 96", harm{}}, {6, "--bitrate 256", harm{}}} {
		if r := c.check(t.TempDir(), ""); !r.OK || r.Samples == 0 {
			t.Errorf("%s: %d samples: %s", r.Name, r.Samples, r.Verdict)
		}
	}
}
