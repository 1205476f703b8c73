//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package lab

import (
	"fmt"
	"slices"
	"time"

	"linnet/player/ao/internal/asound"
)

// An Ear notes what a Card plays. Frames of two channels that were numbered by
// Frame are told apart; all others are silence to it.
type Ear struct {
	// Bytes has the samples themselves, as the card had them, where Keep is
	// set.
	Keep  bool
	Bytes []byte

	runs    []Run
	excuses []excuse
}

// A Run is frames with consecutive numbers that were heard without a gap.
type Run struct {
	First, N int64
	At       time.Time // when the first was heard
	End      time.Time // when the last was over
	Rate     int
	Cut      bool  // the frame behind the last was cut off in its middle
	Torn     int64 // then it was pulled out, or stopped at a place that nobody knows but to so many frames
}

// excuse is a time in which a card could not play.
type excuse struct{ from, to time.Time }

// Frame numbers a frame, from 1 on: left-justified samples of 16 bits for the
// left channel and the right.
func Frame(n int64) (left, right int32) {
	v := uint32(n) ^ loud
	return int32(v & 0xFFFF0000), int32(v << 16)
}

// loud keeps low numbers from being near silence.
const loud = 0x2AAA5555

// number is Frame's inverse for a frame of some format, and 0 for silence.
func number(format int, p []byte) int64 {
	size := sampleBytes(format)
	top := size - 2
	if format == asound.FormatS24 {
		top = 1
	}
	r := p[size:]
	v := uint32(p[top+1])<<24 | uint32(p[top])<<16 | uint32(r[top+1])<<8 | uint32(r[top])
	switch v {
	case 0:
		return 0
	case loud:
		return 1 << 32 // a frame of a ramp, and no silence
	}
	return int64(v ^ loud)
}

// hear takes frames that the card plays from frame pos of its count on.
func (e *Ear) hear(c *Card, pos int64, p []byte) {
	if e.Keep {
		e.Bytes = append(e.Bytes, p...)
	}
	if c.frame < 2*sampleBytes(c.format) {
		return
	}
	for i := 0; i+c.frame <= len(p); pos++ {
		first := number(c.format, p[i:])
		n := int64(1)
		for i += c.frame; i+c.frame <= len(p) && number(c.format, p[i:]) == first+n; i += c.frame {
			n++
		}
		if first != 0 {
			e.note(Run{First: first, N: n, At: c.timeOf(pos), End: c.timeOf(pos + n), Rate: int(c.rate)})
		}
		pos += n - 1
	}
}

// cut is told when the card is stopped between two frames' beginnings. What was
// heard of a frame in part is neither lost nor, when it comes again, repeated.
func (e *Ear) cut() {
	if len(e.runs) > 0 {
		e.runs[len(e.runs)-1].Cut = true
	}
}

// torn is told when the card is pulled out, or is stopped and knows its place to so
// many frames only.
func (e *Ear) torn(frames int64) {
	if len(e.runs) > 0 {
		e.runs[len(e.runs)-1].Torn = frames
	}
}

func (e *Ear) note(r Run) {
	if len(e.runs) > 0 {
		last := &e.runs[len(e.runs)-1]
		if last.First+last.N == r.First && last.touches(r) {
			last.N += r.N
			last.End = r.End
			return
		}
	}
	e.runs = append(e.runs, r)
}

// touches says whether a Run comes right behind another.
func (r *Run) touches(next Run) bool {
	return !r.Cut && r.Torn == 0 && next.At.Sub(r.End) <= next.End.Sub(next.At)/time.Duration(next.N)+1
}

// Excuse says that silence from one time to another is wanted, as in a pause.
func (e *Ear) Excuse(from, to time.Time) { e.unable(from, to) }

func (e *Ear) unable(from, to time.Time) {
	i := len(e.excuses)
	for i > 0 && e.excuses[i-1].from.After(from) {
		i--
	}
	e.excuses = slices.Insert(e.excuses, i, excuse{from, to})
}

// Silence is how much of the time from the end of one Run to the beginning of
// the next is not the card's fault.
func (e *Ear) Silence(from, to time.Time) time.Duration {
	left, done := to.Sub(from), from
	for _, x := range e.excuses { // by the time of from
		a, b := x.from, x.to
		if a.Before(done) {
			a = done
		}
		if b.After(to) {
			b = to
		}
		if d := b.Sub(a); d > 0 {
			left -= d
			done = b
		}
	}
	return max(left, 0)
}

// A Verdict counts frames.
type Verdict struct {
	Heard    int64
	Lost     int64 // never heard
	Repeated int64 // heard again
	Late     int64 // by how many frames the sound was put off by silence in it
}

// Clean says that nothing is wrong.
func (v Verdict) Clean() bool { return v.Lost == 0 && v.Repeated == 0 && v.Late == 0 }

func (v Verdict) String() string {
	return fmt.Sprintf("%d lost, %d repeated, %d late", v.Lost, v.Repeated, v.Late)
}

// Judge is for a card that was to play frames 1 to n, once each, at a rate.
func (e *Ear) Judge(n int64, rate int) (v Verdict) {
	seen := make([]bool, n+1)
	var last Run
	for _, r := range e.Runs(nil) {
		if f := last.First + last.N; last.Cut && r.First == f+1 && f <= n {
			seen[f] = true
			v.Heard++
		}
		for f := r.First; f < r.First+r.N; f++ {
			switch {
			case f > n:
			case seen[f]:
				v.Repeated++
			default:
				seen[f] = true
				v.Heard++
			}
		}
		if last.N > 0 {
			v.Late += frames(e.Silence(last.End, r.At), rate)
		}
		last = r
	}
	v.Lost = n - v.Heard
	return v
}

// frames is a time in frames, whole ones.
func frames(d time.Duration, rate int) int64 { return int64(d) * int64(rate) / int64(time.Second) }
