package main

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"linnet/deploy/heard"
)

// What the loader says, and what power-on is to take at most until then.
var loaderSplash = regexp.MustCompile(`^boot: \d+ ms: splash`)

const aimSplash = 300 * time.Millisecond

// flashFile is the music that the flash holds.
const flashFile = "128k.mp3"

// flashMusic is what goes into the flash, which holds not much.
func (p *proof) flashMusic() (string, error) { return p.onlyMusic("music-flash", flashFile) }

// flashing starts the bytes that are to be flashed: how soon what is there, and
// how it sounds.
func (p *proof) flashing() error {
	if err := p.coldStart(); err != nil {
		return err
	}
	return p.flashPlays()
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
	_, err = t.shoot("cold.png")
	return err
}

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
	time.Sleep(rest)
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
