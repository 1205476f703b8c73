//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package lab

import "time"

// Frames in the ramps around a pause have other values than their numbers. They
// are known by their place: behind a frame with a number, or in front of one, each
// must be what the ramp makes of the number that is due. A frame that is lost or
// repeated in a ramp moves all that follow.

// rampTime is how long a ramp takes.
const rampTime = 10 * time.Millisecond

// rounded is by how much a sample in a ramp may differ, in steps of 16 bits: it is
// dithered, and the noise is shaped.
const rounded = 12

// Runs is what was heard since the last call. Frames in ramps have their numbers,
// as far as they follow from what was heard before or comes behind, or from
// starts, which tells at which frames the sound may have begun by a time; it may
// be nil.
func (e *Ear) Runs(starts func(time.Time) []int64) (found []Run) {
	runs, faded := e.runs, false // no ramp down comes right behind another, though one up may begin alike
	e.runs = nil
	for len(runs) > 0 {
		var next int64
		if len(found) > 0 {
			last := &found[len(found)-1]
			if !faded {
				if n := e.fadesOut(last, runs); n > 0 {
					runs, faded = runs[n:], true
					continue
				}
			}
			next = last.First + last.N
		}
		faded = false
		r, n := e.fadedIn(runs, func(at time.Time) []int64 {
			due := []int64{next, next + 1} // of one that was cut off
			if starts != nil {
				due = append(due, starts(at)...)
			}
			return due
		})
		found, runs = append(found, r), runs[n:]
	}
	return found
}

// goesOn says whether a Run comes behind another in one ramp: with nothing between
// but what a card that stood still is excused for.
func (e *Ear) goesOn(r *Run, next Run) bool {
	return r.touches(next) || !r.Cut && r.Torn == 0 && e.Silence(r.End, next.At) == 0
}

// fadesOut adds the frames of a ramp down that come right behind r, and returns
// how many runs these were. The last frame of a whole ramp may be silence.
func (e *Ear) fadesOut(r *Run, runs []Run) (n int) {
	ramp := r.ramp()
	for n < len(runs) && int64(n) < ramp && e.goesOn(r, runs[n]) && runs[n].shows(r.First+r.N, ramp-int64(n)-1, ramp) {
		r.N++
		r.End, r.Cut, r.Torn = runs[n].End, runs[n].Cut, runs[n].Torn
		n++
	}
	if int64(n) == ramp-1 && !r.Cut && r.Torn == 0 {
		r.End = r.End.Add(r.End.Sub(r.At) / time.Duration(r.N))
		r.N++
	}
	return n
}

// fadedIn is the first run, with the frames of a ramp up in front of it, and how
// many runs that is.
func (e *Ear) fadedIn(runs []Run, due func(time.Time) []int64) (r Run, n int) {
	r, ramp := runs[0], runs[0].ramp()
	for _, whole := range []int64{ramp, ramp - 1} { // the last frame of a ramp may be as it is
		if whole < 1 || whole >= int64(len(runs)) {
			continue
		}
		full := runs[whole]
		if first := full.First - whole; e.isRamp(runs[:whole+1], first, ramp) {
			full.First, full.N, full.At = first, full.N+whole, r.At
			return full, int(whole) + 1
		}
	}
	for _, first := range due(r.At) { // one that was broken off
		for n = 0; n < len(runs) && int64(n) < ramp && runs[n].shows(first+int64(n), int64(n)+1, ramp); n++ {
			if n > 0 && !e.goesOn(&runs[n-1], runs[n]) {
				break
			}
		}
		if n > 0 && r.First != first {
			last := runs[n-1]
			return Run{First: first, N: int64(n), At: r.At, End: last.End, Rate: r.Rate, Cut: last.Cut, Torn: last.Torn}, n
		}
	}
	return r, 1
}

// isRamp says whether all runs but the last are a ramp up to that.
func (e *Ear) isRamp(runs []Run, first, ramp int64) bool {
	for i := range runs[1:] {
		if !runs[i].shows(first+int64(i), int64(i)+1, ramp) || !e.goesOn(&runs[i], runs[i+1]) {
			return false
		}
	}
	return true
}

func (r *Run) ramp() int64 { return frames(rampTime, r.Rate) }

// shows says whether r is one frame: a number at part of the ramp's height.
func (r *Run) shows(number, part, ramp int64) bool {
	near := func(got, whole int32) bool {
		d := int64(got) - int64(whole)*part/ramp
		return -rounded <= d && d <= rounded
	}
	left, right := Frame(r.First)
	wantLeft, wantRight := Frame(number)
	return r.N == 1 && near(left>>16, wantLeft>>16) && near(right>>16, wantRight>>16)
}
