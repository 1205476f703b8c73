package image

import (
	"fmt"
	"os"

	"linnet/board"
	"linnet/deploy/boot"
	"linnet/deploy/nand"
)

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
