package main

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	picture "image"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"linnet/deploy/image"
	"linnet/deploy/vm"
)

// updates is one chip over the starts of the trial of updates.
type updates struct {
	*proof
	next anUpdate
	key  ed25519.PrivateKey
	chip string
}

// updating installs new versions from a stick: some that are refused, some that
// do not run, one through power cuts, and one that is good.
func (p *proof) updating() error {
	path, err := image.DevelopmentKey() // with which linnet-image has built
	if err != nil {
		return err
	}
	key, err := image.PrivateKey(path)
	if err != nil {
		return err
	}
	next, err := updateIn(p.images["flash-next"], key, filepath.Join(p.dir, "next.update"))
	if err != nil {
		return err
	}
	u := &updates{proof: p, next: next, key: key}
	for _, step := range []func() error{u.questions, u.refusals, u.pulled, u.failures, u.cut, u.success, u.older, u.forgets, u.forgetsByKeys} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// on switches the board on and waits for its interface, of a system and version.
func (u *updates) on(name, system, version string) (*trial, error) {
	t, err := u.begin(name, setup{image: u.images["flash-update"], shift: slowest, chip: u.chip, awake: true})
	if err != nil {
		return nil, err
	}
	for _, re := range []string{`initd: linnet ` + version + ` on `, `initd: system ` + system, firstFrame.String()} {
		if _, err := t.wait(regexp.MustCompile(re)); err != nil {
			return t, errors.Join(fmt.Errorf("%s: %w", name, err), t.end())
		}
	}
	return t, nil
}

// questions makes the chip, and has the board ask what it asks at its first start.
func (u *updates) questions() error {
	chip, err := chipOf(u.images["flash-update"], "")
	if err != nil {
		return err
	}
	u.chip = filepath.Join(u.dir, "update.img")
	if err := os.WriteFile(u.chip, chip, 0o666); err != nil {
		return err
	}
	t, err := u.on("update-questions", "a", firstVersion)
	if err != nil {
		return err
	}
	defer t.end()
	return t.answers()
}

// toUpdates goes from Home to the page with the updates, the last row but one of
// Settings. A finger pulls that list to its end, as far as it goes: a key that a busy
// machine holds too long would be repeated.
func (t *trial) toUpdates() error {
	if err := t.touches(settingsOfHome.X, settingsOfHome.Y); err != nil {
		return err
	}
	for range 4 {
		for range 3 {
			if err := t.pullSlowly(picture.Pt(160, 200), picture.Pt(160, 60)); err != nil {
				return err
			}
		}
		// Left and entered again, by keys it is where keys are seen to be.
		if err := errors.Join(t.still(picture.Rect(0, 0, 320, 240)), t.touches(160, 176), t.keys("esc", "ret")); err != nil {
			return err
		}
		if ok, err := t.showsIn("update-none", pageHeader, time.Second); ok || err != nil {
			return err
		}
		if err := t.keys("esc"); err != nil {
			return err
		}
	}
	return errors.New("the page with the updates is not to be found")
}

// plugged plugs in a stick and waits until it is mounted and the page shows it.
func (u *updates) plugged(t *trial, name string, content []byte) (stick string, err error) {
	path, err := u.stick(name, content)
	if err != nil {
		return "", err
	}
	before, err := t.Screen(t.ctx)
	if err != nil {
		return "", err
	}
	if stick, err = t.Plug(t.ctx, path); err != nil {
		return "", err
	}
	if _, err = t.wait(stickMounted); err != nil {
		return "", err
	}
	return stick, t.changes(before)
}

// put puts in a card and waits as plugged does.
func (u *updates) put(t *trial, name string, content []byte) error {
	path, err := u.stick(name, content)
	if err != nil {
		return err
	}
	before, err := t.Screen(t.ctx)
	if err != nil {
		return err
	}
	if err := t.PutCard(t.ctx, path); err != nil {
		return err
	}
	if _, err := t.wait(cardMounted); err != nil {
		return err
	}
	return t.changes(before)
}

// refusals puts in updates that are not to be installed.
func (u *updates) refusals() error {
	all, err := u.next.spoilt(u.key)
	if err != nil {
		return err
	}
	t, err := u.on("update-refused", "a", firstVersion)
	if err != nil {
		return err
	}
	defer t.end()
	if err := t.toUpdates(); err != nil {
		return err
	}
	for _, s := range all {
		if err := u.refuses(t, s); err != nil {
			return err
		}
	}
	if err := u.put(t, "card", all[0].content); err != nil {
		return err
	}
	return u.refused(t, spoilt{name: all[0].name, what: all[0].what + ", on a card"})
}

// refuses puts in a stick whose update is to be refused, on the page with the updates.
func (u *updates) refuses(t *trial, s spoilt) error {
	stick, err := u.plugged(t, s.name, s.content)
	if err != nil {
		return err
	}
	if err := u.refused(t, s); err != nil {
		return err
	}
	before, err := t.Screen(t.ctx)
	return errors.Join(err, t.Unplug(t.ctx, stick), t.changes(before))
}

// refused has the first update of the page be refused.
func (u *updates) refused(t *trial, s spoilt) error {
	if err := t.keys("ret"); err != nil {
		return err
	}
	told, err := t.shows("update-" + s.name)
	if err != nil {
		return err
	}
	u.see(s.what, map[bool]string{true: "refused, with the reason on the screen", false: "the screen does not tell that it is refused"}[told], "that it is refused", told)
	return t.keys("esc")
}

// installs begins with an installation, from the page with the updates on.
func (t *trial) installs() error {
	if err := t.keys("ret"); err != nil {
		return err
	}
	before, err := t.Screen(t.ctx)
	if err == nil {
		err = t.Press(t.ctx, picture.Pt(220, 164))
	}
	if err != nil {
		return err
	}
	return errors.Join(t.changes(before), pause(t.ctx, heldLeast), t.Release(t.ctx)) // from now on it does not stay
}

// pulled pulls the stick out in the middle of an installation.
func (u *updates) pulled() error {
	content, err := u.next.file(u.key)
	if err != nil {
		return err
	}
	t, err := u.on("update-pulled", "a", firstVersion)
	if err != nil {
		return err
	}
	defer t.end()
	if err := t.toUpdates(); err != nil {
		return err
	}
	stick, err := u.plugged(t, "pulled", content)
	if err != nil {
		return err
	}
	if err := t.installs(); err != nil {
		return err
	}
	if _, err := t.wait(installing); err != nil {
		return err
	}
	if err := errors.Join(pause(t.ctx, 5*time.Second), t.Unplug(t.ctx, stick)); err != nil {
		return err
	}
	told, err := t.shows("update-pulled")
	u.see("a stick that is pulled out in the middle", map[bool]string{true: "the screen says so", false: "the screen does not tell"}[told], "that it is told", told)
	return err
}

// failures installs versions that do not run: the former one comes back.
func (u *updates) failures() error {
	all, err := u.next.failing(u.images["flash-next"], u.key)
	if err != nil {
		return err
	}
	for _, s := range all {
		t, err := u.on("update-"+s.name, "a", firstVersion)
		if err == nil {
			_, _, err = u.installed(t, s)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", s.what, err)
		}
		if err := u.fails(s); err != nil {
			return fmt.Errorf("%s: %w", s.what, err)
		}
	}
	return nil
}

// installed installs an update, from Home on, until the board restarts, and says
// when it began and when the update was checked and is to be tried.
func (u *updates) installed(t *trial, s spoilt) (begun, done vm.Line, err error) {
	defer t.end()
	if err := t.toUpdates(); err != nil {
		return begun, done, err
	}
	if _, err := u.plugged(t, s.name, s.content); err != nil {
		return begun, done, err
	}
	if err := t.installs(); err != nil {
		return begun, done, err
	}
	if begun, err = t.wait(installing); err != nil {
		return begun, done, err
	}
	if done, err = t.wait(toBeTried); err != nil {
		_, serr := t.shoot("failed.png")
		return begun, done, errors.Join(err, serr)
	}
	if _, err := t.wait(restarts); err != nil {
		return begun, done, err
	}
	return begun, done, t.Wait(t.ctx)
}

// fails starts a version that does not run, and then the former one.
func (u *updates) fails(s spoilt) error {
	t, err := u.begin("update-"+s.name+"-tried", setup{image: u.images["flash-update"], shift: slowest, chip: u.chip})
	if err != nil {
		return err
	}
	err = t.Wait(t.ctx) // it resets itself
	if err := errors.Join(err, t.end()); err != nil {
		return err
	}
	if t, err = u.on("update-"+s.name+"-back", "a", firstVersion); err != nil {
		return err
	}
	defer t.end()
	told, err := t.shows("update-failed")
	if err != nil {
		return err
	}
	if _, err := t.wait(confirmed); err != nil {
		return err
	}
	u.see(s.what, "the former one runs again; "+map[bool]string{true: "the screen says why", false: "the screen does not say why"}[told], "that it does, and says why", told)
	return nil
}

// cut cuts the power in the middle of installations.
func (u *updates) cut() error {
	content, err := u.next.file(u.key)
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(7, 2410))
	cuts := max(2, u.cuts/25)
	for n := range cuts {
		t, err := u.on("update-cut", "a", firstVersion)
		if err != nil {
			return fmt.Errorf("cut %d: %w", n+1, err)
		}
		err = u.cutOne(t, content, r)
		if err := errors.Join(err, t.end()); err != nil {
			return fmt.Errorf("cut %d: %w", n+1, err)
		}
	}
	// Whatever else had started has ended the trial: see on. After the last one it is
	// started here.
	t, err := u.on("update-cut", "a", firstVersion)
	if err != nil {
		return fmt.Errorf("after the last cut: %w", err)
	}
	if err := t.end(); err != nil {
		return err
	}
	u.see(fmt.Sprintf("%d power cuts while an update is installed, each in the middle of a program or erase", cuts),
		"each time the former version started", "that it starts each time", true)
	return nil
}

// cutOne begins an installation and cuts the power within it.
func (u *updates) cutOne(t *trial, content []byte, r *rand.Rand) error {
	if err := t.toUpdates(); err != nil {
		return err
	}
	if _, err := u.plugged(t, "cut", content); err != nil {
		return err
	}
	done, err := t.Operations(t.ctx)
	if err != nil {
		return err
	}
	// The pages of root and kernel are about 26,000 operations.
	if err := t.CutAt(t.ctx, done+1+r.IntN(20000), r.IntN(1001)); err != nil {
		return err
	}
	if err := t.installs(); err != nil {
		return offIs(t, err)
	}
	return t.Wait(t.ctx)
}

// offIs is nil where the board is off.
func offIs(t *trial, err error) error {
	ctx, cancel := context.WithTimeout(t.ctx, 20*time.Second)
	defer cancel()
	if t.Wait(ctx) == nil || errors.Is(err, vm.ErrEnded) {
		return nil
	}
	return err
}
