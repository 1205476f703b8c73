package image

import (
	"errors"
	"fmt"
	"os"

	"linnet/board"
	"linnet/deploy/boot"
	"linnet/deploy/nand"
)

// ErrTooLarge means that an image is made, and that more of the flash is written
// than is allowed.
var ErrTooLarge = errors.New("the image is too large")

// within compares what is written, the sum of which comes last, with a limit.
func within(written []Part, limit int64) error {
	if limit == 0 || len(written) == 0 {
		return nil
	}
	if all := written[len(written)-1].Size; all > limit {
		return fmt.Errorf("image: %w: %d bytes are written, %d more than may be", ErrTooLarge, all, all-limit)
	}
	return nil
}

// programmed counts, for each partition of a flash image, the bytes that are
// written: of each page those up to the last that is not left erased. The spare
// bytes are not counted.
func (s Set) programmed(b board.Board) ([]Part, error) {
	if s.NAND == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(s.NAND)
	if err != nil {
		return nil, fmt.Errorf("image: %w", err)
	}
	chip, err := nand.From(raw)
	if err != nil {
		return nil, fmt.Errorf("image: %w", err)
	}
	var parts []Part
	all := int64(0)
	for _, p := range b.Flash.Partitions {
		span, err := boot.Partition(b, p.Name)
		if err != nil {
			return nil, err
		}
		n := programmedIn(chip, span)
		parts, all = append(parts, Part{"written: " + p.Name, n}), all+n
	}
	return append(parts, Part{"written: all", all}), nil
}

func programmedIn(chip nand.Image, span boot.Span) (n int64) {
	const perBlock, row = nand.BlockSize / nand.PageSize, nand.PageSize + nand.SpareSize
	for page := span.First * perBlock; page < span.End*perBlock; page++ {
		data := chip[page*row : page*row+nand.PageSize]
		for i := len(data); i > 0; i-- {
			if data[i-1] != 0xff {
				n += int64(i)
				break
			}
		}
	}
	return n
}
