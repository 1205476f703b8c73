package alac

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// The filter of this machine, which may be assembly, is the generic one: for
// every order, with coefficients at their limits, and for wide samples.
func TestFilterKernelsAreTheGenericOne(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for round := range 4000 {
		order, width := 1+round%10, uint(16+round%17)
		x, coefs := make([]int32, order+1+random.IntN(100)), make([]int16, order)
		for i := range x {
			x[i] = int32(random.Uint32()) >> (32 - width + uint(random.IntN(int(width))))
		}
		for i := range coefs {
			if coefs[i] = int16(random.Uint32()) >> 4; round%5 == 0 {
				coefs[i] = int16(1<<15-1-random.IntN(40)) * int16(1-2*random.IntN(2))
			}
		}
		y, same := slices.Clone(x), slices.Clone(coefs)
		shift := uint(random.IntN(16))
		adapt(x, coefs, shift, width)
		adaptGeneric(y, same, shift, width)
		if !slices.Equal(x, y) || !slices.Equal(coefs, same) {
			t.Fatalf("round %d, order %d, width %d, shift %d: %v and %v, want %v and %v", round, order, width, shift, x, coefs, y, same)
		}
	}
}
