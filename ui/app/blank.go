package app

import (
	"time"

	"linnet/ui"
	"linnet/ui/ial"
)

// blanker makes the screen dark when nobody has touched anything for a while.
// The first touch after that only makes it bright again; keys act all the
// same, so that volume and play work with the screen off.
type blanker struct {
	app    *App
	timer  *ui.Timer
	dark   bool
	waking bool // the touch that made it bright is still down
}

func (b *blanker) init(a *App) {
	b.app = a
	b.timer = a.desk.NewTimer(b.sleep)
	b.bright()
}

// bright sets the brightness that the user chose, and waits again.
func (b *blanker) bright() {
	a := b.app
	if a.opt.Backlight == nil {
		return
	}
	b.dark = false
	a.opt.Backlight(a.prefs.Brightness)
	b.wait()
}

// wait begins to wait anew.
func (b *blanker) wait() {
	if b.app.opt.Backlight == nil {
		return
	}
	if after := b.app.prefs.Blank; after > 0 {
		b.timer.Start(after)
	} else {
		b.timer.Stop()
	}
}

func (b *blanker) sleep() {
	b.dark = true
	b.app.opt.Backlight(0)
}

// pass says whether an event may go on to the screens.
func (b *blanker) pass(e ial.Event) bool {
	switch e.Type {
	case ial.PointerDown:
		b.waking = b.dark
	case ial.PointerMove, ial.PointerUp:
		if b.waking {
			return false
		}
		b.wait()
		return true
	case ial.KeyPress, ial.Wheel:
		if b.dark && blind(e.Key) {
			return true
		}
	default:
		return true
	}
	was := b.dark
	if was {
		b.bright()
	} else {
		b.wait()
	}
	return !was
}

// blind keys act without a look at the screen.
func blind(k ial.Key) bool {
	switch k {
	case ial.KeyPlayPause, ial.KeyNext, ial.KeyPrevious, ial.KeyVolumeUp, ial.KeyVolumeDown, ial.KeyMute:
		return true
	}
	return false
}

// blankings are the times to choose from; 0 is never.
var blankings = []time.Duration{0, 30 * time.Second, time.Minute, 5 * time.Minute}
