package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"linnet/deploy/bench/meter"
	"linnet/deploy/bench/meter/lap"
)

// boardsMIPS is how many million instructions the slowest board does in a second.
const boardsMIPS = 125

// A screen is what is measured of the interface: one scene of the program
// screens, of which each part may cost so much.
type screen struct {
	scene, name string
	most        float64 // millions of instructions; for memory, of bytes
	unit        string  // what is below the mark: frames, share, key, query, seconds, bytes
}

// screens are the marks: at least 25 frames a second of a list, below 2 and 10 %
// of the processor for Now playing, at most 50 ms to a key, 4 MB.
func screens() []screen {
	return []screen{
		{"list", "a list of covers, by the finger", boardsMIPS / 25., "frames"},
		{"throw", "a list of covers, thrown", boardsMIPS / 25., "frames"},
		{"rest", "Now playing, at rest", boardsMIPS * .02, "share"},
		{"spectrum", "Now playing, with the spectrum", boardsMIPS * .10, "share"},
		{"meter", "Now playing, with the VU meter", boardsMIPS * .10, "share"},
		{"keys", "a key, the dearest", boardsMIPS * .05, "key"},
		{"memory", "memory, all pages seen", 4, "bytes"},
	}
}

// A screened is what came of it.
type screened struct {
	screen               screen
	parts                int
	instructions, cycles float64 // millions: the mean of frames and seconds, the most of keys
	worst                float64 // millions of instructions of the dearest part
	dearest              string  // its label
	allocations          int64   // of a part; below 0 where it does not count
	bytes                int64
	err                  error
}

// buildScreens makes the program that works them.
func (b *bench) buildScreens(ctx context.Context) (program string, err error) {
	program = filepath.Join(b.work, "screens-arm")
	err = b.steps.Run("build the interface for the board", func(func(string)) error {
		return buildForBoard(ctx, program, "./deploy/bench/screens")
	})
	if err == nil {
		err = b.openMeter(ctx)
	}
	return program, err
}

// profileScreens lists where the time goes, start-up and all.
func (b *bench) profileScreens(ctx context.Context, top int) error {
	program, err := b.buildScreens(ctx)
	if err != nil {
		return err
	}
	for _, s := range screens() {
		functions, err := b.meter.Profile(ctx, meter.Program{Args: []string{program, s.scene}})
		if err != nil {
			return err
		}
		printProfile(b.out, s.name, functions, top)
	}
	return nil
}

// screensHalf counts them all.
func (b *bench) screensHalf(ctx context.Context) ([]screened, error) {
	program, err := b.buildScreens(ctx)
	if err != nil {
		return nil, err
	}
	scenes := screens()
	all := make([]screened, len(scenes))
	err = b.steps.Run("the interface on the board", func(far func(string)) error {
		var wait sync.WaitGroup
		free := make(chan struct{}, runtime.NumCPU())
		for i, s := range scenes {
			far(s.name)
			free <- struct{}{}
			wait.Go(func() {
				var said bytes.Buffer
				laps, err := b.meter.Laps(ctx, meter.Program{Args: []string{program, s.scene}, Stdout: &said})
				all[i] = newScreened(s, laps, said.String(), err)
				<-free
			})
		}
		wait.Wait()
		return ctx.Err()
	})
	return all, err
}

// newScreened makes a row of what the program said and of its laps.
func newScreened(s screen, laps []meter.Lap, said string, err error) screened {
	r := screened{screen: s, allocations: -1, err: err}
	if err != nil {
		return r
	}
	var labels []string
	for line := range strings.Lines(said) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, _ := strconv.ParseInt(value, 10, 64)
		switch name {
		case "part":
			labels = append(labels, value)
		case "allocations":
			r.allocations = n
		case "bytes":
			r.bytes = n
		}
	}
	r.count(laps, labels)
	r.err = r.judge()
	return r
}

// count goes through the parts: begins and ends, in turn.
func (r *screened) count(laps []meter.Lap, labels []string) {
	if r.screen.unit == "bytes" {
		return
	}
	for i := 0; i+1 < len(laps) && r.parts < len(labels); i++ {
		from, to := laps[i], laps[i+1]
		if from.Name != lap.Begin || to.Name != lap.End {
			continue
		}
		instructions, cycles := float64(to.Instructions-from.Instructions)/1e6, float64(to.Cycles-from.Cycles)/1e6
		if instructions > r.worst {
			r.worst, r.dearest = instructions, labels[r.parts]
			if r.screen.dearestCounts() {
				r.instructions, r.cycles = instructions, cycles
			}
		}
		if !r.screen.dearestCounts() {
			r.instructions += instructions / float64(len(labels))
			r.cycles += cycles / float64(len(labels))
		}
		r.parts++
	}
	if r.parts != len(labels) || r.parts == 0 {
		r.err = fmt.Errorf("%d parts were counted of %d", r.parts, len(labels))
	}
}

// dearestCounts says whether the mark is for the dearest part, not the mean.
func (s screen) dearestCounts() bool { return s.unit == "key" || s.unit == "query" }

// cost is what the mark is for.
func (r *screened) cost() float64 {
	if r.screen.unit == "bytes" {
		return float64(r.bytes) / 1e6
	}
	return r.instructions
}

// judge says what is wrong with a row.
func (r *screened) judge() error {
	switch {
	case r.err != nil:
		return r.err
	case r.cost() <= 0:
		return errors.New("nothing was counted")
	case r.cost() > r.screen.most:
		return fmt.Errorf("%s; %.2f is the most", r.tell(), r.screen.most)
	case r.allocations > 0:
		return fmt.Errorf("%d objects are allocated each time", r.allocations)
	}
	return nil
}

// tell is a row's figure in the words of its mark.
func (r *screened) tell() string {
	ms := func(m float64) float64 { return m / boardsMIPS * 1000 }
	switch r.screen.unit {
	case "frames":
		return fmt.Sprintf("%.0f frames a second, the dearest takes %.0f ms", boardsMIPS/r.instructions, ms(r.worst))
	case "share":
		return fmt.Sprintf("%.1f %% of the processor", 100*r.instructions/boardsMIPS)
	case "key":
		return fmt.Sprintf("%.0f ms, the most of %d keys: %s", ms(r.worst), r.parts, r.dearest)
	case "query":
		return fmt.Sprintf("%.0f ms, the most of %d: %s", ms(r.worst), r.parts, r.dearest)
	case "seconds":
		return fmt.Sprintf("%.1f s", r.instructions/boardsMIPS)
	}
	return fmt.Sprintf("%.2f MB", float64(r.bytes)/1e6)
}

// printScreens writes the table, with bars that reach to the marks.
func printScreens(w io.Writer, all []screened) {
	names := 0
	for _, r := range all {
		names = max(names, utf8.RuneCountInString(r.screen.name))
	}
	fmt.Fprintf(w, "%-*s %9s %9s\n", names, "", "Minsn", "Mcycles")
	for _, r := range all {
		if r.err != nil {
			fmt.Fprintf(w, "%-*s  failed: %v\n", names, r.screen.name, r.err)
			continue
		}
		figures := fmt.Sprintf("%9.2f %9.2f", r.instructions, r.cycles)
		if r.screen.unit == "bytes" {
			figures = strings.Repeat(" ", len(figures))
		}
		fmt.Fprintf(w, "%-*s %s  %s  %s\n", names, r.screen.name, figures, bar(cells(r.cost(), r.screen.most), barWidth-1), r.tell())
	}
}
