package heard

import (
	"slices"
	"testing"
)

// signal is frames without silence, of which no few are like others.
func signal(n int) []Frame {
	p := make([]Frame, n)
	x := uint32(1)
	for i := range p {
		x = x*1664525 + 1013904223
		p[i] = Frame(x | 1<<16 | 1)
	}
	return p
}

func silence(n int) []Frame { return make([]Frame, n) }

func TestCompare(t *testing.T) {
	p := signal(5000)
	other := signal(6000)[5500:5510]
	for _, c := range []struct {
		name string
		got  []Frame
		want Report
	}{
		{"all of it", p, Report{First: -1}},
		{"between silence", slices.Concat(silence(70), p, silence(900)), Report{Start: 70, First: -1}},
		{"a gap", slices.Concat(p[:1000], silence(441), p[1000:]), Report{Silence: 441, Breaks: 1, First: 1000}},
		{"lost", slices.Concat(p[:1000], p[1100:]), Report{Lost: 100, Breaks: 1, First: 1000}},
		{"lost behind a gap", slices.Concat(p[:1000], silence(50), p[1100:]), Report{Lost: 100, Silence: 50, Breaks: 1, First: 1000}},
		{"twice", slices.Concat(p[:1000], p[700:]), Report{Repeated: 300, Breaks: 1, First: 1000}},
		{"other frames", slices.Concat(p[:1000], other, p[1010:]), Report{Altered: 10, Breaks: 1, First: 1000}},
		{"other frames put in", slices.Concat(p[:1000], other, p[1000:]), Report{Altered: 10, Breaks: 1, First: 1000}},
		{"cut off", p[:4000], Report{Lost: 1000, Breaks: 1, First: 4000}},
		{"late start", p[250:], Report{Lost: 250, Breaks: 1, First: 0}},
		{"goes on", slices.Concat(p, p[4900:]), Report{Repeated: 100, Breaks: 1, First: 5000}},
		{"two breaks", slices.Concat(p[:1000], p[1100:2000], silence(7), p[2000:]), Report{Lost: 100, Silence: 7, Breaks: 2, First: 1000}},
		{"nothing", silence(100), Report{Start: 100, Lost: 5000, Breaks: 1, First: 0}},
	} {
		c.want.Frames = len(p)
		played := slices.Concat(silence(30), p, silence(3))
		got := Compare(c.got, played)
		if got != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
		if got := newComparison(c.got, played, 700).report(); got != c.want { // each eighth place
			t.Errorf("%s, with fewer marks:\n got %+v\nwant %+v", c.name, got, c.want)
		}
		if perfect := c.want.Breaks == 0; got.Perfect() != perfect {
			t.Errorf("%s: perfect %v, %s", c.name, got.Perfect(), got)
		}
	}
}

// TestBegin listens to the begin of something longer.
func TestBegin(t *testing.T) {
	p := signal(5000)
	quiet := slices.Concat(p[:1000], silence(500), p[1500:])
	for _, c := range []struct {
		name        string
		got, played []Frame
		want        Report
	}{
		{"the begin", slices.Concat(silence(70), p[:2000]), p, Report{Frames: 2000, Start: 70, First: -1}},
		{"all of it", p, p, Report{Frames: 5000, First: -1}},
		{"up to a pause of the music", quiet[:1200], quiet, Report{Frames: 1200, First: -1}},
		{"a gap", slices.Concat(p[:1000], silence(441), p[1000:2000]), p, Report{Frames: 2000, Silence: 441, Breaks: 1, First: 1000}},
		{"lost", slices.Concat(p[:1000], p[1100:2000]), p, Report{Frames: 2000, Lost: 100, Breaks: 1, First: 1000}},
		{"silent from then on", slices.Concat(p[:1000], silence(600)), p, Report{Frames: 1000, Silence: 600, Breaks: 1, First: 1000}},
		{"goes on", slices.Concat(p, p[4900:]), p, Report{Frames: 5000, Repeated: 100, Breaks: 1, First: 5000}},
	} {
		if got := Begin(c.got, slices.Concat(silence(30), c.played)); got != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
	}
	if r := Begin(silence(100), p); r.Perfect() {
		t.Error("silence is taken for the begin")
	}
}

// Silence within the music is music.
func TestSilenceWithin(t *testing.T) {
	p := signal(3000)
	played := slices.Concat(p[:1000], silence(500), p[1000:])
	if r := Compare(played, played); !r.Perfect() {
		t.Error(r)
	}
	for _, n := range []int{1, 100} {
		longer := slices.Concat(p[:1000], silence(500+n), p[1000:])
		if r := Compare(longer, played); r.Silence != n || r.Lost != 0 || r.Breaks != 1 {
			t.Errorf("%d more: %s", n, r)
		}
		shorter := slices.Concat(p[:1000], silence(500-n), p[1000:])
		if r := Compare(shorter, played); r.Lost != n || r.Breaks != 1 {
			t.Errorf("%d less: %s", n, r)
		}
	}
}

func TestNothingToHear(t *testing.T) {
	if r := Compare(signal(10), silence(10)); r.Perfect() {
		t.Error("silence can't be heard perfectly")
	}
}

func TestFrames(t *testing.T) {
	if got := Frames([]int16{1, -1, 2, 3, 9}, 2); !slices.Equal(got, []Frame{0xffff_0001, 0x0003_0002}) {
		t.Errorf("%x", got)
	}
	if got := Frames([]int16{1, -1}, 1); !slices.Equal(got, []Frame{1, 0xffff}) {
		t.Errorf("%x", got)
	}
}
