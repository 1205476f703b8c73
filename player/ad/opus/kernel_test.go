package opus

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// The kernel gives the bits of its generic twin, at any length and place.
func TestWidenKernel(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	src := make([]int16, 80)
	for i := range src {
		src[i] = int16(r.Uint32())
	}
	copy(src, []int16{-32768, 32767, -1, 0, 1})
	for n := range 60 {
		for from := range 9 {
			got, want := make([]int32, n+2), make([]int32, n+2)
			widen(got[1:n+1], src[from:][:n])
			widenGeneric(want[1:n+1], src[from:][:n])
			if !slices.Equal(got, want) {
				t.Fatalf("%d samples from %d: %v, want %v", n, from, got, want)
			}
		}
	}
}
