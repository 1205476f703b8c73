package runlevel

import (
	"math/rand/v2"
	"testing"

	"linnet/player/internal/bits"
)

// rising is the order of the places themselves.
func rising() (order [64]uint8) {
	for i := range order {
		order[i] = uint8(i)
	}
	return order
}

// randomCodes are codes of any kind: they need not make a code to be looked
// up.
func randomCodes(random *rand.Rand, mode Mode) (t Codes) {
	for i := range t {
		level := 1 + random.IntN([]int{3, 40, 32767}[random.IntN(3)])
		c := Code(level)<<16 | Code(1+random.IntN(1+random.IntN(32)))<<8 | Code(1+random.IntN(9))
		if random.IntN(2) == 0 {
			c |= Negative
		}
		if mode != Odd && random.IntN(30) == 0 {
			c |= Last
		}
		switch random.IntN(40) {
		case 0, 5, 6:
			c = 0
		case 1:
			c = Last | Code(1+random.IntN(9))
		case 2, 3, 4:
			if mode == Plain {
				c = Code(-1-random.IntN(15))<<16 | c&0x7fff&^Negative
			}
		}
		t[i] = c
	}
	return t
}

// randomLong are longer ones, or none. Plain has none.
func randomLong(random *rand.Rand, mode Mode) *Long {
	if mode == Plain || random.IntN(4) == 0 {
		return nil
	}
	var t Long
	for i := range t {
		if random.IntN(10) > 0 {
			t[i] = Code(1+random.IntN(40))<<16 | Code(1+random.IntN(32))<<8 | Code(random.IntN(2))<<7 | Code(10+random.IntN(7))
		}
	}
	return &t
}

// Read does what its generic twin does, whatever the stream, up to its last
// bit and beyond.
func TestKernels(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 9))
	order := rising()
	for n := range 400 {
		mode := Mode(n & 3)
		codes := randomCodes(random, mode)
		long := randomLong(random, mode)
		var steps Steps
		var weights [64]uint16
		for i := range weights {
			weights[i] = uint16(random.IntN([]int{2, 100, 65536}[n/4%3]))
		}
		random.Shuffle(64, func(i, k int) { order[i], order[k] = order[k], order[i] })
		steps.Set(&order, &weights, mode == Plain)
		data := make([]byte, random.IntN(60))
		for i := range data {
			data[i] = byte(random.Uint32())
		}
		got, want := bits.NewReader(data), bits.NewReader(data)
		for range 40 {
			skip := random.IntN(40)
			got.Skip(skip)
			want.Skip(skip)
			checkRead(t, Scan{Codes: &codes, Steps: &steps, Mode: mode, Half: int32(random.IntN(64)), N: random.IntN(2) - 1, Long: long, Zeros: 1 + random.IntN(6)}, &got, &want)
		}
	}
}

// checkRead reads one block both ways.
func checkRead(t *testing.T, s Scan, got, want *bits.Reader) {
	t.Helper()
	var a, b [64]int16
	g, w := s, s
	g.Block, w.Block = &a, &b
	rg, rw := g.Read(got), w.readGeneric(want)
	g.Block, w.Block = nil, nil
	if rg != rw || g != w || a != b {
		t.Fatalf("%v, %+v, %v\nwant %v, %+v, %v", rg, g, a, rw, w, b)
	}
	if got.Over() != want.Over() || !want.Over() && (got.Pos() != want.Pos() || got.Peek(32) != want.Peek(32)) {
		t.Fatalf("at %d, %v, want %d, %v", got.Pos(), got.Over(), want.Pos(), want.Over())
	}
}

// byDefinition are the clauses' own words (13818-2, 7.4.2 and 7.4.3; 11172-2,
// 2.4.4.2; 14496-2, 7.4.4.2; 10918-1, A.3.4).
func byDefinition(mode Mode, level, step, half int) int {
	sign := 1
	if level < 0 {
		sign = -1
	}
	v := 0
	switch mode {
	case Plain:
		return level * step
	case Linear:
		v = level*step + sign*half
	default:
		v = (2*level + sign*half) * step / 32
		if mode == Odd && v%2 == 0 && v != 0 {
			v -= sign
		}
	}
	return max(-2048, min(v, 2047))
}

func TestPut(t *testing.T) {
	order := rising()
	for mode := Odd; mode <= Plain; mode++ {
		for _, weight := range []uint16{1, 8, 16, 83, 255 * 62} {
			var weights [64]uint16
			weights[5] = weight
			var steps Steps
			steps.Set(&order, &weights, false)
			for half := range 4 {
				for level := -2047; level <= 2047; level++ {
					v := byDefinition(mode, level, int(weight), half)
					if level == 0 || v != int(int16(v)) {
						continue
					}
					var b [64]int16
					s := Scan{Steps: &steps, Block: &b, Half: int32(half), Mode: mode, N: -1}
					ok := s.Put(5, int32(level))
					if !ok || int(b[5]) != v || s.Used != 5 || s.N != 5 || mode == Even && int(s.Sum) != v {
						t.Fatalf("mode %d, level %d by %d and %d: %d, want %d; %v, %+v", mode, level, weight, half, b[5], v, ok, s)
					}
				}
			}
		}
	}
}

// A run that leads out of the block is told, and nothing is written.
func TestBeyond(t *testing.T) {
	order := rising()
	var steps Steps
	steps.Set(&order, new([64]uint16), false)
	var b [64]int16
	s := Scan{Steps: &steps, Block: &b, N: 60}
	if !s.Put(2, 1) || s.Put(0, 1) {
		t.Fatal("the block is not 64 places long")
	}
}

// A Ladder's steps are the products, and follow its matrix.
func TestLadder(t *testing.T) {
	var l Ladder
	order := rising()
	order[0], order[63] = 63, 0
	var weights [64]uint8
	var scales [32]uint8
	for i := range weights {
		weights[i] = uint8(i + 1)
	}
	for i := range scales {
		scales[i] = uint8(2 * i)
	}
	for range 2 {
		l.Set(&order, &weights, &scales)
		for q := int32(1); q < 32; q++ {
			for i, s := range l.At(q)[:64] {
				if at := int(order[i]); s.place() != at || s.step() != int32(weights[at])*2*q || s&(final|beyond) != 0 {
					t.Fatalf("quantiser %d, coefficient %d: %#x", q, i, s)
				}
			}
		}
		weights[3] = 200
	}
}
