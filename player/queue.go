package player

import (
	"math/rand/v2"
	"slices"
)

// Repeat says what follows the last track.
type Repeat uint8

// The ways to repeat.
const (
	RepeatOff Repeat = iota
	RepeatAll
	RepeatOne
)

func (r Repeat) String() string {
	return [...]string{"off", "all", "one"}[r]
}

// queue is the list of what to play and the order to play it in. It is not
// safe for concurrent use.
type queue struct {
	paths   []string
	order   []int // indexes into paths, in playing order
	repeat  Repeat
	shuffle bool
	rng     *rand.Rand
}

// set replaces the list; current is the index that plays first.
func (q *queue) set(paths []string, current int) {
	q.paths = slices.Clone(paths)
	q.reorder(current)
}

// add puts paths at the end; with shuffle they come in random order after
// what was there.
func (q *queue) add(paths []string) {
	n := len(q.paths)
	q.paths = append(q.paths, paths...)
	for i := range paths {
		q.order = append(q.order, n+i)
	}
	if q.shuffle {
		q.permute(q.order[n:])
	}
}

func (q *queue) setShuffle(on bool, current int) {
	if q.shuffle != on {
		q.shuffle = on
		q.reorder(current)
	}
}

// reorder makes the playing order anew: the list's own, or a random one that
// starts with current.
func (q *queue) reorder(current int) {
	q.order = q.order[:0]
	for i := range q.paths {
		q.order = append(q.order, i)
	}
	if !q.shuffle {
		return
	}
	rest := q.order
	if i := slices.Index(q.order, current); i >= 0 {
		q.order[0], q.order[i] = q.order[i], q.order[0]
		rest = q.order[1:]
	}
	q.permute(rest)
}

func (q *queue) permute(s []int) {
	q.rng.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
}

// after is the index that follows i by itself: i again with RepeatOne.
func (q *queue) after(i int) (int, bool) {
	if q.repeat == RepeatOne && i < len(q.paths) {
		return i, true
	}
	return q.step(i, 1)
}

// step is the index that a press of next (d = 1) or previous (d = -1) leads
// to from i. It wraps around unless RepeatOff.
func (q *queue) step(i, d int) (int, bool) {
	n := len(q.order)
	at := slices.Index(q.order, i)
	if n == 0 || at < 0 {
		return 0, false
	}
	at += d
	if at < 0 || at >= n {
		if q.repeat == RepeatOff {
			return 0, false
		}
		at = (at + n) % n
	}
	return q.order[at], true
}
