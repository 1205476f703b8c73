package synth

import (
	"math"
	"math/cmplx"
	"testing"
)

// dft is the strength of one frequency from sample at on.
func dft(s []float64, at, n int, hz float64) complex128 {
	var sum complex128
	for i := range n {
		hann := 0.5 - 0.5*math.Cos(2*math.Pi*float64(i)/float64(n))
		sum += complex(s[at+i]*hann, 0) * cmplx.Rect(1, -2*math.Pi*hz*float64(at+i)/Rate)
	}
	return sum
}

// cents is how far the tone near hz is from it, by how its phase advances.
func cents(s []float64, hz float64) float64 {
	const n, step = 8192, 1024
	at := samples(0.3)
	turn := cmplx.Phase(dft(s, at+step, n, hz) / dft(s, at, n, hz))
	return 1200 * math.Log2(1+turn/(2*math.Pi*step)*Rate/hz)
}

func TestInTune(t *testing.T) {
	for _, name := range []string{"E2", "D3", "A4", "F#5", "A6"} {
		p := pitch(name)
		hz := hertz(p)
		long := []note{{0, 2, p}}
		piano := electricPiano(hz, 1, 0.8)
		for what, s := range map[string][]float64{
			"guitar": guitar.play(hz, 1, 1, nil), "zither": zither.play(hz, 1, 2, nil), "bass": bass(hz, 1),
			"music box": strike(musicBox, hz, 1), "glockenspiel": strike(glockenspiel, hz, 1), "electric piano": piano.l,
			"flute without vibrato": wind{harmonics: flute.harmonics, glide: 0.02}.line(long, 0.5, 3),
		} {
			if c := cents(s, hz); math.Abs(c) > 4 {
				t.Errorf("%s: %s is %.1f cents off", what, name, c)
			}
		}
	}
}

func TestPitch(t *testing.T) {
	for name, want := range map[string]int{"C4": 60, "A4": 69, "F#5": 78, "Bb3": 58, "C#-1": 1, "B0": 23} {
		if got := pitch(name); got != want {
			t.Errorf("%s is %d, want %d", name, got, want)
		}
	}
	if hz := hertz(69 - 12); hz != 220 {
		t.Errorf("A3 is %v Hz", hz)
	}
}

func TestMelody(t *testing.T) {
	got := melody(3, "C4:1 r:.5 D4:1.5 | E4:3")
	want := []note{{0, 1, 60}, {1, .5, 0}, {1.5, 1.5, 62}, {3, 3, 64}}
	for i, n := range want {
		if len(got) != len(want) || got[i] != n {
			t.Fatalf("%v, want %v", got, want)
		}
	}
	for _, wrong := range []string{"C4:1 D4:1", "C4", "H4:3", "C:3", "C4:x"} {
		if !panics(func() { melody(3, wrong) }) {
			t.Errorf("%q was read", wrong)
		}
	}
}

func panics(f func()) (yes bool) {
	defer func() { yes = recover() != nil }()
	f()
	return false
}

// The limiter keeps any peak below the ceiling, and leaves what is below alone.
func TestMaster(t *testing.T) {
	s := newStereo(Rate)
	for i := range s.l {
		s.l[i] = 0.1 * sine.at(float64(i)/100)
		s.r[i] = s.l[i]
	}
	s.l[Rate/2] = 7
	out := master(s)
	peak := 0
	for _, v := range out {
		peak = max(peak, int(v), -int(v))
	}
	if peak > 24903 || peak < 20000 {
		t.Errorf("the peak is %d", peak)
	}
	limit := limiter(s, 1)
	if limit[Rate/2] > ceiling/7+1e-9 || limit[Rate/2-ahead-1] != 1 || limit[Rate/2+Rate/100] > 0.5 {
		t.Errorf("gains of %v before, %v at and %v behind the peak", limit[Rate/2-ahead-1], limit[Rate/2], limit[Rate/2+Rate/100])
	}
}

// The hall dies away by about 60 dB in its time, and comes from both sides.
func TestReverberation(t *testing.T) {
	in, out := newStereo(3*Rate), newStereo(3*Rate)
	in.l[0], in.r[0] = 1, 1
	reverberate(in, out)
	energy := func(s []float64, from, to float64) float64 {
		sum := 0.0
		for _, v := range s[samples(from):samples(to)] {
			sum += v * v
		}
		return sum
	}
	for _, s := range [][]float64{out.l, out.r} {
		if e := energy(s, 0, 0.03); e != 0 {
			t.Errorf("an echo of %v before the first can be there", e)
		}
		early, late := energy(s, 0.1, 0.3), energy(s, 0.1+hall, 0.3+hall)
		if fell := 10 * math.Log10(early/late); !(fell > 50 && fell < 110) {
			t.Errorf("in %v s it falls by %.1f dB", hall, fell)
		}
	}
	if out.l[5000] == out.r[5000] {
		t.Error("both sides are the same")
	}
}

// Every instrument ends in silence, without a click.
func TestEndsSoftly(t *testing.T) {
	for what, s := range map[string][]float64{
		"guitar": guitar.play(220, 1, 1, nil), "bent": zither.play(220, 1, 1, tremble), "bass": bass(110, 0.5),
		"bells": strike(glockenspiel, 880, 1), "drum": drum(120, 50, 0.1, 0.3, 1), "brush": brush(6000, 1, 0.01, 0.02, 1),
		"pad": pad([]int{60, 64, 67}, 2, 0.5).l, "block": block(1000),
	} {
		peak := 0.0
		for _, v := range s {
			peak = max(peak, math.Abs(v))
		}
		if peak < 0.02 || peak > 2.5 || math.IsNaN(peak) {
			t.Errorf("%s: a peak of %v", what, peak)
		}
		if last := math.Abs(s[len(s)-1]); last > peak/200 {
			t.Errorf("%s: ends at %v, after a peak of %v", what, last, peak)
		}
	}
}
