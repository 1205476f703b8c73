package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"linnet/board"
	"linnet/deploy/armv4t"
	"linnet/deploy/golines"
	"linnet/deploy/image"
	"linnet/deploy/steps"
)

// target is the board and the folder with its image.
type target struct {
	Board  string `default:"qemu-versatile" help:"Which board: qemu-versatile, qemu-sx1 or smdk2410."`
	Dir    string `short:"o" placeholder:"DIR" help:"Where the image is, by default build/BOARD."`
	Memory bool   `help:"An image that is all in memory: without disks, forgetting everything at the end."`
}

// find returns the board and the folder.
func (t target) find() (board.Board, string, error) {
	b, err := board.Find(t.Board)
	if t.Dir == "" {
		t.Dir = filepath.Join("build", t.Board)
	}
	return b, t.Dir, err
}

// flashLimit is 16 MB, of the million bytes that a maker of flash counts by.
const flashLimit = 16_000_000

type buildCmd struct {
	target
	Media string `placeholder:"DIR" default:"player/demo/album" help:"The music to put onto it."`
	Debug bool   `help:"With a console on the serial line."`
	Limit int64  `placeholder:"BYTES" default:"${limit}" help:"Of flash, how many bytes may be written; 0: as many as there are. By default ${limit}."`

	keyFlag
	Called  string `name:"version-name" placeholder:"VERSION" default:"${version}" help:"What its version is called; by default as this program's, ${version}."`
	Release uint32 `placeholder:"N" help:"Its number: a board takes no update with a lower one than that of what it runs."`
}

// Run builds an image.
func (c *buildCmd) Run(s *streams) error {
	ctx, cancel := interruptible()
	defer cancel()
	b, dir, err := c.find()
	if err != nil {
		return err
	}
	key, err := c.public(b, s.out)
	if err != nil {
		return err
	}
	_, parts, err := image.Build(ctx, image.Options{
		Board: b, Dir: dir, Media: c.Media, Version: c.Called, Release: c.Release, Key: key, Debug: c.Debug, Limit: c.Limit, Memory: c.Memory, Program: program, Splash: splash(b),
	}, steps.New(s.out))
	if errors.Is(err, image.ErrTooLarge) {
		err = fmt.Errorf("%w; take less music (--media) or allow more (--limit)", err)
	} else if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s is in %s:\n", b.Title, dir)
	for _, p := range parts {
		fmt.Fprintf(s.out, "  %-18s %6.2f MB\n", p.Name, float64(p.Size)/1e6)
	}
	return err
}

// program makes the player for a board: one that every ARM runs, the ARMv4T of
// the S3C2410 too, and for flash one without line numbers.
func program(ctx context.Context, o image.Options) ([]byte, error) {
	stock, err := image.GoProgram(ctx, "linnet/cmd/linnet", o)
	if err != nil {
		return nil, err
	}
	if o.Board.Flash.Size > 0 && !o.Debug {
		if stock, err = golines.Strip(stock); err != nil {
			return nil, err
		}
	}
	lowered, _, err := armv4t.Lower(stock)
	return lowered, err
}

// interruptible ends with Ctrl-C.
func interruptible() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
}
