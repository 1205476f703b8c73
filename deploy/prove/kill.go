package main

import (
	"fmt"
	"regexp"
	"time"
)

// aimBack is how soon a player that was killed is to be heard again.
const aimBack = 2 * time.Second

// playerEnded is what the init says when the player is gone.
var playerEnded = regexp.MustCompile(`initd: linnet ended with .*; again in`)

// killing kills the player while it plays, and sees it come back and go on at
// the place.
func (p *proof) killing() error {
	t, err := p.begin("kill", setup{image: p.images["debug"], shift: slowest, append: `linnet.args="/media/music/` + encodings()[0].name + `"`})
	if err != nil {
		return err
	}
	defer t.end()
	if _, err := t.wait(firstSample); err != nil {
		return err
	}
	before, err := t.reaches(5 * time.Second)
	if err != nil {
		return err
	}
	if err := t.command("kill -KILL player"); err != nil {
		return err
	}
	gone, err := t.wait(playerEnded)
	if err != nil {
		return err
	}
	ui, sound, err := t.starts()
	if err != nil {
		return err
	}
	after, err := t.status()
	if err != nil {
		return err
	}
	back := sound - gone.Time
	p.see("the player, killed while it plays, is heard again", fmt.Sprintf("after %s (its picture after %s)", seconds3(back), seconds3(ui-gone.Time)),
		"within "+seconds3(aimBack), back <= aimBack)
	from, to := time.Duration(before.PositionMS)*time.Millisecond, time.Duration(after.PositionMS)*time.Millisecond
	moved := to - from
	p.see("and goes on at its place", fmt.Sprintf("%s of %s, killed at %s", seconds3(to), after.Path, seconds3(from)),
		"within 2 s", after.Path == before.Path && after.State == "playing" && moved > -2*time.Second && moved < 4*time.Second)
	return nil
}

// reaches waits until the player is so far.
func (t *trial) reaches(at time.Duration) (s status, err error) {
	for time.Duration(s.PositionMS)*time.Millisecond < at {
		if s, err = t.status(); err != nil {
			return s, err
		}
		if err := t.command("sleep 0.2"); err != nil {
			return s, err
		}
	}
	return s, nil
}
