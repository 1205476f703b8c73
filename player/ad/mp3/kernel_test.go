package mp3

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The kernels of this machine, which may be assembly, must give the bits of
// the generic ones, on data like music's and at the limits.

// extremes fills x with random values, many of them at the limits.
func extremes(rng *rand.Rand, x []int32) {
	shift := rng.IntN(32)
	for i := range x {
		switch x[i] = int32(rng.Uint32()) >> shift; rng.IntN(16) {
		case 0:
			x[i] = math.MaxInt32
		case 1:
			x[i] = math.MinInt32
		case 2:
			x[i] = 0
		}
	}
}

func TestDCT32IsTheGenericOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 32))
	for i := range 500 {
		var x [32]int32
		extremes(rng, x[:])
		before := x
		var got, want history
		dct32(&x, &got, i&15)
		dct32Generic(&x, &want, i&15)
		if got != want || x != before {
			t.Fatalf("trial %d differs", i)
		}
	}
}

func TestWindowingIsTheGenericOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(33, 34))
	for i := range 500 {
		var h history
		for j := range h {
			extremes(rng, h[j][0][:])
			extremes(rng, h[j][1][:])
		}
		stride := 1 + i/16%2
		got, want := make([]int32, 33*stride), make([]int32, 33*stride)
		windowing(&h, i&15, got, stride)
		windowingGeneric(&h, i&15, want, stride)
		if !slices.Equal(got, want) {
			t.Fatalf("trial %d, %d apart: %d, want %d", i, stride, got, want)
		}
	}
}

func TestFilterBankIsTheGenericOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(49, 50))
	var got, want synthesis
	for i := range 100 {
		n, stride := 1+i%20, 1+rng.IntN(2)
		sub := make([]int32, 32*n)
		extremes(rng, sub)
		a, b := make([]int32, 32*n*stride+1), make([]int32, 32*n*stride+1)
		filterBank(&got, sub, a, stride, n)
		filterBankGeneric(&want, sub, b, stride, n)
		if got != want || !slices.Equal(a, b) {
			t.Fatalf("trial %d: %d times, %d apart", i, n, stride)
		}
	}
}

func TestReduceAliasIsTheGenericOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(35, 36))
	for i := range 320 {
		var got [576]int32
		extremes(rng, got[:])
		want := got
		reduceAlias(&got, i%32)
		reduceAliasGeneric(&want, i%32)
		if got != want {
			t.Fatalf("%d boundaries differ", i%32)
		}
	}
}

func TestIMDCT36IsTheGenericOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(37, 38))
	for i := range 300 {
		var xr [576]int32
		var overlap [2][32][18]int32
		var out [2]subbands
		extremes(rng, xr[:])
		for sb := range overlap[0] {
			extremes(rng, overlap[0][sb][:])
		}
		overlap[1] = overlap[0]
		from, to, window := 2*rng.IntN(17), rng.IntN(33), &window36[[3]int{0, 1, 3}[i%3]]
		imdct36(&xr, &overlap[0], &out[0], window, from, to)
		imdct36Generic(&xr, &overlap[1], &out[1], window, from, to)
		if out[0] != out[1] || overlap[0] != overlap[1] {
			t.Fatalf("trial %d differs: subbands from %d to %d", i, from, to)
		}
	}
}

func TestRequantizeBandsAreTheGenericOnes(t *testing.T) {
	rng := rand.New(rand.NewPCG(39, 40))
	for i := range 1000 {
		var got [576]int32
		small := rng.IntN(577)
		for k := range got {
			got[k] = int32(rng.IntN(31)) - 15
			if k < small && rng.IntN(3) == 0 {
				got[k] = (int32(rng.IntN(2*8206+1)) - 8206) >> rng.IntN(10)
			}
		}
		edges := layouts[i%9].long[:]
		if i&2 != 0 {
			edges = bandEdges(&granule{blockType: 2, mixed: i&4 != 0}, &layouts[i%9], new([40]int))
		}
		var gains bandGains
		for b := range gains {
			gains[b] = -16 - rng.Int32N(112)
			if rng.IntN(100) == 0 {
				gains[b] = rng.Int32N(400) - 300
			}
		}
		want := got
		lines, from := rng.IntN(577), rng.IntN(8)
		a := requantizeBands(&got, lines, small, edges, &gains, from)
		b := requantizeBandsGeneric(&want, lines, small, edges, &gains, from)
		if a != b || got != want {
			t.Fatalf("trial %d, %d lines: ends with %d, want %d", i, lines, a, b)
		}
	}
}

// randomBits is a reader at the start of so many random bytes.
func randomBits(rng *rand.Rand, size, start int) bitReader {
	data := make([]byte, size)
	for i := range data {
		data[i] = byte(rng.Uint32())
		if rng.IntN(8) == 0 {
			data[i] = 0xff * byte(i&1)
		}
	}
	r := newBitReader(data, start)
	r.bits(rng.IntN(17))
	return r
}

func equalReaders(a, b *bitReader) bool {
	return a.cache == b.cache && a.have == b.have && a.next == b.next
}

func TestPairsAreTheGenericOnes(t *testing.T) {
	rng := rand.New(rand.NewPCG(41, 42))
	for n := range pairTables {
		table := &pairTables[n]
		if !table.coded {
			continue
		}
		for i := range 200 {
			// The data may end within the lines, on an odd byte or an even one.
			a := randomBits(rng, 1+rng.IntN(500), i%8)
			b := a
			var got, want [576]int32
			size := 2 * rng.IntN(len(got)/2+1)
			pairs(&a, got[:size], pairEntries[table.start:], int(table.linbits))
			pairsGeneric(&b, want[:size], pairEntries[table.start:], int(table.linbits))
			if got != want || !equalReaders(&a, &b) {
				t.Fatalf("table %d, trial %d: %d lines differ", n, i, size)
			}
		}
	}
}

func TestQuadsAreTheGenericOnes(t *testing.T) {
	rng := rand.New(rand.NewPCG(43, 44))
	for i := range 1000 {
		a := randomBits(rng, 1+rng.IntN(200), i%8)
		b := a
		entries, bits := quadEntries[:1024], 10
		if i&1 != 0 {
			entries, bits = quadEntries[1024:], 8
		}
		var got, want [576]int32
		size, left := 2*rng.IntN(len(got)/2+1), rng.IntN(1600)
		n := quads(&a, got[:size], entries, bits, left)
		m := quadsGeneric(&b, want[:size], entries, bits, left)
		if n != m || got != want || !equalReaders(&a, &b) {
			t.Fatalf("trial %d: %d lines, want %d", i, n, m)
		}
	}
}

func TestDequantizeIsTheGenericOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(45, 46))
	for i := range 1000 {
		a := randomBits(rng, 1+rng.IntN(200), i%8)
		b := a
		codes := make([]bandCode, rng.IntN(65))
		for k := range codes {
			c := &codes[k]
			c.scale, c.shift = stepScale[rng.IntN(17)][rng.IntN(3)], 2+rng.Int32N(22)
			c.bits = rng.Int32N(17)
			if i&1 != 0 {
				c.bits += singleCode
			} else if rng.IntN(2) == 0 {
				c.bits = -int32(groupBits[[3]int{0, 1, 3}[rng.IntN(3)]])
			}
			c.at = 4 * rng.Int32N(128)
		}
		var got, want slotSamples
		dequantize(&a, codes, &got)
		dequantizeGeneric(&b, codes, &want)
		if got != want || !equalReaders(&a, &b) {
			t.Fatalf("trial %d: %d bands differ", i, len(codes))
		}
	}
}

func TestMidSideIsTheGenericOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(47, 48))
	for n := range 40 {
		var got [2][40]int32
		extremes(rng, got[0][:])
		extremes(rng, got[1][:])
		want := got
		midSide(got[0][:n], got[1][:n])
		midSideGeneric(want[0][:n], want[1][:n])
		if got != want {
			t.Fatalf("%d lines: %d, want %d", n, got, want)
		}
	}
}
