package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
)

// success installs a good version, which runs and stays.
func (u *updates) success() error {
	content, err := u.next.file(u.key)
	if err != nil {
		return err
	}
	if err := u.installed(spoilt{"good", "a good update", content}, firstVersion, "a"); err != nil {
		return err
	}
	t, err := u.on("update-good-tried", "b", nextVersion)
	if err != nil {
		return err
	}
	l, err := t.wait(confirmed)
	at, serr := t.since(l)
	if err := errors.Join(err, serr, t.end()); err != nil {
		return err
	}
	if t, err = u.on("update-good-again", "b", nextVersion); err != nil {
		return err
	}
	for _, l := range t.Lines() {
		if strings.Contains(l.Text, "on trial") {
			err = errors.New("the good version is on trial again")
		}
	}
	u.see("a good update", "it starts, is confirmed "+seconds3(at)+" after power-on, and starts again", "that it does", err == nil)
	return errors.Join(err, t.end())
}

// older puts in the version of before.
func (u *updates) older() error {
	first, err := updateIn(u.images["flash-update"], u.key, filepath.Join(u.dir, "first.update"))
	if err != nil {
		return err
	}
	content, err := first.file(u.key)
	if err != nil {
		return err
	}
	t, err := u.on("update-older", "b", nextVersion)
	if err != nil {
		return err
	}
	defer t.end()
	if err := t.toUpdates(); err != nil {
		return err
	}
	return u.refuses(t, spoilt{"older", "an update that is older than what runs", content})
}

// forgets makes it a new machine, which asks its questions again.
func (u *updates) forgets() error {
	t, err := u.on("update-forgets", "b", nextVersion)
	if err != nil {
		return err
	}
	if err := t.toUpdates(); err != nil {
		return errors.Join(err, t.end())
	}
	// Without a stick the reset is the second row.
	err = errors.Join(t.touches(100, 96), t.touches(220, 164))
	if err == nil {
		_, err = t.wait(restarts)
	}
	if err == nil {
		err = t.Wait(t.ctx)
	}
	if err := errors.Join(err, t.end()); err != nil {
		return err
	}
	if t, err = u.on("update-forgotten", "b", nextVersion); err != nil {
		return err
	}
	defer t.end()
	if err := u.golden(t, "the panel after a factory reset", filepath.Join(usePictures, "use-language.png"), whole); err != nil {
		return err
	}
	return t.answers()
}

// forgetsByKeys holds two keys while the board starts.
func (u *updates) forgetsByKeys() error {
	t, err := u.begin("update-keys", setup{image: u.images["flash-update"], shift: slowest, chip: u.chip, awake: true})
	if err != nil {
		return err
	}
	defer t.end()
	if err := errors.Join(t.KeyDown(t.ctx, "up"), t.KeyDown(t.ctx, "ret")); err != nil {
		return err
	}
	if _, err := t.wait(regexp.MustCompile(`initd: up and enter are held`)); err != nil {
		return err
	}
	if err := errors.Join(t.KeyUp(t.ctx, "up"), t.KeyUp(t.ctx, "ret")); err != nil {
		return err
	}
	if _, err := t.wait(firstFrame); err != nil {
		return err
	}
	return u.golden(t, "and after two keys were held at power-on", filepath.Join(usePictures, "use-language.png"), whole)
}

// playsOn installs an update while music plays: nothing of the music is lost.
func (u *updates) playsOn() error {
	content, err := u.next.file(u.key)
	if err != nil {
		return err
	}
	e := encodingOf(flashFile)
	t, err := u.begin("update-music", setup{image: u.images["flash-update"], shift: slowest, awake: true,
		append: `linnet.args="--volume=100 /media/music/` + e.name + `"`})
	if err != nil {
		return err
	}
	defer t.end()
	if _, err := t.wait(firstSample); err != nil {
		return err
	}
	if err := t.keys("esc", "esc"); err != nil { // by Files to Home
		return err
	}
	if err := t.toUpdates(); err != nil {
		return err
	}
	if _, err := u.plugged(t, "music", content); err != nil {
		return err
	}
	if err := t.installs(); err != nil {
		return err
	}
	begun, err := t.wait(installing)
	if err != nil {
		return err
	}
	ended, err := t.wait(audioEnded)
	if err != nil {
		return err
	}
	if _, err := t.wait(toBeTried); err != nil {
		return err
	}
	if err := t.end(); err != nil {
		return err
	}
	r, err := u.hearAt(t, e, flashRate)
	if err != nil {
		return err
	}
	xruns := audioEnded.FindStringSubmatch(ended.Text)[1]
	u.see("music while an update is installed, for "+seconds3(ended.Sent-begun.Sent), fmt.Sprintf("%v, %s xruns", r, xruns), "every sample in one piece", r.Perfect() && xruns == "0")
	return nil
}
