package opus

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"linnet/player/conform/internal/suite"
	"linnet/player/internal/opusquality"
)

//go:embed reference.sh
var script string

// reference is the path of libopus's test program, built for fixed point. It is
// built once and kept in the user's cache.
func reference() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(cache, "linnet", "opus-fixed-point")
	demo := filepath.Join(folder, "opus_demo")
	if _, err := os.Stat(demo); err == nil {
		return demo, nil
	}
	cmd := exec.Command("sh", "-s", folder)
	cmd.Stdin = strings.NewReader(script)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%s (%w)", bytes.TrimSpace(out), err)
	}
	return demo, nil
}

// runQuietly runs a program of which only a failure is of interest.
func runQuietly(name string, args ...string) error {
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", filepath.Base(name), err, out)
	}
	return nil
}

// exact compares what was decoded with what the reference decodes, to the bit.
func exact(r suite.Row, ref, dir string, s stream, got []int32) suite.Row {
	want, err := decodeByReference(ref, dir, s)
	if err != nil {
		return r.Fail("%v", err)
	}
	return verdict(r, got, want)
}

// verdict compares samples with 16-bit ones.
func verdict(r suite.Row, got []int32, want []byte) suite.Row {
	if 2*len(got) != len(want) {
		return r.Fail("%d samples, the reference gives %d", len(got), len(want)/2)
	}
	r.Samples, r.Bare = len(got), false
	sum, first := 0.0, -1
	for i, v := range got {
		d := math.Abs(float64(v)/65536-float64(int16(binary.LittleEndian.Uint16(want[2*i:])))) / 32768
		r.Peak, sum = max(r.Peak, d), sum+d*d
		if d != 0 && first < 0 {
			first = i
		}
	}
	r.RMS = math.Sqrt(sum / float64(max(1, len(got))))
	if first >= 0 {
		return r.Fail("sample %d differs", first)
	}
	return r.Pass()
}

// least is the quality that suffices, in percent. 0 is enough for the RFC; 16
// bits and integer arithmetic cost less than this, even where sound clips.
const least = 70

// quality compares what is heard with what opusdec decodes.
func quality(r suite.Row, s stream, heard []int32) suite.Row {
	wav := s.file + ".wav"
	if err := runQuietly("opusdec", "--quiet", "--float", "--force-wav", s.file, wav); err != nil {
		return r.Fail("%v", err)
	}
	b, err := os.ReadFile(wav)
	if err != nil {
		return r.Fail("%v", err)
	}
	b = b[bytes.Index(b, []byte("data"))+8:]
	if len(b) != 4*len(heard) {
		return r.Fail("%d samples, opusdec gives %d", len(heard), len(b)/4)
	}
	r.Samples = len(heard)
	worst, n := 100.0, s.info.Audio.Channels
	for c := range n {
		var got, want []int16
		for i := c; i < len(heard); i += n {
			v := 32768 * float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])))
			got, want = append(got, int16(heard[i]>>16)), append(want, int16(max(-32768, min(math.Round(v), 32767))))
		}
		worst = min(worst, opusquality.Measure(want, got, 1))
	}
	if worst < least {
		return r.Fail("a quality of %.1f %%", worst)
	}
	return r.Pass(fmt.Sprintf("quality %.1f %%", worst))
}
