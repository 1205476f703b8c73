package mp3

import (
	"slices"
	"strings"
	"testing"

	"linnet/player/playertest"
)

// The decoder is integer arithmetic, so its output is the same on every
// machine, to the bit.
func TestGolden(t *testing.T) {
	streams := testStreams(t)
	var lines []string
	for name, fs := range streams {
		samples, errs := decode(t, fs)
		for _, err := range errs {
			t.Errorf("%s: %v", name, err)
		}
		lines = append(lines, playertest.GoldenLine(samples, name))
	}
	slices.SortFunc(lines, func(a, b string) int { return strings.Compare(a[64:], b[64:]) })
	playertest.Golden(t, strings.Join(lines, ""))
}
