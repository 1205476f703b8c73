package main

import (
	"fmt"
	"image"
	"time"
)

// The button that pauses and plays on the page of what plays, and what is
// touched in its middle.
var (
	playButton = image.Rect(138, 190, 182, 234)
	playMiddle = image.Pt(160, 212)
)

// aimMemory is what the whole system is to use at most, in kB.
const aimMemory = 24 << 10

// touching taps the button that is drawn there, looks at the panel before and
// after, and asks the player what came of it. It also looks at the memory,
// while music plays.
func (p *proof) touching() error {
	t, err := p.begin("touch", setup{image: p.images["debug"], shift: slowest, append: `linnet.args="/media/music/` + encodings()[0].name + `"`})
	if err != nil {
		return err
	}
	defer t.end()
	if _, err := t.wait(firstSample); err != nil {
		return err
	}
	if err := p.memoryOf(t); err != nil {
		return err
	}
	before, err := t.shoot("before.png")
	if err != nil {
		return err
	}
	if err := t.Tap(t.ctx, playMiddle); err != nil {
		return err
	}
	paused, err := t.becomes("paused")
	if err != nil {
		return err
	}
	changed, err := t.button("after.png", before, func(changed int) bool { return changed > 50 })
	if err != nil {
		return err
	}
	p.see("a tap on the pause button", fmt.Sprintf("the player is %s, %d of %d pixels of the button changed",
		paused.State, changed, playButton.Dx()*playButton.Dy()), "that it pauses and shows it", paused.State == "paused" && changed > 50)
	if err := t.Tap(t.ctx, playMiddle); err != nil {
		return err
	}
	if paused, err = t.becomes("playing"); err != nil {
		return err
	}
	changed, err = t.button("again.png", before, func(changed int) bool { return changed == 0 })
	if err != nil {
		return err
	}
	p.see("another tap", fmt.Sprintf("the player is %s, the button differs from the first picture in %d pixels", paused.State, changed),
		"that it plays on and looks as before", paused.State == "playing" && changed == 0)
	return nil
}

// button waits until so many pixels of the button are others than before, and returns
// how many are: the player is in a state a moment before the panel shows it.
func (t *trial) button(name string, before *image.RGBA, enough func(changed int) bool) (changed int, err error) {
	for range looks {
		now, err := t.shoot(name)
		if err != nil {
			return 0, err
		}
		if changed = differing(before, now, playButton); enough(changed) {
			break
		}
		if err := t.rests(lookEvery); err != nil {
			return 0, err
		}
	}
	return changed, nil
}

// memoryOf tells what is used while music plays.
func (p *proof) memoryOf(t *trial) error {
	used, total, err := t.memory()
	if err != nil {
		return err
	}
	s, err := t.status()
	if err != nil {
		return err
	}
	p.see("memory in use while playing", fmt.Sprintf("%s of %s", megabytes(used), megabytes(total)),
		"at most "+megabytes(aimMemory), used <= aimMemory)
	p.tell("resident memory of the player", megabytes(int(s.Memory.RSS/1024)))
	p.tell("longest pause of the garbage collector", fmt.Sprintf("%.1f ms", float64(s.Memory.GCPauseUS)/1000))
	return nil
}

// becomes waits until the player is in a state, a few looks long.
func (t *trial) becomes(state string) (s status, err error) {
	for range 20 {
		if s, err = t.status(); err != nil || s.State == state {
			break
		}
		time.Sleep(200 * time.Millisecond)
	}
	return s, err
}

// differing counts the pixels of a part of two pictures that are not the same.
func differing(a, b *image.RGBA, part image.Rectangle) (n int) {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if a.RGBAAt(x, y) != b.RGBAAt(x, y) {
				n++
			}
		}
	}
	return n
}
