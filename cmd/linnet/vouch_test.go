package main

import (
	"bytes"
	"context"
	"errors"
	"image"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"linnet/board"
	"linnet/player"
	"linnet/player/ao/null"
	"linnet/player/media"
	"linnet/ui/app"
	"linnet/ui/gal/mem"
)

// TestVouch says that the system runs 15 s after the first frame, if it does, and
// if anybody wants to know.
func TestVouch(t *testing.T) {
	for name, c := range map[string]struct {
		flags   trialFlags
		blind   bool
		mute    error
		answer  error
		ends    time.Duration // the player does; 0: it does not
		want    time.Duration // when it asks; 0: never
		says    string
		noFrame bool
	}{
		"on trial":            {flags: trialFlags{Trial: true}, want: wellAfter, says: "system: confirmed\n"},
		"after a fallback":    {flags: trialFlags{Fallback: "unconfirmed"}, want: wellAfter, says: "system: confirmed\n"},
		"as always":           {},
		"it ends too soon":    {flags: trialFlags{Trial: true}, ends: wellAfter - time.Second},
		"no frame":            {flags: trialFlags{Trial: true}, noFrame: true, ends: time.Hour},
		"no screen":           {flags: trialFlags{Trial: true}, blind: true, says: "not confirmed: there is no picture"},
		"no sound":            {flags: trialFlags{Trial: true}, mute: errors.New("no card"), says: "not confirmed: no card"},
		"process 1 says no":   {flags: trialFlags{Trial: true}, answer: errors.New("no flash"), want: wellAfter, says: "no flash"},
		"a fallback, blindly": {flags: trialFlags{Fallback: "checksum"}, blind: true, want: wellAfter, says: "system: confirmed\n"},
	} {
		synctest.Test(t, func(t *testing.T) {
			var said bytes.Buffer
			b := board.SMDK2410()
			a := &appliance{applianceCmd: &applianceCmd{trialFlags: c.flags}, streams: &streams{err: &said}, board: b, shown: make(chan struct{}), mute: c.mute}
			if !c.blind {
				w, h := b.UISize()
				a.screen = mem.New(image.Pt(w, h))
			}
			if !c.noFrame {
				close(a.shown)
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if c.ends > 0 {
				time.AfterFunc(c.ends, cancel)
			}
			began, asked := time.Now(), time.Duration(0)
			a.vouch(ctx, func(line string) ([]string, error) {
				if line != "confirm" {
					t.Errorf("asks for %q", line)
				}
				asked = time.Since(began)
				return nil, c.answer
			})
			if asked != c.want || !strings.Contains(said.String(), c.says) {
				t.Errorf("%s: it asks after %v and says %q", name, asked, said.String())
			}
		})
	}
}

func TestTryDevice(t *testing.T) {
	opened := 0
	good := func(want media.AudioFormat) (player.AudioSink, media.AudioFormat, error) {
		opened++
		s, got, err := null.Open(want, null.Options{})
		return s, got, err
	}
	if err := tryDevice(good); err != nil || opened != 1 {
		t.Errorf("%d, %v", opened, err)
	}
	bad := func(media.AudioFormat) (player.AudioSink, media.AudioFormat, error) {
		return nil, media.AudioFormat{}, errors.New("no card")
	}
	if err := tryDevice(bad); err == nil || !strings.Contains(err.Error(), "no card") {
		t.Errorf("%v", err)
	}
}

func TestFellBack(t *testing.T) {
	for why, want := range map[string]app.FellBack{"": app.NotFallen, "unconfirmed": app.NewFailed, "checksum": app.OtherBroken} {
		if got := (trialFlags{Fallback: why}).fellBack(); got != want {
			t.Errorf("%q is %d", why, got)
		}
	}
}
