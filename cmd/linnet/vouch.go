package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"linnet/board"
	"linnet/player"
	"linnet/player/media"
	"linnet/ui/app"
)

// trialFlags are what process 1 tells of the system that runs.
type trialFlags struct {
	Trial    bool   `hidden:"" help:"This system is on trial: process 1 is to be told when it runs."`
	Fallback string `hidden:"" enum:",checksum,unconfirmed,starts" default:"" help:"Why this system runs and not the other one: checksum, unconfirmed or starts."`
}

// wellAfter is how long the player has to have run, from its first frame on, for
// its system to be one that runs.
const wellAfter = 15 * time.Second

// fellBack is why another version runs than was to, for the screens.
func (f trialFlags) fellBack() app.FellBack {
	return map[string]app.FellBack{"unconfirmed": app.NewFailed, "checksum": app.OtherBroken, "starts": app.OtherBroken}[f.Fallback]
}

// tryDevice opens a sound device and closes it again. Nothing else may have it
// open.
func tryDevice(open player.OpenAudio) error {
	sink, _, err := open(media.AudioFormat{Rate: 44100, Channels: 2})
	if err != nil {
		return fmt.Errorf("no sound device to vouch for: %w", err)
	}
	return sink.Close()
}

// vouch tells process 1 that the system runs, once it has: the first frame was
// shown, the sound device opened, and the player has lived for a while since. A
// system that is not on trial says so, too, where there was a reason to tell:
// it is told once.
func (a *appliance) vouch(ctx context.Context, ask func(line string) ([]string, error)) {
	if !a.Trial && a.Fallback == "" {
		return
	}
	select {
	case <-a.shown:
	case <-ctx.Done():
		return
	}
	select {
	case <-time.After(wellAfter):
	case <-ctx.Done():
		return
	}
	if err := a.unwell(); err != nil {
		a.complain("this system is not confirmed: %v", err)
		return
	}
	if _, err := ask("confirm"); err != nil {
		a.complain("%v", err)
		return
	}
	a.mark("system: confirmed")
}

// unwell is why a system on trial cannot be vouched for.
func (a *appliance) unwell() error {
	if a.Trial && a.screen == nil && a.board.Screen != (board.Screen{}) {
		return errors.New("there is no picture")
	}
	return a.mute
}
