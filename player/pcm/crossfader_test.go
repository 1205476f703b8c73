package pcm

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// push sends src through c in pieces of random sizes.
func push(c *Crossfader, dst, src []int32) []int32 {
	rnd := rand.New(rand.NewPCG(1, 2))
	for len(src) > 0 {
		n := min(2*rnd.IntN(700), len(src))
		dst = c.Push(dst, slices.Clone(src[:n]))
		src = src[n:]
	}
	return dst
}

// Without a Join, as between the tracks of an album, nothing changes.
func TestGaplessJoinsAreUntouched(t *testing.T) {
	in := noise(20_000)
	for _, frames := range []int{0, 1, 100, 3000, 50_000} {
		c := NewCrossfader(frames, 2)
		for range 2 { // it can be used again
			got := push(c, nil, in[:9000])
			got = push(c, got, in[9000:])
			if want := min(frames, 5000); c.Held() < want {
				t.Errorf("%d frames: only %d are kept back", frames, c.Held())
			}
			if got = c.Flush(got); !slices.Equal(got, in) {
				t.Errorf("%d frames: the sound changed", frames)
			}
		}
	}
}

// While the Crossfader fills, at least half of what goes in comes out.
func TestCrossfaderFillsSlowly(t *testing.T) {
	c := NewCrossfader(10_000, 2)
	for in, out := 0, 0; in < 40_000; {
		in += 600
		out += len(c.Push(nil, make([]int32, 600)))
		if out < in/2-2 {
			t.Fatalf("%d samples in, %d out", in, out)
		}
	}
}

// A fade is the sum of the two by the definition, starts with the old alone
// and ends with the new alone, and the stream is as much shorter.
func TestCrossfadeSums(t *testing.T) {
	const frames = 1000
	a, b := noise(2*4000), noise(2*5000)
	for i := range a {
		a[i] >>= 1
	}
	for i := range b {
		b[i] = int32(uint32(b[i])*2654435761) >> 1
	}
	c := NewCrossfader(frames, 2)
	got := push(c, nil, a)
	c.Join()
	if c.Fading() != frames {
		t.Fatal("no fade")
	}
	got = c.Flush(push(c, got, b))
	if len(got) != len(a)+len(b)-2*frames {
		t.Fatalf("%d samples", len(got))
	}
	at := len(a) - 2*frames
	if !slices.Equal(got[:at], a[:at]) || !slices.Equal(got[len(a):], b[2*frames:]) {
		t.Error("the sound outside of the fade changed")
	}
	for i := range 2 * frames {
		sin, cos := math.Sincos(math.Pi / 2 * float64(i/2) / frames)
		want := float64(a[at+i])*cos + float64(b[i])*sin
		want = min(max(want, math.MinInt32), math.MaxInt32)
		if math.Abs(float64(got[at+i])-want) > 1<<12 {
			t.Fatalf("sample %d of the fade is %d, want %.0f", i, got[at+i], want)
		}
	}
}

// The power of two sounds that have nothing to do with each other stays.
func TestCrossfadeKeepsThePower(t *testing.T) {
	c := NewCrossfader(4096, 1)
	for range 4096 {
		out, in := int64(1<<24), int64(0)
		if c.left = 1; c.step == 0 {
			c.step = 1 << 20
		} else {
			out, in = c.gains()
		}
		if p := float64(out*out+in*in) / (1 << 48); math.Abs(p-1) > 1e-5 {
			t.Fatalf("%d and %d have a power of %v", out, in, p)
		}
	}
}

// A track that is shorter than the fade goes through it, and the one behind
// goes on with it; the end of all is faded out.
func TestCrossfadeOfShortTracks(t *testing.T) {
	c := NewCrossfader(1000, 2)
	got := push(c, nil, make([]int32, 2*3000))
	n := len(got)
	c.Join()
	full := slices.Repeat([]int32{1 << 30}, 2*300)
	got = push(c, got, full)
	c.Join()
	got = push(c, got, full)
	for i := n + 2; i < len(got)-1; i += 2 {
		if got[i] < got[i-2] {
			t.Fatalf("the fade does not go on at frame %d", (i-n)/2)
		}
	}
	if got = c.Flush(got); len(got) != 2*3000 || c.Fading() != 0 || c.Held() != 0 {
		t.Errorf("%d samples, %d held", len(got), c.Held())
	}
	c.Join()
	if in := noise(100); c.Fading() != 0 || !slices.Equal(c.Flush(c.Push(nil, slices.Clone(in))), in) {
		t.Error("nothing fades into something")
	}
}

func TestCrossfaderDoesNotAllocate(t *testing.T) {
	c, dst, src := NewCrossfader(5000, 2), make([]int32, 0, 4000), noise(2000)
	if n := testing.AllocsPerRun(50, func() {
		if c.Push(dst, src); c.Held() == 5000 {
			c.Join()
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
