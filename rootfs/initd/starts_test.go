//go:build linux

package initd

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"linnet/rootfs/bootstate"
)

// counted is a count that the loader has made.
type counted struct {
	n   int
	err error
}

func (c *counted) count() (int, error) { return c.n, c.err }
func (c *counted) clear() error        { c.n = 0; return c.err }

func TestStarts(t *testing.T) {
	falls := func(n int) func(m *machine) {
		return func(m *machine) {
			for range n {
				time.Sleep(time.Second)
				m.fell <- struct{}{}
			}
		}
	}
	for name, c := range map[string]struct {
		params params
		count  counted
		do     func(m *machine)
		want   action
		after  time.Duration
		left   int // of the count, also when the machine has ended
	}{
		"it runs":                      {params{slot: "a"}, counted{n: 2}, func(*machine) {}, nothing, runsAfter, 0},
		"it runs after a fall":         {params{slot: "a"}, counted{n: 2}, falls(startFalls - 1), nothing, runsAfter, 0},
		"the player falls over":        {params{slot: "a"}, counted{n: 1}, falls(startFalls), restart, startFalls * time.Second, 1},
		"in the last start":            {params{slot: "a"}, counted{n: allStarts - 1}, falls(startFalls), restart, startFalls * time.Second, allStarts - 1},
		"both systems had theirs":      {params{slot: "a"}, counted{n: allStarts}, falls(startFalls), nothing, startFalls * time.Second, 0},
		"the machine ends":             {params{slot: "a"}, counted{n: 2}, func(m *machine) { close(m.ending) }, nothing, 0, 0},
		"a system on trial":            {params{slot: "b", trial: true}, counted{n: 2}, func(*machine) {}, nothing, 0, 2},
		"the count can't be asked for": {params{slot: "a"}, counted{n: 2, err: errors.New("no")}, falls(startFalls), nothing, startFalls * time.Second, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			m, _, log := twoSystems(t, c.params, bootstate.Record{Number: 4, Confirmed: true})
			m.starts = &c.count
			began := time.Now()
			go c.do(m)
			m.watchStart()
			if d := time.Since(began); d != c.after {
				t.Errorf("%s: it is watched for %v, not %v", name, d, c.after)
			}
			got := nothing
			select {
			case got = <-m.asked:
			default:
			}
			if m.startsAreOver(); got != c.want || c.count.n != c.left {
				t.Errorf("%s: %v and a count of %d, want %v and %d\n%s", name, got, c.count.n, c.want, c.left, log.text())
			}
		})
	}
}

// TestStartsOfOthers: a board whose loader does not count has no count to clear.
func TestStartsOfOthers(t *testing.T) {
	m, _, _ := twoSystems(t, params{}, bootstate.Record{})
	m.watchStart()
	m.startsAreOver()
}
