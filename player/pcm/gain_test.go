package pcm

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"linnet/player/media"
)

var cd = media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}

// fine is a format that is not dithered.
var fine = media.AudioFormat{Rate: 44100, Channels: 2, Bits: 24}

func noise(n int) []int32 {
	rnd := rand.New(rand.NewPCG(9, 9))
	p := make([]int32, n)
	for i := range p {
		p[i] = int32(rnd.Uint32())
	}
	p[0], p[1], p[2] = math.MaxInt32, math.MinInt32, 0
	return p
}

func TestFullVolumeChangesNothing(t *testing.T) {
	p := noise(10_000)
	want := slices.Clone(p)
	NewGain(cd, 100).Apply(p)
	if !slices.Equal(p, want) {
		t.Error("samples changed at full volume")
	}
}

func TestVolumeIsHalfADecibelAStep(t *testing.T) {
	for v := 1; v <= 100; v++ {
		p := []int32{1 << 30, -1 << 30}
		NewGain(fine, v).Apply(p)
		want := math.Pow(10, float64(v-100)/40) * (1 << 30)
		if math.Abs(float64(p[0])-want) > 1 || math.Abs(float64(p[1])+want) > 1 {
			t.Errorf("volume %d: %d and %d, want %.1f", v, p[0], p[1], want)
		}
	}
	p := noise(100)
	NewGain(fine, 0).Apply(p)
	if !slices.Equal(p, make([]int32, 100)) {
		t.Error("volume 0 is not silent")
	}
}

func TestGainKeepsToTheRange(t *testing.T) {
	for v := range 101 {
		p := []int32{math.MaxInt32, math.MinInt32}
		NewGain(fine, v).Apply(p)
		if p[0] < 0 || p[1] > 0 {
			t.Errorf("volume %d wraps: %d %d", v, p[0], p[1])
		}
	}
	g := NewGain(cd, -7)
	if g.Volume() != 0 {
		t.Error("volume below 0")
	}
	if g.SetVolume(1000); g.Volume() != 100 {
		t.Error("volume above 100")
	}
}

// A change must arrive after 10 ms, in even steps, whatever the sizes of the
// slices that it is spread over.
func TestVolumeIsRamped(t *testing.T) {
	for _, size := range []int{2, 34, 10_000} {
		g := NewGain(fine, 100)
		g.SetVolume(0)
		p := make([]int32, 2000)
		for i := range p {
			p[i] = 1 << 30
		}
		for rest := p; len(rest) > 0; {
			n := min(size, len(rest))
			g.Apply(rest[:n])
			rest = rest[n:]
		}
		const ramp = 44100 / 100
		for f := range 1000 {
			want := max(0, int32(1<<30-(f+1)*(1<<30/ramp)))
			if f >= ramp-1 {
				want = 0
			}
			if p[2*f] != want || p[2*f+1] != want {
				t.Fatalf("slices of %d: frame %d is %d, %d, want %d", size, f, p[2*f], p[2*f+1], want)
			}
		}
		g.SetVolume(100)
		g.Apply(make([]int32, 2*ramp))
		q := noise(50)
		want := slices.Clone(q)
		if g.Apply(q); !slices.Equal(q, want) {
			t.Error("not exact after the ramp up")
		}
	}
}

func TestGainDoesNotAllocate(t *testing.T) {
	g, p := NewGain(cd, 50), noise(512)
	if n := testing.AllocsPerRun(100, func() { g.SetVolume(150 - g.Volume()); g.Apply(p) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// A pause and its end are ramps of the sound that would have been heard, and
// nothing else: behind them every bit is as it was.
func TestFades(t *testing.T) {
	for _, volume := range []int{100, 60} {
		g, full := NewGain(fine, volume), int64(volumeTable[volume])
		in := noise(4 * g.Ramp())
		for i, at := range []func(frame int64) int64{
			func(int64) int64 { return full },
			func(frame int64) int64 { return max(full-(frame+1)*(full/int64(g.Ramp())), 0) },
			func(int64) int64 { return 0 },
			func(frame int64) int64 { return min((frame+1)*(full/int64(g.Ramp())), full) },
			func(int64) int64 { return full },
		} {
			switch i {
			case 1:
				g.FadeOut()
			case 3:
				g.FadeIn()
			}
			p := slices.Clone(in[:2*g.Ramp()])
			g.Apply(p)
			for n, v := range p {
				want := float64(in[n]) * float64(at(int64(n/2))) / unity
				if last := n/2 == g.Ramp()-1; math.Abs(float64(v)-want) > 1 && !last {
					t.Fatalf("volume %d, part %d, frame %d: %d, want %.1f", volume, i, n/2, v, want)
				}
				if i == 4 && volume == 100 && v != in[n] {
					t.Fatalf("sample %d is not as it was", n)
				}
			}
		}
	}
}

// A device of 16 bits gets 16 bits of what was scaled, during ramps and behind
// them, but what is neither stays as it is.
func TestVolumeIsDithered(t *testing.T) {
	g := NewGain(cd, 100)
	g.SetVolume(50)
	for range 3 {
		p := noise(1000)
		g.Apply(p)
		for i, v := range p {
			if v&0xffff != 0 {
				t.Fatalf("sample %d is %#x", i, v)
			}
		}
	}
	g.SetVolume(100)
	p := noise(2*g.Ramp() + 500)
	want := slices.Clone(p)
	if g.Apply(p); !slices.Equal(p[2*g.Ramp():], want[2*g.Ramp():]) || p[0]&0xffff != 0 {
		t.Error("samples behind the ramp changed, or those in it are not of 16 bits")
	}
}
