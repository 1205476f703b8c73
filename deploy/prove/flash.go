package main

import (
	"errors"
	"fmt"
	picture "image"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"linnet/deploy/heard"
)

// What the loader says, and what power-on is to take at most until then.
var loaderSplash = regexp.MustCompile(`^boot: \d+ ms: splash`)

const aimSplash = 300 * time.Millisecond

// flashFile is the music that the flash holds, flashFilm the film.
const flashFile = "128k.mp3"

func flashFilm() film { return films()[0] }

// flashMusic is what goes into the flash.
func (p *proof) flashMusic() (string, error) {
	dir, err := p.onlyMusic("music-flash", flashFile)
	if err != nil {
		return "", err
	}
	films, err := p.filmMusic()
	if err != nil {
		return "", err
	}
	name := flashFilm().name
	return dir, copySparse(filepath.Join(dir, name), filepath.Join(films, name))
}

// flashing starts the bytes that are to be flashed: how soon what is there, and
// how it sounds. What can't be tried keeps the rest from nothing.
func (p *proof) flashing() error {
	film := func() error {
		return p.playFilm(flashFilm(), setup{image: p.images["flash"], rate: flashRate, extra: patience})
	}
	return errors.Join(p.coldStart(), p.flashPlays(), film())
}

// coldStart switches the board on as the image has it.
func (p *proof) coldStart() error {
	t, err := p.begin("flash-cold", setup{image: p.images["flash"], shift: slowest})
	if err != nil {
		return err
	}
	defer t.end()
	for _, step := range []struct {
		what string
		re   *regexp.Regexp
		aim  time.Duration
	}{{"the splash", loaderSplash, aimSplash}, {"the interface", firstFrame, aimUI}} {
		if err := p.seeSince(t, step.what, step.re, step.aim); err != nil {
			return err
		}
	}
	// Nobody has pressed a key, so nothing has the focus.
	if err := p.golden(t, "the panel then", filepath.Join(usePictures, "use-language.png"), whole); err != nil {
		return err
	}
	if err := t.touches(english.X, english.Y); err != nil {
		return err
	}
	// This touch panel can be calibrated, so that is asked next.
	return p.golden(t, "and after a tap on a button", "ui/app/testdata/golden/wizard-touch-en-dark.png", whole)
}

// english is the middle of that button on the first page.
var english = picture.Pt(160, 204)

// golden compares a part of the panel with a picture that tests of the interface
// keep.
func (p *proof) golden(t *trial, what, file string, part picture.Rectangle) error {
	name := filepath.Base(file)
	got, err := t.shoot(name)
	if err != nil {
		return err
	}
	want, err := readPicture(file)
	if err != nil {
		return err
	}
	n := unlike(got.SubImage(part), want.(subImager).SubImage(part), nil)
	p.see(what, fmt.Sprintf("%d of %d pixels differ from the golden picture %s", n, part.Dx()*part.Dy(), name), "none", n == 0)
	return nil
}

// subImager is every picture of the package image.
type subImager interface {
	SubImage(r picture.Rectangle) picture.Image
}

// whole is all of the panel.
var whole = picture.Rect(0, 0, 320, 240)

// seeSince waits for a line and notes when, after power-on, it was said.
func (p *proof) seeSince(t *trial, what string, re *regexp.Regexp, aim time.Duration) error {
	l, err := t.wait(re)
	if err != nil {
		return err
	}
	at, err := t.since(l)
	if err != nil {
		return err
	}
	p.see("from power-on to "+what, seconds3(at), "within "+seconds3(aim), at <= aim)
	return nil
}

// flashPlays has music play at the start, to its end.
func (p *proof) flashPlays() error {
	e := encodingOf(flashFile)
	t, err := p.begin("flash-"+e.name, setup{
		image: p.images["flash"], shift: slowest, append: `linnet.args="--volume=100 /media/music/` + e.name + `"`,
	})
	if err != nil {
		return err
	}
	defer t.end()
	if err := p.seeSince(t, "the first sample", firstSample, aimSound); err != nil {
		return err
	}
	ended, err := t.wait(audioEnded)
	if err != nil {
		return err
	}
	xruns, _ := strconv.Atoi(audioEnded.FindStringSubmatch(ended.Text)[1])
	t.soundsOut()
	if err := t.end(); err != nil {
		return err
	}
	r, err := p.hearAt(t, e, flashRate)
	if err != nil {
		return err
	}
	p.see(fmt.Sprintf("%d s of %s from flash", e.seconds, e.name), fmt.Sprintf("%v, %d xruns, at %s", r, xruns, mips(slowest)),
		"every sample in one piece", r.Perfect() && xruns == 0)
	return nil
}

// hearAt is hear for a board whose device runs at another rate than the music.
func (p *proof) hearAt(t *trial, e encoding, rate int) (heard.Report, error) {
	e.rate = rate
	return p.hear(t, e)
}

func encodingOf(name string) encoding {
	for _, e := range encodings() {
		if e.name == name {
			return e
		}
	}
	panic(name + " is not among the encodings")
}
