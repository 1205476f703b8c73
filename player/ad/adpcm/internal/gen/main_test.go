package main

import (
	"bytes"
	"math"
	"os"
	"testing"
)

func TestCommitted(t *testing.T) {
	want, err := source()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../tables.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("player/ad/adpcm/tables.go is not what its generator writes: run go generate ./player/ad/adpcm")
	}
}

// The steps grow by a tenth each, up to the largest of 15 bits.
func TestSteps(t *testing.T) {
	for i, s := range steps[1:] {
		want := min(1.1*float64(steps[i]), 32767)
		if d := math.Abs(float64(s) - want); d > 0.9 {
			t.Errorf("step %d is %d, by the rule %.2f", i+1, s, want)
		}
	}
}

// Each entry unpacks to the difference and the index that went in.
func TestEntry(t *testing.T) {
	for index := range steps {
		for code := range 16 {
			e := entry(index, code, product)
			diff, next := int(int32(e<<7))>>14, int(e>>25)
			want := steps[index] * (2*(code&7) + 1) / 8
			if code >= 8 {
				want = -want
			}
			if diff != want || next < 0 || next >= len(steps) || next-index > 8 || index-next > 1 {
				t.Errorf("step %d, code %d: difference %d (want %d), next step %d", index, code, diff, want, next)
			}
		}
	}
}

// The parts of a sum lose less than one each to the product.
func TestSum(t *testing.T) {
	for _, step := range steps {
		for code := range 8 {
			if d := product(step, code) - sum(step, code); d < 0 || d > 3 {
				t.Errorf("step %d, code %d: the sum is less by %d", step, code, d)
			}
		}
	}
	for code, want := range []int{0, 1, 3, 4, 7, 8, 10, 11} { // 7/8 and so on, each part rounded down
		if got := sum(7, code); got != want {
			t.Errorf("step 7, code %d: %d, want %d", code, got, want)
		}
	}
}
