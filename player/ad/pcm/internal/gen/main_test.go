package main

import (
	"bytes"
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
		t.Error("player/ad/pcm/tables.go is not what its generator writes: run go generate ./player/ad/pcm")
	}
}

// Values from the tables of ITU-T G.711, before the character signal's even
// bits are inverted: decision values and the quantised values between them.
func TestG711(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func(int) int
		code int
		want int
	}{
		{"A +max", aLaw, 0xff ^ 0x55, 4032 * 8},
		{"A -max", aLaw, 0x7f ^ 0x55, -4032 * 8},
		{"A +min", aLaw, 0x80 ^ 0x55, 1 * 8},
		{"A -min", aLaw, 0x00 ^ 0x55, -1 * 8},
		{"A 2112", aLaw, 0xf0 ^ 0x55, 2112 * 8},
		{"mu +max", muLaw, 0x80, 8031 * 4},
		{"mu -max", muLaw, 0x00, -8031 * 4},
		{"mu +0", muLaw, 0xff, 0},
		{"mu -0", muLaw, 0x7f, 0},
		{"mu 4191", muLaw, 0x8f, 4191 * 4},
	} {
		if got := c.f(c.code); got != c.want {
			t.Errorf("%s: code %#x is %d, want %d", c.name, c.code, got, c.want)
		}
	}
}
