package font

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
)

// testModel is a model that knows all coverages, some of them rare.
func testModel(r *rand.Rand) []byte {
	out := make([]byte, 0, modelSize)
	for range modelSize / (2 * levels) {
		at := 0
		for level := range levels {
			out = append(out, byte(at), byte(at>>8))
			at += 1 + r.IntN(max(1, (modelSum-at)/2-levels+level))
		}
	}
	return out
}

// contextOf is written down as coded.go's text has it.
func contextOf(pix []uint8, w, x, y int) int {
	at := func(dx, dy int) int {
		if x+dx < 0 || x+dx >= w || y+dy < 0 {
			return 0
		}
		return int(pix[(y+dy)*w+x+dx])
	}
	n := 0
	for _, k := range []struct{ coverage, kinds int }{{at(-1, 0), 5}, {at(0, -1), 5}, {at(-1, -1), 3}, {at(1, -1), 3}, {at(-2, 0), 2}, {at(0, -2), 2}} {
		kind := 0
		switch {
		case k.coverage == 0:
		case k.kinds == 2:
			kind = 1
		case k.coverage == 15:
			kind = k.kinds - 1
		default:
			kind = 1 + (k.coverage-1)*(k.kinds-2)/14
		}
		n = n*k.kinds + kind
	}
	return n
}

// encode stacks the masks, the last pixel first.
func encode(model []byte, masks [][]uint8, widths []int) []byte {
	var out []byte
	state := uint64(stateMin)
	for i := len(masks) - 1; i >= 0; i-- {
		for p := len(masks[i]) - 1; p >= 0; p-- {
			c := model[contextOf(masks[i], widths[i], p%widths[i], p/widths[i])*2*levels:]
			bound := func(level int) uint64 {
				if level == levels {
					return modelSum
				}
				return uint64(c[2*level]) | uint64(c[2*level+1])<<8
			}
			level := int(masks[i][p])
			from, n := bound(level), bound(level+1)-bound(level)
			for state/n<<modelBits+state%n+from >= stateMin<<8 {
				out, state = append(out, byte(state)), state>>8
			}
			state = state/n<<modelBits + state%n + from
		}
	}
	out = append(out, byte(state), byte(state>>8), byte(state>>16))
	slices.Reverse(out)
	return out
}

// TestCoding encodes masks of all sizes by the definition and decodes them, each
// by itself, too, over those before it.
func TestCoding(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	model := testModel(r)
	for range 200 {
		var all [][]uint8
		var widths, heights []int
		for range groupSize {
			w, h := r.IntN(maxWidth+1), r.IntN(20)
			mask := make([]uint8, w*h)
			for i := range mask {
				mask[i] = uint8([...]int{0, 0, 15, r.IntN(levels)}[r.IntN(4)])
			}
			all, widths, heights = append(all, mask), append(widths, w), append(heights, h)
		}
		in := encode(model, all, widths)
		for wanted := range all {
			var d decoder
			d.begin(model, in)
			for i := range wanted {
				d.mask(nil, widths[i], heights[i])
			}
			w, h := widths[wanted], heights[wanted]
			got := make([]byte, (w+1)/2*h)
			d.mask(got, w, h)
			want := make([]byte, len(got))
			for i, c := range all[wanted] {
				want[i/w*((w+1)/2)+i%w/2] |= c << (4 * (1 - i%w&1))
			}
			if !bytes.Equal(got, want) {
				t.Fatalf("mask %d, of %d by %d, is % x, want % x", wanted, w, h, got, want)
			}
		}
	}
}

// TestModels: the counts rise, and no sum is exceeded.
func TestModels(t *testing.T) {
	if len(models)%modelSize != 0 {
		t.Fatalf("%d bytes are no models", len(models))
	}
	for at := 0; at < len(models); at += 2 * levels {
		last := 0
		for i := range levels {
			n := models.u16(at + 2*i)
			if n < last || n > modelSum || i == 0 && n != 0 {
				t.Fatalf("context %d: %d follows %d", at/(2*levels), n, last)
			}
			last = n
		}
	}
}

// FuzzMask: whatever the bytes, a mask is decoded.
func FuzzMask(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5}, uint8(20), uint8(20))
	f.Fuzz(func(t *testing.T, in []byte, w, h uint8) {
		if len(in) < 3 {
			return
		}
		var d decoder
		d.begin(models[:modelSize], in)
		width, height := int(w)%(maxWidth+1), int(h)%40
		d.mask(make([]byte, (width+1)/2*height), width, height)
	})
}

func BenchmarkMask(b *testing.B) {
	var g glyph
	large.find('鹅', &g)
	var m masks
	for b.Loop() {
		m.decode(m.large[:(g.w+1)/2*g.h], &g)
	}
}
