package pcm

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// The kernels of this machine, which may be assembly, are the generic ones, at
// every place in a word, and write nothing behind the samples.
func TestKernelsAreTheGenericOnes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for width, k := range map[int][2]func([]int32, []byte){
		2: {unpackS16LE, unpackS16LEGeneric}, 3: {unpackS24LE, unpackS24LEGeneric},
	} {
		for n := range 60 {
			for at := range 4 {
				src := make([]byte, at+width*n)
				for i := range src {
					src[i] = byte(r.Uint32())
				}
				got, want := make([]int32, n+1), make([]int32, n+1)
				k[0](got[:n], src[at:])
				k[1](want[:n], src[at:])
				if !slices.Equal(got, want) {
					t.Fatalf("%d bytes each, %d samples, at %d: %v, want %v", width, n, at, got, want)
				}
			}
		}
	}
}
