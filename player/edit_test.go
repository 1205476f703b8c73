package player

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func ids(list []Entry) []int {
	var out []int
	for _, e := range list {
		out = append(out, e.ID)
	}
	return out
}

// The queue's order is always a permutation, IDs stay with their paths, and
// priorities come first, whatever is done to it.
func TestQueueEdits(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		q := queue{rng: rng}
		q.set([]string{"a", "b", "c", "d", "e", "f"}, 0)
		q.setShuffle(rng.IntN(2) == 0, 2)
		names := map[int]string{}
		for range 20 {
			list := q.entries()
			for _, e := range list {
				if was, ok := names[e.ID]; ok && was != e.Path || e.ID == 0 {
					t.Fatalf("entry %d was %q, is %q", e.ID, was, e.Path)
				}
				names[e.ID] = e.Path
			}
			switch i := rng.IntN(len(list) + 1); rng.IntN(4) {
			case 0:
				list = slices.Insert(list, i, Entry{Path: "new"})
			case 1:
				if i < len(list) {
					list = slices.Delete(list, i, i+1)
				}
			case 2:
				rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			case 3:
				if i < len(list) {
					list[i].Priority = uint8(rng.IntN(256))
				}
			}
			current := rng.IntN(len(list)+1) - 1
			q.replace(list, current)
			order := slices.Sorted(slices.Values(q.order))
			for i := range order {
				if order[i] != i || len(order) != len(list) {
					t.Fatalf("order %v of %d", q.order, len(list))
				}
			}
			from := slices.Index(q.order, current) + 1
			if q.shuffle && !slices.IsSortedFunc(q.order[from:], func(a, b int) int { return int(q.priority[b]) - int(q.priority[a]) }) {
				t.Fatalf("priorities %v in order %v from %d", q.priority, q.order, from)
			}
		}
	}
}

// A copy of an entry in an edit is an entry of its own.
func TestQueueCopies(t *testing.T) {
	q := queue{rng: rand.New(rand.NewPCG(1, 2))}
	q.set([]string{"a", "b"}, 0)
	list := q.entries()
	q.replace(append(list, list[0], Entry{ID: 77, Path: "c"}), 0)
	got := ids(q.entries())
	if len(got) != 4 || got[0] != list[0].ID || got[1] != list[1].ID || got[2] == got[0] || got[3] == 77 || got[2] == got[3] {
		t.Errorf("IDs %v", got)
	}
}
