package meter

// A Rate is what a second of media costs.
type Rate struct {
	Instructions, Cycles float64
	Start                float64 // instructions that don't depend on the length
}

// Slope is the rate between two runs, over so many seconds of the same media.
func Slope(short, long Count, shortSeconds, longSeconds float64) Rate {
	d := longSeconds - shortSeconds
	per := func(a, b uint64) float64 { return (float64(b) - float64(a)) / d }
	r := Rate{Instructions: per(short.Instructions, long.Instructions), Cycles: per(short.Cycles, long.Cycles)}
	r.Start = float64(short.Instructions) - shortSeconds*r.Instructions
	return r
}
