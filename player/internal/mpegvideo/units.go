package mpegvideo

// NextStart finds the next start code at or behind from, whole: it returns
// where its 00 00 01 begins and the byte behind that, or len(data) when there
// is none.
func NextStart(data []byte, from int) (at int, code byte) {
	i := from + 2
	for i < len(data)-1 {
		i += skip(data[i:])
		if i >= len(data)-1 {
			break
		}
		// The last byte of three tells how far the next can be.
		switch b := data[i]; {
		case b > 1:
			i += 3
		case b == 0:
			i++
		case data[i-1] == 0 && data[i-2] == 0:
			return i - 2, data[i+1]
		default:
			i += 3
		}
	}
	return len(data), 0
}

// skip is how many bytes, in steps of three, are above 1: no start code ends
// with them.
func skip(data []byte) (n int) {
	for ; len(data) >= 16; data = data[15:] {
		p := (*[16]byte)(data)
		if p[0] <= 1 || p[3] <= 1 || p[6] <= 1 || p[9] <= 1 || p[12] <= 1 {
			break
		}
		n += 15
	}
	return n
}

// Unit returns what lies between the start code at at and the next one, which
// it finds.
func Unit(data []byte, at int) (unit []byte, next int, code byte) {
	next, code = NextStart(data, at+4)
	return data[min(at+4, next):next], next, code
}
