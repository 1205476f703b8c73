package main

import (
	"fmt"
	"io"
	"math"
	"strings"

	"linnet/deploy/bench/meter"
)

// barWidth is how long the longest bar of a table is.
const barWidth = 36

// A layout is what differs between the tables.
type layout struct {
	columns []string // the heads of the costs
	note    func(result, row) string
}

var boardLayout = layout{[]string{"Minsn/s", "Mcycles/s"}, noteBest}
var desktopLayout = layout{[]string{"ms/min"}, noteFactor}

// print writes a table: a block a work, a row a contestant, with a bar for what
// counts and, across all bars of a work, the mark of the best of the others.
func (l layout) print(w io.Writer, results []result) {
	names, most := 0, 0.0
	for _, r := range results {
		names = max(names, len(r.work.name))
		for _, one := range r.rows {
			names = max(names, 2+len(one.name))
			if one.err == nil {
				most = max(most, one.cost())
			}
		}
	}
	for i, r := range results {
		heads := ""
		if i == 0 {
			for _, c := range l.columns {
				heads += fmt.Sprintf(" %9s", c)
			}
		}
		fmt.Fprintln(w, strings.TrimRight(fmt.Sprintf("%-*s%s", names, r.work.name, heads), " "))
		for _, one := range r.rows {
			fmt.Fprintln(w, strings.TrimRight(fmt.Sprintf("%-*s%s", names, "  "+one.name, l.rest(r, one, most)), " "))
		}
	}
}

// rest is a row behind its name.
func (l layout) rest(r result, one row, most float64) string {
	if one.err != nil {
		return fmt.Sprintf("  failed: %v", one.err)
	}
	text := ""
	for _, c := range one.costs {
		text += fmt.Sprintf(" %9.1f", c)
	}
	mark := -1
	if best := r.best(); best != nil {
		mark = cells(best.cost(), most) - 1
	}
	return fmt.Sprintf("%s  %s  %s", text, bar(cells(one.cost(), most), mark), l.note(r, one))
}

// cells is the length of a bar, 1 at least.
func cells(cost, most float64) int {
	return max(1, int(math.Round(cost/most*barWidth)))
}

// bar draws so many cells in the width of all bars, with a mark in a cell.
func bar(n, mark int) string {
	b := []rune(strings.Repeat("█", n) + strings.Repeat(" ", barWidth-n))
	if mark >= 0 {
		b[mark] = '│'
		if mark < n-1 {
			b[mark] = '▒'
		}
	}
	return string(b)
}

// noteBest says, behind our row, how it does against the best of the others.
func noteBest(r result, one row) string {
	best := r.best()
	if one.name != oursName || best == nil {
		return ""
	}
	d := math.Round(100 * (one.cost()/best.cost() - 1))
	switch {
	case d < 0:
		return fmt.Sprintf("%.0f %% less than %s", -d, best.name)
	case d > 0:
		return fmt.Sprintf("%.0f %% more than %s", d, best.name)
	}
	return "as much as " + best.name
}

// noteFactor says how many times as long as ours another takes.
func noteFactor(r result, one row) string {
	if one.name == oursName || one.factor == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f times Linnet's", one.factor)
}

// printProfile lists the functions that cost most.
func printProfile(w io.Writer, title string, functions []meter.Function, top int) {
	var all meter.Function
	for _, f := range functions {
		all.Instructions, all.Cycles = all.Instructions+f.Instructions, all.Cycles+f.Cycles
	}
	fmt.Fprintln(w, title)
	fmt.Fprintf(w, "  cycles  Mcycles    Minsn\n")
	for _, f := range functions[:min(top, len(functions))] {
		fmt.Fprintf(w, "%6.2f %% %8.1f %8.1f  %s\n", 100*float64(f.Cycles)/float64(all.Cycles), float64(f.Cycles)/1e6, float64(f.Instructions)/1e6, f.Name)
	}
	fmt.Fprintf(w, "all      %8.1f %8.1f\n", float64(all.Cycles)/1e6, float64(all.Instructions)/1e6)
}
