package suite

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// A Table collects rows and prints them.
type Table struct {
	lines  [][]string
	rows   int
	passed int
}

// Add appends the rows of a suite.
func (t *Table) Add(format string, rows []Row) {
	for i := range rows {
		r := &rows[i]
		t.rows++
		if r.OK {
			t.passed++
		}
		t.lines = append(t.lines, []string{format, r.Name, fmt.Sprint(r.Samples), r.rms(), r.peak(), r.Verdict})
	}
}

// Passed says whether there are rows and all of them are right.
func (t *Table) Passed() bool { return t.rows > 0 && t.passed == t.rows }

// Print writes the table, in columns or as Markdown, and a summary.
func (t *Table) Print(out io.Writer, markdown bool) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	line := func(cells ...string) {
		if markdown {
			fmt.Fprintf(w, "| %s |\n", strings.Join(cells, " | "))
			return
		}
		fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
	line("format", "vector", "samples", "RMS", "peak", "verdict")
	if markdown {
		line("---", "---", "---:", "---:", "---:", "---")
	}
	for _, cells := range t.lines {
		line(cells...)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "\n%d of %d pass. RMS and peak of the error in decibels of full scale; in brackets as parts of what the format allows.\n", t.passed, t.rows)
	return err
}
