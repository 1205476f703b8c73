package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"linnet/deploy/image"
	"linnet/deploy/steps"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "prove:", err)
		os.Exit(1)
	}
}

// proof is one run of the program.
type proof struct {
	ctx   context.Context
	dir   string // for what is left
	music string // a folder
	host  string // this machine's linnet

	release, debug, sx1 image.Set

	out   io.Writer
	steps *steps.Steps
	table table
}

// trials are what can be asked for by name, in the order in which they run.
func trials() []struct {
	name, title string
	run         func(*proof) error
} {
	return []struct {
		name, title string
		run         func(*proof) error
	}{
		{"play", "playing each file to its end", (*proof).playing},
		{"touch", "touching the screen", (*proof).touching},
		{"kill", "killing the player", (*proof).killing},
		{"sx1", "decoding on an ARMv4T", (*proof).decodingOnSX1},
	}
}

func run(ctx context.Context, out io.Writer, args []string) error {
	flags := flag.NewFlagSet("prove", flag.ContinueOnError)
	flags.SetOutput(out)
	dir := flags.String("o", "build/qemu-test", "folder for what is left")
	flags.Usage = func() {
		fmt.Fprintln(out, "usage: prove [-o DIR] [TRIAL...]\nBoots the appliance in QEMU and writes down what it does. Without names all of these:")
		for _, t := range trials() {
			fmt.Fprintf(out, "  %-6s %s\n", t.name, t.title)
		}
	}
	if err := flags.Parse(args); err != nil {
		return err
	}
	p := &proof{ctx: ctx, dir: *dir, out: out, steps: steps.New(out)}
	if err := p.prepare(); err != nil {
		return err
	}
	if err := p.all(flags.Args()); err != nil {
		return err
	}
	return p.conclude(out)
}

// all runs the trials that are named, or every one. One that can't be carried
// out is a failure in the table, and the next is tried.
func (p *proof) all(names []string) error {
	chosen := map[string]bool{}
	for _, n := range names {
		chosen[n] = true
	}
	for _, t := range trials() {
		if len(names) > 0 && !chosen[t.name] {
			continue
		}
		delete(chosen, t.name)
		err := p.steps.Run(t.title, func(func(string)) error { return t.run(p) })
		if p.ctx.Err() != nil {
			return p.ctx.Err()
		}
		if err != nil {
			p.see(t.title, err.Error(), "that it can be tried", false)
		}
	}
	for n := range chosen {
		return fmt.Errorf("there is no trial %q; say --help", n)
	}
	return nil
}

// conclude prints the table, keeps it, and says whether all is well.
func (p *proof) conclude(out io.Writer) error {
	p.table.print(out)
	var text strings.Builder
	p.table.markdown(&text)
	if err := os.WriteFile(filepath.Join(p.dir, "table.md"), []byte(text.String()), 0o666); err != nil {
		return err
	}
	failed := p.table.failed()
	fmt.Fprintf(out, "%s has the serial logs, the sound, the pictures and this table.\n", p.dir)
	fmt.Fprintf(out, "%d passed, %d failed\n", len(p.table)-failed, failed)
	if failed > 0 {
		return fmt.Errorf("%d of %d are not as they should be", failed, len(p.table))
	}
	return nil
}

func (p *proof) see(what, seen, aim string, ok bool) {
	p.table = append(p.table, row{what, seen, aim, ok})
}

// tell adds a row that asks for nothing.
func (p *proof) tell(what, seen string) { p.see(what, seen, "", true) }

func (p *proof) say(format string, args ...any) { p.steps.Say("  "+format, args...) }
