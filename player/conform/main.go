// Command conform decodes reference streams of every format through the
// player, compares the sound with the references, prints one table, and exits
// with 1 when a stream fails.
//
//	go run ./player/conform [-dir FOLDER] [-markdown] [FORMAT...]
//
// Each format's streams are in a folder of its own in FOLDER, else in the
// folder that LINNET_VECTORS names, else in ../shared/vectors beside the
// module. Where there are none, streams are made on the spot with public
// encoders. What the decoders of a format are held to stands with its suite:
// internal/mpa, internal/flac and so on.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"linnet/player/conform/internal/flac"
	"linnet/player/conform/internal/mpa"
	"linnet/player/conform/internal/mpeg4"
	"linnet/player/conform/internal/opus"
	"linnet/player/conform/internal/suite"
	"linnet/player/conform/internal/video"
	"linnet/player/conform/internal/vorbis"
)

// suites are what is checked, in the order of the table.
func suites() []suite.Suite {
	return []suite.Suite{
		mpa.Suite(),
		flac.Suite(),
		vorbis.Suite(),
		opus.Suite(),
		mpeg4.AAC(),
		mpeg4.ALAC(),
		video.MPEG(),
		video.MPEG4(),
		video.MJPEG(),
	}
}

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
	dir := flags.String("dir", "", "the folder of the vectors' folders")
	markdown := flags.Bool("markdown", false, "print a Markdown table")
	if err := flags.Parse(args); err != nil {
		return false, err
	}
	chosen, err := choose(flags.Args())
	if err != nil {
		return false, err
	}
	var table suite.Table
	for _, s := range chosen {
		rows, notes, err := s.Check(suite.Dir(*dir, s.Folder))
		if err != nil {
			return false, fmt.Errorf("%s: %w", s.Name, err)
		}
		for _, n := range notes {
			fmt.Fprintf(out, "%s: %s\n\n", s.Name, n)
		}
		table.Add(s.Name, rows)
	}
	return table.Passed(), table.Print(out, *markdown)
}

// choose picks the suites by their folders' names; all without any.
func choose(names []string) (chosen []suite.Suite, err error) {
	var known []string
	for _, s := range suites() {
		known = append(known, s.Folder)
		if len(names) == 0 || slices.Contains(names, s.Folder) {
			chosen = append(chosen, s)
		}
	}
	for _, n := range names {
		if !slices.Contains(known, n) {
			return nil, fmt.Errorf("no format is called %s; there are %s", n, strings.Join(known, ", "))
		}
	}
	return chosen, nil
}
