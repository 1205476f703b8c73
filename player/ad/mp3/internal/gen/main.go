// Gen writes tables.go, the tables of package mp3, from the formulas and the
// code words of ISO/IEC 11172-3 and 13818-3. Run it by go generate in the
// package's folder.
package main

import (
	"bytes"
	"fmt"
	"math"

	"linnet/player/internal/tablegen"
)

func main() { files.Write() }

// files says what each generated file holds.
var files = tablegen.Files{"tables.go": func() []byte {
	return tablegen.Source("mp3", writeHuffman, writeRequant, writeStereo, writeHybrid, writeSynthesis, writeLayer12)
}}

func writeHuffman(b *bytes.Buffer) {
	var all []uint16
	offset := map[int]int{}
	for t := range 25 {
		if s, ok := pairCodes[t]; ok {
			offset[t] = len(all)
			all = append(all, pairTable(words(s), linbits[t] != 0)...)
		}
	}
	fmt.Fprintf(b, "// firstBits is how many bits the first level of a table of pairs takes.\nconst firstBits = %d\n\n", firstBits)
	fmt.Fprint(b, "// pairEntries holds the lookup levels of all tables of pairs: low nibble the\n",
		"// length of the word's rest and its signs, from bit 6 on y and from bit 11 on x;\n",
		"// or 0, three bits for the next level's bits less one, a quarter of its offset;\n",
		"// or seven zeros, the length of the rest of a word with a 15 that linbits\n",
		"// follow, y where x is 15 and otherwise 16 plus x.\n")
	fmt.Fprintf(b, "var pairEntries = [%d]uint16", len(all))
	tablegen.List(b, 16, all)
	fmt.Fprint(b, "\n\n// pairTables says, by table_select, where a table starts in pairEntries, its\n",
		"// linbits, and whether there is one: else all is zero.\nvar pairTables = [32]pairTable{\n")
	for t := range 32 {
		same := t
		if t > 24 {
			same = 24
		} else if t > 16 && t < 24 {
			same = 16
		}
		start, ok := offset[same]
		fmt.Fprintf(b, "\t{%d, %d, %v},\n", start, linbits[t], ok)
	}
	fmt.Fprint(b, "}\n\n// quadEntries are tables A and B, of 10 and of 8 bits: the length of the word\n",
		"// with its signs, and in the high byte v, w, x and y.\nvar quadEntries = [1024 + 256]uint16")
	tablegen.List(b, 16, append(quadTable(quadWords[0], 10), quadTable(quadWords[1], 8)...))
	fmt.Fprint(b, "\n\n")
}

func writeRequant(b *bytes.Buffer) {
	fmt.Fprint(b, "// pow43 is v^(4/3) with 26 fractional bits for v below 16, 21 below 256, else 14.\n")
	var p []uint32
	for v := range 8207 {
		n := 14
		if v < 16 {
			n = 26
		} else if v < 256 {
			n = 21
		}
		p = append(p, tablegen.Unsigned(math.Pow(float64(v), 4./3), n))
	}
	fmt.Fprintf(b, "var pow43 = [%d]uint32", len(p))
	tablegen.List(b, 12, p)
	fmt.Fprint(b, "\n\n// small43 is v^(4/3) for v from -16 to 15, with 25 fractional bits.\nvar small43 = [32]int32")
	var small []int32
	for v := -16.; v <= 15; v++ {
		small = append(small, tablegen.Signed(math.Copysign(math.Pow(math.Abs(v), 4./3), v), 25))
	}
	tablegen.List(b, 8, small)
	fmt.Fprint(b, "\n\n// quarter is 2^(i/4) with 31 fractional bits.\nvar quarter = [4]uint32")
	tablegen.List(b, 4, []uint32{tablegen.Unsigned(1, 31), tablegen.Unsigned(math.Pow(2, .25), 31), tablegen.Unsigned(math.Sqrt2, 31), tablegen.Unsigned(math.Pow(2, .75), 31)})
	fmt.Fprint(b, "\n\n")
}

func writeStereo(b *bytes.Buffer) {
	fmt.Fprint(b, "// intensityTan is what left and right get of an intensity-coded line, by\n",
		"// is_pos, in MPEG-1, with 30 fractional bits; in the second set times √2,\n",
		"// which undoes the scaling of M/S frames.\nvar intensityTan = [2][7][2]uint32{\n")
	for _, f := range []float64{1, math.Sqrt2} {
		fmt.Fprint(b, "{")
		for pos := range 7 {
			s, c := math.Sincos(float64(pos) * math.Pi / 12)
			if pos == 6 {
				c = 0
			}
			tablegen.List(b, 2, []uint32{tablegen.Unsigned(f*s/(s+c), 30), tablegen.Unsigned(f*c/(s+c), 30)})
			fmt.Fprint(b, ", ")
		}
		fmt.Fprint(b, "},\n")
	}
	fmt.Fprint(b, "}\n\n// intensityPow is the same for the low sampling rates: by M/S, intensity_scale\n",
		"// and is_pos.\nvar intensityPow = [2][2][31][2]uint32{\n")
	for _, f := range []float64{1, math.Sqrt2} {
		fmt.Fprint(b, "{")
		for _, base := range []float64{math.Pow(2, -.25), math.Sqrt(.5)} {
			fmt.Fprint(b, "{\n")
			for pos := range 31 {
				kl, kr := f, f*math.Pow(base, float64(pos/2))
				if pos%2 == 1 {
					kl, kr = f*math.Pow(base, float64(pos+1)/2), f
				}
				tablegen.List(b, 2, []uint32{tablegen.Unsigned(kl, 30), tablegen.Unsigned(kr, 30)})
				fmt.Fprint(b, ",\n")
			}
			fmt.Fprint(b, "},\n")
		}
		fmt.Fprint(b, "},\n")
	}
	fmt.Fprint(b, "}\n\n")
}

func writeHybrid(b *bytes.Buffer) {
	fmt.Fprint(b, "// aliasCoefs turns by an angle in three steps: tangent of its half and sine,\n",
		"// with 32 fractional bits; the first sine is less 1.\nvar aliasCoefs = [8][2]int32{\n")
	for i, c := range []float64{-.6, -.535, -.33, -.185, -.095, -.041, -.0142, -.0037} {
		r := math.Sqrt(1 + c*c)
		sin := -c / r
		if i == 0 {
			sin--
		}
		tablegen.List(b, 2, []int32{tablegen.Signed((1-1/r)/(-c/r), 32), tablegen.Signed(sin, 32)})
		fmt.Fprint(b, ",\n")
	}
	fmt.Fprint(b, "}\n\n// window36 is, by block type, what output 8-i of the cosine transform meets: its\n",
		"// secant (see dctCoefs), then the four window values times the transform's last\n",
		"// secant: two with 27 fractional bits, the first negative, and two negative with\n",
		"// 32, of which 1/2 is added to the first.\nvar window36 = [4][9][5]int32{\n")
	for t := range 4 {
		fmt.Fprint(b, "{\n")
		for i := 0; i < 9 && t != 2; i++ {
			w := foldedWindow(18, i, func(i int) float64 { return blockWindow(t, i) })
			tablegen.List(b, 5, []int32{fraction(secant(2*(8-i)+1, 36)), tablegen.Signed(-w[0], 27), tablegen.Signed(w[1], 27), tablegen.Signed(.5-w[2], 32), tablegen.Signed(-w[3], 32)})
			fmt.Fprint(b, ",\n")
		}
		fmt.Fprint(b, "},\n")
	}
	fmt.Fprint(b, "}\n\n// window12 are the four window values for short blocks, two with 28 and two\n",
		"// with 32 fractional bits.\nvar window12 = [3][4]uint32{\n")
	for i := range 3 {
		w := foldedWindow(6, i, func(i int) float64 { return math.Sin(math.Pi / 12 * (float64(i) + .5)) })
		tablegen.List(b, 4, []uint32{tablegen.Unsigned(w[0], 28), tablegen.Unsigned(w[1], 28), tablegen.Unsigned(w[2], 32), tablegen.Unsigned(w[3], 32)})
		fmt.Fprint(b, ",\n")
	}
	fmt.Fprint(b, "}\n\n// dct9Coefs are the cosines of 40, 80, 30, 50 and 70 degrees with 32 fractional\n",
		"// bits, less 1 but for those of 80 and 70.\nvar dct9Coefs = [5]int32")
	cos := func(degrees float64) float64 { return math.Cos(degrees * math.Pi / 180) }
	tablegen.List(b, 5, []int32{tablegen.Signed(cos(40)-1, 32), tablegen.Signed(cos(80), 32), tablegen.Signed(cos(30)-1, 32), tablegen.Signed(cos(50)-1, 32), tablegen.Signed(cos(70), 32)})
	fmt.Fprint(b, "\n\n// Constants of the short transform, with 32 fractional bits, or 28 where the\n// name ends in Q28.\nconst (\n")
	constant(b, "cos30", cos(30))
	constant(b, "sec6x0", secant(1, 12))
	constant(b, "sec2x0", secant(1, 4))
	constant(b, "sec6x2", secant(5, 12))
	fmt.Fprint(b, ")\n\n")
}

// secant is 1/(2cos(n*pi/d)).
func secant(n, d int) float64 { return .5 / math.Cos(math.Pi*float64(n)/float64(d)) }

func constant(b *bytes.Buffer, name string, x float64) {
	if x < 1 {
		fmt.Fprintf(b, "\t%s = %d\n", name, tablegen.Unsigned(x, 32))
	} else {
		fmt.Fprintf(b, "\t%sQ28 = %d\n", name, tablegen.Unsigned(x, 28))
	}
}

// blockWindow is the window of a long block of a type, ISO/IEC 11172-3
// 2.4.3.4.10.3.
func blockWindow(t, i int) float64 {
	if t == 3 {
		t, i = 1, 35-i
	}
	long := math.Sin(math.Pi / 36 * (float64(i) + .5))
	switch {
	case t == 0 || i < 18:
		return long
	case i < 24:
		return 1
	case i < 30:
		return math.Sin(math.Pi / 12 * (float64(i-18) + .5))
	}
	return 0
}

// foldedWindow is what output i of the upper half and of the lower half of a
// cosine transform of type IV meets, with its last secant.
func foldedWindow(n, i int, w func(int) float64) [4]float64 {
	s := func(k int) float64 { return secant(2*k+1, 4*n) }
	return [4]float64{w(i) * s(n/2+i), w(n-1-i) * s(n/2+i), w(n+i) * s(n/2-1-i), w(2*n-1-i) * s(n/2-1-i)}
}

func writeSynthesis(b *bytes.Buffer) {
	fmt.Fprint(b, "// windowRows are the coefficients of the synthesis window for outputs j and\n",
		"// 32-j, with 16 fractional bits, by j less 1: for each pair (p, r) of values of\n",
		"// the transform those of r, of p and of p+r.\nvar windowRows = [15][8][3]int32{\n")
	for j := 1; j < 16; j++ {
		fmt.Fprint(b, "{")
		for _, c := range windowRow(j) {
			tablegen.List(b, 3, c[:])
			fmt.Fprint(b, ", ")
		}
		fmt.Fprint(b, "},\n")
	}
	first, middle := windowEdge()
	fmt.Fprint(b, "}\n\n// windowEdge are those of output 0, and then of output 16.\nvar windowEdge = [24]int32")
	tablegen.List(b, 8, append(first[:], middle[:]...))
	fmt.Fprint(b, "\n\n// dctCoefs are the secants of the first two steps of the cosine transform, by\n",
		"// pair of inputs: of the outer, the inner and both; dct8Coefs are those of the\n",
		"// others. Those up to 2.5 are without their whole part and have 32 fractional\n",
		"// bits, larger ones have the number that dct32 says.\nvar dctCoefs = [8][3]int32{\n")
	for k := range 8 {
		tablegen.List(b, 3, []int32{fraction(secant(2*k+1, 64)), fraction(secant(2*(15-k)+1, 64)), fraction(secant(2*k+1, 32))})
		fmt.Fprint(b, ",\n")
	}
	fmt.Fprint(b, "}\n\nvar dct8Coefs = [7]int32")
	tablegen.List(b, 7, []int32{
		fraction(secant(1, 16)), fraction(secant(3, 16)), fraction(secant(5, 16)), fraction(secant(7, 16)),
		fraction(secant(1, 8)), fraction(secant(3, 8)), fraction(secant(1, 4)),
	})
	fmt.Fprint(b, "\n\n")
}

// fraction is x less 1 or 2, with 32 fractional bits, where that is below one
// half, and otherwise x with as many as fit.
func fraction(x float64) int32 {
	n := 31
	switch {
	case x < 1.5:
		return tablegen.Signed(x-1, 32)
	case x < 2.5:
		return tablegen.Signed(x-2, 32)
	}
	for math.Ldexp(x, n) >= 1<<31 {
		n--
	}
	return int32(tablegen.Unsigned(x, n))
}

// quantSteps are the numbers of steps of Layer II's quantisers, of which
// Layer I has those of 2^n-1.
var quantSteps = [17]int{3, 5, 7, 9, 15, 31, 63, 127, 255, 511, 1023, 2047, 4095, 8191, 16383, 32767, 65535}

func writeLayer12(b *bytes.Buffer) {
	fmt.Fprint(b, "// stepScale is 2^bits/steps times 2^(-i/3), with 30 fractional bits, by\n",
		"// quantiser and the scale factor's index modulo 3.\nvar stepScale = [17][3]int32{\n")
	for _, steps := range quantSteps {
		bits := math.Ceil(math.Log2(float64(steps)))
		var row []int32
		for i := range 3 {
			row = append(row, tablegen.Signed(math.Exp2(bits-float64(i)/3)/float64(steps), 30))
		}
		tablegen.List(b, 3, row)
		fmt.Fprint(b, ",\n")
	}
	groups := append(groupTable(5, 3, 2), groupTable(7, 5, 3)...)
	groups = append(groups, groupTable(10, 9, 4)...)
	fmt.Fprint(b, "}\n\n// groupCodes are the words of 5, of 7 and of 10 bits that have three codes: in\n",
		"// their bytes, from the top, the codes about 0 with 7 bits behind the point.\n")
	fmt.Fprintf(b, "var groupCodes = [%d]uint32", len(groups))
	tablegen.List(b, 8, groups)
	fmt.Fprint(b, "\n")
}

// groupTable is for words of bits bits with three codes of steps steps, which
// have size bits each when they stand alone. Of words that are too large all
// codes are in range, nevertheless.
func groupTable(bits, steps, size int) []uint32 {
	table := make([]uint32, 1<<bits)
	for i := range table {
		for k, c := range []int{i % steps, i / steps % steps, min(i/steps/steps, steps-1)} {
			table[i] |= uint32(byte((2*c-steps+1)<<(7-size))) << (24 - 8*k)
		}
	}
	return table
}
