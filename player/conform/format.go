package main

import (
	"fmt"
	"math"

	"linnet/player/conform/internal/compare"
)

func db(v float64) float64 { return 20 * math.Log10(v) }

func (r row) rms() string { return r.measure(r.result.RMS, compare.MaxRMS) }

func (r row) peak() string { return r.measure(r.result.Peak, compare.MaxPeak) }

// measure prints a figure in decibels of full scale and as a part of its
// limit.
func (r row) measure(v, limit float64) string {
	switch {
	case r.bare:
		return "-"
	case v == 0:
		return "exact"
	}
	return fmt.Sprintf("%.1f dB (%.2f)", db(v), v/limit)
}
