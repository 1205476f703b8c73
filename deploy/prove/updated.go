package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"linnet/deploy/heard"
)

// success installs a good version, which runs and stays.
func (u *updates) success() error {
	content, err := u.next.file(u.key)
	if err != nil {
		return err
	}
	if err := u.installedPlaying(spoilt{"good", "a good update", content}); err != nil {
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

// playings is how often the music is on a playlist: for longer than it takes to
// install an update, however slow this machine is.
const (
	playings  = 60
	againList = "again.m3u"
)

// updateMusic is what is in the flash: music, and the playlist.
func (p *proof) updateMusic() (string, error) {
	dir, err := p.onlyMusic("music-update", flashFile)
	if err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, againList), []byte(strings.Repeat(flashFile+"\n", playings)), 0o666)
}

// installedPlaying installs a good update while music plays, and listens.
func (u *updates) installedPlaying(s spoilt) error {
	chip, err := os.ReadFile(u.chip)
	if err != nil {
		return err
	}
	if err := setWords(chip, u.images["flash-update"], `linnet.args="--volume=100 /media/music/`+againList+`"`); err != nil {
		return err
	}
	if err := os.WriteFile(u.chip, chip, 0o666); err != nil {
		return err
	}
	t, err := u.on("update-"+s.name, "a", firstVersion)
	if err != nil {
		return err
	}
	first, err := t.wait(firstSample)
	if err == nil {
		err = t.goesHome()
	}
	if err != nil {
		return errors.Join(err, t.end())
	}
	begun, done, err := u.installed(t, s)
	if err != nil {
		return err
	}
	u.tell(fmt.Sprintf("to install and check an update of %.1f MB, while music plays", float64(len(s.content))/1e6), seconds3(done.Sent-begun.Sent))
	return u.heardMeanwhile(t, done.Sent-first.Sent)
}

// goesHome leaves the page of what is played, by the files, for Home: music that
// was played goes on, or waits, at the next start.
func (t *trial) goesHome() error { return t.keys("esc", "esc") }

// heardMeanwhile compares the sound of the first so long with the music.
func (u *updates) heardMeanwhile(t *trial, long time.Duration) error {
	got, err := readSound(t.sound(), flashRate)
	if err != nil {
		return err
	}
	once, err := u.decode(u.ctx, filepath.Join(u.music, flashFile))
	if err != nil {
		return err
	}
	got = got[:min(len(got), int(long*flashRate/time.Second))]
	played := frames(once)
	r := heard.Begin(got, slices.Repeat(played, len(got)/len(played)+2))
	// It is heard when the device's buffer is full.
	lasts := time.Duration(r.Frames)*time.Second/flashRate > long-time.Second
	u.see(fmt.Sprintf("%s of %s, again and again, from before until then", seconds3(long), flashFile), r.String(), "every sample in one piece, to the end", r.Perfect() && lasts)
	return nil
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
	if err := t.goesHome(); err != nil {
		return err
	}
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
	if err = t.goesHome(); err == nil {
		err = t.toUpdates()
	}
	if err != nil {
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
