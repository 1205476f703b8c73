package pcm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"linnet/player/media"
)

func format(rate, channels int) media.AudioFormat {
	return media.AudioFormat{Rate: rate, Channels: channels, Bits: 16}
}

// convert sends src through c in pieces of random sizes.
func convert(c *Converter, src []int32, channels int) []int32 {
	rnd := rand.New(rand.NewPCG(11, 12))
	var dst []int32
	for len(src) > 0 {
		n := min(channels*rnd.IntN(3000), len(src))
		dst = c.Convert(dst, src[:n])
		src = src[n:]
	}
	return c.Flush(dst)
}

// sine is n samples of a tone with half the full scale.
func sine(n int, hz, rate float64) []int32 {
	p := make([]int32, n)
	for i := range p {
		p[i] = int32(math.Round(1 << 30 * math.Sin(2*math.Pi*hz*float64(i)/rate)))
	}
	return p
}

// snr compares p with what sine gives, away from the ends.
func snr(p []int32, hz, rate float64) float64 {
	var signal, noise float64
	for i := 1000; i < len(p)-1000; i++ {
		s := 1 << 30 * math.Sin(2*math.Pi*hz*float64(i)/rate)
		e := float64(p[i]) - s
		signal += s * s
		noise += e * e
	}
	return 10 * math.Log10(signal/noise)
}

// The tones must come out at their pitch, level and, as the delay of the
// filter is compensated, phase. 44100 to 47999 has too many phases to
// compute them ahead.
func TestResamplingIsTransparent(t *testing.T) {
	for _, r := range [][2]int{{44100, 48000}, {48000, 44100}, {44100, 47999}, {32000, 48000}, {22050, 44100}, {96000, 44100}, {192000, 48000}} {
		for _, hz := range []float64{1000, 10_000} {
			if hz > 0.8*float64(min(r[0], r[1]))/2 {
				continue
			}
			got := convert(NewConverter(format(r[0], 1), format(r[1], 1), Standard), sine(r[0]/8, hz, float64(r[0])), 1)
			db := snr(got, hz, float64(r[1]))
			t.Logf("%d to %d, %.0f Hz: %.1f dB", r[0], r[1], hz, db)
			if db < 90 {
				t.Errorf("%d to %d: %.0f Hz has a signal-to-noise ratio of %.1f dB", r[0], r[1], hz, db)
			}
		}
	}
}

// What lies above half the new rate must not come back as an alias.
func TestResamplingRemovesAliases(t *testing.T) {
	for _, hz := range []float64{26100, 30000, 43000} {
		got := convert(NewConverter(format(96000, 1), format(44100, 1), Standard), sine(48000, hz, 96000), 1)
		var power float64
		for _, v := range got[1000 : len(got)-1000] {
			power += float64(v) * float64(v)
		}
		db := 10 * math.Log10(power/float64(len(got)-2000)/(1<<59))
		t.Logf("%.0f Hz: %.1f dB", hz, db)
		if db > -90 {
			t.Errorf("%.0f Hz is let through at %.1f dB", hz, db)
		}
	}
}

func TestResampledLengthIsExact(t *testing.T) {
	for _, r := range [][2]int{{44100, 48000}, {48000, 44100}, {8000, 44100}, {44100, 8000}, {44100, 44099}, {1, 3}, {5, 2}, {192000, 1}, {1, 192000}, {math.MaxInt32, 8000}} {
		for _, n := range []int{0, 1, 2, 3, 147, 1000, 44100} {
			if float64(n)*float64(r[1])/float64(r[0]) > 5e4 {
				continue
			}
			c := NewConverter(format(r[0], 2), format(r[1], 2), Standard)
			for range 2 { // a flushed Converter starts afresh
				want := (2*int64(n)*int64(r[1]) + int64(r[0])) / (2 * int64(r[0]))
				if got := len(convert(c, make([]int32, 2*n), 2)) / 2; int64(got) != want {
					t.Errorf("%d frames from %d to %d are %d, want %d", n, r[0], r[1], got, want)
				}
			}
		}
	}
}

func TestResamplingKeepsConstantsAndClips(t *testing.T) {
	for _, level := range []int32{math.MaxInt32, math.MinInt32, 12345} {
		for _, r := range [][2]int{{44100, 48000}, {48000, 32000}, {44100, 47999}} {
			in := make([]int32, 3000)
			for i := range in {
				in[i] = level
			}
			got := convert(NewConverter(format(r[0], 1), format(r[1], 1), Standard), in, 1)
			for i, v := range got[100 : len(got)-100] {
				if v != level {
					t.Fatalf("%v: frame %d of constant %d is %d", r, i, level, v)
				}
			}
		}
	}
	rnd := rand.New(rand.NewPCG(1, 1)) // full-scale square noise overshoots
	in := make([]int32, 20000)
	for i := range in {
		in[i] = math.MaxInt32 ^ -int32(rnd.IntN(2))
	}
	got := convert(NewConverter(format(44100, 1), format(48000, 1), Standard), in, 1)
	if slices.Max(got) != math.MaxInt32 || slices.Min(got) != math.MinInt32 {
		t.Error("overshoot is not clipped to full scale")
	}
}

// However many channels run side by side, each is resampled as if alone.
func TestChannelsAreResampledAlike(t *testing.T) {
	mono := noise(4000)
	want := convert(NewConverter(format(44100, 1), format(48000, 1), Standard), mono, 1)
	for _, channels := range []int{2, 3, 6} {
		in := make([]int32, 0, len(mono)*channels)
		for i := range mono {
			for c := range channels {
				in = append(in, mono[i]>>c)
			}
		}
		got := convert(NewConverter(format(44100, channels), format(48000, channels), Standard), in, channels)
		for i, v := range want {
			if got[i*channels] != v {
				t.Fatalf("%d channels: frame %d is %d, want %d", channels, i, got[i*channels], v)
			}
		}
	}
}

func TestEqualFormatsPassThrough(t *testing.T) {
	in := noise(1000)
	to := cd
	to.Bits = 24
	c := NewConverter(cd, to, Standard)
	if got := convert(c, in, 2); !c.Identity() || !slices.Equal(got, in) {
		t.Error("samples changed")
	}
}

func TestExactConversions(t *testing.T) {
	for _, c := range []struct {
		from, to int
		want     bool
	}{{1, 2, true}, {2, 2, true}, {2, 3, true}, {4, 3, true}, {2, 1, false}, {6, 2, false}, {3, 2, false}} {
		if got := NewConverter(format(44100, c.from), format(44100, c.to), Standard).Exact(); got != c.want {
			t.Errorf("%d to %d channels: %v", c.from, c.to, got)
		}
	}
	if NewConverter(format(44100, 2), format(48000, 2), Standard).Exact() {
		t.Error("resampling is exact")
	}
}

func TestMixing(t *testing.T) {
	const v = 1 << 20
	for _, c := range []struct {
		in   []int32 // one frame
		want []int32
	}{
		{[]int32{v}, []int32{v, v}},
		{[]int32{v}, []int32{v, v, 0, 0, 0, 0}},
		{[]int32{v, 3 * v}, []int32{2 * v}},
		{[]int32{math.MaxInt32, math.MaxInt32}, []int32{math.MaxInt32}},
		{[]int32{math.MinInt32, math.MinInt32}, []int32{math.MinInt32}},
		{[]int32{v, 2 * v}, []int32{v, 2 * v, 0}},
		{[]int32{v, 2 * v, 3 * v, 4 * v}, []int32{v, 2 * v, 3 * v}},
		// L + C/√2 + Ls/√2, over 1 + √2; the bass channel is left out.
		{[]int32{v, 0, 0, 9 * v, 0, 0}, []int32{434334, 0}},
		{[]int32{0, 0, v, 0, 0, 0}, []int32{307121, 307121}},
		{[]int32{0, 0, 0, 0, v, 0}, []int32{307121, 0}},
		{[]int32{0, 0, 0, 0, 0, v}, []int32{0, 307121}},
		{[]int32{0, 0, v, 0, 0}, []int32{307121, 307121}},
		{[]int32{v, v, v, v, v, v, v, v, v, v}, []int32{v, v}},
	} {
		got := NewConverter(format(8000, len(c.in)), format(8000, len(c.want)), Standard).Convert(nil, c.in)
		if !slices.Equal(got, c.want) {
			t.Errorf("%v becomes %v, want %v", c.in, got, c.want)
		}
	}
}

// What a channel adds goes by its loudspeaker, not by its number.
func TestMixingByLayout(t *testing.T) {
	const v = 1 << 20
	const surround = media.FrontLeft | media.FrontRight | media.FrontCentre | media.BackCentre
	for _, c := range []struct {
		layout media.Layout
		in     []int32
		want   []int32
	}{
		{surround, []int32{0, 0, 0, v}, []int32{237546, 237546}}, // 1/2 over 1 + 1/√2 + 1/2
		{surround, []int32{v, 0, 0, 0}, []int32{475092, 0}},
		{surround, []int32{0, 0, v, 0}, []int32{335941, 335941}},
		{surround, []int32{0, 0, 0, v}, []int32{237546}},
		{0, []int32{0, 0, 0, v}, []int32{0, 434334}}, // a square: 1/√2 over 1 + 1/√2
		{media.FrontLeft | media.FrontRight | media.LowFrequency, []int32{v, 2 * v, 5 * v}, []int32{v, 2 * v}},
		{media.FrontLeft | media.TopFrontRight | 1<<20, []int32{0, 0, v}, []int32{v / 2, 0}},
	} {
		from := format(8000, len(c.in))
		from.Layout = c.layout
		got := NewConverter(from, format(8000, len(c.want)), Standard).Convert(nil, c.in)
		for i := range c.want {
			if d := got[i] - c.want[i]; len(got) != len(c.want) || d < -30 || d > 30 {
				t.Errorf("%#x: %v becomes %v, want %v", c.layout, c.in, got, c.want)
				break
			}
		}
	}
}

func TestMixingNeverOverflows(t *testing.T) {
	for in := 1; in <= 12; in++ {
		for out := 1; out <= 12; out++ {
			c := NewConverter(format(8000, in), format(8000, out), Standard)
			for _, level := range []int32{math.MaxInt32, math.MinInt32} {
				frame := make([]int32, in)
				for i := range frame {
					frame[i] = level
				}
				got := c.Convert(nil, frame)
				if len(got) != out || got[0]>>31 != level>>31 {
					t.Errorf("%d to %d channels: %d becomes %v", in, out, level, got)
				}
			}
		}
	}
}

func TestMixingAndResamplingTogether(t *testing.T) {
	for _, c := range [][2]int{{1, 2}, {2, 1}, {6, 2}} {
		in := make([]int32, 4410*c[0])
		for i := range in {
			in[i] = 1 << 28
		}
		got := convert(NewConverter(format(44100, c[0]), format(48000, c[1]), Standard), in, c[0])
		if len(got) != 4800*c[1] {
			t.Errorf("%v: %d samples", c, len(got))
		}
		if d := got[2400*c[1]] - 1<<28; d < -4 && c[0] != 6 || d > 4 {
			t.Errorf("%v: level is off by %d", c, d)
		}
	}
}

func TestResetForgetsTheStream(t *testing.T) {
	c := NewConverter(format(44100, 1), format(48000, 1), Standard)
	c.Convert(nil, noise(1000))
	c.Reset()
	for _, v := range convert(c, make([]int32, 1000), 1) {
		if v != 0 {
			t.Fatal("something is left after Reset")
		}
	}
}

func TestConverterDoesNotAllocate(t *testing.T) {
	for _, c := range [][2]media.AudioFormat{
		{format(44100, 2), format(48000, 2)}, {format(44100, 6), format(47999, 2)}, {format(8000, 1), format(44100, 2)}, {cd, cd},
	} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			conv, src := NewConverter(c[0], c[1], Standard), noise(600)
			dst := make([]int32, 0, 8000)
			conv.Convert(dst, src)
			if n := testing.AllocsPerRun(20, func() { conv.Convert(dst, src) }); n != 0 {
				t.Errorf("%v allocations", n)
			}
		})
	}
}
