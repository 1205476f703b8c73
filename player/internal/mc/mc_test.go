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
	Copy(up[to:], src, stride, width, height, half, false)
	Copy(down[to:], src, stride, width, height, half, true)
	Average(both[to:], src, stride, width, height, half)
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
	for _, f := range []func(){
		func() { Copy(buf[1:], buf, 16, 16, 16, 0, false) },
		func() { Copy(buf, buf[1:], 16, 16, 16, 0, true) },
		func() { Copy(buf, buf, 16, 16, 16, Y, false) },
		func() { Average(buf, buf, 16, 16, 16, X) },
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
