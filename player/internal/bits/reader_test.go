package bits

import (
	"math/bits"
	"math/rand/v2"
	"testing"
)

// A slowReader is what a bit reader is by definition.
type slowReader struct {
	data []byte
	pos  int
}

func (r *slowReader) bit() (b uint32) {
	if r.pos>>3 < len(r.data) {
		b = uint32(r.data[r.pos>>3]) >> (7 - r.pos&7) & 1
	}
	r.pos++
	return b
}

func (r *slowReader) bits(n int) (v uint32) {
	for range n {
		v = v<<1 | r.bit()
	}
	return v
}

// unary gives up behind the end of the data.
func (r *slowReader) unary() (n int) {
	for r.bit() == 0 {
		if r.pos > 8*len(r.data) {
			return n
		}
		n++
	}
	return n
}

func (r *slowReader) rice(k int) int32 {
	v := uint32(r.unary())<<k | r.bits(k)
	if v&1 != 0 {
		return -int32(v>>1) - 1
	}
	return int32(v >> 1)
}

// sparse are n bytes in which ones are as rare as wanted: 1 in 2^rare bits.
func sparse(random *rand.Rand, n, rare int) []byte {
	b := make([]byte, n)
	for i := range b {
		v := byte(random.Uint32())
		for range rare - 1 {
			v &= byte(random.Uint32())
		}
		b[i] = v
	}
	return b
}

// Any sequence of reads gives what the slow reader gives.
func TestReader(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 400 {
		data := sparse(random, random.IntN(60), 1+round%6)
		r, slow := NewReader(data), &slowReader{data: data}
		for !r.Over() {
			if r.Pos() != slow.pos || r.Left() != 8*len(data)-slow.pos {
				t.Fatalf("at bit %d, %d left; want %d of %d", r.Pos(), r.Left(), slow.pos, 8*len(data))
			}
			n := random.IntN(33)
			var got, want uint32
			switch op := random.IntN(7); op {
			case 0:
				got, want = uint32(r.Signed(n)), slow.bits(n)
				if n > 0 && want>>(n-1) != 0 {
					want |= ^uint32(0) << (n - 1) // sign
				}
			case 1:
				if r.Left() > 0 && r.Peek(32) != 0 {
					got, want = uint32(r.Unary()), uint32(slow.unary())
				}
			case 2:
				copied := *slow
				got, want = r.Peek(n), copied.bits(n)
			case 3:
				r.Skip(3 * n)
				slow.pos += 3 * n
			case 4:
				r.Align()
				slow.pos = (slow.pos + 7) &^ 7
			case 5:
				r.SeekTo(r.Pos() / 2)
				slow.pos /= 2
				r.Skip(slow.pos)
				slow.pos *= 2
			default:
				got, want = r.Bits(n), slow.bits(n)
			}
			if got != want {
				t.Fatalf("%d bits at %d: %#x, want %#x", n, slow.pos, got, want)
			}
		}
	}
}

// Behind the end come zeros, for ever.
func TestOver(t *testing.T) {
	r := NewReader([]byte{0xff, 0x80})
	if v := r.Bits(20); v != 0xff800 || !r.Over() {
		t.Errorf("%#x, over %v", v, r.Over())
	}
	for range 1000 {
		if r.Bits(32) != 0 || !r.Over() || r.Flag() {
			t.Fatal("there is something behind the end")
		}
	}
	for _, data := range [][]byte{nil, {0}, {0, 0, 0, 0, 0, 0}} {
		r := NewReader(data)
		if n := r.Unary(); n != 8*len(data) || !r.Over() {
			t.Errorf("%d zeros give a run of %d, over %v", 8*len(data), n, r.Over())
		}
		if r.Unary() != 0 || !r.Over() {
			t.Error("a run behind the end")
		}
		r.Reset(data)
		r.Skip(8 * len(data))
		if r.Over() || r.Left() != 0 {
			t.Error("the end is not yet behind the end")
		}
		r.SeekTo(1 << 30)
		if !r.Over() || r.Bits(5) != 0 || !r.Over() {
			t.Error("far behind the end is not behind it")
		}
	}
}

func TestZeros(t *testing.T) {
	for i, n := range zeros[1:] {
		if want := bits.LeadingZeros8(uint8(i + 1)); int(n) != want {
			t.Errorf("zeros of %#x: %d, want %d", i+1, n, want)
		}
	}
}

func TestNoAllocations(t *testing.T) {
	data := sparse(rand.New(rand.NewPCG(1, 1)), 4096, 2)
	dst := make([]int32, 1000)
	var r Reader
	if n := testing.AllocsPerRun(10, func() {
		r.Reset(data)
		r.Rice(dst, 3)
		r.Unary()
		r.Bits(9)
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
