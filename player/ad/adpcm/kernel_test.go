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

func TestMSKernelsAreTheGenericOnes(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for round := range 2000 {
		codes := make([]byte, r.IntN(60))
		for i := range codes {
			codes[i] = byte(r.Uint32())
			if round%3 == 0 {
				codes[i] |= 0x88 // steps go up to their limit
			}
		}
		var a [2]msChannel
		for i := range a {
			a[i] = msChannel{coefs: standard[r.IntN(7)], delta: int32(int16(r.Uint32())), s1: int32(int16(r.Uint32())), s2: int32(int16(r.Uint32()))}
			if round%2 == 0 {
				a[i].coefs = coefficients{int32(int16(r.Uint32())), int32(int16(r.Uint32()))}
			}
		}
		b := a
		got := make([]int32, r.IntN(130))
		want := make([]int32, len(got))
		if round%4 < 2 {
			msStereo(got, codes, &a)
			msStereoGeneric(want, codes, &b)
		} else {
			msMono(got, codes, &a[0])
			msMonoGeneric(want, codes, &b[0])
		}
		if !slices.Equal(got, want) || a != b {
			t.Fatalf("round %d: %v and %v, want %v and %v", round, got, a, want, b)
		}
	}
}
