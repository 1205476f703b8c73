package mpris

// The interface's volume is a floating-point number from 0 to 1, and its rate one
// that is always 1; nothing else here computes with such.

const one = float64(1)

func volume(percent int) float64 { return float64(percent) / 100 }

func percent(v any) int {
	f := v.(float64)
	switch {
	case !(f > 0):
		return 0
	case f > 1:
		return 100
	}
	return int(f*100 + 0.5)
}
