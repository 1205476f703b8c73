package suite

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"linnet/player/media"
)

// A Row is one line of the table.
type Row struct {
	Name    string // of the vector
	Samples int    // that were compared
	// RMS and Peak are the errors, relative to full scale, and the Max of
	// each is its limit, 0 where there is none. With Bare they say nothing:
	// there was nothing to compare.
	RMS, MaxRMS   float64
	Peak, MaxPeak float64
	Bare          bool
	Verdict       string
	OK            bool
}

// Fail is the row with a verdict that it is wrong.
func (r Row) Fail(format string, args ...any) Row {
	r.Verdict, r.OK = "FAIL: "+fmt.Sprintf(format, args...), false
	return r
}

// Pass is the row with a verdict that it is right, and what else is worth
// knowing.
func (r Row) Pass(notes ...string) Row {
	r.Verdict, r.OK = strings.Join(append([]string{"ok"}, notes...), ", "), true
	return r
}

// Refused is the verdict on a file that was not opened or decoded: right if
// refusing is right and the error says what is wrong with the file.
func (r Row) Refused(err error, right bool) Row {
	var f *media.FormatError
	var u *media.UnsupportedError
	if right && (errors.As(err, &f) || errors.As(err, &u)) {
		return r.Pass("refused: " + err.Error())
	}
	return r.Fail("%v", err)
}

// rms and peak print a figure in decibels of full scale and as a part of its
// limit.
func (r *Row) rms() string  { return r.measure(r.RMS, r.MaxRMS) }
func (r *Row) peak() string { return r.measure(r.Peak, r.MaxPeak) }

func (r *Row) measure(v, limit float64) string {
	switch {
	case r.Bare:
		return "-"
	case v == 0:
		return "exact"
	case limit == 0:
		return fmt.Sprintf("%.1f dB", 20*math.Log10(v))
	}
	return fmt.Sprintf("%.1f dB (%.2f)", 20*math.Log10(v), v/limit)
}
