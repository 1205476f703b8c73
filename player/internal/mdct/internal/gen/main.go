// Command gen writes the tables of package mdct. It runs in that package's
// folder, by go generate.
package main

import (
	"bytes"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"linnet/player/internal/tablegen"
)

func main() { files.Write() }

// files says what each generated file holds.
var files = tablegen.Files{"tables.go": tables}

// Points of the smallest and the largest Fourier transform.
const (
	first = 16
	last  = 2048
)

func tables() []byte { return tablegen.Source("mdct", write) }

func write(b *bytes.Buffer) {
	b.WriteString("// transforms are all that there are.\nvar transforms = [...]*Transform{\n")
	for n := first; n <= last; n *= 2 {
		fmt.Fprintf(b, "{rot%d[:], place%d[:], plan[:%d]},\n", n, n, len(plan(n)))
	}
	b.WriteString("}\n\n// plan is that of the largest transform; those of the others are its beginnings.\n")
	tablegen.Array(b, "plan", "uint8", plan(last))
	b.WriteString("// factors are those of each pass, the smallest first, for point 1 and on; 0 ends them.\n")
	tablegen.Array(b, "factors", "int32", factors())
	for n := first; n <= last; n *= 2 {
		tablegen.Array(b, fmt.Sprintf("rot%d", n), "int32", rotation(n))
		tablegen.Array(b, fmt.Sprintf("place%d", n), "uint16", places(n))
	}
}

// plan is the steps of a transform of n points: leaves of 4 and 8 points,
// which are 0 and 1, and passes over 4<<p points, which are p.
func plan(n int) []int64 {
	switch n {
	case 4:
		return []int64{0}
	case 8:
		return []int64{1}
	}
	quarter := plan(n / 4)
	return slices.Concat(plan(n/2), quarter, quarter, []int64{int64(bits.Len(uint(n)) - 3)})
}

// factors are the cosine and sine of 2*pi*k/n for k from 1 to below n/4, and
// an end, for each n.
func factors() []int64 {
	var v []int64
	for n := first; n <= last; n *= 2 {
		for k := 1; k < n/4; k++ {
			cos, sin := polar(float64(k) / float64(n))
			v = append(v, cos, sin)
		}
		v = append(v, 0, 0)
	}
	return v
}

// rotation is the cosine and the negative sine of 2*pi*(k+1/8)/4n, for a
// transform of n points.
func rotation(n int) []int64 {
	var v []int64
	for k := range n {
		cos, sin := polar((float64(k) + 0.125) / float64(4*n))
		v = append(v, cos, -sin)
	}
	return v
}

// polar is the cosine and the sine of a part of the circle in [0, 1/4), with
// 31 bits of fraction.
func polar(turn float64) (cos, sin int64) {
	y, x := math.Sincos(2 * math.Pi * turn)
	return tablegen.Fraction31(x), tablegen.Fraction31(y)
}

// places says for each point of the input of n points where it lies, as an
// index of its real part.
func places(n int) []int64 {
	v := make([]int64, n)
	for at, point := range order(n) {
		v[point] = int64(2 * at)
	}
	return v
}

// order lists the points of a transform's input as they must lie: the even
// ones in the order of a transform of half the size; then, each in the order
// of one of a quarter, the points 4i+1 and 4i-1.
func order(n int) []int {
	switch n {
	case 1:
		return []int{0}
	case 2:
		return []int{0, 1}
	}
	var all []int
	for _, i := range order(n / 2) {
		all = append(all, 2*i)
	}
	for _, i := range order(n / 4) {
		all = append(all, 4*i+1)
	}
	for _, i := range order(n / 4) {
		all = append(all, (4*i-1+n)%n)
	}
	return all
}
