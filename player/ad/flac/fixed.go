package flac

// restoreFixed turns the residual in s[order:] into samples by a fixed
// polynomial of order 0 to 4, RFC 9639 clause 9.2.5. There is no shift, so
// sums may wrap around: what fits in the end is right.
//
// Each keeps the last differences rather than the last samples, which leaves
// nothing to multiply.
func restoreFixed[T int32 | int64](s []T, order int) {
	switch order {
	case 1:
		fixed1(s)
	case 2:
		fixed2(s)
	case 3:
		fixed3(s)
	case 4:
		fixed4(s)
	}
}

func fixed1[T int32 | int64](s []T) {
	x := s[0]
	for i, e := range s[1:] {
		x += e
		s[1+i] = x
	}
}

func fixed2[T int32 | int64](s []T) {
	x := s[1]
	d := x - s[0]
	for i, e := range s[2:] {
		d += e
		x += d
		s[2+i] = x
	}
}

func fixed3[T int32 | int64](s []T) {
	x := s[2]
	d := x - s[1]
	dd := d - (s[1] - s[0])
	for i, e := range s[3:] {
		dd += e
		d += dd
		x += d
		s[3+i] = x
	}
}

func fixed4[T int32 | int64](s []T) {
	x := s[3]
	d := x - s[2]
	d1 := s[2] - s[1]
	dd := d - d1
	ddd := dd - (d1 - (s[1] - s[0]))
	for i, e := range s[4:] {
		ddd += e
		dd += ddd
		d += dd
		x += d
		s[4+i] = x
	}
}
