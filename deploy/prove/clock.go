package main

import (
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
// board that starts meanwhile.
const clockSlack = time.Minute

// clocking starts a board whose hardware clock runs, sets the clock on the screen, and
// starts it again.
func (p *proof) clocking() error {
	t, err := p.begin("clock", setup{image: p.images["debug"], shift: slowest, clock: clockBase, append: `linnet.args="/media/music/` + encodings()[0].name + `"`})
	if err != nil {
		return err
	}
	defer t.end()
	taken, started, err := t.clockAtStart()
	if err != nil {
		return err
	}
	p.see("the time after a start", fmt.Sprintf("the kernel takes %s from the hardware clock; the player starts at %s", taken.Format(time.DateTime), started.Format(time.DateTime)),
		"that of the hardware clock", soonAfter(taken, clockBase) && soonAfter(started, taken))
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
	taken, started, err = t.clockAtStart()
	if err != nil {
		return err
	}
	want := clockBase.AddDate(1, 0, 0)
	p.see("the time after a restart, a year later by the screen", fmt.Sprintf("the kernel takes %s from the hardware clock; the player starts at %s", taken.Format(time.DateTime), started.Format(time.DateTime)),
		"the one that was set", soonAfter(taken, want) && soonAfter(started, taken))
	return nil
}

// soonAfter says whether a time is another one or soon after it.
func soonAfter(t, other time.Time) bool { return !t.Before(other) && t.Before(other.Add(clockSlack)) }

// clockAtStart is what the kernel takes from the hardware clock, and what the clock is
// when the player has started.
func (t *trial) clockAtStart() (taken, started time.Time, err error) {
	if _, err := t.wait(firstSample); err != nil {
		return taken, started, err
	}
	if taken, err = t.timeIn("dmesg", clockTaken, "2006-01-02T15:04:05"); err == nil {
		started, err = t.timeIn("ls /run", madeAt, time.DateTime)
	}
	return taken, started, err
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
