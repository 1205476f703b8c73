// Command gen writes the tables of package vorbis. It runs in that package's
// folder, by go generate.
package main

import (
	"bytes"
	"fmt"
	"math"

	"linnet/player/internal/tablegen"
)

func main() { files.Write() }

// files says what each generated file holds.
var files = tablegen.Files{"tables.go": tables}

func tables() []byte { return tablegen.Source("vorbis", write) }

func write(b *bytes.Buffer) {
	b.WriteString("// decibels is the table of clause 10.1 with 31 bits of fraction: 256 steps\n// over 140 dB, up to 1.\n")
	tablegen.Array(b, "decibels", "uint32", decibels())
	b.WriteString("// inverses are 2^32 through a number, rounded up, from 2 upwards.\n")
	tablegen.Array(b, "inverses", "uint32", inverses())
	b.WriteString("// windows are the slopes of clause 4.3.1 for blocks of 64 to 8192, as\n// mdct.Overlap takes them.\n")
	b.WriteString("var windows = [...][]int32{")
	for n := 64; n <= 8192; n *= 2 {
		fmt.Fprintf(b, "window%d[:], ", n)
	}
	b.WriteString("}\n\n")
	for n := 64; n <= 8192; n *= 2 {
		tablegen.Array(b, fmt.Sprintf("window%d", n), "int32", window(n/4))
	}
	b.WriteString("// cosines are a whole turn in 1024 steps, with 30 bits of fraction.\n")
	tablegen.Array(b, "cosines", "int32", samples(1024, func(i float64) float64 { return math.Cos(2*math.Pi*i/1024) * (1 << 30) }))
	b.WriteString("// powers are those of 2, from 1 to 2 in 256 steps, with 30 bits of fraction.\n")
	tablegen.Array(b, "powers", "uint32", samples(257, func(i float64) float64 { return math.Exp2(i/256) * (1 << 30) }))
	b.WriteString("// barks is the Bark scale of clause 6.2.3 every 16 Hz, with 20 bits of fraction.\n")
	tablegen.Array(b, "barks", "int32", samples(32768/16+3, func(i float64) float64 { return bark(16*i) * (1 << 20) }))
}

// samples are the rounded values of f at 0, 1 and so on.
func samples(n int, f func(float64) float64) []int64 {
	var v []int64
	for i := range n {
		v = append(v, int64(math.RoundToEven(f(float64(i)))))
	}
	return v
}

func bark(hz float64) float64 {
	return 13.1*math.Atan(.00074*hz) + 2.24*math.Atan(hz*hz*1.85e-8) + .0001*hz
}

// decibels are equal steps in decibels from 1.0649863e-07 to 1.
func decibels() []int64 {
	var v []int64
	first := math.Log(1.0649863e-07)
	for i := range 256 {
		v = append(v, tablegen.Fraction31(math.Exp(first*float64(255-i)/255)))
	}
	return v
}

func inverses() []int64 {
	v := []int64{0, 0}
	for n := int64(2); n < 256; n++ {
		v = append(v, (1<<32+n-1)/n)
	}
	return v
}

// window is the rising half of a slope of 2h values, in pairs from the
// middle outwards.
func window(h int) []int64 {
	w := make([]int64, 2*h)
	for i := range w {
		sin := math.Sin(math.Pi / 2 * (float64(i) + 0.5) / float64(2*h))
		w[i] = tablegen.Fraction31(math.Sin(math.Pi / 2 * sin * sin))
	}
	var v []int64
	for j := range h {
		v = append(v, w[h+j], w[h-1-j])
	}
	return v
}
