package vorbis

// decouple makes two channels of magnitude m and angle a, in place, clause
// 4.3.5.
func decouple(m, a []int32) {
	a = a[:len(m)]
	for i, x := range m {
		y := a[i]
		switch {
		case y == 0:
			a[i] = x
		case x > 0 && y > 0:
			a[i] = x - y
		case x > 0:
			m[i], a[i] = x+y, x
		case y > 0:
			a[i] = x + y
		default:
			m[i], a[i] = x-y, x
		}
	}
}
