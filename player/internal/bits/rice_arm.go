//go:build !purego

package bits

// maxKernel is the largest parameter that has a kernel. A code within 32 bits
// would allow four more.
const maxKernel = 20

// A kernel reads Rice codes from bit pos of data on, as many as dst has or
// until one is not whole, or its run is of more than seven zeros. It returns
// how many it read, and the place behind.
var kernels = [maxKernel + 1]func(dst []int32, data []byte, pos int) (n, next int){
	rice0, rice1, rice2, rice3, rice4, rice5, rice6, rice7, rice8, rice9, rice10,
	rice11, rice12, rice13, rice14, rice15, rice16, rice17, rice18, rice19, rice20,
}

func rice(r *Reader, dst []int32, k uint) {
	if k > maxKernel {
		riceGeneric(r, dst, k)
		return
	}
	for {
		n, next := kernels[k](dst, r.data, r.Pos())
		if dst = dst[n:]; n > 0 {
			r.SeekTo(next)
		}
		if len(dst) == 0 {
			return
		}
		dst[0] = r.longRice(k)
		dst = dst[1:]
	}
}

//go:noescape
func rice0(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice1(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice2(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice3(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice4(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice5(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice6(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice7(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice8(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice9(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice10(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice11(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice12(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice13(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice14(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice15(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice16(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice17(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice18(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice19(dst []int32, data []byte, pos int) (n, next int)

//go:noescape
func rice20(dst []int32, data []byte, pos int) (n, next int)
