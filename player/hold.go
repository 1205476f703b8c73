package player

import (
	"slices"
	"sync/atomic"
	"time"

	"linnet/player/media"
)

const (
	// holdFor is for how long at most sound waits for pictures.
	holdFor = time.Second
	// headStart is for how long after a session's begin the pictures that are there
	// wait for sound to be decoded ahead: what of it is there already does not
	// take the processor from the pictures that follow.
	headStart = 400 * time.Millisecond
)

// A hold keeps sound that does not play yet from being heard until the first
// pictures of its film are there: else these begin late, and some are lost.
// The time is one of the clock that nobody sets.
type hold struct{ until atomic.Pointer[time.Time] } // nil: nothing is held

func (h *hold) set() {
	t := time.Now().Add(holdFor)
	h.until.Store(&t)
}

// left is for how long sound waits still.
func (h *hold) left() time.Duration {
	if t := h.until.Load(); t != nil {
		return max(time.Until(*t), 0)
	}
	return 0
}

// shows says whether pictures of m are shown.
func (p *Player) shows(m *Media) bool {
	isVideo := func(s media.Stream) bool { return s.Kind == media.Video }
	return p.cfg.Video != nil && slices.ContainsFunc(m.Demuxer.Streams(), isVideo)
}

// lastPicture is for how long silence follows the sound of a film, so that its last
// picture is seen, too.
const lastPicture = 100 * time.Millisecond

// letSound is called by the projector when its pictures are there. The sound may
// begin when half of what is to be decoded ahead of it is, too.
func (p *Player) letSound() {
	if p.out.hold.left() <= holdFor-headStart || p.out.ahead() {
		p.letGo()
	}
}

// letGo lets the sound begin at once: there are no pictures, or nothing plays.
func (p *Player) letGo() {
	if p.out.hold.until.Swap(nil) != nil {
		p.out.kick()
	}
}
