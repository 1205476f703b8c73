package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"slices"
	"time"
)

// rounds is how often every contestant runs on the desktop. They take turns, so
// that what else the machine does meets all alike.
const rounds = 5

// onDesktop takes the CPU time of a work's contestants.
func (b *bench) onDesktop(ctx context.Context, w work, far func(string)) result {
	all := slices.Concat(w.desktop, []contestant{w.ours()})
	times := make([][]float64, len(all)) // of each round, in ms for a minute of music
	errs := make([]error, len(all))
	for round := range rounds {
		for i, c := range all {
			far(fmt.Sprintf("round %d of %d, %s", round+1, rounds, c.name))
			if errs[i] != nil {
				continue
			}
			t, err := b.minute(ctx, c, w)
			times[i], errs[i] = append(times[i], t), err
		}
	}
	return compare(w, all, times, errs)
}

// minute is the CPU time that a minute of music or video costs, in ms.
func (b *bench) minute(ctx context.Context, c contestant, w work) (float64, error) {
	var took [2]time.Duration
	for i, seconds := range []int{short, desktopLong} {
		args := b.put(c, b.music.file(w, seconds), b.host)
		cmd := exec.CommandContext(ctx, args[0], args[1:]...)
		var said bytes.Buffer
		cmd.Stderr = &said
		cmd.WaitDelay = 5 * time.Second
		if err := cmd.Run(); err != nil {
			return 0, fmt.Errorf("%s: %w: %s", args[0], err, bytes.TrimSpace(said.Bytes()))
		}
		took[i] = cmd.ProcessState.UserTime()
	}
	return (took[1] - took[0]).Seconds() * 1000 * 60 / (desktopLong - short), nil
}

// compare makes rows of the rounds, ours being the last contestant: medians, and
// the medians of the factors within a round.
func compare(w work, all []contestant, times [][]float64, errs []error) result {
	r := result{work: w}
	last := len(all) - 1
	for i, c := range all {
		if errs[i] != nil {
			r.rows = append(r.rows, row{name: c.name, err: errs[i]})
			continue
		}
		one := row{name: c.name, costs: []float64{median(times[i])}}
		if errs[last] == nil {
			var factors []float64
			for k := range times[i] {
				factors = append(factors, times[i][k]/times[last][k])
			}
			one.factor = median(factors)
		}
		r.rows = append(r.rows, one)
	}
	return r
}

func median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	n := len(v)
	return (v[(n-1)/2] + v[n/2]) / 2
}
