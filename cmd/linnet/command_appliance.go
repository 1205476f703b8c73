//go:build appliance

package main

import (
	"fmt"
	"io"
	"os"
)

// run is the whole program where it is a board's only one and lies in its
// flash, twice: it is the appliance, and no other command.
func run(in *os.File, out, errs io.Writer, args []string) (code int) {
	if len(args) == 1 && args[0] == "--version" {
		fmt.Fprintln(out, "linnet", versionText())
		return 0
	}
	if len(args) == 0 || args[0] != "appliance" {
		complain(errs, "this is the program of a board; it knows the command appliance only")
		return 2
	}
	c, err := newAppliance(args[1:])
	if err != nil {
		complain(errs, "%v", err)
		return 2
	}
	return report(errs, c.Run(&streams{in: in, out: out, err: errs}))
}
