package bits

// RoundFloat64 rounds an IEEE 754 number of 64 bits, given as its bits, to the
// nearest integer; 0 for what is no number, negative, or 2^52 or more.
func RoundFloat64(v uint64) int64 { return roundFloat(v, 52, 1023) }

// RoundFloat32 rounds one of 32 bits likewise.
func RoundFloat32(v uint32) int64 { return roundFloat(uint64(v), 23, 127) }

func roundFloat(v uint64, fraction, bias int) int64 {
	exponent := int(v>>fraction) - bias // negative numbers have a large one
	if exponent < -1 || exponent > 51 {
		return 0
	}
	m := v&(1<<fraction-1) | 1<<fraction
	if shift := fraction - exponent; shift > 0 {
		return int64(m>>(shift-1)+1) >> 1
	}
	return int64(m << (exponent - fraction))
}
