package compare

import "math"

// The limits of full accuracy, relative to full scale: ISO/IEC 11172-4
// clause 2.
const (
	MaxPeak = 1.0 / (1 << 14)
	// MaxRMS is 2^-15/sqrt(12); the RMS has to be below.
	MaxRMS = 1.0 / (1 << 15) / 3.4641016151377544
)

// settle is how many sure frames behind doubtful ones are left out too, for
// the memory of a decoder's transforms; probe is how many behind those decide
// where the reference goes on.
const (
	settle = 1
	probe  = 4
)

// A Piece is the sound of one coded frame.
type Piece struct {
	// Samples is interleaved, left-justified, Channels to a frame of sound.
	Samples  []int32
	Channels int
	// Coded is how many channels the coded frame had: where that is 1 and
	// Channels is 2, the reference has one sample for both.
	Coded    int
	Doubtful bool
}

// refLen is how many samples of a reference the piece is worth.
func (p *Piece) refLen() int { return len(p.Samples) / p.Channels * p.Coded }

// A Result is what a comparison measured.
type Result struct {
	Samples  int // compared: frames of sound times channels coded
	Doubtful int // pieces left out because they were doubtful
	Absent   int // of those, pieces that the reference does not have
	// RMS and Peak are relative to full scale.
	RMS, Peak float64
	// Extra is how many samples the sound has more than the reference (or
	// fewer, negative), counted after Absent ones.
	Extra int

	squares float64
}

// Pass says whether the result is within the limits.
func (r *Result) Pass() bool { return r.RMS < MaxRMS && r.Peak <= MaxPeak }

// Sound compares pieces with a reference, over the length of whichever is
// shorter.
func Sound(pieces []Piece, ref []int16) Result {
	var r Result
	at, calm := 0, settle // position in ref; sure pieces since a doubtful one
	for i := 0; i < len(pieces); {
		if n := doubtful(pieces[i:]); n > 0 {
			skip, absent := resume(pieces[i:i+n], pieces[i+n:], ref[min(at, len(ref)):])
			at += skip
			r.Doubtful += n
			r.Absent += absent
			i, calm = i+n, 0
			continue
		}
		p := &pieces[i]
		if calm >= settle {
			r.add(p, ref, at)
		}
		at += p.refLen()
		calm++
		i++
	}
	r.Extra = at - len(ref)
	if r.Samples > 0 {
		r.RMS = math.Sqrt(r.squares / float64(r.Samples))
	}
	return r
}

// doubtful is how many doubtful pieces p starts with.
func doubtful(p []Piece) (n int) {
	for n < len(p) && p[n].Doubtful {
		n++
	}
	return n
}

// resume finds how much of the reference stands for doubtful pieces: all of
// them, or all but a number of whole ones. What follows decides.
func resume(gap, next []Piece, ref []int16) (skip, absent int) {
	all := 0
	for i := range gap {
		all += gap[i].refLen()
	}
	best := math.Inf(1)
	for k := 0; ; k++ {
		if d := distance(next, ref, all); d < best {
			best, skip, absent = d, all, k
		}
		if k == len(gap) {
			return skip, absent
		}
		all -= gap[k].refLen()
	}
}

// distance is the mean square of the difference over the pieces that decide,
// when the reference goes on at ref[at]. A reference that is too short for
// any is as far as silence would be.
func distance(next []Piece, ref []int16, at int) float64 {
	var r Result
	for i := 0; i < min(len(next), settle+probe) && !next[i].Doubtful; i++ {
		if i >= settle {
			r.add(&next[i], ref, at)
		}
		at += next[i].refLen()
	}
	if r.Samples == 0 {
		return math.MaxFloat64
	}
	return r.squares / float64(r.Samples)
}

// add measures one piece against the reference from ref[at] on.
func (r *Result) add(p *Piece, ref []int16, at int) {
	if at >= len(ref) {
		return
	}
	ref = ref[at:]
	for i, n := 0, p.refLen(); i < n && i < len(ref); i++ {
		if p.Coded == p.Channels {
			r.sample(p.Samples[i], ref[i])
			continue
		}
		first := i / p.Coded * p.Channels
		for c := range p.Channels {
			r.squares += r.diff(p.Samples[first+c], ref[i]) / float64(p.Channels)
		}
		r.Samples++
	}
}

func (r *Result) sample(got int32, want int16) {
	r.squares += r.diff(got, want)
	r.Samples++
}

// diff is the square of the difference; it keeps the peak.
func (r *Result) diff(got int32, want int16) float64 {
	d := math.Abs(float64(Round16(got))-float64(want)) / (1 << 15)
	r.Peak = max(r.Peak, d)
	return d * d
}

// Round16 rounds a left-justified sample to 16 bits.
func Round16(v int32) int16 {
	return int16(min((int64(v)+1<<15)>>16, math.MaxInt16))
}
