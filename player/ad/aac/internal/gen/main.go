// Gen writes tables.go, the tables of package aac, from the formulas and the
// code words of ISO/IEC 14496-3. Run it by go generate in the package's folder.
package main

import (
	"bytes"
	"fmt"
	"math"

	"linnet/player/internal/tablegen"
)

// levelBits is how many bits a level of the lookup tables takes at most.
const levelBits = 6

func main() { files.Write() }

// files says what each generated file holds.
var files = tablegen.Files{"tables.go": func() []byte {
	return tablegen.Source("aac", writeBooks, writeScale, writeTNS, writeWindows)
}}

// list ends a variable with its numbers.
func list[T any](b *bytes.Buffer, perLine int, values []T) {
	tablegen.List(b, perLine, values)
	b.WriteString("\n\n")
}

func writeBooks(b *bytes.Buffer) {
	fmt.Fprint(b, "// firstBits is how many bits the first level of each lookup table takes.\nconst firstBits = ", levelBits, "\n\n")
	fmt.Fprintf(b, "// Marks of the entries that lead to another level, and of words that more bits\n// follow.\nconst (\n\tisLink = %#x\n\tisEscape = %#x\n)\n\n", link, escape)
	scale := lookup(words(scaleWords, func(i int) uint32 { return uint32(i) << 8 }), levelBits)
	fmt.Fprint(b, "// scaleBook gives the differences of scale factors, plus 60; see lookup.\n")
	fmt.Fprintf(b, "var scaleBook = [%d]uint32", len(scale))
	list(b, 16, scale)
	for i := 1; i < len(shapes); i++ {
		table := lookup(words(bookWords[i], shapes[i].payload), levelBits)
		fmt.Fprintf(b, "var book%d = [%d]uint32", i, len(table))
		list(b, 16, table)
	}
	fmt.Fprint(b, "// books are the spectral codebooks; see lookup.\nvar books = [12][]uint32{")
	for i := 1; i < len(shapes); i++ {
		fmt.Fprintf(b, "%d: book%d[:], ", i, i)
	}
	fmt.Fprint(b, "}\n\n")
}

func writeScale(b *bytes.Buffer) {
	fmt.Fprint(b, "// pow43 is v^(4/3) with 18 fractional bits.\nvar pow43 = [pow43Size + 3]uint32")
	var p []uint32
	for v := range 1027 {
		p = append(p, tablegen.Unsigned(math.Pow(float64(v), 4./3), 18))
	}
	list(b, 12, p)
	fmt.Fprint(b, "// limits are up to which values lines stay in their range, by how loud a band\n// is: see requantize.\nvar limits = [maxLoudness + 1]uint16")
	list(b, 16, limits(p))
	fmt.Fprint(b, "// quarter is 2^(i/4) with 31 fractional bits.\nvar quarter = [4]uint32")
	list(b, 4, []uint32{tablegen.Unsigned(1, 31), tablegen.Unsigned(math.Pow(2, .25), 31), tablegen.Unsigned(math.Sqrt2, 31), tablegen.Unsigned(math.Pow(2, .75), 31)})
}

// limits finds for each loudness the largest of 1024, 128, 16 and 2 whose line
// is in range; 0 where none is, and for bands that are next to nothing.
func limits(pow43 []uint32) (v []uint16) {
	const maxLine = 1<<30 - 1
	for loudness := range 256 + 12 {
		f := loudness - 100
		down := 14 - f>>2
		limit := 1024
		if down > 30 {
			limit = 0
		}
		for ; limit > 0; limit >>= 3 {
			y := uint64(pow43[limit]) * uint64(tablegen.Unsigned(math.Pow(2, float64(f&3)/4), 31)) >> 32
			if down > 0 && (y+1<<down>>1)>>down <= maxLine || down <= 0 && y <= maxLine>>-down {
				break
			}
		}
		v = append(v, uint16(limit))
	}
	return v
}

// writeTNS follows clause 4.6.9.3: the reflection coefficients by their
// index of three or four bits in two's complement.
func writeTNS(b *bytes.Buffer) {
	for _, n := range []int{3, 4} {
		fmt.Fprintf(b, "// reflection%d are the sines that a coefficient of TNS of %d bits stands for, with\n// 30 fractional bits.\nvar reflection%d = [%d]int32", n, n, n, 1<<n)
		var v []int32
		for i := range 1 << n {
			c := float64(i)
			half := float64(int(1) << (n - 1))
			f := (half - .5) / (math.Pi / 2)
			if c >= half {
				c -= 2 * half
				f = (half + .5) / (math.Pi / 2)
			}
			v = append(v, tablegen.Signed(math.Sin(c/f), 30))
		}
		list(b, 8, v)
	}
}

// writeWindows writes the rising halves as package mdct wants them: pairs from
// the middle outwards.
func writeWindows(b *bytes.Buffer) {
	for _, w := range []struct {
		name  string
		n     int
		value func(i, n int) float64
	}{
		{"sineLong", 1024, sine}, {"sineShort", 128, sine},
		{"kbdLong", 1024, func(i, n int) float64 { return kbd(i, n, 4) }},
		{"kbdShort", 128, func(i, n int) float64 { return kbd(i, n, 6) }},
	} {
		fmt.Fprintf(b, "// %s is a rising slope in pairs from its middle outwards, with 31\n// fractional bits.\nvar %s = [%d]int32", w.name, w.name, w.n)
		var v []uint32
		for j := range w.n / 2 {
			v = append(v, tablegen.Unsigned(w.value(w.n/2+j, w.n), 31), tablegen.Unsigned(w.value(w.n/2-1-j, w.n), 31))
		}
		list(b, 12, v)
	}
}

func sine(i, n int) float64 { return math.Sin(math.Pi / float64(2*n) * (float64(i) + .5)) }

// kbd is the Kaiser-Bessel derived window of clause 4.6.11.3.2.
func kbd(i, n int, alpha float64) float64 {
	w := func(k int) float64 {
		x := float64(k)/float64(n/2) - 1
		return bessel(math.Pi * alpha * math.Sqrt(1-x*x))
	}
	var part, all float64
	for k := range n + 1 {
		if k <= i {
			part += w(k)
		}
		all += w(k)
	}
	return math.Sqrt(part / all)
}

// bessel is the modified Bessel function of the first kind, of order zero.
func bessel(x float64) float64 {
	sum, term := 0., 1.
	for k := 1.; term > sum*1e-17; k++ {
		sum += term
		term *= x * x / 4 / (k * k)
	}
	return sum
}
