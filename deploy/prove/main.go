package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
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
	named string // the trials that were asked for by name, or empty
	music string // a folder
	host  string // this machine's linnet

	cuts    int    // of the power
	chips   int    // that go through them at a time
	seed    uint64 // of when they are
	minutes int    // of sound in the trial under load
	alone   bool   // nobody is compared with there

	images map[string]image.Set
	out    io.Writer
	steps  *steps.Steps
	table  table

	bearings []bearing  // who bore the load how
	slow     []slowness // how slow a board can be
	slowFilm []slowness // and for films
}

// A kind is a way to try something, which can be asked for by name.
type kind struct {
	name, title string
	images      []string // that it boots
	run         func(*proof) error
	long        bool // it is tried only where it is named
}

// kinds are all of them, in the order in which they run.
func kinds() []kind {
	return []kind{
		{"play", "playing each file to its end", []string{"release"}, (*proof).playing, false},
		{"video", "playing films", []string{"video"}, (*proof).filming, false},
		{"touch", "touching the screen", []string{"debug"}, (*proof).touching, false},
		{"use", "using it, from the first start on", []string{"use"}, (*proof).using, false},
		{"stick", "pulling a stick out", []string{"debug"}, (*proof).sticking, false},
		{"clock", "the clock that runs on a battery", []string{"debug"}, (*proof).clocking, false},
		{"screens", "what the screens take", []string{"screens"}, (*proof).screening, false},
		{"kill", "killing the player", []string{"debug"}, (*proof).killing, false},
		{"load", "playing under load", []string{"load"}, (*proof).loading, false},
		{"sx1", "decoding on an ARMv4T", []string{"sx1"}, (*proof).decodingOnSX1, false},
		{"flash", "starting from flash", []string{"flash"}, (*proof).flashing, true},
		{"faults", "starting from flash with faults", []string{"flash"}, (*proof).faulting, true},
		{"card", "a card and the network", []string{"flash"}, (*proof).carding, true},
		{"rtc", "the clock of the S3C2410", []string{"flash-debug"}, (*proof).clockingFlash, true},
		{"twice", "making the image for flash again", []string{"flash"}, (*proof).twice, true},
		{"update", "installing updates", []string{"flash-update", "flash-next"}, (*proof).updating, true},
		{"cuts", "cutting the power", []string{"flash-debug"}, (*proof).cutting, true},
		{"mips", "finding the slowest board for each coding", []string{"mips"}, (*proof).slowing, true},
		{"filmmips", "finding the slowest board for films", []string{"video"}, (*proof).slowingFilms, true},
	}
}

// choose picks those that are named or, where none is, all but the long ones.
func choose(names []string) ([]kind, error) {
	if len(names) == 0 {
		return slices.DeleteFunc(kinds(), func(k kind) bool { return k.long }), nil
	}
	var chosen []kind
	for _, k := range kinds() {
		if slices.Contains(names, k.name) {
			chosen = append(chosen, k)
		}
	}
	if len(chosen) != len(names) {
		return nil, fmt.Errorf("%s: not all of these can be tried, or one is there twice; --help lists what can", strings.Join(names, " "))
	}
	return chosen, nil
}

func run(ctx context.Context, out io.Writer, args []string) error {
	flags := flag.NewFlagSet("prove", flag.ContinueOnError)
	flags.SetOutput(out)
	dir := flags.String("o", "build/qemu-test", "folder for what is left")
	minutes := flags.Int("minutes", 1, "minutes of sound under load")
	cuts := flags.Int("cuts", 200, "how often the power is cut")
	chips := flags.Int("chips", runtime.NumCPU(), "on how many chips at a time")
	seed := flags.Uint64("seed", 1, "for another choice of when the power is cut")
	alone := flags.Bool("alone", false, "under load, leave out the players that Linnet is compared with")
	flags.Usage = func() {
		fmt.Fprintln(out, "usage: prove [-o DIR] [-minutes N] [-alone] [-cuts N] [-chips N] [-seed N] [TRIAL...]\nBoots the appliance in QEMU and writes down what it does. Without names all of these, but not those with a *:")
		for _, t := range kinds() {
			fmt.Fprintf(out, "  %-8s %s%s\n", t.name, t.title, map[bool]string{true: " *"}[t.long])
		}
	}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	chosen, err := choose(flags.Args())
	if err != nil {
		return err
	}
	if *cuts < 1 || *cuts > 10000 {
		return fmt.Errorf("-cuts %d: say a number from 1 to 10000", *cuts)
	}
	if *chips < 1 || *chips > 100 {
		return fmt.Errorf("-chips %d: say a number from 1 to 100", *chips)
	}
	if *minutes < 1 || *minutes > 60 {
		return fmt.Errorf("-minutes %d: say a number from 1 to 60", *minutes)
	}
	p := &proof{ctx: ctx, dir: *dir, named: strings.Join(flags.Args(), "-"), cuts: *cuts, chips: *chips, seed: *seed, minutes: *minutes, alone: *alone, out: out, steps: steps.New(out)}
	if err := p.prepare(chosen); err != nil {
		return err
	}
	for _, k := range chosen {
		if err := p.try(k); err != nil {
			p.table.print(out) // of what was tried before somebody interrupted
			return err
		}
	}
	return p.conclude(out)
}

// try carries a trial out. When that is not possible it is a failure in the
// table, and the next one is tried.
func (p *proof) try(k kind) error {
	err := p.steps.Run(k.title, func(func(string)) error { return k.run(p) })
	if p.ctx.Err() != nil {
		return p.ctx.Err()
	}
	if err != nil {
		p.see(k.title, strings.ReplaceAll(err.Error(), "\n", "; "), "that it can be tried", false)
	}
	return nil
}

// conclude prints the table, keeps it, and says whether all is well.
func (p *proof) conclude(out io.Writer) error {
	p.table.print(out)
	var text strings.Builder
	p.table.markdown(&text)
	if err := os.WriteFile(filepath.Join(p.dir, p.tableName()), []byte(text.String()), 0o666); err != nil {
		return err
	}
	if err := errors.Join(p.keep(out, p.loadName(), len(p.bearings), p.bearingTable), p.keep(out, "mips.md", len(p.slow), p.slownessTable),
		p.keep(out, "films.md", len(p.slowFilm), p.filmTable)); err != nil {
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

// tableName is the table's file. That of some trials does not take the place of
// the one of all of them.
func (p *proof) tableName() string {
	switch {
	case p.named == "":
		return "table.md"
	case p.wholeFlash():
		return "flash.md"
	}
	return "table-" + p.named + ".md"
}

// wholeFlash says whether the trials are all that start from flash, and no others.
func (p *proof) wholeFlash() bool {
	named := strings.Split(p.named, "-")
	return !slices.ContainsFunc(kinds(), func(k kind) bool { return slices.Contains(named, k.name) != k.fromFlash() })
}

// fromFlash says whether it boots an image that lies in flash.
func (k kind) fromFlash() bool {
	return slices.ContainsFunc(k.images, func(name string) bool { return recipes[name].board == "smdk2410" })
}

// loadName is the file of the table of who bore the load, by its minutes.
func (p *proof) loadName() string {
	if p.minutes > 1 {
		return fmt.Sprintf("load-%dmin.md", p.minutes)
	}
	return "load.md"
}

// keep prints a further table and keeps it, if there is anything in it.
func (p *proof) keep(out io.Writer, name string, rows int, write func(io.Writer)) error {
	if rows == 0 {
		return nil
	}
	var text strings.Builder
	write(io.MultiWriter(&text, out))
	return os.WriteFile(filepath.Join(p.dir, name), []byte(text.String()), 0o666)
}

func (p *proof) see(what, seen, aim string, ok bool) {
	p.table = append(p.table, row{what, seen, aim, ok})
}

// tell adds a row that asks for nothing.
func (p *proof) tell(what, seen string) { p.see(what, seen, "", true) }

func (p *proof) say(format string, args ...any) { p.steps.Say("  "+format, args...) }
