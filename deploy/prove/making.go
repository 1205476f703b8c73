package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"linnet/deploy/vm"
)

// The first start makes the file system of the state, in some forty operations from
// its first on: in which of them the power fails here.
var makingCuts = []int{1, 12, 24, 34, 38}

// madeAnew is said of a file system whose making was not ended.
var madeAnew = regexp.MustCompile(`initd: .* was never whole: it is to be made anew`)

// making has the power fail in the first start, while it makes the file system of
// the state: the next start is to have one.
func (p *proof) making() error {
	cuts, anew := 0, 0
	path := filepath.Join(p.dir, "making.img")
	defer os.Remove(path)
	for _, n := range makingCuts {
		chip, err := chipOf(p.images["flash"], playFlash)
		if err == nil {
			err = os.WriteFile(path, chip, 0o666)
		}
		if err != nil {
			return err
		}
		_, err = p.startsFrom(path, fmt.Sprint("cut-at=", n))
		if err != nil && !errors.Is(err, vm.ErrEnded) {
			return fmt.Errorf("a first start whose power fails in operation %d: %w", n, err)
		}
		if err == nil {
			continue // it plays, and has not come to so many
		}
		cuts++
		said, err := p.startsFrom(path)
		if err != nil {
			return fmt.Errorf("after a cut in operation %d of the first start: %w", n, err)
		}
		if lost := lostState.FindString(said); lost != "" {
			return fmt.Errorf("after a cut in operation %d of the first start: %s", n, lost)
		}
		if madeAnew.MatchString(said) {
			anew++
		}
	}
	p.see(fmt.Sprintf("%d power cuts in the first start, while it makes the file system of the state", cuts),
		fmt.Sprintf("the next start has one; %d times it was made anew", anew), "that it has, and that it was", anew > 0)
	return nil
}

// startsFrom starts a chip in a file until it plays, and returns what was said.
func (p *proof) startsFrom(path string, faults ...string) (string, error) {
	t, err := p.begin("flash-faults", setup{image: p.images["flash"], shift: slowest, chip: path, faults: faults, mute: true})
	if err != nil {
		return "", err
	}
	defer t.end()
	_, err = t.wait(firstSample)
	return serialText(t), err
}
