package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"linnet/board"
	"linnet/deploy/image"
)

type flashCmd struct {
	Board string `default:"smdk2410" help:"A board that starts from flash: smdk2410."`
	Dir   string `short:"o" placeholder:"DIR" help:"Where the image is, by default build/BOARD."`
	Bad   []int  `placeholder:"N" help:"Blocks that this chip's maker has marked as bad. Writes chip.img, which goes around them."`
}

// Help is kong's longer text.
func (flashCmd) Help() string {
	return `Nothing here writes to a chip: that is the programmer's work. There are three ways to it, by what the programmer does.

A programmer that writes a whole chip as it is, spare bytes and all (528 bytes a page): give it nand.img. A new chip has bad blocks, which it
says by a byte in the spare bytes of their first or second page (the sixth, not 0xff). A programmer that lists them, and does not skip them itself: name them with
--bad and give it chip.img.

One that writes pages of 512 bytes, computes the code of the S3C2410's own controller and skips bad blocks: give it the parts, each to the offset of
its partition. boot-1.bin belongs to 0, boot-2.bin to 0x4000 and again to 0x20000; the others are called as their partitions are in map.txt. The code is that
of the controller (NFECC, three bytes at the start of the spare ones), not the one that Linux computes in software.

A Linux that runs on the board already, with this kernel's driver: flash_erase and nandwrite -p (mtd-utils) for the boot loader and the kernels; ubiformat -f
for root.ubi and data.ubi.

Over JTAG the first way is OpenOCD's "nand raw_access 0 enable" and "nand write 0 nand.img 0 oob_raw" (driver s3c2410), at some KB a
second. What was written can be compared by the sums in map.txt.`
}

// Run tells what there is, and makes a chip around bad blocks where some are
// named.
func (c *flashCmd) Run(s *streams) error {
	set, err := inFlash(c.Board, &c.Dir)
	if err != nil {
		return err
	}
	if len(c.Bad) > 0 {
		chip, err := set.Around(c.Bad)
		if err != nil {
			return err
		}
		path := filepath.Join(c.Dir, "chip.img")
		if err := os.WriteFile(path, chip, 0o666); err != nil {
			return err
		}
		fmt.Fprintf(s.out, "%s is for a chip with %d bad blocks.\n", path, len(c.Bad))
		return nil
	}
	text, err := os.ReadFile(filepath.Join(c.Dir, "map.txt"))
	_, werr := s.out.Write(text)
	return errors.Join(err, werr)
}

// inFlash is the image of a board that starts from flash, as it was built; an
// empty dir becomes the folder where build puts it.
func inFlash(name string, dir *string) (image.Set, error) {
	b, err := board.Find(name)
	if err != nil {
		return image.Set{}, err
	}
	if b.Flash.Size == 0 {
		return image.Set{}, fmt.Errorf("%s does not start from flash", b.Title)
	}
	if *dir == "" {
		*dir = filepath.Join("build", name)
	}
	set, err := image.Layout(b, *dir, false)
	if err == nil {
		err = set.Built()
	}
	if err != nil {
		return image.Set{}, fmt.Errorf("%w; first: linnet-image build --board %s", err, name)
	}
	return set, nil
}
