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
			e := int32(entry(index, code))
			diff, next := int(e>>12), int(e&0xfff)>>4
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
