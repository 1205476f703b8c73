package main

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"time"

	"linnet/board"
	"linnet/deploy/image"
	"linnet/deploy/vm"
)

type runCmd struct {
	target
	Headless bool          `help:"Without a window and without sound, even where there are both."`
	For      time.Duration `placeholder:"TIME" help:"End after this long. Without a window that is 30s, with one it is when the window is closed."`
	Append   string        `placeholder:"WORDS" help:"More for the kernel's command line."`
	Pace     bool          `help:"At the pace of a board, 125 million instructions a second, instead of the host's."`
	CPU      string        `placeholder:"NAME" help:"Another CPU than the board's own: ti925t is an ARMv4T."`
}

// Run runs a board, until the time is over, its window is closed or it is
// switched off.
func (c *runCmd) Run(s *streams) error {
	ctx, cancel := interruptible()
	defer cancel()
	b, dir, err := c.find()
	if err != nil {
		return err
	}
	set, err := image.Layout(b, dir, c.Memory)
	if err != nil {
		return err
	}
	if err := set.Built(); err != nil {
		return fmt.Errorf("%w; first: linnet-image build --board %s -o %s", err, b.Name, dir)
	}
	log, err := os.Create(filepath.Join(dir, "serial.log"))
	if err != nil {
		return err
	}
	defer log.Close()
	config := configOf(set)
	config.CPU, config.Append, config.Log = c.CPU, c.Append, io.MultiWriter(log, s.out)
	if c.Pace {
		config.Shift = 3
	}
	c.front(&config, dir, s.out)
	v, err := vm.Start(ctx, config)
	if err != nil {
		return err
	}
	go io.Copy(v, s.in) // to the console of a debug image
	return errors.Join(c.watch(ctx, v, config, s.out, dir), v.Close())
}

// configOf is how to run an image.
func configOf(s image.Set) vm.Config {
	if s.NAND != "" {
		return vm.Config{Board: s.Board, NAND: s.NAND} // the boot loader finds the rest
	}
	c := vm.Config{Board: s.Board, Kernel: s.Kernel, DTB: s.DTB, Initrd: s.Initrd}
	if s.Root != "" {
		c.Drives = []vm.Drive{{Path: s.Root, ReadOnly: true}, {Path: s.Data}}
	}
	return c
}

// front chooses what to show and play the board with.
func (c *runCmd) front(config *vm.Config, dir string, out io.Writer) {
	host := vm.ThisHost()
	if c.Headless {
		host = vm.Host{}
	}
	if config.Board.Screen == (board.Screen{}) {
		host.Display = "" // the serial line is all that there is to see
	}
	for _, m := range host.Missing {
		fmt.Fprintf(out, "linnet-image: %s\n", m)
	}
	config.Display, config.Audio = host.Display, host.Audio
	if config.Display != "" {
		w, h := config.Board.UISize() // a window stands upright
		config.Board.Screen.Width, config.Board.Screen.Height, config.Board.Screen.Rotate = w, h, 0
	}
	if config.Audio == "" {
		config.Audio = vm.Sound(filepath.Join(dir, "sound.wav"), 44100)
	}
	if config.Display == "" && c.For == 0 {
		c.For = 30 * time.Second
	}
}

// watch waits for the end. What nobody saw and heard is kept in files.
func (c *runCmd) watch(ctx context.Context, v *vm.VM, config vm.Config, out io.Writer, dir string) error {
	end := ctx
	if c.For > 0 {
		timed, cancel := context.WithTimeout(ctx, c.For)
		defer cancel()
		end = timed
	}
	err := v.Wait(end)
	if err == nil || !errors.Is(err, context.DeadlineExceeded) {
		if ctx.Err() != nil {
			return nil // Ctrl-C is an end like any other
		}
		return err
	}
	if config.Display == "" && config.Board.Screen != (board.Screen{}) {
		path := filepath.Join(dir, "screen.png")
		if err := picture(ctx, v, path); err != nil {
			return err
		}
		fmt.Fprintf(out, "linnet-image: the screen is in %s, the sound in %s\n", path, filepath.Join(dir, "sound.wav"))
	}
	return nil
}

// picture writes what is on the screen.
func picture(ctx context.Context, v *vm.VM, path string) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	m, err := v.Screen(ctx)
	if err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(png.Encode(f, m), f.Close())
}
