package stretch

import (
	"fmt"
	"math"
	"math/cmplx"
	"math/rand/v2"
	"slices"
	"testing"

	"linnet/player/media"
)

var cd = media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}

// tones are frames of sines of so many hertz, the same on all channels.
func tones(f media.AudioFormat, frames int, hertz ...float64) []int32 {
	out := make([]int32, 0, frames*f.Channels)
	for i := range frames {
		v := 0.0
		for _, h := range hertz {
			v += math.Sin(2*math.Pi*h*float64(i)/float64(f.Rate)) / float64(len(hertz))
		}
		for range f.Channels {
			out = append(out, int32(v*0.8*(1<<31))&^0xffff)
		}
	}
	return out
}

// stretched pushes all in pieces of random sizes.
func stretched(f media.AudioFormat, speed int, in []int32) (out []int32) {
	s := New(f, speed)
	r := rand.New(rand.NewPCG(1, 2))
	for len(in) > 0 {
		n := min((1+r.IntN(3000))*f.Channels, len(in))
		out = s.Push(out, in[:n])
		in = in[n:]
	}
	return s.Flush(out)
}

// At normal speed no bit is touched.
func TestNormal(t *testing.T) {
	in := make([]int32, 20000)
	for i := range in {
		in[i] = int32(rand.Uint32())
	}
	if got := stretched(cd, Normal, in); !slices.Equal(got, in) {
		t.Error("the sound is another one")
	}
}

// The result is as long as the speed says, within a piece or two, however long it is.
func TestDuration(t *testing.T) {
	for _, f := range []media.AudioFormat{cd, {Rate: 8000, Channels: 1}, {Rate: 11025, Channels: 2}, {Rate: 96000, Channels: 6}} {
		for _, speed := range []int{50, 51, 75, 99, 101, 125, 150, 199, 200} {
			for _, seconds := range []int{1, 20} {
				if seconds > 1 && f != cd {
					continue
				}
				in := tones(f, seconds*f.Rate, 440)
				got := len(stretched(f, speed, in)) / f.Channels
				want := seconds * f.Rate * 100 / speed
				if d := got - want; d < -f.Rate/12 || d > f.Rate/12 {
					t.Errorf("%v, %d %%: %d frames, want %d", f, speed, got, want)
				}
			}
		}
	}
}

// peak is the loudest frequency of a channel's middle, by a Fourier transform of
// 32768 points with a window, and how many decibels the loudest that is not near it,
// or near one of the others, is below.
func peak(f media.AudioFormat, frames []int32, known ...float64) (hertz, clean float64) {
	const n = 1 << 15
	x := make([]complex128, n)
	begin := (len(frames)/f.Channels - n) / 2
	for i := range x {
		w := 0.5 - 0.5*math.Cos(2*math.Pi*float64(i)/n)
		x[i] = complex(w*float64(frames[(begin+i)*f.Channels]), 0)
	}
	fft(x)
	best := 1
	for i := 1; i < n/2; i++ {
		if cmplx.Abs(x[i]) > cmplx.Abs(x[best]) {
			best = i
		}
	}
	noise := 0.0
	for i := 1; i < n/2; i++ {
		near := false
		for _, k := range known {
			near = near || math.Abs(float64(i)*float64(f.Rate)/n-k) < 60
		}
		if !near {
			noise = max(noise, cmplx.Abs(x[i]))
		}
	}
	return float64(best) * float64(f.Rate) / n, 20 * math.Log10(cmplx.Abs(x[best])/noise)
}

func fft(x []complex128) {
	n := len(x)
	if n == 1 {
		return
	}
	a, b := make([]complex128, n/2), make([]complex128, n/2)
	for i := range a {
		a[i], b[i] = x[2*i], x[2*i+1]
	}
	fft(a)
	fft(b)
	for i := range a {
		t := cmplx.Rect(1, -2*math.Pi*float64(i)/float64(n)) * b[i]
		x[i], x[i+n/2] = a[i]+t, a[i]-t
	}
}

// The pitch stays, and nothing is added to it that is loud.
func TestPitch(t *testing.T) {
	for _, speed := range []int{50, 75, 90, 110, 150, 200} {
		for _, h := range []float64{110, 440, 1000, 3000} {
			got, clean := peak(cd, stretched(cd, speed, tones(cd, 3*cd.Rate, h)), h)
			if math.Abs(got-h) > h*0.005+1.4 || clean < 35 {
				t.Errorf("%d %%: %.0f Hz becomes %.1f Hz, %.1f dB above the rest", speed, h, got, clean)
			}
		}
		chord := []float64{220, 277.2, 329.6}
		_, clean := peak(cd, stretched(cd, speed, tones(cd, 3*cd.Rate, chord...)), chord...)
		if clean < 25 {
			t.Errorf("%d %%: a chord is %.1f dB above the rest", speed, clean)
		}
	}
}

// There are no clicks: from sample to sample the sound never goes further than it
// does before, or hardly.
func TestClicks(t *testing.T) {
	for _, speed := range []int{50, 80, 120, 200} {
		in := tones(cd, 4*cd.Rate, 200, 313, 471)
		out := stretched(cd, speed, in)
		if was, is := steepest(in), steepest(out); is > was*12/10 {
			t.Errorf("%d %%: steps of %d, before %d", speed, is>>16, was>>16)
		}
	}
}

func steepest(frames []int32) (most int64) {
	for i := 2; i < len(frames); i++ {
		d := int64(frames[i]) - int64(frames[i-2])
		most = max(most, d, -d)
	}
	return most
}

// It begins with the first frame and ends with the last, so that streams that follow
// each other without a gap still do.
func TestEnds(t *testing.T) {
	for _, speed := range []int{50, 99, 120, 200} {
		for _, frames := range []int{1, 2, 100, 441, 1323, 1764, 2000, 3000, 5000, 30000} {
			in := tones(cd, frames, 100)
			out := stretched(cd, speed, in)
			if len(out) < 2 || !slices.Equal(out[:2], in[:2]) || !slices.Equal(out[len(out)-2:], in[len(in)-2:]) {
				t.Errorf("%d %%: %d frames become %d, with other ends", speed, frames, len(out)/2)
			}
		}
		if out := stretched(cd, speed, nil); len(out) != 0 {
			t.Errorf("%d %%: nothing becomes %d samples", speed, len(out))
		}
	}
}

// How it is pushed makes no difference, and after a Flush all is as at first.
func TestPieces(t *testing.T) {
	in := tones(cd, 30000, 333, 1234)
	s := New(cd, 140)
	want := s.Flush(s.Push(nil, in))
	if got := stretched(cd, 140, in); !slices.Equal(got, want) {
		t.Error("it depends on the sizes of what is pushed")
	}
	if got := s.Flush(s.Push(nil, in)); !slices.Equal(got, want) {
		t.Error("a second stream is another one")
	}
}

// Full scale, and differences of full scale, stay within their bits.
func TestExtremes(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, f := range []media.AudioFormat{cd, {Rate: 384000, Channels: 8}, {Rate: 8000, Channels: 1}} {
		in := make([]int32, f.Rate/4*f.Channels)
		for i := range in {
			in[i] = [...]int32{math.MinInt32, math.MaxInt32}[r.IntN(2)]
		}
		for _, speed := range []int{50, 137, 200} {
			out := stretched(f, speed, in)
			if want := len(in) * 100 / speed; math.Abs(float64(len(out)-want)) > float64(f.Rate*f.Channels/12) {
				t.Errorf("%v, %d %%: %d samples, want %d", f, speed, len(out), want)
			}
		}
	}
	if s := New(cd, 1000); s.speed != Fastest {
		t.Errorf("as fast as %d", s.speed)
	}
	if s := New(cd, 0); s.speed != Slowest {
		t.Errorf("as slow as %d", s.speed)
	}
}

func TestAllocs(t *testing.T) {
	in := tones(cd, 4096, 440)
	for _, speed := range []int{50, 100, 200} {
		s := New(cd, speed)
		dst := make([]int32, 0, 5*len(in))
		if n := testing.AllocsPerRun(50, func() { s.Push(dst[:0], in) }); n > 0 {
			t.Errorf("%d %%: %v allocations", speed, n)
		}
	}
}

// The search finds a piece again, wherever it lies.
func TestSearch(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	const frames, places, thin = 441, 705, 4
	in := make([]int16, 2*(frames+places))
	smooth := 0
	for i := range in {
		smooth = (smooth*31 + r.IntN(65536) - 32768) / 32
		in[i] = int16(smooth * 8)
	}
	s := newSearch(frames, places, thin)
	for _, at := range []int{0, 1, 3, 4, 5, 350, 703, 704} {
		s.want(in[2*at:], 2)
		if got := s.best(in, 2, places); got != at {
			t.Errorf("a piece of place %d is found at %d", at, got)
		}
	}
	s.want(in[2*7:], 2)
	if got := s.best(in, 2, 1); got != 0 {
		t.Errorf("of one place, place %d is the best", got)
	}
}

func BenchmarkPush(b *testing.B) {
	for _, speed := range []int{50, 150, 200} {
		b.Run(fmt.Sprint(speed), func(b *testing.B) {
			s, in := New(cd, speed), tones(cd, cd.Rate, 440, 900)
			dst := make([]int32, 0, 5*len(in))
			for b.Loop() {
				s.Push(dst[:0], in)
			}
		})
	}
}
