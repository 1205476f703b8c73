package mpeg4

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

func TestMedian(t *testing.T) {
	for _, c := range [][4]int32{{1, 2, 3, 2}, {3, 2, 1, 2}, {2, 3, 1, 2}, {5, 5, 1, 5}, {-4, 0, 0, 0}} {
		if got := median(c[0], c[1], c[2]); got != c[3] {
			t.Errorf("median of %v: %d", c[:3], got)
		}
	}
}

// The filter by quarters is what 7.6.2.2 says, sample by sample.
func TestQuarters(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	const stride = 32
	src := make([]byte, stride*stride)
	for i := range src {
		src[i] = byte(random.Uint32())
		if i > stride*stride/2 {
			src[i] = []byte{0, 255}[random.IntN(2)]
		}
	}
	for _, size := range []int{8, 16} {
		for f := range 16 {
			for _, down := range []bool{false, true} {
				var q quarterer
				dst := make([]byte, stride*stride)
				q.move(dst, src[stride+3:], stride, size, size, f&3, f>>2, down, false)
				want := slowQuarters(src[stride+3:], stride, size, f&3, f>>2, down)
				for y := range size {
					if got := dst[y*stride:][:size]; !bytes.Equal(got, want[y*size:][:size]) {
						t.Fatalf("size %d, %d/%d, down %v, line %d: %v, want %v", size, f&3, f>>2, down, y, got, want[y*size:][:size])
					}
				}
			}
		}
	}
}

// slowQuarters makes the samples across, then along.
func slowQuarters(src []byte, stride, n, fx, fy int, down bool) []byte {
	round := 0
	if down {
		round = 1
	}
	taps := [8]int{-1, 3, -6, 20, 20, -6, 3, -1}
	line := func(s []int, f int) []int {
		out := make([]int, len(s)-1)
		for i := range out {
			sum := 16 - round
			for k, tap := range taps {
				j := i + k - 3
				if j < 0 {
					j = -1 - j
				}
				if j >= len(s) {
					j = 2*len(s) - 1 - j
				}
				sum += tap * s[j]
			}
			half := max(0, min(sum>>5, 255))
			out[i] = [4]int{s[i], (s[i] + half + 1 - round) >> 1, half, (s[i+1] + half + 1 - round) >> 1}[f]
		}
		return out
	}
	rows := make([][]int, n+1)
	for y := range rows {
		s := make([]int, n+1)
		for x := range s {
			s[x] = int(src[y*stride+x])
		}
		rows[y] = line(s, fx)
	}
	out := make([]byte, n*n)
	for x := range n {
		s := make([]int, n+1)
		for y := range s {
			s[y] = rows[y][x]
		}
		for y, v := range line(s, fy) {
			out[y*n+x] = byte(v)
		}
	}
	return out
}
