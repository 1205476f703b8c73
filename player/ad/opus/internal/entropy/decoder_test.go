package entropy

import (
	"math/rand/v2"
	"testing"
)

// encoder is the range encoder of RFC 6716 clause 5.1, with exact carries: the
// code is one long number.
type encoder struct {
	code []byte // the number's digits so far, most significant first
	rng  uint32
	low  uint64 // below the digits in code, 32 bits
	raw  []byte // bits of the end, first first
}

func newEncoder() *encoder { return &encoder{rng: 1 << 31} }

// add adds to the code at the place of low, with carries.
func (e *encoder) add(v uint32) {
	e.low += uint64(v)
	if e.low>>31 != 0 {
		e.low &= 1<<31 - 1
		for i := len(e.code) - 1; ; i-- {
			if e.code[i]++; e.code[i] != 0 {
				return
			}
		}
	}
}

func (e *encoder) symbol(low, high, ft uint32) {
	unit := e.rng / ft
	if low > 0 {
		e.add(e.rng - unit*(ft-low))
		e.rng = unit * (high - low)
	} else {
		e.rng -= unit * (ft - high)
	}
	for e.rng <= 1<<23 {
		e.code = append(e.code, byte(e.low>>23))
		e.low = e.low << 8 & (1<<31 - 1)
		e.rng <<= 8
	}
}

func (e *encoder) bits(v uint32, n int) {
	for i := range n {
		e.raw = append(e.raw, byte(v>>i&1))
	}
}

// frame is a frame of size bytes.
func (e *encoder) frame(size int) []byte {
	b := make([]byte, size)
	front := e.code
	for range 4 {
		front = append(front, byte(e.low>>23))
		e.low = e.low << 8 & (1<<31 - 1)
	}
	copy(b, front)
	for i, v := range e.raw {
		b[size-1-i/8] |= v << (i % 8)
	}
	return b
}

// TestRoundTrip decodes what the encoder made of random symbols of each kind.
func TestRoundTrip(t *testing.T) {
	icdf := []uint8{200, 90, 20, 3, 0}
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		e := newEncoder()
		var want, kinds []uint32
		for range 60 {
			kind := r.Uint32N(7)
			v := uint32(0)
			switch kind {
			case 0: // a bit of probability 1/8
				v = r.Uint32N(2)
				e.symbol([2]uint32{0, 7}[v], [2]uint32{7, 8}[v], 8)
			case 1:
				v = r.Uint32N(5)
				at := append([]uint32{256}, 200, 90, 20, 3, 0)
				e.symbol(256-at[v], 256-at[v+1], 256)
			case 2:
				v = r.Uint32N(77)
				e.symbol(v, v+1, 77)
			case 3: // more than 8 bits: the rest is raw
				v = r.Uint32N(100000)
				e.symbol(v>>9, v>>9+1, 99999>>9+1)
				e.bits(v&511, 9)
			case 4:
				v = r.Uint32N(1 << 13)
				e.bits(v, 13)
			case 5:
				v = r.Uint32N(500)
				e.symbol(v, v+1, 500)
			case 6:
				v = r.Uint32N(37 * 37)
				e.symbol(v, v+1, 37*37)
			}
			want, kinds = append(want, v), append(kinds, kind)
		}
		var d Decoder
		d.Init(e.frame(len(e.code) + 4 + len(e.raw)/8 + 1))
		for i, kind := range kinds {
			var v uint32
			before := d.Tell()
			switch kind {
			case 0:
				if d.Bit(3) {
					v = 1
				}
			case 1:
				v = uint32(d.Symbol(icdf, 8))
			case 2:
				v = d.Uint(77)
			case 3:
				v = d.Uint(100000)
			case 4:
				v = d.Bits(13)
			case 5:
				v = d.Decode(500)
				d.Update(v, v+1, 500)
			case 6:
				v = d.DecodeSquare(37)
				d.Update(v, v+1, 37*37)
			}
			if v != want[i] {
				t.Fatalf("seed %d, symbol %d of kind %d: %d, want %d", seed, i, kind, v, want[i])
			}
			if d.Tell() < before || d.TellFraction() > 8*d.Tell() || d.TellFraction() <= 8*(d.Tell()-1) {
				t.Fatalf("Tell %d after %d, TellFraction %d", d.Tell(), before, d.TellFraction())
			}
		}
		if d.Range() != e.rng {
			t.Fatalf("seed %d: ranges %x and %x", seed, d.Range(), e.rng)
		}
	}
}

// TestLaplace decodes every number that the distribution has room for: the
// frequencies of all add up to 32768.
func TestLaplace(t *testing.T) {
	for _, p := range [][2]uint32{{72 << 7, 127 << 6}, {24 << 7, 179 << 6}, {200 << 7, 1 << 6}, {42 << 7, 255 << 6}} {
		count := map[int]int{}
		for at := range uint32(32768) {
			d := Decoder{rng: 1 << 31, total: 33}
			d.val = (32767 - at) << 16
			count[d.Laplace(p[0], int32(p[1]))]++
		}
		if count[0] != int(p[0]) {
			t.Errorf("%d: 0 has %d", p, count[0])
		}
		for n := 1; n < 16; n++ {
			if count[n] == 0 || count[n] != count[-n] || n > 1 && count[n] > count[n-1] {
				t.Errorf("%d: %d has %d, %d has %d, one less %d", p, n, count[n], -n, count[-n], count[n-1])
			}
		}
	}
}

// TestEnd reads behind the end of a frame: there are zeros, and no panic.
func TestEnd(t *testing.T) {
	for size := range 4 {
		var d Decoder
		d.Init(make([]byte, size))
		for range 100 {
			d.Bits(25)
			d.Uint(1 << 30)
			d.Bit(1)
		}
		if d.Tell() <= 8*size {
			t.Errorf("%d bytes: Tell says %d", size, d.Tell())
		}
	}
	var d Decoder
	d.Init([]byte{1, 2, 3})
	if d.Exhaust(); d.Tell() != 24 {
		t.Errorf("exhausted: Tell says %d", d.Tell())
	}
}

// TestDivide divides numbers around the multiples of every divisor.
func TestDivide(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 9))
	for b := uint32(1); b <= MaxDivisor; b++ {
		last := (1<<32 - 1) / b * b
		for _, a := range []uint32{0, 1, b - 1, b, b + 1, last - 1, last, 1<<31 - 1, 1 << 31, 1<<32 - 1, r.Uint32(), r.Uint32() / b * b, r.Uint32()/b*b - 1} {
			if got := Divide(a, b); got != a/b {
				t.Fatalf("%d / %d = %d, want %d", a, b, got, a/b)
			}
		}
	}
}
