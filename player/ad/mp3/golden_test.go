package mp3

import (
	"crypto/sha256"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/golden.txt anew")

// The decoder is integer arithmetic, so its output is the same on every
// machine, to the bit.
func TestGolden(t *testing.T) {
	const file = "testdata/golden.txt"
	streams := testStreams(t)
	var lines []string
	for name, fs := range streams {
		samples, errs := decode(t, fs)
		for _, err := range errs {
			t.Errorf("%s: %v", name, err)
		}
		lines = append(lines, fmt.Sprintf("%x %d %s\n", hash(samples), len(samples), name))
	}
	slices.SortFunc(lines, func(a, b string) int { return strings.Compare(a[64:], b[64:]) })
	got := strings.Join(lines, "")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("decoded\n%swant\n%s", got, want)
	}
}

func hash(samples []int32) []byte {
	h := sha256.New()
	var b [4]byte
	for _, s := range samples {
		binary.LittleEndian.PutUint32(b[:], uint32(s))
		h.Write(b[:])
	}
	return h.Sum(nil)
}
