package main

import (
	"fmt"
	"math"
)

const (
	softest, loudest = -96, 42 // dB
	fadeSteps        = 1024
	maxBand          = 120 // tenths of a dB
	reachQuarters    = 36  // of octaves, between the lowest band and the highest
)

// levelTables is decibels as factors, and the tables of the equaliser and the
// crossfade.
func levelTables() []byte {
	var whole [loudest - softest + 1]int64
	for i := range whole {
		whole[i] = int64(math.Round(math.Pow(10, float64(softest+i)/20) * (1 << 24)))
	}
	var part [100]int64
	for i := range part {
		part[i] = int64(math.Round(math.Pow(10, float64(i)/2000) * (1 << 30)))
	}
	var root [maxBand + 1]int64
	for i := range root {
		root[i] = int64(math.Round(math.Pow(10, float64(i)/400) * (1 << 30)))
	}
	var fade [fadeSteps + 1]int64
	for i := range fade {
		fade[i] = int64(math.Round(math.Sin(math.Pi/2*float64(i)/fadeSteps) * (1 << 24)))
	}
	b := header()
	fmt.Fprintf(b, "// The softest and the loudest of wholeDecibels, in decibels, and the last of\n// rootDecibels in tenths.\n")
	fmt.Fprintf(b, "const (\n\tsoftest = %d\n\tloudest = %d\n\tmaxBand = %d\n)\n\n", softest, loudest, maxBand)
	b.WriteString("// wholeDecibels is the factor of each decibel from softest on, with 24 bits of\n// fraction.\n")
	table(b, "wholeDecibels", "int32", whole[:])
	b.WriteString("// partDecibels is the factor of each hundredth, with 30 bits of fraction.\n")
	table(b, "partDecibels", "int32", part[:])
	b.WriteString("// rootDecibels is the root of the factor of each tenth, with 30 bits of fraction.\n")
	table(b, "rootDecibels", "int32", root[:])
	b.WriteString("// fadeIn is a quarter of a sine, with 24 bits of fraction.\n")
	table(b, "fadeIn", "int32", fade[:])
	least, most := spill()
	b.WriteString("// leastSpill and mostSpill are how much of a band's decibels is left, with 10\n// bits of fraction, at each quarter of an octave away from it.\n")
	table(b, "leastSpill", "int32", least)
	table(b, "mostSpill", "int32", most)
	return source(b)
}

// spill looks through all settings of a band.
func spill() (least, most []int64) {
	for k := 0; k <= reachQuarters; k++ {
		lo, hi := math.Inf(1), 0.0
		for tenths := 1; tenths <= maxBand; tenths++ {
			db := float64(tenths) / 10
			share := bell(db, math.Exp2(float64(k)/4)) / db
			lo, hi = min(lo, share), max(hi, share)
		}
		least = append(least, int64(math.Floor(lo*1024+1e-6)))
		most = append(most, int64(math.Ceil(hi*1024-1e-6)))
	}
	return least, most
}

// bell is what a band that adds db decibels adds at a frequency so many times
// its own.
func bell(db, times float64) float64 {
	a := math.Pow(10, db/40)
	real := 1 - times*times
	up, down := times*a/math.Sqrt2, times/(a*math.Sqrt2)
	return 10 * math.Log10((real*real+up*up)/(real*real+down*down))
}
