package main

import (
	"math/rand/v2"
	"testing"
	"time"
)

// All cuts are made, each chip has enough of them to go through each activity, and each
// has its own folder and its own chance; the first has that of one alone.
func TestLives(t *testing.T) {
	for _, c := range []struct{ cuts, chips, want int }{{200, 2, 2}, {201, 4, 4}, {20, 8, 4}, {4, 8, 1}, {1, 1, 1}, {9, 2, 1}, {10, 2, 2}} {
		p := &proof{cuts: c.cuts, chips: c.chips, seed: 7}
		lives, sum := p.lives(), 0
		names, draws := map[string]bool{}, map[uint64]bool{}
		for _, l := range lives {
			l.chooses(3)
			names[l.name], draws[l.rand.Uint64()] = true, true
			sum += l.cuts
			if l.cuts < len(activities()) && len(lives) > 1 {
				t.Errorf("%+v: a chip has %d", c, l.cuts)
			}
		}
		if len(lives) != c.want || sum != c.cuts || len(names) != c.want || len(draws) != c.want {
			t.Errorf("%+v: %d chips, with %d cuts, %d names, %d chances", c, len(lives), sum, len(names), len(draws))
		}
		if !draws[rand.New(rand.NewPCG(7, 3)).Uint64()] {
			t.Errorf("%+v: no chip has the chance of one alone", c)
		}
	}
}

func TestLivesAdd(t *testing.T) {
	sum := &life{tallies: map[string]*tally{}, lost: map[string]int{}}
	for _, l := range (&proof{cuts: 20, chips: 2}).lives() {
		*l.tally("scanning") = tally{cuts: 1, starts: 2, settings: 3, lists: 4, songs: 5, positions: 6}
		l.lost[lostSongs], l.mended, l.whole, l.cpu = 7, 8, 9, time.Second
		sum.add(l)
	}
	if got := *sum.tally("scanning"); got != (tally{2, 4, 6, 8, 10, 12}) || sum.lost[lostSongs] != 14 || sum.mended != 16 || sum.whole != 18 || sum.cpu != 2*time.Second {
		t.Errorf("%+v, %+v", got, sum)
	}
}
