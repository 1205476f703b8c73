package adpcm

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// The kernel of this machine, which may be assembly, is the generic one: for any
// number of channels, and codes at every place in a word of memory.
func TestKernelIsTheGenericOne(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 2000 {
		stride, n, step := 1+r.IntN(5), r.IntN(12), 4+r.IntN(9)
		codes := make([]byte, 3+step*(n+1))
		for i := range codes {
			codes[i] = byte(r.Uint32())
			if round%3 == 0 { // steps go up, and samples to a limit
				codes[i] |= 0x77
			}
			if round%6 == 0 {
				codes[i] &= 0x77
			}
		}
		codes = codes[round%4:]
		start := startIMA(int32(int16(r.Uint32())), byte(r.IntN(imaSteps)))
		a, b := start, start
		got, want := make([]int32, 8*stride*n+1), make([]int32, 8*stride*n+1)
		for _, table := range []*imaTable{&microsoftTable, &appleTable} {
			imaWords(table, got, stride, codes, step, n, &a)
			imaWordsGeneric(table, want, stride, codes, step, n, &b)
			if !slices.Equal(got, want) || a != b {
				t.Fatalf("%d words, every %d bytes, to every sample of %d: %v, want %v", n, step, stride, got, want)
			}
		}
	}
}
