package main

import (
	"fmt"
	"math"
)

// The filters of the resampler: a sinc that is cut off near half the lower
// rate, under a Kaiser window.
const (
	steps     = 256 // table entries for each sample of the lower rate
	weightOne = 1 << 28
)

// A design is one filter. Its reach, the length of each side in samples of the
// lower rate, is what 14 and 7 samples of 48 kHz are at 44.1 kHz.
type design struct {
	name, about  string
	reach        float64
	cutoff, beta float64 // of half the lower rate; of the window
}

var designs = []design{
	{"standardSinc", "is the filter of Standard", 12.75, 0.945, 9.4},
	{"economySinc", "is the filter of Economy", 6.375, 0.89, 5.7},
}

// sincTables is one side of each filter from its middle outwards, with an
// entry beyond the end to interpolate to.
func sincTables() []byte {
	b := header()
	fmt.Fprintf(b, "// sincSteps is how many entries a table has for each sample of the lower rate.\n")
	fmt.Fprintf(b, "const sincSteps = %d\n\n", steps)
	for _, d := range designs {
		values := make([]int64, int(d.reach*steps)+1)
		for i := range values {
			x := float64(i) / steps
			values[i] = int64(math.Round(sinc(d.cutoff*x) * d.cutoff * kaiser(d.beta, x/d.reach) * weightOne))
		}
		fmt.Fprintf(b, "// %s %s.\n", d.name, d.about)
		list(b, d.name, "sinc", values)
	}
	return source(b)
}

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}

// kaiser is the window at x from -1 to 1.
func kaiser(beta, x float64) float64 {
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
