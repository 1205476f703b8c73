package compare

import (
	"math"
	"math/rand"
	"testing"
)

// noise is a reference of n pieces of size samples, and the pieces that
// match it.
func noise(n, size, channels int) ([]Piece, []int16) {
	r := rand.New(rand.NewSource(1))
	var ref []int16
	pieces := make([]Piece, n)
	for i := range pieces {
		p := Piece{Channels: channels, Coded: channels}
		for range size {
			v := int16(r.Intn(1 << 16))
			ref = append(ref, v)
			p.Samples = append(p.Samples, int32(v)<<16)
		}
		pieces[i] = p
	}
	return pieces, ref
}

func TestEqual(t *testing.T) {
	pieces, ref := noise(10, 100, 2)
	r := Sound(pieces, ref)
	if r.Samples != 1000 || r.RMS != 0 || r.Peak != 0 || !r.Pass() || r.Extra != 0 {
		t.Errorf("%+v", r)
	}
}

func TestKnownError(t *testing.T) {
	pieces, ref := noise(10, 100, 1)
	ref[500] = pieces0(ref[500], 3)
	r := Sound(pieces, ref)
	want := 3.0 / 32768
	if math.Abs(r.Peak-want) > 1e-12 || math.Abs(r.RMS-want/math.Sqrt(1000)) > 1e-12 {
		t.Errorf("%+v", r)
	}
	if r.Pass() {
		t.Error("a peak of 3 steps passes")
	}
}

// pieces0 is v moved by d without wrapping.
func pieces0(v int16, d int16) int16 {
	if v > 0 {
		return v - d
	}
	return v + d
}

func TestLimits(t *testing.T) {
	pieces, ref := noise(100, 100, 1)
	for i := range ref {
		if i%13 == 0 { // RMS of sqrt(1/13) = 0.277 steps; the limit is 0.289
			ref[i] = pieces0(ref[i], 1)
		}
	}
	if r := Sound(pieces, ref); !r.Pass() {
		t.Errorf("%+v does not pass", r)
	}
	for i := range ref {
		if i%13 == 1 {
			ref[i] = pieces0(ref[i], 1)
		}
	}
	if r := Sound(pieces, ref); r.Pass() {
		t.Errorf("%+v passes", r)
	}
}

func TestLengths(t *testing.T) {
	pieces, ref := noise(10, 100, 2)
	if r := Sound(pieces[:7], ref); r.Samples != 700 || !r.Pass() || r.Extra != -300 {
		t.Errorf("long reference: %+v", r)
	}
	if r := Sound(pieces, ref[:750]); r.Samples != 750 || !r.Pass() || r.Extra != 250 {
		t.Errorf("short reference: %+v", r)
	}
	if r := Sound(nil, nil); r.Samples != 0 || !r.Pass() {
		t.Errorf("nothing: %+v", r)
	}
}

// Doubtful pieces may stand in the reference, in any shape, or not.
func TestDoubtful(t *testing.T) {
	for absent := range 4 {
		pieces, ref := noise(20, 100, 2)
		for i := 5; i < 8; i++ {
			pieces[i].Doubtful = true
			clear(pieces[i].Samples)
		}
		ref = append(ref[:500:500], ref[500+100*absent:]...)
		r := Sound(pieces, ref)
		if !r.Pass() || r.Doubtful != 3 || r.Absent != absent || r.Extra != 0 {
			t.Errorf("%d absent: %+v", absent, r)
		}
		if want := 2000 - 300 - 100*settle; r.Samples != want {
			t.Errorf("%d absent: %d samples compared, want %d", absent, r.Samples, want)
		}
	}
}

func TestDoubtfulAtTheEnds(t *testing.T) {
	pieces, ref := noise(10, 100, 1)
	pieces[0].Doubtful, pieces[9].Doubtful = true, true
	if r := Sound(pieces, ref[100:900]); !r.Pass() || r.Absent != 1 || r.Doubtful != 2 {
		t.Errorf("%+v", r)
	}
}

// A shift of the sound has to fail even when much is doubtful.
func TestShiftFails(t *testing.T) {
	pieces, ref := noise(20, 100, 1)
	pieces[5].Doubtful = true
	if r := Sound(pieces, append(ref[:550:550], ref[560:]...)); r.Pass() {
		t.Errorf("%+v", r)
	}
}

func TestMonoFrames(t *testing.T) {
	pieces, ref := noise(4, 100, 1)
	for i := range pieces {
		var both []int32
		for _, v := range pieces[i].Samples {
			both = append(both, v, v)
		}
		pieces[i].Samples, pieces[i].Channels = both, 2
	}
	if r := Sound(pieces, ref); !r.Pass() || r.Samples != 400 || r.Extra != 0 {
		t.Errorf("%+v", r)
	}
	pieces[2].Samples[1] += 5 << 16 // the right channel alone
	if r := Sound(pieces, ref); r.Pass() {
		t.Errorf("a wrong right channel passes: %+v", r)
	}
}

func TestRound16(t *testing.T) {
	for v, want := range map[int32]int16{0: 0, 0x7fff: 0, 0x8000: 1, -0x8000: 0, -0x8001: -1, math.MaxInt32: 32767, math.MinInt32: -32768} {
		if got := Round16(v); got != want {
			t.Errorf("Round16(%#x) = %d, want %d", v, got, want)
		}
	}
}
