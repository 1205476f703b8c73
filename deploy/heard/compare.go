package heard

import "fmt"

// Report is how a recording differs from what was to be played. All counts
// are frames.
type Report struct {
	Frames   int // to be heard, without silence at both ends
	Start    int // of the recording, where the sound begins
	Lost     int // never heard
	Repeated int // heard again
	Altered  int // heard, but other ones than were played
	Silence  int // put in between
	Breaks   int // places where the sound is not one piece
	First    int // the frame of what was to be played at the first break; -1 without one
}

// Perfect says that the recording holds all of the sound in one piece.
func (r Report) Perfect() bool { return r.Frames > 0 && r.Breaks == 0 }

func (r Report) String() string {
	if r.Frames == 0 {
		return "there was nothing to hear"
	}
	if r.Perfect() {
		return fmt.Sprintf("all %d frames, in one piece", r.Frames)
	}
	return fmt.Sprintf("of %d frames %d lost, %d repeated, %d altered, %d of silence put in, at %d places, the first at frame %d",
		r.Frames, r.Lost, r.Repeated, r.Altered, r.Silence, r.Breaks, r.First)
}

// A Frame is one frame of up to two 16-bit samples, the first in the lower
// half.
type Frame uint32

// Frames packs interleaved 16-bit samples of one or two channels.
func Frames(samples []int16, channels int) []Frame {
	out := make([]Frame, len(samples)/channels)
	for i := range out {
		for c := range channels {
			out[i] |= Frame(uint16(samples[i*channels+c])) << (16 * c)
		}
	}
	return out
}

// window is how many frames must agree for two places to be taken for the
// same: long enough that music does not do so by chance.
const window = 24

// Compare lines the recording up with what was to be played.
func Compare(recording, played []Frame) Report {
	return newComparison(recording, played, marks).report()
}

// marks is how many places are remembered at most: they take 150 MB.
const marks = 2 << 20

// Begin is Compare for a recording that ends before what was played does: that its
// rest was not heard is no break.
func Begin(recording, played []Frame) Report {
	c := newComparison(recording, played, marks)
	c.begin, c.got = true, recording
	return c.report()
}

func newComparison(recording, played []Frame, marks int) *comparison {
	c := &comparison{got: recording, want: trim(played), marks: marks}
	c.r = Report{Frames: len(c.want), First: -1}
	for c.at < len(c.got) && c.got[c.at] == 0 {
		c.at++
	}
	c.got = c.got[:c.at+len(trim(c.got[c.at:]))]
	c.r.Start = c.at
	return c
}

func (c *comparison) report() Report {
	if len(c.want) == 0 {
		return c.r
	}
	for c.run(); c.at < len(c.got) && c.next < len(c.want); c.run() {
		c.mend()
	}
	c.finish()
	return c.r
}

// trim cuts the silence off both ends.
func trim(p []Frame) []Frame {
	for len(p) > 0 && p[0] == 0 {
		p = p[1:]
	}
	for len(p) > 0 && p[len(p)-1] == 0 {
		p = p[:len(p)-1]
	}
	return p
}

type comparison struct {
	got, want []Frame
	at, next  int // the frames of each that are to be compared now
	places    map[uint64][]int32
	marks     int  // how many places are remembered at most
	begin     bool // what is missing at the end was not waited for
	r         Report
}

// run goes on for as long as both agree.
func (c *comparison) run() {
	for c.at < len(c.got) && c.next < len(c.want) && c.got[c.at] == c.want[c.next] {
		c.at++
		c.next++
	}
}

func (c *comparison) broken() {
	if c.r.Breaks == 0 {
		c.r.First = c.next
	}
	c.r.Breaks++
}

// mend finds the next place from which both agree again, and counts what is
// between.
func (c *comparison) mend() {
	c.broken()
	if c.places == nil {
		c.index()
	}
	for skip := 0; c.at+skip+window <= len(c.got); skip++ {
		if p, ok := c.nearest(c.at + skip); ok {
			// Only some of the places are known: the sound may have come back
			// before this one.
			for skip > 0 && p > 0 && c.got[c.at+skip-1] != 0 && c.got[c.at+skip-1] == c.want[p-1] {
				skip--
				p--
			}
			c.jump(skip, p)
			return
		}
	}
	if c.begin { // silence, or noise, up to the end
		c.jump(len(c.got)-c.at, c.next)
		return
	}
	c.jump(len(c.got)-c.at, len(c.want))
}

// jump counts skip frames of the recording as foreign, and goes on at frame p
// of what was to be played.
func (c *comparison) jump(skip, p int) {
	foreign := 0
	for _, f := range c.got[c.at : c.at+skip] {
		if f != 0 {
			foreign++
		}
	}
	missed := p - c.next
	if missed >= 0 {
		// Frames that came out different in their place are not lost.
		same := min(foreign, missed)
		c.r.Altered += foreign
		c.r.Lost += missed - same
	} else {
		c.r.Altered += foreign
		c.r.Repeated -= missed
	}
	c.r.Silence += skip - foreign
	c.at += skip
	c.next = p
}

// finish counts what is left of either side.
func (c *comparison) finish() {
	if c.begin && c.at == len(c.got) {
		c.r.Frames = c.next
		return
	}
	if c.next < len(c.want) {
		c.broken()
		c.r.Lost += len(c.want) - c.next
	}
	if c.at < len(c.got) {
		c.broken()
		c.r.Repeated += len(c.got) - c.at
	}
}

// index remembers where each window of what was to be played lies. Silence
// is no landmark, and a stretch that comes very often is none either. Of long
// music each second place is enough, or each tenth.
func (c *comparison) index() {
	const often = 64
	stride := len(c.want)/c.marks + 1
	c.places = make(map[uint64][]int32, len(c.want)/stride)
	for i := 0; i+window <= len(c.want); i += stride {
		w := c.want[i : i+window]
		if w[0] == 0 || uniform(w) {
			continue
		}
		h := hash(w)
		if len(c.places[h]) < often {
			c.places[h] = append(c.places[h], int32(i))
		}
	}
}

// nearest is where in what was to be played the window at frame at of the
// recording lies: of several places the one nearest to where the sound broke.
func (c *comparison) nearest(at int) (place int, ok bool) {
	w := c.got[at : at+window]
	if w[0] == 0 {
		return 0, false
	}
	for _, p := range c.places[hash(w)] {
		if !same(w, c.want[p:]) {
			continue
		}
		if !ok || distance(int(p), c.next) < distance(place, c.next) {
			place, ok = int(p), true
		}
	}
	return place, ok
}

func distance(a, b int) int { return max(a-b, b-a) }

func same(a, b []Frame) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func uniform(w []Frame) bool {
	for _, f := range w {
		if f != w[0] {
			return false
		}
	}
	return true
}

// hash is FNV-1a over whole frames.
func hash(w []Frame) uint64 {
	h := uint64(14695981039346656037)
	for _, f := range w {
		h = (h ^ uint64(f)) * 1099511628211
	}
	return h
}
