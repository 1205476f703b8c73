package mc

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// byDefinition predicts one sample (13818-2, 7.6.4).
func byDefinition(src []byte, at, stride int, half Half, down bool) int {
	sum, n := 0, 0
	for y := 0; y <= int(half&Y)>>1; y++ {
		for x := 0; x <= int(half&X); x++ {
			sum += int(src[at+y*stride+x])
			n++
		}
	}
	round := n / 2
	if down && n > 1 {
		round--
	}
	return (sum + round) / n
}

// All moves, from all alignments, are what the definition says, and write
// nothing beside the block.
func TestMoves(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const stride = 40
	src := make([]byte, stride*20)
	for _, width := range []int{8, 16} {
		for _, height := range []int{4, 8, 16} {
			for half := Half(0); half <= X|Y; half++ {
				for at := range 9 {
					for i := range src {
						src[i] = byte(random.Uint32())
						if at == 8 {
							src[i] = []byte{0, 255}[random.IntN(2)]
						}
					}
					checkMove(t, src[at:], stride, width, height, half)
				}
			}
		}
	}
}

func checkMove(t *testing.T, src []byte, stride, width, height int, half Half) {
	t.Helper()
	const to = 8
	before := make([]byte, stride*18)
	for i := range before {
		before[i] = byte(i * 37)
	}
	up, down, both := slices.Clone(before), slices.Clone(before), slices.Clone(before)
	Block(up[to:], src, stride, width, height, half, Up)
	Block(down[to:], src, stride, width, height, half, Down)
	Block(both[to:], src, stride, width, height, half, Mean)
	for i, old := range before {
		x, y := (i-to)%stride, (i-to)/stride
		want := [3]int{int(old), int(old), int(old)}
		if i >= to && x < width && y < height {
			p := byDefinition(src, y*stride+x, stride, half, false)
			want = [3]int{p, byDefinition(src, y*stride+x, stride, half, true), (int(old) + p + 1) / 2}
		}
		if got := [3]int{int(up[i]), int(down[i]), int(both[i])}; got != want {
			t.Fatalf("%dx%d, half %d, at %d,%d: %v, want %v", width, height, half, x, y, got, want)
		}
	}
}

// A macroblock is its three blocks, and nothing beside them.
func TestMacroblock(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	dst, src := randomView(random), randomView(random)
	for range 3000 {
		lines := 8 + 8*random.IntN(2)
		luma := Move{To: 8 * random.IntN(20), From: random.IntN(300), Half: random.Uint32N(4)}
		colour := Move{To: 8 * random.IntN(10), From: random.IntN(150), Half: random.Uint32N(4)}
		way := Way(random.IntN(3))
		want := dst
		for i := range dst.Planes {
			want.Planes[i] = slices.Clone(dst.Planes[i])
			m, width, height := luma, 16, lines
			if i > 0 {
				m, width, height = colour, 8, lines/2
			}
			to, from, stride := want.Planes[i][m.To:], src.Planes[i][m.From:], dst.Stride[min(i, 1)]
			if way == Mean {
				averageGeneric(to, from, stride, width, height, Half(m.Half))
			} else {
				copyGeneric(to, from, stride, width, height, Half(m.Half), way == Down)
			}
		}
		Macroblock(&dst, &src, &luma, &colour, lines, way)
		for i := range dst.Planes {
			if !slices.Equal(dst.Planes[i], want.Planes[i]) {
				t.Fatalf("plane %d differs: %+v %+v, %d lines, way %d", i, luma, colour, lines, way)
			}
		}
	}
}

// randomView is a picture of 48 by 32 samples and some more.
func randomView(random *rand.Rand) View {
	v := View{Stride: [2]int{48, 24}}
	for i := range v.Planes {
		v.Planes[i] = make([]byte, v.Stride[min(i, 1)]*32)
		for k := range v.Planes[i] {
			v.Planes[i][k] = byte(random.Uint32())
		}
	}
	return v
}

// The borders are what is nearest to them, and nothing else changes.
func TestExtend(t *testing.T) {
	for _, c := range []struct{ width, lines, border, stride int }{{16, 3, 32, 80}, {8, 2, 16, 48}, {8, 5, 4, 20}, {4, 1, 12, 28}, {6, 3, 3, 13}} {
		p := make([]byte, c.stride*(c.lines+2*c.border))
		for i := range p {
			p[i] = byte(i*89 + i>>5)
		}
		before := slices.Clone(p)
		Extend(p, c.stride, c.width, c.lines, c.border)
		for i, got := range p {
			x, y := i%c.stride, i/c.stride
			if x >= c.width+2*c.border {
				if got != before[i] {
					t.Fatalf("%+v: %d,%d changed", c, x, y)
				}
				continue
			}
			nx, ny := max(c.border, min(x, c.border+c.width-1)), max(c.border, min(y, c.border+c.lines-1))
			if want := before[ny*c.stride+nx]; got != want {
				t.Fatalf("%+v: %d,%d is %d, want %d", c, x, y, got, want)
			}
		}
	}
}

// What would be read or written out of bounds panics, whatever the kernel.
func TestBounds(t *testing.T) {
	buf := make([]byte, 16*16)
	v := randomView(rand.New(rand.NewPCG(5, 6)))
	for _, f := range []func(){
		func() { Block(buf[1:], buf, 16, 16, 16, 0, Up) },
		func() { Block(buf, buf[1:], 16, 16, 16, 0, Down) },
		func() { Block(buf, buf, 16, 16, 16, Y, Up) },
		func() { Block(buf, buf, 16, 16, 16, X, Mean) },
		func() { Macroblock(&v, &v, &Move{To: -4}, &Move{}, 16, Up) },
		func() { Macroblock(&v, &v, &Move{}, &Move{From: -4}, 16, Up) },
		func() { Macroblock(&v, &v, &Move{From: 48*16 + 40}, &Move{}, 16, Up) },
		func() { Macroblock(&v, &v, &Move{}, &Move{To: 24*24 + 17}, 16, Up) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			f()
		}()
	}
}
