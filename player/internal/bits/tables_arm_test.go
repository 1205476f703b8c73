//go:build !purego

package bits

import (
	"math/bits"
	"testing"
)

func TestRuns(t *testing.T) {
	for i, n := range runs[:255] {
		if want := bits.LeadingZeros8(^uint8(i)) + 1; int(n) != want {
			t.Errorf("the run of %#x: %d, want %d", i, n, want)
		}
	}
}
