// Command linnet plays music and films: in a window, in the terminal, on a board's
// own panel, for MPD's clients, or as fast as it can into a file. It is flags and
// wiring only; what it does is in player and ui.
package main

import (
	"errors"
	"io"
	"os"
	"runtime/debug"
)

// version is set by the build.
var version = ""

func main() {
	beInit()
	os.Exit(run(os.Stdin, os.Stdout, os.Stderr, os.Args[1:]))
}

// streams are the standard ones, for commands to use and tests to replace.
type streams struct {
	in       *os.File
	out, err io.Writer
}

// errSaid ends a command whose errors were printed as they came.
var errSaid = errors.New("not everything was played")

func report(errs io.Writer, err error) int {
	switch {
	case err == nil:
		return 0
	case !errors.Is(err, errSaid):
		complain(errs, "%s", advise(err))
	}
	return 1
}

func versionText() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(unversioned build)"
}
