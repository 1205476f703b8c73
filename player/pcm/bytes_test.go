package pcm

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"testing"
)

func TestRoundingSaturates(t *testing.T) {
	for _, c := range []struct{ in, s16, s24 int32 }{
		{0, 0, 0},
		{math.MaxInt32, 32767, 1<<23 - 1},
		{math.MinInt32, -32768, -1 << 23},
		{0x7FFF_7FFF, 32767, 0x7FFF80},
		{0x7FFF_8000, 32767, 0x7FFF80},
		{0x7FFE_8000, 32767, 0x7FFE80},
		{0x0000_7FFF, 0, 0x80},
		{0x0000_8000, 1, 0x80},
		{-0x8000, 0, -0x80},
		{-0x8001, -1, -0x80},
		{-0x80, 0, 0},
		{-0x81, 0, -1},
	} {
		one := []int32{c.in}
		if got := int16(binary.LittleEndian.Uint16(AppendS16(nil, one))); int32(got) != c.s16 {
			t.Errorf("S16 of %#x is %d, want %d", c.in, got, c.s16)
		}
		b := AppendS24(nil, one)
		if got := int32(uint32(b[0])<<8|uint32(b[1])<<16|uint32(b[2])<<24) >> 8; got != c.s24 {
			t.Errorf("S24 of %#x is %#x, want %#x", c.in, got, c.s24)
		}
		if got := int32(binary.LittleEndian.Uint32(AppendS24Low(nil, one))); got != c.s24 {
			t.Errorf("S24Low of %#x is %#x, want %#x", c.in, got, c.s24)
		}
		if got := int32(binary.LittleEndian.Uint32(AppendS32(nil, one))); got != c.in {
			t.Errorf("S32 of %#x is %#x", c.in, got)
		}
	}
}

func TestRoundingMatchesItsDefinition(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for range 20_000 {
		s := int32(rnd.Uint32())
		want := min(math.Floor(float64(s)/65536+0.5), 32767)
		if got := round(s, 16); float64(got) != want {
			t.Fatalf("round(%#x) is %d, want %v", s, got, want)
		}
	}
}

func TestAppendKeepsWhatIsThere(t *testing.T) {
	in := []int32{1 << 16, -1 << 16}
	for name, f := range map[string]func([]byte, []int32) []byte{
		"S16": AppendS16, "S24": AppendS24, "S24Low": AppendS24Low, "S32": AppendS32,
	} {
		got := f([]byte("ab"), in)
		if !bytes.HasPrefix(got, []byte("ab")) || len(got) == 2 {
			t.Errorf("%s: % x", name, got)
		}
		buf := make([]byte, 0, 64)
		if n := testing.AllocsPerRun(10, func() { f(buf, in) }); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

func TestAddSat(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	for range 20_000 {
		a, b := int32(rnd.Uint32()), int32(rnd.Uint32())
		want := min(max(int64(a)+int64(b), math.MinInt32), math.MaxInt32)
		if got := addSat(a, b); int64(got) != want {
			t.Fatalf("%d + %d = %d", a, b, got)
		}
	}
}
