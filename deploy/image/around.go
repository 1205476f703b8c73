package image

import (
	"fmt"
	"os"
	"path/filepath"

	"linnet/deploy/boot"
	"linnet/deploy/nand"
)

// Around makes a chip of the parts that were built, for one whose maker has
// marked blocks as bad: they stay empty but for the mark, and what would lie
// there lies behind them. Block 0 can't be bad.
func (s Set) Around(bad []int) (nand.Image, error) {
	chip := nand.New()
	for _, b := range bad {
		if b < 1 || b >= nand.Blocks {
			return nil, fmt.Errorf("image: block %d can't be a bad one; there are 1 to %d", b, nand.Blocks-1)
		}
		chip.MarkBad(b)
	}
	second, err := os.ReadFile(s.part("boot-2.bin"))
	if err != nil {
		return nil, fmt.Errorf("image: %w", err)
	}
	first, err := os.ReadFile(s.part("boot-1.bin"))
	if err != nil {
		return nil, fmt.Errorf("image: %w", err)
	}
	if err := boot.WriteTo(chip, first, second); err != nil {
		return nil, err
	}
	for file, partition := range map[string]string{
		"kernel_a.bin": "kernel_a", "kernel_b.bin": "kernel_b", "root.ubi": "root", "data.ubi": "data",
	} {
		content, err := os.ReadFile(s.part(file))
		if err != nil {
			return nil, fmt.Errorf("image: %w", err)
		}
		span, err := boot.Partition(s.Board, partition)
		if err != nil {
			return nil, err
		}
		if err := chip.WritePart(span.First, span.End, content); err != nil {
			return nil, fmt.Errorf("image: %s: %w", file, err)
		}
	}
	return chip, nil
}

// part is a file beside the chip's.
func (s Set) part(name string) string { return filepath.Join(filepath.Dir(s.NAND), name) }
