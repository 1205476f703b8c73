package main

import (
	"bytes"
	"errors"
	"fmt"
	picture "image"
	"path/filepath"
	"time"
)

// heldLeast is how long something is held at least, and moves how often a picture
// that does not stay is looked at.
const (
	heldLeast = 200 * time.Millisecond
	moves     = 6
)

// rests lets the board go on for a while. Where its clock runs on while it waits, the
// while is the board's: what is typed on its console ends when it is over.
func (t *trial) rests(d time.Duration) error {
	if !t.skips {
		return pause(t.ctx, d)
	}
	_, err := t.answer(fmt.Sprintf("sleep %.3f", d.Seconds()))
	return err
}

// tapTime is how long a quick finger holds a key, by the board's clock.
const tapTime = 100 * time.Millisecond

// taps presses keys on a board whose console takes what is typed, each for as long
// as a finger does, whatever comes of it.
func (t *trial) taps(names ...string) error {
	for _, name := range names {
		if err := errors.Join(t.KeyDown(t.ctx, name), t.rests(tapTime), t.KeyUp(t.ctx, name), t.rests(tapTime)); err != nil {
			return err
		}
	}
	return nil
}

// home goes back to the first page, from whichever a start with music has shown.
// There nothing moves all the time.
func (t *trial) home() error { return t.taps("esc", "esc", "esc", "esc") }

// looks is how often a panel is looked at that is to change.
const looks = int(usePatience / lookEvery)

// lookEvery is the time between two looks.
const lookEvery = 200 * time.Millisecond

// does begins with something, waits until the panel shows another picture, ends
// it, and waits until the picture stays, if it ever does: however slow this machine
// is, the board has the time that it needs.
func (t *trial) does(begin, end func() error) error {
	before, err := t.Screen(t.ctx)
	if err == nil {
		err = begin()
	}
	if err != nil {
		return err
	}
	if err := errors.Join(t.changes(before), t.rests(heldLeast), end()); err != nil {
		return err
	}
	for range moves {
		was, err := t.Screen(t.ctx)
		if err == nil {
			err = t.rests(500 * time.Millisecond)
		}
		if err != nil {
			return err
		}
		if now, err := t.Screen(t.ctx); err != nil || bytes.Equal(was.Pix, now.Pix) {
			return err
		}
	}
	return nil
}

// changes waits until the panel shows another picture.
func (t *trial) changes(before *picture.RGBA) error {
	for range looks {
		now, err := t.Screen(t.ctx)
		if err != nil || !bytes.Equal(before.Pix, now.Pix) {
			return err
		}
		if err := t.rests(lookEvery); err != nil {
			return err
		}
	}
	_, err := t.shoot("stays.png")
	return errors.Join(errors.New("the panel shows the same picture as before"), err)
}

// keys presses keys, each until it is seen, one after the other.
func (t *trial) keys(names ...string) error {
	for _, name := range names {
		if err := t.does(func() error { return t.KeyDown(t.ctx, name) }, func() error { return t.KeyUp(t.ctx, name) }); err != nil {
			return fmt.Errorf("key %s: %w", name, err)
		}
	}
	return nil
}

// touches touches the panel until that is seen.
func (t *trial) touches(x, y int) error {
	if err := t.does(func() error { return t.Press(t.ctx, picture.Pt(x, y)) }, func() error { return t.Release(t.ctx) }); err != nil {
		return fmt.Errorf("a touch at %d, %d: %w", x, y, err)
	}
	return nil
}

// answers answers the questions of a first start.
func (t *trial) answers() error {
	for _, y := range []int{206, 206, 148, 206} { // English; not calibrated; dark; later
		if err := t.touches(160, y); err != nil {
			return err
		}
	}
	if _, err := t.shoot("home.png"); err != nil {
		return err
	}
	return t.keeps()
}

// keeps waits until the flash has not been written to for a while: what was
// answered is kept.
func (t *trial) keeps() error {
	for last, quiet := -1, 0; quiet < 5; {
		n, err := t.Operations(t.ctx)
		if err == nil {
			err = t.rests(3 * time.Second)
		}
		if err != nil {
			return err
		}
		if quiet++; n != last {
			last, quiet = n, 0
		}
	}
	return nil
}

// pageHeader is where a page says what it is.
var pageHeader = picture.Rect(0, 0, 320, 36)

// dialogBox is what the words of a dialog cover, whatever lies
// below it and whichever button looks focused.
var dialogBox = picture.Rect(40, 64, 280, 122)

// shows waits for the dialog of a golden picture, and says whether it came.
func (t *trial) shows(golden string) (bool, error) { return t.showsIn(golden, dialogBox, usePatience) }

// showsIn waits for a part of a golden picture.
func (t *trial) showsIn(golden string, part picture.Rectangle, patience time.Duration) (bool, error) {
	want, err := readPicture(filepath.Join("ui/app/testdata/golden", golden+"-en-dark.png"))
	if err != nil {
		return false, err
	}
	all := picture.Rect(0, 0, 320, 240)
	around := []picture.Rectangle{
		{Max: picture.Pt(all.Max.X, part.Min.Y)}, {Min: picture.Pt(0, part.Max.Y), Max: all.Max},
		{Max: picture.Pt(part.Min.X, all.Max.Y)}, {Min: picture.Pt(part.Max.X, 0), Max: all.Max},
	}
	for looked := time.Duration(0); ; looked += lookEvery {
		shot, err := t.shoot(golden + ".png")
		if err != nil || unlike(shot, want, around) == 0 {
			return err == nil, err
		}
		if looked >= patience {
			return false, nil
		}
		if err := t.rests(lookEvery); err != nil {
			return false, err
		}
	}
}
