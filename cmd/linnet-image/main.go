// Command linnet-image makes what the board boots, and runs it. It is flags and
// wiring only; what it does is in deploy.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"
)

// version is set by the build.
var version = "unversioned"

func main() {
	os.Exit(run(os.Stdin, os.Stdout, os.Stderr, os.Args[1:]))
}

// streams are the standard ones, for commands to use and tests to replace.
type streams struct {
	in       *os.File
	out, err io.Writer
}

type cli struct {
	Build  buildCmd  `cmd:"" help:"Build the kernel, the root file system and the data disk of a board."`
	Run    runCmd    `cmd:"" help:"Run what was built, in QEMU."`
	Flash  flashCmd  `cmd:"" help:"Tell how an image gets onto a flash chip, and make one for a chip with bad blocks."`
	Update updateCmd `cmd:"" help:"Make a signed update of what was built, for a stick or card."`
	Keygen keygenCmd `cmd:"" help:"Make a key to sign updates with."`
	ARMv4T armv4tCmd `cmd:"" name:"armv4t" help:"Make a static ARM program run on ARMv4T."`
}

// exitCode carries a status through kong's Exit hook.
type exitCode int

// run is the whole program: it returns the exit status.
func run(in *os.File, out, errs io.Writer, args []string) (code int) {
	defer func() {
		if e := recover(); e != nil {
			c, ok := e.(exitCode)
			if !ok {
				panic(e)
			}
			code = int(c)
		}
	}()
	var c cli
	parser, err := kong.New(&c, kong.Name("linnet-image"),
		kong.Description("Makes what the board boots. Exit status is 0 only when all went well."),
		kong.Writers(out, errs), kong.Exit(func(n int) { panic(exitCode(n)) }),
		kong.Vars{"version": version, "limit": fmt.Sprint(flashLimit)}, kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintln(errs, "linnet-image:", err)
		return 2
	}
	ctx, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(errs, "linnet-image: %v\nlinnet-image --help tells what can be said.\n", err)
		return 2
	}
	switch err := ctx.Run(&streams{in: in, out: out, err: errs}); {
	case err == nil:
		return 0
	case !errors.Is(err, errSaid):
		fmt.Fprintln(errs, "linnet-image:", err)
	}
	return 1
}

// errSaid ends a command that has told what is wrong.
var errSaid = errors.New("said before")
