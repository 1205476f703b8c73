package mp3

import (
	"math"
	"math/rand/v2"
	"testing"

	"linnet/player/internal/mpa"
	"linnet/player/media"
)

// Each kernel against its definition, on random data. Errors are in units of
// the last of the 26 fractional bits.

const trials = 200

func randomLines(rng *rand.Rand, x []int32) []float64 {
	f := make([]float64, len(x))
	for i := range x {
		x[i] = int32(rng.NormFloat64() * one / 8)
		f[i] = float64(x[i])
	}
	return f
}

func near(t *testing.T, what string, i int, got int32, want, limit float64) {
	t.Helper()
	if e := math.Abs(float64(got) - want); e > limit {
		t.Fatalf("%s: value %d is %d, want %.1f", what, i, got, want)
	}
}

func TestDCT32(t *testing.T) {
	needsFloat(t)
	rng := rand.New(rand.NewPCG(3, 4))
	for range trials {
		var x [32]int32
		var h history
		f := randomLines(rng, x[:])
		dct32(&x, &h, 3)
		for j := range 32 {
			want := 0.
			for k, v := range f {
				want += v * math.Cos(math.Pi/64*float64(j*(2*k+1)))
			}
			row := &h[abs(j-16)][0]
			if j < 16 {
				row = &h[16-j][1]
			}
			if row[3] != row[19] {
				t.Fatal("the second copy differs")
			}
			near(t, "dct32", j, row[3], want, 40)
		}
	}
}

func TestSynthesis(t *testing.T) {
	needsFloat(t)
	rng := rand.New(rand.NewPCG(5, 6))
	var s synthesis
	s.reset()
	var ref refDecoder
	for call := range trials {
		var x [32]int32
		var out [64]int32
		var want [32]float64
		f := randomLines(rng, x[:])
		s.run(x[:], out[:], 2, 1)
		ref.synth(0, f, want[:], 1)
		for j, w := range want {
			w = max(math.MinInt32, min(32*w, math.MaxInt32)) // 31 bits for 26
			if e := math.Abs(float64(out[2*j]) - w); e > 40*32 {
				t.Fatalf("call %d: sample %d is %d, want %.1f", call, j, out[2*j], w)
			}
		}
	}
}

// Loud sound is clipped, not wrapped around.
func TestSynthesisSaturates(t *testing.T) {
	var s synthesis
	s.reset()
	var x [32]int32
	var out [32]int32
	x[0] = 8 * one
	for range 32 {
		s.run(x[:], out[:], 1, 1)
	}
	for j, v := range out {
		if v != math.MaxInt32 {
			t.Errorf("sample %d of a loud constant is %d", j, v)
		}
	}
	x[0] = -8 * one
	for range 32 {
		s.run(x[:], out[:], 1, 1)
	}
	for j, v := range out {
		if v != math.MinInt32 {
			t.Errorf("sample %d of a loud negative constant is %d", j, v)
		}
	}
}

func TestSilenceIsZero(t *testing.T) {
	var s synthesis
	s.reset()
	var out [32]int32
	for range 20 {
		s.run(make([]int32, 32), out[:], 1, 1)
		if out != [32]int32{} {
			t.Fatal("silence is not zero", out)
		}
	}
}

func TestIMDCT36(t *testing.T) {
	needsFloat(t)
	rng := rand.New(rand.NewPCG(7, 8))
	for _, blockType := range []int{0, 1, 3} {
		for range trials {
			var xr [576]int32
			var overlap [32][18]int32
			var out subbands
			f := randomLines(rng, xr[36:72])
			before := append(randomLines(rng, overlap[2][:]), randomLines(rng, overlap[3][:])...)
			imdct36(&xr, &overlap, &out, &window36[blockType], 2, 4)
			for sb := range 2 {
				y := refBlock(f[18*sb:18*sb+18], blockType)
				checkBlock(t, y, before[18*sb:], out[2+sb:], &overlap[2+sb], sb, 40)
			}
			if overlap[1] != [18]int32{} || overlap[4] != [18]int32{} || out[1] != 0 || out[4] != 0 {
				t.Fatal("other subbands are not left alone")
			}
		}
	}
}

// checkBlock compares the output and the new overlap of a block of an even or
// odd subband with its transform y and the overlap before.
func checkBlock(t *testing.T, y, before []float64, out []int32, overlap *[18]int32, odd int, limit float64) {
	t.Helper()
	for i := range 18 {
		s := 1.
		if odd&i != 0 {
			s = -1
		}
		near(t, "output", i, out[hybridStride*i], before[i]+s*y[i], limit)
		near(t, "overlap", i, overlap[i], s*y[18+i], limit)
	}
}

func TestIMDCTShort(t *testing.T) {
	needsFloat(t)
	rng := rand.New(rand.NewPCG(9, 10))
	for i := range trials {
		var x, overlap [18]int32
		var out column
		f := randomLines(rng, x[:])
		before := randomLines(rng, overlap[:])
		imdctShort(&x, &overlap, &out, i&1)
		checkBlock(t, refBlock(f, 2), before, out[:], &overlap, i&1, 20)
	}
}

func TestReduceAlias(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	for boundaries := range 32 {
		var xr [576]int32
		f := randomLines(rng, xr[:])
		reduceAlias(&xr, boundaries)
		refAlias(f, boundaries)
		for i, v := range xr {
			near(t, "reduceAlias", i, v, f[i], 3)
		}
	}
}

func TestRequantizeBand(t *testing.T) {
	for gain := -260; gain <= 60; gain++ {
		for _, v := range []int32{0, 1, -1, 2, 7, -15, 16, 17, -100, 255, 256, 1000, -8191, 8206} {
			x := [576]int32{v, 0}
			requantizeAll(&x, 2, 2, []int{0, 2, 576}, &bandGains{int32(gain)})
			want := refRequantize(v, float64(gain)) * one
			want = math.Copysign(min(math.Abs(want), maxLine), want)
			if e := math.Abs(float64(x[0]) - want); e > 1+math.Abs(want)*math.Exp2(-24) || x[1] != 0 {
				t.Fatalf("%d with gain %d is %d, want %.1f", v, gain, x[0], want)
			}
		}
	}
}

func TestReorder(t *testing.T) {
	for i := range layouts {
		l := &layouts[i]
		for _, mixed := range []bool{false, true} {
			g := &granule{blockType: 2, mixed: mixed}
			edges := bandEdges(g, l, new([40]int))
			first := longBands(g, l)
			var xr [576]int32
			// Number the lines by where they belong.
			for b := 0; b+1 < len(edges); b++ {
				for i := edges[b]; i < edges[b+1]; i++ {
					xr[i] = int32(i)
					if b >= first {
						w := (b - first) % 3
						xr[i] = int32(edges[b-w] + 3*(i-edges[b]) + w)
					}
				}
			}
			if n := reorder(&xr, edges[first:], 576); n != 576 {
				t.Errorf("layout %d: reaches %d", i, n)
			}
			for k, v := range xr {
				if int(v) != k {
					t.Fatalf("layout %d, mixed %v: line %d stands at %d", i, mixed, v, k)
				}
			}
		}
	}
}

// Values of 15 and above carry linbits, between the word and the sign.
func TestEscapes(t *testing.T) {
	for n := 16; n < 32; n++ {
		table := &pairTables[n]
		linbits := int(table.linbits)
		var w bitWriter
		word, length := findPair(table)
		big := 1<<linbits - 1
		w.put(word, length)
		w.put(big, linbits)
		w.put(1, 1)
		w.put(0, linbits)
		w.put(0, 1)
		w.put(0, 32)
		r := newBitReader(w.data, 0)
		var x [2]int32
		pairs(&r, x[:], pairEntries[table.start:], linbits)
		if x != [2]int32{int32(-15 - big), 15} || r.pos() != length+2*linbits+2 {
			t.Errorf("table %d: %v", n, x)
		}
	}
}

// findPair looks for the code word of the pair 15, 15.
func findPair(table *pairTable) (word, length int) {
	linbits := int(table.linbits)
	for length = 1; length <= 19; length++ {
		for word = range 1 << length {
			var w bitWriter
			w.put(word, length)
			w.put(0, 32)
			r := newBitReader(w.data, 0)
			var x [2]int32
			pairs(&r, x[:], pairEntries[table.start:], linbits)
			if x == [2]int32{15, 15} && r.pos() == length+2*linbits+2 {
				return word, length
			}
		}
	}
	panic("no word for the pair")
}

func TestBitReader(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	data := make([]byte, 61)
	for i := range data {
		data[i] = byte(rng.Uint32())
	}
	bit := func(i int) int {
		if i >= 8*len(data) {
			return 0
		}
		return int(data[i/8] >> (7 - i%8) & 1)
	}
	for start := range 32 {
		r := newBitReader(data, start)
		for pos := start; pos < 8*len(data)+40; {
			n := rng.IntN(17)
			want := 0
			for i := range n {
				want = want<<1 | bit(pos+i)
			}
			if got := r.bits(n); got != want {
				t.Fatalf("%d bits at %d are %x, want %x", n, pos, got, want)
			}
			if pos += n; r.pos() != pos {
				t.Fatalf("at %d, want %d", r.pos(), pos)
			}
		}
	}
}

// Intensity and middle/side stereo against the slow decoder's, for all kinds
// of blocks and both kinds of positions.
func TestStereo(t *testing.T) {
	needsFloat(t)
	rng := rand.New(rand.NewPCG(15, 16))
	for trial := range 2000 {
		h := mpa.Header{Version: mpa.Version(trial % 2), Mode: mpa.JointStereo, ModeExt: trial / 2 % 4, Rate: 44100 >> (trial % 2)}
		layout := &layouts[layoutIndex(&h)]
		var d Decoder
		var ref refDecoder
		g := granule{blockType: trial / 8 % 2 * 2, scalefacCompress: rng.IntN(2)}
		d.l3.side.granules[0] = [2]granule{g, g}
		for i := range d.l3.scale[1].value {
			v := uint8(rng.IntN(8))
			d.l3.scale[1].value[i], d.l3.scale[1].illegal[i] = v, v == 7
		}
		ref.l3.side, ref.l3.scale = d.l3.side, d.l3.scale
		lines := [2]int{576, rng.IntN(577)}
		for ch := range 2 {
			for i := range lines[ch] {
				if rng.IntN(4) > 0 {
					d.l3.xr[ch][i] = int32(rng.NormFloat64() * one / 16)
				}
				ref.xr[ch][i] = float64(d.l3.xr[ch][i])
				if h.ModeExt&2 != 0 {
					ref.xr[ch][i] *= math.Sqrt2
				}
			}
		}
		space := new([40]int)
		edges := [2][]int{bandEdges(&g, layout, space), bandEdges(&g, layout, space)}
		ref.stereo(&h, h.ModeExt, 0, edges[0])
		d.stereo(&h, 0, h.ModeExt, &lines, &edges)
		for ch := range 2 {
			for i, v := range d.l3.xr[ch] {
				if e := math.Abs(float64(v) - ref.xr[ch][i]); e > 3 {
					t.Fatalf("trial %d, mode extension %d: line %d of channel %d is %d, want %.1f", trial, h.ModeExt, i, ch, v, ref.xr[ch][i])
				}
			}
		}
	}
}

// Lines to sound, for every layout and every kind of block in any order.
func TestHybrid(t *testing.T) {
	needsFloat(t)
	rng := rand.New(rand.NewPCG(21, 22))
	for version := range mpa.Version(3) {
		for rate := range 3 {
			h := mpa.Header{Version: version, Layer: 3, RateCode: rate, Mode: mpa.Mono}
			layout := &layouts[layoutIndex(&h)]
			d, _ := New(stereo(media.MP3))
			var ref refDecoder
			for range 12 {
				g := granule{blockType: rng.IntN(4)}
				g.mixed = g.blockType != 0 && rng.IntN(2) > 0
				lines := rng.IntN(577)
				clear(d.l3.xr[0][:])
				f := randomLines(rng, d.l3.xr[0][:lines])
				clear(ref.xr[0][:])
				for i, v := range f {
					ref.xr[0][i] = v / one
				}
				var got [576]int32
				var want [576]float64
				d.out, d.width = got[:], 1
				d.hybrid(0, &g, layout, bandEdges(&g, layout, new([40]int)), lines)
				d.synthesize(d.l3.sub[0][:], 0, 0, 18)
				ref.hybrid(&h, 0, &g, layout, want[:], 1)
				if rms, peak := noise(got[:], want[:]); rms > math.Exp2(-20) || peak > math.Exp2(-17) {
					t.Fatalf("version %d, rate %d, %+v: rms 2^%.1f, peak 2^%.1f of full scale", version, rate, g, math.Log2(rms), math.Log2(peak))
				}
			}
		}
	}
}
