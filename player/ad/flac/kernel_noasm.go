//go:build !arm || purego

package flac

func restoreLPC(s, coefs []int32, shift uint) { restoreLPCGeneric(s, coefs, shift) }

func restoreWide(s, coefs []int32, shift uint, width int) {
	restoreWideGeneric(s, coefs, shift, width)
}

func restoreFixed32(s []int32, order int) { restoreFixed(s, order) }

func leftRight(out, left, right []int32, up uint) { leftRightGeneric(out, left, right, up) }

func leftSide(out, left, side []int32, up uint) { leftSideGeneric(out, left, side, up) }

func sideRight(out, side, right []int32, up uint) { sideRightGeneric(out, side, right, up) }

func midSide(out, mid, side []int32, up uint) { midSideGeneric(out, mid, side, up) }
