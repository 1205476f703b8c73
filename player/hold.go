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
type hold struct{ until atomic.Int64 } // in nanoseconds since 1970; 0: nothing is held

func (h *hold) set() { h.until.Store(time.Now().Add(holdFor).UnixNano()) }

// left is for how long sound waits still.
func (h *hold) left() time.Duration {
	if t := h.until.Load(); t != 0 {
		return time.Duration(max(t-time.Now().UnixNano(), 0))
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
	if p.out.hold.until.Load() != 0 {
		p.out.hold.until.Store(0)
		p.out.kick()
	}
}
