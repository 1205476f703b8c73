//go:build !purego

package flac

// The kernels take four frames or samples at a time and return how many they
// took; the generic forms do the rest, and samples of other than 16 and 24 bits.

func leftRight(out, left, right []int32, up uint) {
	n := 0
	switch up {
	case 16:
		n = leftRight16(out, left, right)
	case 8:
		n = leftRight8(out, left, right)
	}
	leftRightGeneric(out[2*n:], left[n:], right[n:], up)
}

func leftSide(out, left, side []int32, up uint) {
	n := 0
	switch up {
	case 16:
		n = leftSide16(out, left, side)
	case 8:
		n = leftSide8(out, left, side)
	}
	leftSideGeneric(out[2*n:], left[n:], side[n:], up)
}

func sideRight(out, side, right []int32, up uint) {
	n := 0
	switch up {
	case 16:
		n = sideRight16(out, side, right)
	case 8:
		n = sideRight8(out, side, right)
	}
	sideRightGeneric(out[2*n:], side[n:], right[n:], up)
}

func midSide(out, mid, side []int32, up uint) {
	n := 0
	switch up {
	case 16:
		n = midSide16(out, mid, side)
	case 8:
		n = midSide8(out, mid, side)
	}
	midSideGeneric(out[2*n:], mid[n:], side[n:], up)
}

func restoreFixed32(s []int32, order int) {
	n := 0
	switch order {
	case 1:
		n = polynomial1(s)
	case 2:
		n = polynomial2(s)
	case 3:
		n = polynomial3(s)
	case 4:
		n = polynomial4(s)
	}
	restoreFixed(s[n:], order)
}

//go:noescape
func leftRight16(out, a, b []int32) (done int)

//go:noescape
func leftRight8(out, a, b []int32) (done int)

//go:noescape
func leftSide16(out, a, b []int32) (done int)

//go:noescape
func leftSide8(out, a, b []int32) (done int)

//go:noescape
func sideRight16(out, a, b []int32) (done int)

//go:noescape
func sideRight8(out, a, b []int32) (done int)

//go:noescape
func midSide16(out, a, b []int32) (done int)

//go:noescape
func midSide8(out, a, b []int32) (done int)

//go:noescape
func polynomial1(s []int32) (done int)

//go:noescape
func polynomial2(s []int32) (done int)

//go:noescape
func polynomial3(s []int32) (done int)

//go:noescape
func polynomial4(s []int32) (done int)
