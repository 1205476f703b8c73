package aac_test

import (
	"crypto/sha256"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/golden.txt anew")

// The decoder is integer arithmetic, so its output is the same on every
// machine, to the bit.
func TestGolden(t *testing.T) {
	const file = "testdata/golden.txt"
	streams, err := filepath.Glob("testdata/*.aac")
	if err != nil || len(streams) == 0 {
		t.Fatal("no streams: ", err)
	}
	var b strings.Builder
	for _, name := range streams {
		samples, _ := decodeFile(t, name)
		fmt.Fprintf(&b, "%x %d %s\n", hash(samples), len(samples), filepath.Base(name))
	}
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want := string(readFile(t, file)); b.String() != want {
		t.Errorf("decoded\n%swant\n%s", b.String(), want)
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
