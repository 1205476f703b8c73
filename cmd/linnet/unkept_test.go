package main

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestWatchState: it is said once, when it is so.
func TestWatchState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began, found := time.Now(), []string{}
		lost := func() string {
			if time.Since(began) < time.Minute {
				return ""
			}
			return "away"
		}
		watchState(t.Context(), lost, func(why string) { found = append(found, why) })
		if took := time.Since(began); strings.Join(found, " ") != "away" || took < time.Minute || took > time.Minute+unkeptEvery {
			t.Errorf("%q after %v", found, took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		watchState(ctx, func() string { return "" }, func(string) { t.Error("nothing was lost") })
	})
}

func TestUnkeptIsShown(t *testing.T) {
	f := &front{subs: map[int]func(){}}
	raised := 0
	f.Subscribe(func() { raised++ })
	f.unkept()
	if f.message == nil || f.message.Seq != 1 || raised != 1 {
		t.Errorf("%+v, raised %d times", f.message, raised)
	}
}
