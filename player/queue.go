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

// An Entry is a place in the queue.
type Entry struct {
	// ID is the queue's name for the entry, above 0, for as long as it is there; an
	// Entry with ID 0 is a new one.
	ID   int
	Path string
	// Priority is how far in front of others a random order has it.
	Priority uint8
	// Range is what of the file is played; the zero Range is what opening Path says.
	Range Range
}

// queue is the list of what to play and the order to play it in. It is not
// safe for concurrent use.
type queue struct {
	paths    []string
	ids      []int
	priority []uint8
	ranges   []Range
	order    []int // indexes into paths, in playing order
	repeat   Repeat
	single   bool
	shuffle  bool
	rng      *rand.Rand
	lastID   int
	version  uint32 // counts what changed the list
}

// set replaces the list; current is the index that plays first.
func (q *queue) set(paths []string, current int) {
	q.version++
	q.paths = slices.Clone(paths)
	q.ids, q.priority, q.ranges = q.newIDs(len(paths)), make([]uint8, len(paths)), make([]Range, len(paths))
	q.reorder(current)
}

func (q *queue) newIDs(n int) []int {
	ids := make([]int, n)
	for i := range ids {
		q.lastID++
		ids[i] = q.lastID
	}
	return ids
}

// add puts paths at the end; with shuffle they come in random order after
// what was there.
func (q *queue) add(paths []string) {
	q.version++
	n := len(q.paths)
	q.paths = append(q.paths, paths...)
	q.ids = append(q.ids, q.newIDs(len(paths))...)
	q.priority = append(q.priority, make([]uint8, len(paths))...)
	q.ranges = append(q.ranges, make([]Range, len(paths))...)
	for i := range paths {
		q.order = append(q.order, n+i)
	}
	if q.shuffle {
		q.permute(q.order[n:])
	}
}

// entries is a copy of the list.
func (q *queue) entries() []Entry {
	list := make([]Entry, len(q.paths))
	for i := range list {
		list[i] = q.entry(i)
	}
	return list
}

func (q *queue) entry(i int) Entry { return Entry{q.ids[i], q.paths[i], q.priority[i], q.ranges[i]} }

// replace makes list the queue. Entries with IDs that are not in the queue, or
// come twice, get new ones. current is the index that plays now, in list, or
// below 0 for none.
func (q *queue) replace(list []Entry, current int) {
	q.version++
	was := map[int]int{} // where in the order an ID was
	for at, i := range q.order {
		was[q.ids[i]] = at
	}
	n := len(list)
	q.paths, q.ids, q.priority, q.ranges = make([]string, n), make([]int, n), make([]uint8, n), make([]Range, n)
	at := make([]int, n)
	for i, e := range list {
		place, kept := was[e.ID]
		if !kept {
			e.ID, place = q.newIDs(1)[0], -1
		}
		delete(was, e.ID)
		q.paths[i], q.ids[i], q.priority[i], q.ranges[i], at[i] = e.Path, e.ID, e.Priority, e.Range, place
	}
	if !q.shuffle {
		q.reorder(current)
		return
	}
	// What was there keeps its random order; what is new comes anywhere behind
	// what plays now.
	q.order = q.order[:0]
	var fresh []int
	for i := range list {
		if at[i] < 0 {
			fresh = append(fresh, i)
		} else {
			q.order = append(q.order, i)
		}
	}
	slices.SortFunc(q.order, func(a, b int) int { return at[a] - at[b] })
	from := slices.Index(q.order, current) + 1
	for _, i := range fresh {
		q.order = slices.Insert(q.order, from+q.rng.IntN(len(q.order)-from+1), i)
	}
	q.prefer(from)
}

// mix makes the order from a place on random, but for priorities.
func (q *queue) mix(from int) {
	q.permute(q.order[from:])
	q.prefer(from)
}

// prefer brings what has a priority to the front of the order from a place on.
func (q *queue) prefer(from int) {
	slices.SortStableFunc(q.order[from:], func(a, b int) int { return int(q.priority[b]) - int(q.priority[a]) })
}

// index is where the entry with an ID is, below 0 for none.
func (q *queue) index(id int) int { return slices.Index(q.ids, id) }

// id is that of the entry at an index, 0 for none.
func (q *queue) id(index int) int {
	if index < 0 || index >= len(q.ids) {
		return 0
	}
	return q.ids[index]
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
	from := 0
	if i := slices.Index(q.order, current); i >= 0 {
		q.order[0], q.order[i] = q.order[i], q.order[0]
		from = 1
	}
	q.mix(from)
}

// pick has index i played next in a random order: behind current, or first of all where
// nothing is (below 0). What was not played yet comes behind it still.
func (q *queue) pick(i, current int) {
	at := slices.Index(q.order, i)
	if !q.shuffle || at < 0 || i == current {
		return
	}
	q.order = slices.Delete(q.order, at, at+1)
	q.order = slices.Insert(q.order, slices.Index(q.order, current)+1, i)
}

func (q *queue) permute(s []int) {
	q.rng.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
}

// after is the index that follows i by itself: i again with RepeatOne, none
// when playing is to stop behind i.
func (q *queue) after(i int) (int, bool) {
	if q.single && q.repeat != RepeatOne {
		return 0, false
	}
	if q.repeat == RepeatOne && i >= 0 && i < len(q.paths) {
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
