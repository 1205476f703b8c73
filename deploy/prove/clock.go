package main

import (
	"errors"
	"fmt"
	picture "image"
	"regexp"
	"time"
)

// What the kernel says when it takes the time from the hardware clock, and what ls says
// of a file that the player makes at its start.
var (
	clockTaken = regexp.MustCompile(`setting system clock to (\S+) UTC`)
	madeAt     = regexp.MustCompile(` (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) linnet\.sock`)
)

// Places on the page that sets the clock.
var (
	yearUp  = picture.Pt(44, 78)
	clockOK = picture.Pt(160, 214)
)

// clockBase is what the hardware clock says when the board is switched on: later than
// any image is made, so that it is believed.
var clockBase = time.Date(2035, 3, 4, 5, 6, 0, 0, time.UTC)

// clockSlack is by how much a time may be off that is told some time later, by a
// board that starts meanwhile; one whose time does not wait for a finger is sooner
// ahead by more.
const (
	clockSlack      = time.Minute
	flashClockSlack = 10 * time.Minute
)

// clocking starts a board whose hardware clock runs, sets the clock on the screen, and
// starts it again.
func (p *proof) clocking() error {
	t, err := p.begin("clock", setup{image: p.images["debug"], shift: slowest, clock: clockBase, append: `linnet.args="/media/music/` + encodings()[0].name + `"`})
	if err != nil {
		return err
	}
	defer t.end()
	if _, err := t.wait(firstSample); err != nil {
		return err
	}
	if err := p.seeClock(t, "the time after a start", clockBase, clockSlack); err != nil {
		return err
	}
	if err := t.fromHome(listRow(4), listRow(3), listRow(0), yearUp); err != nil { // Settings, Time, Clock
		return err
	}
	if err := t.tapSlowly(clockOK); err != nil {
		return err
	}
	if err := t.lasts(100); err != nil {
		return err
	}
	if _, err := t.shoot("set.png"); err != nil {
		return err
	}
	if err := t.command("reboot"); err != nil {
		return err
	}
	if _, err := t.wait(firstSample); err != nil {
		return err
	}
	return p.seeClock(t, "the time after a restart, a year later by the screen", clockBase.AddDate(1, 0, 0), clockSlack)
}

// clockingFlash does the same with the clock of the S3C2410, from the first start on.
func (p *proof) clockingFlash() error {
	t, err := p.begin("flash-clock", setup{image: p.images["flash-debug"], shift: slowest, clock: clockBase, mute: true})
	if err != nil {
		return err
	}
	defer t.end()
	if err := t.talks(); err != nil {
		return err
	}
	if err := p.seeClock(t, "the time after a start", clockBase, clockSlack); err != nil {
		return err
	}
	if err := t.answers(); err != nil {
		return err
	}
	for _, at := range []picture.Point{settingsOfHome, listRow(4), listRow(0)} { // Settings, Time, Clock; there is a panel to calibrate
		if err := t.touches(at.X, at.Y); err != nil {
			return err
		}
	}
	// A finger that stays would turn the year on.
	if err := errors.Join(t.Press(t.ctx, yearUp), t.rests(tapTime), t.Release(t.ctx), t.rests(time.Second), t.touches(clockOK.X, clockOK.Y)); err != nil {
		return err
	}
	if _, err := t.shoot("set.png"); err != nil {
		return err
	}
	if err := t.command("reboot"); err != nil {
		return err
	}
	if err := t.talks(); err != nil {
		return err
	}
	return p.seeClock(t, "the time after a restart, a year later by the screen", clockBase.AddDate(1, 0, 0), flashClockSlack)
}

// settingsOfHome is the row of Home that leads to Settings.
var settingsOfHome = picture.Pt(60, 216)

// seeClock looks at what the kernel has taken from the hardware clock and at the time
// when the player started.
func (p *proof) seeClock(t *trial, what string, want time.Time, slack time.Duration) error {
	taken, err := t.timeIn("dmesg", clockTaken, "2006-01-02T15:04:05")
	if err != nil {
		return err
	}
	started, err := t.timeIn("ls /run", madeAt, time.DateTime)
	if err != nil {
		return err
	}
	p.see(what, fmt.Sprintf("the kernel takes %s from the hardware clock; the player starts at %s", taken.Format(time.DateTime), started.Format(time.DateTime)),
		"that of the hardware clock", soonAfter(taken, want, slack) && soonAfter(started, taken, clockSlack))
	return nil
}

// soonAfter says whether a time is another one or soon after it.
func soonAfter(t, other time.Time, slack time.Duration) bool {
	return !t.Before(other) && t.Before(other.Add(slack))
}

// timeIn finds a time in what a command prints.
func (t *trial) timeIn(command string, re *regexp.Regexp, layout string) (time.Time, error) {
	if err := t.command(command); err != nil {
		return time.Time{}, err
	}
	line, err := t.wait(re)
	if err != nil {
		return time.Time{}, err
	}
	return time.Parse(layout, re.FindStringSubmatch(line.Text)[1])
}
