package celt

// Changes of a band's resolution in time, RFC 6716 clause 4.3.4.5.

// hadamard is the order of blocks by their frequency, for 2, 4, 8 and 16 blocks.
var hadamard = [...]int{
	2: 1, 0,
	4: 3, 0, 2, 1,
	8: 7, 0, 4, 3, 6, 1, 5, 2,
	16: 15, 0, 8, 7, 12, 3, 11, 4, 14, 1, 9, 6, 13, 2, 10, 5,
}

// place is where a block goes.
func place(i, stride int, ordered bool) int {
	if ordered {
		return hadamard[stride+i]
	}
	return i
}

// deinterleave puts n coefficients of each of stride blocks together.
func (q *quantizer) deinterleave(x []int16, n, stride int, ordered bool) {
	tmp := q.swap[:n*stride]
	for i := range stride {
		gather(tmp[place(i, stride, ordered)*n:][:n], x[i:], stride)
	}
	copy(x, tmp)
}

// interleave is the way back.
func (q *quantizer) interleave(x []int16, n, stride int, ordered bool) {
	tmp := q.swap[:n*stride]
	for i := range stride {
		scatter(tmp[i:], x[place(i, stride, ordered)*n:][:n], stride)
	}
	copy(x, tmp)
}
