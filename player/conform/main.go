// Command conform decodes reference streams of MPEG audio through the
// player and compares the sound with the references: ISO/IEC 11172-4's full
// accuracy, which is an RMS error below 2^-15/sqrt(12) of full scale and a
// peak of at most 2^-14. It prints a table and exits with 1 when a stream
// fails.
//
//	go run ./player/conform [-dir FOLDER] [-markdown]
//
// The streams are those in FOLDER, else in the folder mpa of LINNET_VECTORS,
// else in ../shared/vectors/mpa beside the module. Where there are none,
// streams are made on the spot with lame, twolame and ffmpeg and compared
// with ffmpeg's decoder.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"linnet/player/conform/internal/compare"
)

func main() {
	ok, err := run(os.Stdout, os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "conform:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

// run prints the table and says whether every stream passed.
func run(out io.Writer, args []string) (ok bool, err error) {
	flags := flag.NewFlagSet("conform", flag.ContinueOnError)
	dir := flags.String("dir", "", "the folder of the vectors")
	markdown := flags.Bool("markdown", false, "print a Markdown table")
	if err := flags.Parse(args); err != nil {
		return false, err
	}
	folder := vectorDir(*dir)
	files, missing := vectorFiles(folder)
	var rows []row
	for _, f := range files {
		rows = append(rows, checkVector(f))
	}
	if len(files) == 0 {
		fmt.Fprintf(out, "No vectors in %s: streams are made here instead, and compared with ffmpeg's decoder.\n"+
			"Nothing at hand encodes Layer I, so that is not checked.\n\n", folder)
		if rows, err = checkRecipes(); err != nil {
			return false, err
		}
	}
	if len(missing) > 0 {
		fmt.Fprintf(out, "Missing vectors: %s.\n\n", strings.Join(missing, ", "))
	}
	return print(out, rows, *markdown)
}

// checkRecipes makes and checks every stream that can be made.
func checkRecipes() ([]row, error) {
	if lacking := lackingTools(); len(lacking) > 0 {
		return nil, fmt.Errorf("to make streams, install %s", strings.Join(lacking, ", "))
	}
	dir, err := os.MkdirTemp("", "conform")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var rows []row
	for _, c := range recipes() {
		rows = append(rows, c.check(dir))
	}
	return rows, nil
}

// print writes the table and a summary.
func print(out io.Writer, rows []row, markdown bool) (ok bool, err error) {
	passed := 0
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	line := func(cells ...string) {
		if markdown {
			fmt.Fprintf(table, "| %s |\n", strings.Join(cells, " | "))
			return
		}
		fmt.Fprintln(table, strings.Join(cells, "\t"))
	}
	line("vector", "samples", "RMS", "peak", "verdict")
	if markdown {
		line("---", "---:", "---:", "---:", "---")
	}
	for _, r := range rows {
		if r.ok {
			passed++
		}
		line(r.name, fmt.Sprint(r.result.Samples), r.rms(), r.peak(), r.verdict)
	}
	if err := table.Flush(); err != nil {
		return false, err
	}
	_, err = fmt.Fprintf(out, "\n%d of %d pass. Limits: RMS %.1f dB of full scale, peak %.1f dB; both in brackets as parts of the limit.\n",
		passed, len(rows), db(compare.MaxRMS), db(compare.MaxPeak))
	return passed == len(rows) && len(rows) > 0, err
}
