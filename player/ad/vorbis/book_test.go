package vorbis

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"linnet/player/internal/vorbis"
)

// pack writes code words, the first bit of each first.
func pack(ws []word) []byte {
	var b []byte
	n := 0
	for _, w := range ws {
		for i := range int(w.len) {
			if n%8 == 0 {
				b = append(b, 0)
			}
			b[n/8] |= byte(w.code>>(31-i)&1) << (n % 8)
			n++
		}
	}
	return b
}

// The example of clause 3.2.1.
func TestAssign(t *testing.T) {
	words, ok := assign([]uint8{2, 4, 4, 4, 4, 2, 3, 3})
	want := []uint32{0b00, 0b0100, 0b0101, 0b0110, 0b0111, 0b10, 0b110, 0b111}
	if !ok || len(words) != len(want) {
		t.Fatalf("%v, %v", words, ok)
	}
	for i, w := range words {
		if w.code>>(32-w.len) != want[i] || int(w.entry) != i {
			t.Errorf("entry %d: %b", i, w.code>>(32-w.len))
		}
	}
	for _, c := range []struct {
		lengths []uint8
		ok      bool
	}{
		{nil, true}, {[]uint8{0, 0}, true}, {[]uint8{0, 1}, true}, {[]uint8{1, 1}, true}, {[]uint8{1, 0, 2, 2}, true},
		{[]uint8{1, 1, 1}, false}, {[]uint8{2}, false}, {[]uint8{1, 2}, false}, {[]uint8{1, 2, 2, 32}, false}, {[]uint8{32, 32}, false},
	} {
		if _, ok := assign(c.lengths); ok != c.ok {
			t.Errorf("%v: %v, want %v", c.lengths, ok, c.ok)
		}
	}
}

// lengths of a random complete code of n words.
func lengths(r *rand.Rand, n int) []uint8 {
	all := []uint8{0}
	for len(all) < n {
		i := r.IntN(len(all))
		if r.IntN(3) == 0 {
			i = len(all) - 1 // some words get long
		}
		if all[i] == 32 {
			continue
		}
		all[i]++
		all = append(all, all[i])
	}
	r.Shuffle(n, func(i, k int) { all[i], all[k] = all[k], all[i] })
	return all
}

// What is written in code words comes back, short and long ones.
func TestDecode(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 3))
	for _, n := range []int{2, 3, 8, 100, 700, 5000} {
		c := vorbis.Codebook{Dims: 1, Lengths: lengths(r, n)}
		b, ok := newBook(&c)
		words, _ := assign(c.Lengths)
		if !ok {
			t.Fatalf("%d words: refused", n)
		}
		var message []word
		for range 3000 {
			message = append(message, words[r.IntN(len(words))])
		}
		message = append(message, words...)
		var in vorbis.Bits
		in.Reset(pack(message))
		for i, w := range message {
			if got := b.decode(&in); got != w.entry || in.Over() {
				t.Fatalf("%d words: word %d of %d bits is %d, want %d", n, i, w.len, got, w.entry)
			}
		}
	}
}

// A book of one word takes one bit, whichever; a book of none ends the packet.
func TestSmallBooks(t *testing.T) {
	b, ok := newBook(&vorbis.Codebook{Dims: 1, Lengths: []uint8{0, 0, 1}})
	var in vorbis.Bits
	in.Reset([]byte{0b0101})
	for range 8 {
		if got := b.decode(&in); !ok || got != 2 || in.Over() {
			t.Errorf("a book of one: %d", got)
		}
	}
	if b.decode(&in); !in.Over() {
		t.Error("nine bits in a byte")
	}
	b, ok = newBook(&vorbis.Codebook{Dims: 1, Lengths: []uint8{0, 0}})
	in.Reset(make([]byte, 9))
	if b.decode(&in); !ok || !in.Over() {
		t.Error("a book without words goes on")
	}
}

func float(f vorbis.Float) float64 { return float64(f.Mantissa) * math.Exp2(float64(f.Exponent)) }

// vectorOf is the vector of an entry as clause 3.2.1 unpacks it.
func vectorOf(c *vorbis.Codebook, entry int) (v []float64) {
	last, divisor := 0.0, 1
	for i := range c.Dims {
		at := entry*c.Dims + i
		if c.Lookup == 1 {
			at = entry / divisor % c.Base
			divisor *= c.Base
		}
		x := float64(c.Multiplicands[at])*float(c.Delta) + float(c.Min) + last
		if c.Sequence {
			last = x
		}
		v = append(v, x)
	}
	return v
}

func TestVectors(t *testing.T) {
	const frac = 12
	for _, c := range []vorbis.Codebook{
		{Dims: 2, Lookup: 1, Base: 3, Min: vorbis.Float{Mantissa: -1}, Delta: vorbis.Float{Mantissa: 1}, Multiplicands: []uint16{0, 1, 2}},
		{Dims: 3, Lookup: 1, Base: 2, Min: vorbis.Float{Mantissa: -7, Exponent: -3}, Delta: vorbis.Float{Mantissa: 1 << 20, Exponent: -19}, Multiplicands: []uint16{9, 4}},
		{Dims: 2, Lookup: 1, Base: 3, Sequence: true, Delta: vorbis.Float{Mantissa: 5, Exponent: -1}, Multiplicands: []uint16{0, 3, 2}},
		{Dims: 9, Lookup: 1, Base: 1, Delta: vorbis.Float{Mantissa: 5}, Multiplicands: []uint16{7}},
		{Dims: 40, Lookup: 1, Base: 1, Delta: vorbis.Float{Mantissa: 5}, Multiplicands: []uint16{7}},
		{Dims: 2, Lookup: 2, Delta: vorbis.Float{Mantissa: 3, Exponent: -2}, Multiplicands: []uint16{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18}},
	} {
		c.Lengths = make([]uint8, 9)
		if c.Base == 1 {
			c.Lengths = c.Lengths[:1]
		}
		v := newVectors(&c, frac)
		var buf [maxDigits]int32
		var in vorbis.Bits
		for e := range c.Lengths {
			got, ok := v.vector(uint32(e), &in, &buf)
			want := vectorOf(&c, e)
			if !ok || len(got) != len(want) {
				t.Fatalf("%+v: entry %d has %d values", c, e, len(got))
			}
			for i, x := range got {
				if math.Abs(float64(x)/(1<<frac)-want[i]) > 3.0/(1<<frac) {
					t.Errorf("%+v: entry %d is %v, want %v", c, e, got, want)
					break
				}
			}
		}
	}
}

func TestFixed(t *testing.T) {
	for _, c := range []struct {
		m    int64
		e    int
		want int64
	}{
		{5, 0, 5}, {5, -1, 3}, {-5, -1, -2}, {1, 31, 1 << 31}, {1, 40, 1 << 32}, {-1, 40, -1 << 32}, {0, 2000, 0}, {0, 40, 0},
		{1 << 36, -62, 0}, {1 << 36, -800, 0}, {-1 << 36, 800, -1 << 32}, {1 << 36, -30, 64},
	} {
		if got := fixed(c.m, c.e); got != c.want {
			t.Errorf("fixed(%d, %d) is %d, want %d", c.m, c.e, got, c.want)
		}
	}
}

// latticeOrList is a codebook of vectors of either kind.
func latticeOrList(dims int, r *rand.Rand) *vorbis.Codebook {
	c := &vorbis.Codebook{Dims: dims, Lookup: 2, Delta: vorbis.Float{Mantissa: 1}}
	entries, numbers := 64, 64*dims
	if r.IntN(3) > 0 {
		c.Lookup, c.Base = 1, 2+r.IntN(3)
		if dims < 4 {
			c.Base += r.IntN(20)
		}
		entries, numbers = 1, c.Base
		for range dims {
			entries *= c.Base
		}
		entries = min(entries, 3000)
	}
	c.Lengths = lengths(r, entries)
	for range numbers {
		c.Multiplicands = append(c.Multiplicands, uint16(r.IntN(100)))
	}
	return c
}

// residueDecoder is a decoder with a book of classes, one of vectors, and the
// latter as one of numbers.
func residueDecoder(dims, channels, size int, r *rand.Rand) (*Decoder, *vorbis.Codebook) {
	classes := vorbis.Codebook{Dims: 2, Lengths: []uint8{3, 3, 3, 3, 3, 3, 3, 3}}
	values := latticeOrList(dims, r)
	d := &Decoder{classes: make([][]uint8, channels)}
	for i, c := range []*vorbis.Codebook{&classes, values, values} {
		b, _ := newBook(c)
		if b.dims = c.Dims; c.Lookup > 0 {
			b.setVectors(c, 0, i == 2)
		}
		d.books = append(d.books, b)
	}
	for c := range d.classes {
		d.classes[c] = make([]uint8, size*channels)
	}
	return d, values
}

// residueOf decodes a residue as clause 8.6 writes it down, a value at a
// time. It uses the same books.
func residueOf(r *residue, d *Decoder, values *vorbis.Codebook, channels, size int, skip []bool) [][]int32 {
	type2 := r.Type == 2
	vectors := make([][]int32, channels)
	if type2 {
		all := true
		for _, s := range skip {
			all = all && s
		}
		if vectors = vectors[:1]; all {
			skip = []bool{true}
		} else {
			skip = []bool{false}
		}
		size *= channels
	}
	for c := range vectors {
		vectors[c] = make([]int32, size)
	}
	decodeAll(r, d, values, vectors, skip, size)
	if !type2 {
		return vectors
	}
	out := make([][]int32, channels)
	for i, v := range vectors[0] {
		out[i%channels] = append(out[i%channels], v)
	}
	return out
}

func decodeAll(r *residue, d *Decoder, values *vorbis.Codebook, vectors [][]int32, skip []bool, size int) {
	begin, end := min(r.Begin, size), min(r.End, size)
	parts := (end - begin) / r.Partition
	classes := make([][]int, len(vectors))
	for c := range classes {
		classes[c] = make([]int, parts+2)
	}
	for pass := range 8 {
		for part := 0; part < parts; {
			for c := range vectors {
				if pass == 0 && !skip[c] {
					word := int(d.books[0].decode(&d.bits))
					if d.bits.Over() {
						return
					}
					classes[c][part+1], classes[c][part] = word%int(r.classes), word/int(r.classes)%int(r.classes)
				}
			}
			for k := 0; k < 2 && part < parts; k, part = k+1, part+1 {
				for c := range vectors {
					if skip[c] || r.Books[classes[c][part]][pass] < 0 {
						continue
					}
					x := vectors[c][begin+part*r.Partition:][:r.Partition]
					for i := 0; i < r.Partition/values.Dims; i++ {
						e := int(d.books[2].decode(&d.bits))
						if d.bits.Over() {
							return
						}
						for k := range values.Dims {
							at := i*values.Dims + k
							if r.Type == 0 {
								at = i + k*(r.Partition/values.Dims)
							}
							x[at] += int32(vectorOf(values, e)[k])
						}
					}
				}
			}
		}
	}
}

// Residues of all types, of random bits, against the specification's way.
func TestResidue(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	none := vorbis.Stages{-1, -1, -1, -1, -1, -1, -1, -1}
	first, later := none, none
	first[0], first[2], later[1], later[7] = 1, 1, 1, 1
	for run := range 400 {
		kind, channels, dims := run%3, 1+run/3%4, []int{1, 2, 4, 8}[run/12%4]
		const size = 128
		d, values := residueDecoder(dims, channels, size, r)
		res := newResidue(&vorbis.Residue{
			Type: kind, Begin: 8 * r.IntN(4), End: 40 + 8*r.IntN(60), Partition: []int{8, 16, 24}[run%7%3], Books: []vorbis.Stages{none, first, later},
		})
		data := make([]byte, r.IntN(400))
		for i := range data {
			data[i] = byte(r.Uint32())
		}
		skip := make([]bool, channels)
		for c := range skip {
			skip[c] = r.IntN(4) == 0
		}
		d.bits.Reset(data)
		want := residueOf(&res, d, values, channels, size, skip)
		used := d.bits.Left()
		d.bits.Reset(data)
		got := make([][]int32, channels)
		for c := range got {
			got[c] = make([]int32, size)
		}
		res.read(d, got, skip, size)
		for c := range got {
			if !slices.Equal(got[c], want[c]) {
				t.Fatalf("run %d, type %d, %d channels, %d values, channel %d:\n%d\nwant\n%d", run, kind, channels, dims, c, got[c], want[c])
			}
		}
		if (used < 0) != d.bits.Over() || used >= 0 && used != d.bits.Left() {
			t.Errorf("run %d: %d bits left, want %d", run, d.bits.Left(), used)
		}
	}
}

// Coupling, clause 4.3.5, in the four quadrants.
func TestDecouple(t *testing.T) {
	for _, c := range [][4]int32{
		{5, 2, 5, 3}, {5, -2, 3, 5}, {5, 0, 5, 5}, {-5, 2, -5, -3}, {-5, -2, -3, -5}, {-5, 0, -5, -5}, {0, 2, 0, 2}, {0, -2, 2, 0}, {0, 0, 0, 0},
	} {
		m, a := []int32{c[0]}, []int32{c[1]}
		if decouple(m, a); m[0] != c[2] || a[0] != c[3] {
			t.Errorf("magnitude %d, angle %d: %d and %d, want %d and %d", c[0], c[1], m[0], a[0], c[2], c[3])
		}
	}
}

// A line of a floor against clause 9.2.7, and the product in 64 bits.
func TestDrawLine(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 1000 {
		x0, y0, y1 := r.IntN(20), r.Int32N(256), r.Int32N(256)
		x1 := x0 + 1 + r.IntN(1<<(3+r.IntN(11)))
		n, shift := 50+r.IntN(5000), 3+r.IntN(17)
		x := make([]int32, n)
		want := make([]int32, n)
		for i := range x {
			x[i] = r.Int32N(1<<14) - 1<<13
			if want[i] = x[i]; i >= x0 && i < x1 {
				y := y0 + (y1-y0)*int32(i-x0)/int32(x1-x0)
				want[i] = int32((int64(x[i])*int64(decibels[y]) + 1<<(shift-1)) >> shift)
			}
		}
		if drawLine(x, x0, x1, y0, y1, shift); !slices.Equal(x, want) {
			t.Fatalf("from %d, %d to %d, %d:\n%d\nwant\n%d", x0, y0, x1, y1, x, want)
		}
	}
	if bits.Len32(decibels[255]) != 31 {
		t.Errorf("the top of the table is %#x", decibels[255])
	}
}

// A part of the way, as a fraction, gives what the division of clause 9.2.6
// does, which rounds towards the first height.
func TestBetween(t *testing.T) {
	r := rand.New(rand.NewPCG(19, 20))
	for range 20000 {
		high := 2 + r.IntN(1<<(2+r.IntN(14)))
		x := 1 + r.IntN(high-1)
		f := newFloor1(&vorbis.Floor1{Multiplier: 1, X: []uint16{0, uint16(min(high, 65535)), uint16(x)}})
		y0, y1 := int32(r.IntN(256)), int32(r.IntN(256))
		if got, want := between(y0, y1, f.part[2]), y0+(y1-y0)*int32(x)/int32(f.X[1]); got != want {
			t.Fatalf("%d of %d, from %d to %d: %d, want %d", x, high, y0, y1, got, want)
		}
	}
}
