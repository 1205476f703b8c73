package aac_test

import (
	"path/filepath"
	"strings"
	"testing"

	"linnet/player/playertest"
)

// The decoder is integer arithmetic, so its output is the same on every
// machine, to the bit.
func TestGolden(t *testing.T) {
	streams, err := filepath.Glob("testdata/*.aac")
	if err != nil || len(streams) == 0 {
		t.Fatal("no streams: ", err)
	}
	var b strings.Builder
	for _, name := range streams {
		samples, _ := decodeFile(t, name)
		b.WriteString(playertest.GoldenLine(samples, filepath.Base(name)))
	}
	playertest.Golden(t, b.String())
}
