package player

import (
	"time"

	"linnet/player/media"
)

// An even clock follows a device's position without its jumps. Many devices tell
// theirs some milliseconds too late or too early, now and then: for the sound that
// is of no account, but a picture that is shown by it would come as much too early
// or too late. The machine's clock leads between two answers of the device, and
// gets nearer to it only slowly.
type even struct {
	pos     int64 // a frame, counted as the device's are
	at      time.Time
	part    int64 // beyond pos, in thousand-millionths of a frame
	running bool
}

const (
	// follows is in what time a difference becomes less by two thirds.
	follows = time.Second
	// far is from where on it does so four times as fast: a device that begins may
	// take at once what it keeps itself.
	far = 15 * time.Millisecond
	// astray is a difference that is no error of the device's, but another place.
	astray = 200 * time.Millisecond
)

// look is the even position for one that was told. running says that the device
// plays.
func (e *even) look(told int64, now time.Time, running bool, f media.AudioFormat) int64 {
	d := now.Sub(e.at)
	was := e.running
	e.running, e.at = running, now
	if !running || !was || d < 0 || d >= follows {
		e.pos, e.part = told, 0
		return e.pos
	}
	e.move(int64(d) * int64(f.Rate))
	off := told - e.pos
	if most := f.Frames(astray); off > most || off < -most {
		e.pos, e.part = told, 0
		return e.pos
	}
	if most := f.Frames(far); off > most || off < -most {
		off *= 4
	}
	e.move(off * int64(d)) // as follows is a second
	return e.pos
}

// move goes on by thousand-millionths of a frame.
func (e *even) move(n int64) {
	n += e.part
	e.pos += n / int64(time.Second)
	e.part = n % int64(time.Second)
}
