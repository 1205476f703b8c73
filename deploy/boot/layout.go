package boot

import (
	"fmt"

	"linnet/board"
	"linnet/deploy/nand"
)

// Span is a part of the flash in blocks, from First to before End.
type Span struct{ First, End int }

// Where the loader expects its own two copies; the rest is partitions.
var (
	first   = Span{0, 1}
	secondA = Span{1, 8}
	secondB = Span{8, 16}
)

// Partition returns the blocks of a partition.
func Partition(b board.Board, name string) (Span, error) {
	for _, p := range b.Flash.Partitions {
		if p.Name == name {
			return Span{int(p.Offset / nand.BlockSize), int(p.End() / nand.BlockSize)}, nil
		}
	}
	return Span{}, fmt.Errorf("boot: %s has no partition %s", b.Name, name)
}

// Write puts the loader into a chip.
func (l Loader) Write(chip nand.Image) error {
	second, err := l.Second()
	if err != nil {
		return err
	}
	return WriteTo(chip, l.Start(), second)
}

// WriteTo puts what Start and Second return into a chip.
func WriteTo(chip nand.Image, start, second []byte) error {
	for _, p := range []struct {
		Span
		content []byte
	}{{first, start}, {secondA, second}, {secondB, second}} {
		if err := chip.WritePart(p.First, p.End, p.content); err != nil {
			return err
		}
	}
	return nil
}
