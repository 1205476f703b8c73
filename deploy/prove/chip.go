package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"linnet/deploy/boot"
	"linnet/deploy/image"
	"linnet/deploy/nand"
	"linnet/deploy/vm"
)

// flashRate is what the S3C2410's sound runs at when it is to run at 44,100 Hz.
const flashRate = 44010

// beginFlash starts a board that boots from flash: from a chip of its own, or on
// one that an earlier start has left.
func (p *proof) beginFlash(t *trial, s setup, c vm.Config) error {
	c.Kernel, c.DTB, c.Initrd, c.Append = "", "", "", ""
	c.NAND, c.Faults, c.Stamp, c.Skip = s.chip, s.faults, true, s.shift > 0 && !s.awake
	c.Audio, c.Net = vm.Sound(t.sound(), flashRate), s.net
	if s.mute {
		c.Audio = ""
	}
	if c.NAND == "" {
		chip, err := chipOf(s.image, s.append)
		if err != nil {
			return err
		}
		c.NAND = filepath.Join(t.dir, "nand.img")
		if err := os.WriteFile(c.NAND, chip, 0o666); err != nil {
			return err
		}
	}
	return p.start(t, s, c)
}

// chipOf is a chip as it is to be flashed, with words added to the command line
// of both kernels.
func chipOf(s image.Set, words string) (nand.Image, error) {
	b, err := os.ReadFile(s.NAND)
	if err != nil {
		return nil, err
	}
	chip, err := nand.From(b)
	if err != nil || words == "" {
		return chip, err
	}
	return chip, setWords(chip, s, words)
}

// setWords has the command lines of both kernels be as the image has them, and
// these words.
func setWords(chip nand.Image, s image.Set, words string) error {
	kernel, err := os.ReadFile(s.Kernel)
	if err != nil {
		return err
	}
	for i, name := range []string{"kernel_a", "kernel_b"} {
		slot, err := boot.Kernel(kernel, strings.TrimSpace(image.CommandLine(s.Board, i)+" "+words))
		if err != nil {
			return err
		}
		span, err := boot.Partition(s.Board, name)
		if err != nil {
			return err
		}
		if err := chip.WritePart(span.First, span.End, slot); err != nil {
			return err
		}
	}
	return nil
}

// since is when a line was said, after power-on.
func (t *trial) since(l vm.Line) (time.Duration, error) {
	if l.Time < 0 {
		return l.Sent, nil
	}
	began, ok := vm.PowerOn(t.Lines())
	if !ok {
		return 0, errors.New("no line says when it was sent")
	}
	return began + l.Time, nil
}

// differingBytes says in how many bytes two chips, or parts of them, differ.
func differingBytes(a, b []byte) (n int) {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			n++
		}
	}
	return n + max(len(a), len(b)) - min(len(a), len(b))
}

// partitionOf are the bytes of a partition, with its spare ones.
func partitionOf(chip nand.Image, s image.Set, name string) ([]byte, error) {
	for _, p := range s.Board.Flash.Partitions {
		if p.Name == name {
			const row = nand.PageSize + nand.SpareSize
			return chip[p.Offset/nand.PageSize*row : p.End()/nand.PageSize*row], nil
		}
	}
	return nil, fmt.Errorf("there is no partition %s", name)
}
