package pcm

import (
	"fmt"
	"math"
	"math/cmplx"
	"slices"
	"testing"

	"linnet/player/media"
)

func pair(rate int) media.AudioFormat {
	return media.AudioFormat{Rate: rate, Channels: 2, Bits: 16}
}

func TestNeutralChainChangesNothing(t *testing.T) {
	for _, f := range []media.AudioFormat{cd, format(48000, 1), format(96000, 6)} {
		c, p := NewChain(f, Settings{}), noise(6000)
		want := slices.Clone(p)
		if c.Apply(p); !c.Neutral() || !slices.Equal(p, want) {
			t.Errorf("%v: samples changed", f)
		}
	}
	if c := NewChain(format(44100, 1), Settings{Mono: true, Balance: 5}); !c.Neutral() {
		t.Error("one channel has a balance")
	}
}

// peaking is the definition of a band at z, a point of the unit circle.
func peaking(z complex128, w0, db float64) complex128 {
	a, alpha := math.Pow(10, db/40), math.Sin(w0)/(2*math.Sqrt2)
	cos := complex(-2*math.Cos(w0), 0)
	num := complex(1+alpha*a, 0) + cos/z + complex(1-alpha*a, 0)/(z*z)
	return num / (complex(1+alpha/a, 0) + cos/z + complex(1-alpha/a, 0)/(z*z))
}

// sloping is that of bass and, with above, treble.
func sloping(z complex128, w0, db float64, above bool) complex128 {
	a := complex(math.Pow(10, db/40), 0)
	s := (1 - 1/z) / (1 + 1/z) / complex(math.Tan(w0/2), 0)
	if above {
		return (s*a + 1) / (s/a + 1)
	}
	return (s + a) / (s + 1/a)
}

// wanted is the definition of all of Settings, in decibels.
func wanted(s Settings, hz, rate float64) float64 {
	z := cmplx.Exp(complex(0, 2*math.Pi*hz/rate))
	h := complex(1, 0)
	for i, tenths := range s.Bands {
		if f := 31.25 * math.Exp2(float64(i)); f <= 0.45*rate {
			h *= peaking(z, 2*math.Pi*f/rate, float64(tenths)/10)
		}
	}
	h *= sloping(z, 2*math.Pi*200/rate, float64(s.Bass)/10, false)
	h *= sloping(z, 2*math.Pi*min(4000, rate/4)/rate, float64(s.Treble)/10, true)
	return 20 * math.Log10(cmplx.Abs(h))
}

// response gives a Chain an impulse and returns its transform at some
// frequencies, in decibels.
func response(s Settings, rate int, hz []float64) []float64 {
	const n = 1 << 15
	c := NewChain(pair(rate), s)
	p := make([]int32, 2*n)
	p[0], p[1] = 1<<29, 1<<29
	c.Apply(p)
	end := n
	for end > 0 && p[2*end-2] == 0 {
		end--
	}
	lost := 20 * math.Log10(float64(c.level)*(1<<headroom)/(1<<levelBits))
	var db []float64
	for _, f := range hz {
		w := 2 * math.Pi * f / float64(rate)
		h, turn := complex(0, 0), cmplx.Exp(complex(0, -w))
		for i := end - 1; i >= 0; i-- {
			h = h*turn + complex(float64(p[2*i]), 0)
		}
		db = append(db, 20*math.Log10(cmplx.Abs(h)/(1<<29))-lost)
	}
	return db
}

// Each band, at each rate, does what its definition says, and so do all of
// them together.
func TestResponseOfTheEqualiser(t *testing.T) {
	var settings []Settings
	for i := range Bands {
		for _, tenths := range []int{MaxBand, -35} {
			var s Settings
			s.Bands[i] = tenths
			settings = append(settings, s)
		}
	}
	for _, p := range Presets() {
		settings = append(settings, Settings{Bands: p.Bands})
	}
	settings = append(settings, Settings{Bass: 120}, Settings{Bass: -70}, Settings{Treble: 120}, Settings{Treble: -120}, Settings{Bass: 60, Treble: 55})
	worst := 0.0
	for _, rate := range []int{8000, 44100, 192000} {
		var hz []float64
		for f := 20.0; f < min(20000, 0.48*float64(rate)); f *= math.Exp2(0.8) {
			hz = append(hz, f)
		}
		for _, s := range settings {
			for i, got := range response(s, rate, hz) {
				want := wanted(s, hz[i], float64(rate))
				worst = max(worst, math.Abs(got-want))
				if math.Abs(got-want) > 0.2 {
					t.Errorf("%d Hz, %+v: %.2f dB at %.0f Hz, want %.2f", rate, s, got, hz[i], want)
				}
			}
		}
	}
	t.Logf("off by %.3f dB at most", worst)
}

// However the equaliser is set, a tone of full scale does not leave it by more
// than half a decibel once the filters have settled: high bands are bent
// towards half the rate, which the bound does not know.
func TestHeadroom(t *testing.T) {
	all := func(v int) (b [Bands]int) {
		for i := range b {
			b[i] = v
		}
		return b
	}
	settings := []Settings{{Bands: all(120)}, {Bands: all(120), Bass: 120, Treble: 120}, {Bass: 120}, {Treble: 120}}
	for _, p := range Presets() {
		settings = append(settings, Settings{Bands: p.Bands})
	}
	for i := range Bands {
		s := Settings{Bands: all(-120)}
		s.Bands[i] = 120
		settings = append(settings, s)
	}
	for _, s := range settings {
		for hz := 25.0; hz < 20000; hz *= math.Exp2(0.25) {
			if got := wanted(s, hz, 48000) - float64(s.most())/10; got > 0.5 {
				t.Errorf("%+v: %.2f dB above full scale at %.0f Hz", s, got, hz)
			}
		}
	}
	for _, s := range settings { // and what does leave it is clipped
		p := noise(20000)
		for i := range p {
			p[i] = math.MaxInt32 ^ p[i]>>31
		}
		c := NewChain(cd, s)
		c.Apply(p)
		for i := range p {
			p[i] = math.MaxInt32 ^ -int32(i/50%2)
		}
		if c.Apply(p); slices.Max(p) < 0 || slices.Min(p) > 0 {
			t.Errorf("%+v: wraps around", s)
		}
	}
}

// When the sound ends the filters come to rest: nothing goes on below.
func TestNoLimitCycles(t *testing.T) {
	for _, p := range Presets() {
		for _, s := range []Settings{{Bands: p.Bands}, {Bands: p.Bands, Bass: 60, Treble: -60}, {Bass: -120, Treble: 120}} {
			c := NewChain(pair(192000), s)
			c.Apply(noise(10000))
			rest := make([]int32, 2*192000)
			c.Apply(rest)
			for i, v := range rest[192000:] {
				if v > 1<<8 || v < -1<<8 {
					t.Fatalf("%s: sample %d of silence is %d", p.Name, i, v)
				}
			}
		}
	}
}

// The slices that sound comes in make no difference.
func TestChainInPieces(t *testing.T) {
	s := Settings{Bands: Presets()[1].Bands, Bass: 30, Treble: -20, Balance: 20}
	want := noise(9000)
	got := slices.Clone(want)
	NewChain(cd, s).Apply(want)
	NewDither(cd).Apply(want)
	c, d := NewChain(cd, s), NewDither(cd)
	for rest, n := got, 0; len(rest) > 0; n = (n + 2) % 300 {
		n = min(n, len(rest))
		c.Apply(rest[:n])
		d.Apply(rest[:n])
		rest = rest[n:]
	}
	if !slices.Equal(got, want) {
		t.Error("the sound differs")
	}
}

func TestMonoAndBalance(t *testing.T) {
	for _, c := range []struct {
		s        Settings
		in, want [2]int32
	}{
		{Settings{Mono: true}, [2]int32{100, 301}, [2]int32{201, 201}},
		{Settings{Mono: true}, [2]int32{math.MinInt32, math.MinInt32}, [2]int32{math.MinInt32, math.MinInt32}},
		{Settings{Balance: -100}, [2]int32{12345, 54321}, [2]int32{12345, 0}},
		{Settings{Balance: 100}, [2]int32{12345, 54321}, [2]int32{0, 54321}},
		{Settings{Balance: 500}, [2]int32{12345, 54321}, [2]int32{0, 54321}},
		{Settings{Balance: 40}, [2]int32{1 << 20, 1 << 20}, [2]int32{104858, 1 << 20}}, // -20 dB
	} {
		p := c.in[:]
		if NewChain(cd, c.s).Apply(p); [2]int32(p) != c.want {
			t.Errorf("%+v: %v, want %v", c.s, p, c.want)
		}
	}
}

func TestChainDoesNotAllocate(t *testing.T) {
	c, d, p := NewChain(cd, Settings{Bands: Presets()[1].Bands, Bass: 1, Treble: 1, Mono: true, Balance: 3}), NewDither(cd), noise(1000)
	if n := testing.AllocsPerRun(20, func() { c.Apply(p); Factor(1 << 23).Apply(p); d.Apply(p) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// The same bits come out on every machine, with and without assembly.
func TestChainBits(t *testing.T) {
	for _, c := range []struct {
		rate int
		s    Settings
		want string
	}{
		{44100, Settings{Bands: Presets()[1].Bands}, "86af2b71765e15e3"},
		{48000, Settings{Bands: Presets()[7].Bands, Bass: 40, Treble: -33, Balance: -7}, "db4f3e7a3b36ea66"},
		{11025, Settings{Bands: Presets()[4].Bands, Mono: true}, "ad0ad06ee3799509"},
	} {
		p := noise(20000)
		NewChain(pair(c.rate), c.s).Apply(p)
		Decibels(-637).Apply(p)
		NewDither(cd).Apply(p)
		if sum := digest(p); sum != c.want {
			t.Errorf("%s: %s, want %s", fmt.Sprint(c.rate, c.s), sum, c.want)
		}
	}
}
