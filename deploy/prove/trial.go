package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	picture "image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"linnet/deploy/heard"
	"linnet/deploy/image"
	"linnet/deploy/vm"
)

// patience is how much of the processor a trial may take. Nobody's patience with the
// machine that it runs on has an end before that, but lastly a board that waits for
// ever takes nothing.
const (
	patience = 15 * time.Minute
	lastly   = 4 // times patience, by the clock
)

// What the player says on its way, and the init passes on.
var (
	firstFrame  = regexp.MustCompile(`linnet: ui: first frame shown`)
	firstSample = regexp.MustCompile(`linnet: audio: first sample written`)
	audioEnded  = regexp.MustCompile(`linnet: audio: ended, xruns (\d+)`)
)

// A trial is one run of a board, and the folder for what it leaves.
type trial struct {
	*vm.VM
	dir    string
	log    *os.File
	ctx    context.Context
	cancel context.CancelFunc
	asked  int  // how often the console was, with answer
	skips  bool // its time runs on while it waits, and its console takes what is typed
}

// setup is what differs between trials.
type setup struct {
	image  image.Set
	shift  int
	append string // for the kernel's command line
	initrd string // what starts before the image, where there is something
	drives []vm.Drive
	rate   int           // of what is played; the recording's where it is 0
	extra  time.Duration // patience beyond what other trials need
	clock  time.Time     // what the hardware clock says; zero: what this machine's does. The board may start again

	chip   string   // for a board with flash: a chip to go on with; empty: a new one, with append on its command lines
	faults []string // of the flash
	net    string   // with flash: QEMU's nic; empty: the cable is not plugged in
	mute   bool     // with flash: the sound is kept nowhere
	awake  bool     // with flash: time in which the board waits passes, for what is done by hand
}

// begin starts a board in a folder of its own.
func (p *proof) begin(name string, s setup) (*trial, error) {
	t := &trial{dir: filepath.Join(p.dir, name)}
	if err := os.MkdirAll(t.dir, 0o777); err != nil {
		return nil, err
	}
	// That of an earlier run would be there until this one's first sound.
	if err := os.Remove(t.sound()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	log, err := os.Create(filepath.Join(t.dir, "serial.log"))
	if err != nil {
		return nil, err
	}
	t.log = log
	c := vm.Config{
		Board: s.image.Board, Kernel: s.image.Kernel, DTB: s.image.DTB, Initrd: cmp.Or(s.initrd, s.image.Initrd),
		Shift: s.shift, Append: s.append, Clock: s.clock, Restarts: !s.clock.IsZero(),
		Audio: vm.Sound(t.sound(), cmp.Or(s.rate, rate)), Log: log,
	}
	if s.image.NAND != "" {
		return t, p.beginFlash(t, s, c)
	}
	if s.image.Root != "" {
		c.Drives = append(c.Drives, vm.Drive{Path: s.image.Root, ReadOnly: true})
	}
	if s.image.Data != "" {
		// The board writes to it: each trial has its own.
		data := filepath.Join(t.dir, "data.img")
		if err := copySparse(data, s.image.Data); err != nil {
			return nil, err
		}
		c.Drives = append(c.Drives, vm.Drive{Path: data})
	}
	c.Drives = append(c.Drives, s.drives...)
	return t, p.start(t, s, c)
}

func (p *proof) start(t *trial, s setup, c vm.Config) (err error) {
	limit := patience + s.extra
	ctx, cancel := context.WithTimeout(p.ctx, lastly*limit)
	giveUp := context.CancelCauseFunc(nil)
	t.ctx, giveUp = context.WithCancelCause(ctx)
	t.cancel = func() { giveUp(nil); cancel() }
	if t.VM, err = vm.Start(t.ctx, c); err != nil {
		t.cancel()
		t.log.Close()
		return err
	}
	go t.bound(limit, giveUp)
	return nil
}

// bound gives up when QEMU has taken so much of the processor.
func (t *trial) bound(limit time.Duration, giveUp context.CancelCauseFunc) {
	for pause(t.ctx, time.Second) == nil {
		if used, err := t.CPU(); err == nil && used > limit {
			giveUp(fmt.Errorf("QEMU has worked for %v, and it has not come", limit))
		}
	}
}

func (t *trial) sound() string { return filepath.Join(t.dir, "sound.wav") }

// end pulls the plug. What the disk has become is of no interest.
func (t *trial) end() error {
	defer t.cancel()
	err := t.Close()
	t.log.Close()
	os.Remove(filepath.Join(t.dir, "data.img"))
	return err
}

// wait waits for a line.
func (t *trial) wait(re *regexp.Regexp) (vm.Line, error) { return t.WaitFor(t.ctx, re) }

// shoot keeps a picture of the panel.
func (t *trial) shoot(name string) (*picture.RGBA, error) {
	m, err := t.Screen(t.ctx)
	if err != nil {
		return nil, err
	}
	return m, t.keepPicture(name, m)
}

// keepPicture writes one to the folder of the trial.
func (t *trial) keepPicture(name string, m picture.Image) error {
	f, err := os.Create(filepath.Join(t.dir, name))
	if err != nil {
		return err
	}
	err = png.Encode(f, m)
	return errors.Join(err, f.Close())
}

// hear compares what was heard with what this machine decodes.
func (p *proof) hear(t *trial, e encoding) (heard.Report, error) {
	got, err := readSound(t.sound(), e.rate)
	if err != nil {
		return heard.Report{}, err
	}
	want, err := p.decode(p.ctx, filepath.Join(p.music, e.name))
	if err != nil {
		return heard.Report{}, err
	}
	return heard.Compare(got, frames(want)), nil
}

// copySparse copies a disk image, without the blocks that hold nothing.
func copySparse(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer out.Close()
	size, err := in.Seek(0, 2)
	if err != nil {
		return err
	}
	if _, err := in.Seek(0, 0); err != nil {
		return err
	}
	buf := make([]byte, 64<<10)
	for at := int64(0); at < size; {
		n, err := in.ReadAt(buf[:min(int64(len(buf)), size-at)], at)
		if n == 0 {
			return fmt.Errorf("copy %s: %w", from, err)
		}
		if !zero(buf[:n]) {
			if _, err := out.WriteAt(buf[:n], at); err != nil {
				return err
			}
		}
		at += int64(n)
	}
	return out.Truncate(size)
}

func zero(b []byte) bool {
	for _, v := range b {
		if v != 0 {
			return false
		}
	}
	return true
}
