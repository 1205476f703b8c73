package playertest

import (
	"crypto/sha256"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"testing"

	"linnet/player"
	"linnet/player/media"
)

var update = flag.Bool("update", false, "write testdata/golden.txt anew")

// Golden compares text with the file testdata/golden.txt of the package that is
// tested or, with -update, writes it there. Decoders are integer arithmetic: what
// they give is the same on every machine, to the bit.
func Golden(t testing.TB, got string) {
	t.Helper()
	const golden = "testdata/golden.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want := string(File(t, golden)); got != want {
		t.Errorf("decoded\n%swant\n%s", got, want)
	}
}

// GoldenLine is the line for some samples in such a file: their sum, their number
// and a name.
func GoldenLine(samples []int32, name string) string {
	h := sha256.New()
	var b [4]byte
	for _, s := range samples {
		binary.LittleEndian.PutUint32(b[:], uint32(s))
		h.Write(b[:])
	}
	return fmt.Sprintf("%x %d %s\n", h.Sum(nil), len(samples), name)
}

// File reads a file.
func File(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Trimmed decodes the one stream of a demuxer as it is to be heard.
func Trimmed(t testing.TB, d player.Demuxer, decoder NewDecoder) ([]int32, media.Stream) {
	t.Helper()
	s := d.Streams()[0]
	all, err := Samples(d, decoder)
	if err != nil {
		t.Fatal(err)
	}
	ch := int64(s.Audio.Channels)
	if want := s.Delay + s.Frames + s.Padding; int64(len(all)) != want*ch {
		t.Errorf("%d frames decoded, but Delay %d, Frames %d, Padding %d", int64(len(all))/ch, s.Delay, s.Frames, s.Padding)
	}
	return all[s.Delay*ch : (s.Delay+s.Frames)*ch], s
}
