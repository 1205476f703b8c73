//go:build !purego

package alac

import (
	"math/rand/v2"
	"testing"

	"linnet/player/internal/bits"
)

func TestRuns(t *testing.T) {
	for i := range 255 {
		n := 0
		for i<<n&0x80 != 0 {
			n++
		}
		if int(runs[i]) != n+1 {
			t.Errorf("the run of %#x: %d, want %d", i, runs[i], n+1)
		}
	}
}

// The kernel reads what one number after the other is, from every bit of data
// at every place in a word, and stops where a run of zeros begins.
func TestNumbersAreNext(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	total := 0
	for round := range 3000 {
		data := make([]byte, 8+random.IntN(300))
		for i := range data {
			if data[i] = byte(random.Uint32()); round%3 == 0 {
				data[i] &= byte(random.Uint32())
			}
		}
		r := bits.NewReader(data[round%4:])
		r.SeekTo(random.IntN(32))
		slow := r
		g := golomb{mean: random.Uint32() >> (8 + random.IntN(24)), step: uint32(random.IntN(256)), limit: 1 + random.IntN(31)}
		want := g
		dst := make([]int32, 1+random.IntN(100))
		n := g.several(&r, dst)
		total += n
		for i := range n {
			if v := want.next(&slow, 0, 32); v != dst[i] {
				t.Fatalf("round %d, number %d of %d: %d, want %d", round, i, n, dst[i], v)
			}
			if i < n-1 && want.mean < runMean {
				t.Fatalf("round %d: went on behind a mean of %d", round, want.mean)
			}
		}
		if n > 0 && (g.mean != want.mean || r.Pos() != slow.Pos()) {
			t.Fatalf("round %d: mean %d at bit %d, want %d at %d", round, g.mean, r.Pos(), want.mean, slow.Pos())
		}
	}
	if total < 3000 {
		t.Errorf("only %d numbers in all", total)
	}
}
