package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"linnet/deploy/boot"
	"linnet/deploy/nand"
)

// heads is how many pages of a block are UBI's own.
const heads = 2

// spoilVolume turns two bits in each page of what a UBI volume holds, which no code
// corrects, and says in how many pages.
func spoilVolume(chip nand.Image, blocks boot.Span, volume int) (pages int) {
	const row = nand.PageSize + nand.SpareSize
	for b := blocks.First; b < blocks.End; b++ {
		if volumeOf(chip, b) != volume {
			continue
		}
		for page := b*nand.BlockPages + heads; page < (b+1)*nand.BlockPages; page++ {
			chip[page*row+100] ^= 4
			chip[page*row+300] ^= 32
			pages++
		}
	}
	return pages
}

// rootLost has the loader find a kernel that is whole, of which the root can't be read:
// the system is started a few times, and then the other one.
func (p *proof) rootLost() error {
	set := p.images["flash"]
	chip, err := chipOf(set, playFlash)
	if err != nil {
		return err
	}
	span, err := boot.Partition(set.Board, "root")
	if err != nil {
		return err
	}
	pages := spoilVolume(chip, span, 0)
	what := fmt.Sprintf("two wrong bits in each page of what root a holds, %d pages", pages)
	path := filepath.Join(p.dir, "badroot.img")
	defer os.Remove(path)
	if err := os.WriteFile(path, chip, 0o666); err != nil {
		return err
	}
	t, err := p.begin("flash-faults", setup{image: set, shift: slowest, chip: path, clock: clockBase, mute: true})
	if err != nil {
		return err
	}
	defer t.end()
	starts := 0
	for fallen := false; !fallen; {
		l, err := t.wait(startsOrFalls)
		if err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		fallen = startsOrFalls.FindStringSubmatch(l.Text)[1] == "b"
		if !fallen {
			starts++
		}
	}
	if _, err := t.wait(otherRuns); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	plays, err := t.wait(firstSample)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	p.see(what, fmt.Sprintf("a is started %d times, and then b, which says so and plays, %s after power-on", starts, seconds3(plays.Sent)),
		"that it starts and plays, and says so", starts > 0)
	return p.countEnds(t, set.Board.System.Starts)
}

// countEnds wants the running system to clear the loader's count of starts.
func (p *proof) countEnds(t *trial, register int64) error {
	first, err := t.Word(t.ctx, register)
	for now := first; err == nil && now != 0; {
		if err = pause(t.ctx, lookEvery); err == nil {
			now, err = t.Word(t.ctx, register)
		}
	}
	if err != nil {
		return fmt.Errorf("the count of starts in %#x: %w", register, err)
	}
	p.see("the count of starts then", fmt.Sprintf("%d, and 0 when it has run for a while", first&0xff), "that it ends", first&0xff > 1)
	return nil
}

// startsOrFalls is the loader's last line.
var startsOrFalls = regexp.MustCompile(`^boot: .*: kernel (a|b)$`)

// otherRuns is said by the init of the system that runs in its place.
var otherRuns = regexp.MustCompile(`initd: system a was started several times and did not come to run: this is the other one`)
