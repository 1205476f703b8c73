package mp4

import (
	"sort"
	"time"
)

// seek goes in front of the last picture that needs no other and is shown at
// or before t, or of the first picture.
func (f *film) seek(t time.Duration) {
	target := f.ticksOf(t)
	if f.parts != nil && f.total > f.table.packets && target+f.timescale >= f.tableTicks && f.seekParts(t, target) {
		return
	}
	n := min(f.table.find(target)+reorder, f.table.packets-1)
	for n = f.syncBefore(n); n > 0; n = f.syncBefore(n - 1) {
		f.moveTo(n)
		if s, ok := f.next(); ok && f.shown(s) <= t {
			break
		}
	}
	f.moveTo(max(n, 0))
}

// ticksOf is the track's time for t, rounded up.
func (f *film) ticksOf(t time.Duration) int64 {
	t = max(t-f.lead, 0)
	s := int64(t / time.Second)
	if s > maxTime/f.timescale {
		return maxTime
	}
	rest := int64(t%time.Second)*f.timescale + int64(time.Second) - 1
	return s*f.timescale + rest/int64(time.Second) + f.start
}

// syncBefore is the last picture of the index up to n that needs no other, or
// below 0.
func (f *film) syncBefore(n int64) int64 {
	if f.allSync() {
		return n
	}
	return max(f.syncs.before(n), f.opens.before(n))
}

// seekParts is seek in the fragments; ok is false where no picture is the one.
func (f *film) seekParts(t time.Duration, target int64) (ok bool) {
	index := f.parts.index
	i := sort.Search(len(index), func(i int) bool { return index[i].time > target }) - 1
	for back := 1; len(index) > 0; back *= 2 {
		i = max(i, 0)
		if n := f.lastKey(index[i], t, target); n >= 0 {
			f.moveTo(n)
			return true
		}
		if i == 0 {
			break
		}
		i -= back
	}
	if f.table.packets == 0 {
		f.moveTo(0)
		return true
	}
	return false
}

// lastKey reads from a fragment on and returns the number of the last picture
// that may be sought for t, or below 0.
func (f *film) lastKey(from fragment, t time.Duration, target int64) int64 {
	f.parts.enter(from)
	found := int64(-1)
	for {
		s, ok := f.nextPart()
		if !ok || s.time > target+f.timescale {
			return found
		}
		if !s.delta && f.shown(s) <= t {
			found = s.n
		}
	}
}

// moveTo goes in front of picture n.
func (f *film) moveTo(n int64) {
	f.have, f.ended, f.inPart = false, false, n >= f.table.packets && f.parts != nil
	f.rewindShifts()
	f.syncs.i, f.opens.i = f.syncs.upTo(n-1), f.opens.upTo(n-1)
	f.table.seek(n)
	if f.parts != nil {
		f.parts.seek(max(n, f.table.packets))
	}
}
