package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"linnet/deploy/bench/meter"
)

// A result is what a work cost its contestants, ours last.
type result struct {
	work work
	rows []row
}

// A row is one of them. On the board the costs are instructions and cycles of a
// second of music, on the desktop milliseconds of a minute of it.
type row struct {
	name   string
	costs  []float64 // the last is what counts
	factor float64   // on the desktop: how many times as long as ours, in one round
	err    error
}

// cost is what counts.
func (r row) cost() float64 { return r.costs[len(r.costs)-1] }

// best is the other contestant that costs least, or nil.
func (r result) best() *row {
	var best *row
	for i := range r.rows {
		c := &r.rows[i]
		if c.err == nil && c.name != oursName && (best == nil || c.cost() < best.cost()) {
			best = c
		}
	}
	return best
}

// least is how many instructions a second of music costs at least: less, and a
// program has not decoded it.
const least = 200_000

// onBoard counts a work's contestants, as many at a time as there are CPUs.
func (b *bench) onBoard(ctx context.Context, w work, far func(string)) result {
	all := slices.Concat(w.board, []contestant{w.ours()})
	counts := make([][2]meter.Count, len(all))
	errs := make([][2]error, len(all))
	var wait sync.WaitGroup
	free := make(chan struct{}, runtime.NumCPU())
	var mu sync.Mutex
	done := 0
	for i, c := range all {
		for j, seconds := range []int{short, long} {
			free <- struct{}{}
			wait.Go(func() {
				counts[i][j], errs[i][j] = b.meter.Run(ctx, b.program(c, b.music.file(w, seconds)))
				<-free
				mu.Lock()
				defer mu.Unlock()
				done++
				far(fmt.Sprintf("%d of %d runs", done, 2*len(all)))
			})
		}
	}
	wait.Wait()
	r := result{work: w}
	for i, c := range all {
		rate := meter.Slope(counts[i][0], counts[i][1], short, long)
		err := errors.Join(errs[i][:]...)
		if err == nil && rate.Instructions < least {
			err = errors.New("it did not decode the file")
		}
		r.rows = append(r.rows, row{name: c.name, costs: []float64{rate.Instructions / 1e6, rate.Cycles / 1e6}, err: err})
	}
	return r
}

// program is a contestant with a file, for the meter.
func (b *bench) program(c contestant, file string) meter.Program {
	p := meter.Program{Args: b.put(c, file, b.arm)}
	if strings.HasPrefix(c.args[0], "ROOT/") {
		p.Root = b.peers.Root
	}
	if c.stdin {
		p.Stdin = file
	}
	return p
}

// put fills in a contestant's arguments.
func (b *bench) put(c contestant, file, linnet string) []string {
	put := strings.NewReplacer("FILE", file, "ROOT", b.peers.Root, "BUILT", b.peers.Built, "LINNET", linnet, "GO", b.goDecoders)
	args := make([]string, len(c.args))
	for i, a := range c.args {
		args[i] = put.Replace(a)
	}
	return args
}
