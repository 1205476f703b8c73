package main

import (
	"context"
	"time"
)

// unkeptEvery is how often it is looked whether what is chosen can be kept.
const unkeptEvery = 10 * time.Second

// watchState waits until the folder for what is to outlive the power cannot be
// written any more, which a file system does to itself where it finds that it is
// damaged; or until ctx ends. It says what it found, once.
func watchState(ctx context.Context, lost func() string, found func(why string)) {
	tick := time.NewTicker(unkeptEvery)
	defer tick.Stop()
	for {
		if why := lost(); why != "" {
			found(why)
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// watchState tells the user when nothing is kept any more, and the log.
func (a *appliance) watchState(ctx context.Context, f *front) {
	select {
	case <-a.shown:
	case <-ctx.Done():
		return
	}
	watchState(ctx, func() string { return stateLost(a.State, a.board.System) }, func(why string) {
		a.complain("%s", why)
		f.unkept()
	})
}
