package main

import (
	"fmt"
	"math"
)

// The filter of the resampler: a sinc that is cut off a little below half
// the lower rate, under a Kaiser window.
const (
	crossings = 24   // length of each side, in samples of the lower rate
	steps     = 256  // table entries for each of them
	cutoff    = 0.93 // of half the lower rate
	beta      = 9.5  // of the window: about 95 dB
	weightOne = 1 << 28
)

// sincTables is one side of the filter from its middle outwards, with an
// entry beyond the end to interpolate to.
func sincTables() []byte {
	var values [crossings*steps + 1]int64
	for i := range values {
		x := float64(i) / steps
		values[i] = int64(math.Round(sinc(cutoff*x) * cutoff * kaiser(x/crossings) * weightOne))
	}
	b := header()
	fmt.Fprintf(b, "// The sinc table has sincSteps entries for each sample of the lower rate and\n")
	fmt.Fprintf(b, "// reaches sincCrossings samples to each side.\n")
	fmt.Fprintf(b, "const (\n\tsincCrossings = %d\n\tsincSteps = %d\n)\n\n", crossings, steps)
	b.WriteString("// sincTable is the impulse response from its middle outwards, with 28 bits of\n// fraction.\n")
	table(b, "sincTable", "int32", values[:])
	return source(b)
}

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}

// kaiser is the window at x from -1 to 1.
func kaiser(x float64) float64 {
	return bessel(beta*math.Sqrt(max(0, 1-x*x))) / bessel(beta)
}

// bessel is the modified Bessel function of the first kind and order 0, by
// its series.
func bessel(x float64) float64 {
	sum, term := 1.0, 1.0
	for k := 1.0; term > sum*1e-18; k++ {
		term *= (x / (2 * k)) * (x / (2 * k))
		sum += term
	}
	return sum
}
