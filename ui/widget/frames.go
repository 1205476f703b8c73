package widget

import (
	"time"

	"linnet/ui"
)

// What moves with the music has a frame so often, and less often where the
// processor is short. A peak falls once in peakFrames.
const (
	frameTime  = 66 * time.Millisecond
	frameSlow  = 500 * time.Millisecond
	peakFrames = 3
)

// frames is what a spectrum and a meter have in common: they move while they
// are on and in sight.
type frames struct {
	on    bool
	n     int // the frame's number
	timer *ui.Timer
}

// init makes it ready: step is a frame, slow says whether they are to be fewer.
func (f *frames) init(w *ui.Window, slow func() bool, step func()) {
	f.timer = w.Desktop().NewTimer(func() {
		next := frameTime
		if slow() {
			next = frameSlow
		}
		f.timer.Start(next)
		if w.Shown() {
			f.n++
			step()
		}
	})
}

// run lets it move, or stand still as it is.
func (f *frames) run(on bool) {
	if on == f.on {
		return
	}
	f.on = on
	if on {
		f.timer.Start(frameTime)
	} else {
		f.timer.Stop()
	}
}

// peak is where a peak goes that is at one place while the level is at another.
func (f *frames) peak(peak, level int) int {
	if f.n%peakFrames == 0 && peak > 0 {
		peak--
	}
	return max(peak, level)
}
