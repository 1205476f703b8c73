//go:build !appliance

package main

import (
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"

	"linnet/board"
)

type cli struct {
	Window windowCmd `cmd:"" default:"withargs" help:"Open the window and play files or folders (this is what no command does)."`
	Play   playCmd   `cmd:"" help:"Play files in the terminal."`
	Decode decodeCmd `cmd:"" help:"Decode a file as fast as possible."`
	Probe  probeCmd  `cmd:"" help:"Say what a file is."`
	Serve  serveCmd  `cmd:"" help:"Play what MPD clients ask for, without a screen."`
	Tags   tagsCmd   `cmd:"" help:"Print what the tags of files say, and how it was read."`
	Scan   scanCmd   `cmd:"" help:"Find out what music is in a folder."`

	Prepare prepareCmd `cmd:"" help:"Make of a library one that a board plays best."`

	Appliance applianceCmd `cmd:"" help:"Be the player of a board: its panel, its keys, its sound."`

	Version kong.VersionFlag `help:"Print the version and exit."`
}

const about = `A player for music and films, for small ARM boards and, for trying it out, desktops.

Exit status is 0 only when everything was played.`

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
	if asksForOutputs(args) {
		listOutputs(out)
		return 0
	}
	parser, err := kong.New(model(args), kong.Name("linnet"), kong.Description(about),
		kong.Writers(out, errs), kong.Exit(func(n int) { panic(exitCode(n)) }),
		kong.KindMapper(reflect.String, kong.MapperFunc(rawString)),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Vars{"version": "linnet " + versionText(), "aos": outputHelp(), "presets": presetHelp(), "boards": strings.Join(board.List(), ", ")})
	if err != nil {
		fmt.Fprintln(errs, "linnet:", err)
		return 2
	}
	ctx, err := parser.Parse(args)
	if err != nil {
		complain(errs, "%v\nlinnet --help tells what can be said.", err)
		return 2
	}
	return report(errs, ctx.Run(&streams{in: in, out: out, err: errs}))
}

// model is what kong parses into: a cli, or where the first argument names a
// command, a structure with only that and the general flags in it. Kong looks at
// the help of every flag of every command with regular expressions, which on a
// board would take longer than opening a file.
func model(args []string) any {
	all := reflect.TypeFor[cli]()
	if len(args) == 0 {
		return new(cli)
	}
	var wanted []reflect.StructField
	found := false
	for i := range all.NumField() {
		f := all.Field(i)
		_, isCommand := f.Tag.Lookup("cmd")
		named := isCommand && strings.ToLower(f.Name) == args[0]
		found = found || named
		if named || !isCommand {
			wanted = append(wanted, f)
		}
	}
	if !found {
		return new(cli)
	}
	return reflect.New(reflect.StructOf(wanted)).Interface()
}

// rawString takes an argument as it is. Kong's own mapper sends it through
// JSON, which loses the bytes of a file name that is not UTF-8.
func rawString(ctx *kong.DecodeContext, target reflect.Value) error {
	t, err := ctx.Scan.PopValue("string")
	if err == nil {
		target.SetString(t.String())
	}
	return err
}

// AfterApply is called by kong.
func (f *effectFlags) AfterApply(ctx *kong.Context) error {
	f.given = map[string]bool{}
	for _, p := range ctx.Path {
		if p.Flag != nil {
			f.given[p.Flag.Name] = true
		}
	}
	return nil
}
