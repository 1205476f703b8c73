package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"linnet/deploy/image"
	"linnet/deploy/nand"
)

// Where in an installation the power fails.
const (
	updateBegins = iota // in what says that the other system is not to be started, the first erases and the first blocks
	updateCopies        // in the root
	updateKernel        // in the kernel
	updateEnds          // in what says that it is to be tried, and what the end of the running system writes
)

// updateTurns is how often which: what comes late takes the processor for long.
var updateTurns = []int{updateBegins, updateBegins, updateBegins, updateBegins, updateCopies, updateKernel, updateEnds}

// How many programs and erases there are to choose from, at the beginning, in the
// root and at the end.
const (
	beginOperations = 60
	copyOperations  = 5000
	endOperations   = 6
)

// An installation is where the one of a round is.
type installation struct {
	ends    bool // the power is to fail at its end
	from    int  // programs and erases before it began
	last    int  // and when that was last looked at
	written int  // how many it has at least
}

// install begins to install an update from a stick, by the panel and the keys.
func (l *life) install(t *trial) error {
	root, kernel, err := l.updateStick()
	if err != nil {
		return err
	}
	if halfTried.MatchString(serialText(t)) {
		if err := t.taps("esc"); err != nil { // the screen says that the former version runs again
			return err
		}
	}
	if err := t.pageOfUpdates(); err != nil {
		return err
	}
	before, err := t.Screen(t.ctx)
	if err != nil {
		return err
	}
	if _, err := t.Plug(t.ctx, l.update); err != nil {
		return err
	}
	if _, err := t.wait(stickMounted); err != nil {
		return err
	}
	if err := t.changes(before); err != nil {
		return err
	}
	kind := updateTurns[l.rand.IntN(len(updateTurns))]
	l.now = installation{ends: kind == updateEnds, written: root + kernel}
	if l.now.from, err = t.Operations(t.ctx); err != nil {
		return err
	}
	switch kind {
	case updateBegins:
		err = l.within(t, 0, beginOperations)
	case updateCopies:
		err = l.within(t, 0, copyOperations)
	case updateKernel:
		err = l.within(t, root, kernel)
	}
	return errors.Join(err, t.installs())
}

// pageOfUpdates goes from Home to the page with the updates, one of the last rows of
// Settings, and that the last row of Home.
func (t *trial) pageOfUpdates() error {
	if err := errors.Join(t.Press(t.ctx, settingsOfHome), t.rests(heldLeast), t.Release(t.ctx), t.rests(time.Second)); err != nil {
		return err
	}
	if err := t.taps(slices.Repeat([]string{"down"}, 9)...); err != nil { // it stops at the last one
		return err
	}
	for range 4 {
		if err := errors.Join(t.taps("ret"), t.rests(time.Second)); err != nil {
			return err
		}
		if ok, err := t.showsIn("update-none", pageHeader, 0); ok || err != nil {
			return err
		}
		if err := t.taps("esc", "up"); err != nil {
			return err
		}
	}
	_, err := t.shoot("lost.png")
	return errors.Join(errors.New("the page with the updates is not to be found"), err)
}

// atLast has the power fail at the end of an installation, which is when all is
// written and, while it is read again, nothing more is.
func (l *life) atLast(t *trial, _ int) error {
	if !l.now.ends {
		return nil
	}
	n, err := t.Operations(t.ctx)
	if err != nil {
		return err
	}
	if n == l.now.last && n >= l.now.from+l.now.written {
		l.now.ends = false
		return l.within(t, 0, endOperations)
	}
	l.now.last = n
	return nil
}

// updateStick makes a stick with an update of the same version, and says how many
// pages its parts have.
func (l *life) updateStick() (root, kernel int, err error) {
	path, err := image.DevelopmentKey() // with which linnet-image has built
	if err != nil {
		return 0, 0, err
	}
	key, err := image.PrivateKey(path)
	if err != nil {
		return 0, 0, err
	}
	set := l.images["flash-debug"]
	u, err := updateIn(set, key, filepath.Join(l.dir, l.name+".update"))
	if err == nil {
		u, err = u.withWords(set, cutWords)
	}
	if err != nil {
		return 0, 0, err
	}
	root, kernel = len(u.root)/nand.PageSize, len(u.kernel)/nand.PageSize
	if l.update != "" {
		return root, kernel, nil
	}
	content, err := u.file(key)
	if err != nil {
		return 0, 0, err
	}
	if l.update, err = l.stick(l.name, content); err != nil {
		return 0, 0, fmt.Errorf("a stick with an update: %w", err)
	}
	return root, kernel, nil
}

// halfTried is what process 1 says where a version was tried and is not any more.
var halfTried = regexp.MustCompile(`did not start as it should`)
