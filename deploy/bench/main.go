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
	"slices"
	"syscall"
	"time"

	"linnet/deploy/bench/meter"
	"linnet/deploy/bench/peers"
	"linnet/deploy/cache"
	"linnet/deploy/steps"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench is one run of the program.
type bench struct {
	version string // of the tree, as it is at the start

	folder string // the cache
	work   string // for what this run makes and nobody needs later
	out    io.Writer
	steps  *steps.Steps

	meter      *meter.Meter
	peers      peers.Set
	music      library
	arm, host  string // Linnet
	goDecoders string
}

type options struct {
	report  string
	half    string
	top     int
	works   []work
	screens bool // the interface, too
	library bool // and the library
}

// screensKey names the interface among the works.
const screensKey = "screens"

// libraryKey names the library among them.
const libraryKey = "library"

// opened are the works whose first frame is of interest: those that are heard
// and, where all are measured, those that are only opened.
func (o options) opened() []work {
	all := heard(o.works)
	if len(o.works) == len(works()) {
		all = append(all, opened()...)
	}
	return all
}

func parse(out io.Writer, args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.StringVar(&o.report, "o", "", "write the tables into this `file`, too; only when all works are measured in both halves")
	flags.StringVar(&o.half, "half", "both", "`which` half: board, desktop or both")
	flags.IntVar(&o.top, "top", 0, "instead of tables, list so `many` functions of Linnet on the board for each work")
	flags.Usage = func() {
		fmt.Fprintln(out, "usage: bench [flags] [WORK...]\nMeasures what decoding costs. Without names all of these:")
		for _, w := range works() {
			fmt.Fprintf(out, "  %-10s %s\n", w.key, w.name)
		}
		fmt.Fprintf(out, "  %-10s %s\n", screensKey, "the interface, on the board and in QEMU")
		fmt.Fprintf(out, "  %-10s %s\n", libraryKey, "the library, on the board")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if !slices.Contains([]string{"board", "desktop", "both"}, o.half) {
		return o, fmt.Errorf("there is no half called %s; there are board, desktop and both", o.half)
	}
	names := flags.Args()
	o.screens = len(names) == 0 || slices.Contains(names, screensKey)
	o.library = len(names) == 0 || slices.Contains(names, libraryKey)
	names = slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == screensKey || n == libraryKey })
	var err error
	if len(names) > 0 || flags.NArg() == 0 {
		o.works, err = choose(names)
	}
	if o.half != "both" || flags.NArg() > 0 {
		o.report = ""
	}
	return o, err
}

func unknownWork(key string) error {
	return fmt.Errorf("no work is called %s; --help lists them", key)
}

func run(ctx context.Context, out io.Writer, args []string) error {
	o, err := parse(out, args)
	if err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	folder, err := keep()
	if err != nil {
		return err
	}
	b := &bench{version: say(ctx, "git", "describe", "--tags", "--always", "--dirty"), folder: folder, out: out, steps: steps.New(out)}
	if b.music, err = openLibrary(folder); err != nil {
		return err
	}
	if b.work, err = os.MkdirTemp("", "bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.work)
	if o.top > 0 {
		return b.profile(ctx, o)
	}
	return b.tables(ctx, o)
}

// tables measures, prints and writes.
func (b *bench) tables(ctx context.Context, o options) error {
	began := time.Now()
	var rep report
	var err error
	if o.half != "desktop" && len(o.works) > 0 {
		if rep.board, err = b.boardHalf(ctx, o.works); err != nil {
			return err
		}
		if rep.first, err = b.firstFrames(ctx, o.opened()); err != nil {
			return err
		}
	}
	if o.half != "desktop" && o.screens {
		if rep.screens, err = b.screensHalf(ctx); err != nil {
			return err
		}
		if rep.emulated, err = b.emulatedHalf(ctx); err != nil {
			return err
		}
	}
	if o.half != "desktop" && o.library {
		if rep.library, err = b.libraryHalf(ctx); err != nil {
			return err
		}
	}
	if o.half != "board" && len(o.works) > 0 {
		if rep.desktop, err = b.desktopHalf(ctx, o.works); err != nil {
			return err
		}
	}
	rep.took = time.Since(began)
	rep.print(b.out)
	if o.report != "" {
		if err := rep.write(ctx, o.report, b); err != nil {
			return err
		}
		fmt.Fprintf(b.out, "%s has these tables.\n", o.report)
	}
	fmt.Fprintf(b.out, "What was fetched and made is kept in %s.\n", b.folder)
	return rep.failure()
}

// keep makes the folder for all that is kept.
func keep() (string, error) {
	dir, err := cache.Folder("bench")
	if err != nil {
		return "", err
	}
	return dir, os.MkdirAll(dir, 0o755)
}

// compose makes the music of works.
func (b *bench) compose(ctx context.Context, works []work, seconds ...int) error {
	return b.steps.Run("make the music", func(far func(string)) error {
		for _, w := range works {
			far(w.name)
			for _, s := range seconds {
				if err := b.music.add(ctx, w, s); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// onTheBoard makes what the board's half needs besides the others.
func (b *bench) onTheBoard(ctx context.Context, works []work) error {
	b.arm = filepath.Join(b.work, "linnet-arm")
	err := b.steps.Run("build Linnet for the board", func(func(string)) error { return buildForBoard(ctx, b.arm, "./cmd/linnet") })
	if err != nil {
		return err
	}
	if err := b.openMeter(ctx); err != nil {
		return err
	}
	return b.compose(ctx, works, short, long)
}

// openMeter has it compiled, once.
func (b *bench) openMeter(ctx context.Context) (err error) {
	if b.meter == nil {
		b.meter, err = meter.New(ctx, b.folder)
	}
	return err
}

func (b *bench) boardHalf(ctx context.Context, works []work) ([]result, error) {
	var err error
	if b.peers, err = peers.Get(ctx, b.folder, b.steps); err != nil {
		return nil, err
	}
	if err := b.onTheBoard(ctx, works); err != nil {
		return nil, err
	}
	return b.measure(ctx, works, "on the board", b.onBoard)
}

func (b *bench) desktopHalf(ctx context.Context, works []work) ([]result, error) {
	works = slices.DeleteFunc(slices.Clone(works), func(w work) bool { return len(w.desktop) == 0 })
	err := b.steps.Run("build Linnet and the Go decoders for this machine", func(func(string)) error { return b.buildForDesktop(ctx) })
	if err != nil {
		return nil, err
	}
	if err := b.compose(ctx, works, short, desktopLong); err != nil {
		return nil, err
	}
	return b.measure(ctx, works, "on this machine", b.onDesktop)
}

// measure does all works, one after the other. What fails is a row's business.
func (b *bench) measure(ctx context.Context, works []work, where string, one func(context.Context, work, func(string)) result) ([]result, error) {
	var all []result
	for _, w := range works {
		err := b.steps.Run(w.name+" "+where, func(far func(string)) error {
			all = append(all, one(ctx, w, far))
			return ctx.Err()
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// profile lists where Linnet spends its time.
func (b *bench) profile(ctx context.Context, o options) error {
	if o.screens {
		if err := b.profileScreens(ctx, o.top); err != nil {
			return err
		}
	}
	if len(o.works) == 0 {
		return nil
	}
	if err := b.onTheBoard(ctx, o.works); err != nil {
		return err
	}
	for _, w := range o.works {
		functions, err := b.meter.Profile(ctx, b.program(w.ours(), b.music.file(w, long)))
		if err != nil {
			return err
		}
		printProfile(b.out, fmt.Sprintf("%s, %d s of music", w.name, long), functions, o.top)
	}
	return nil
}
