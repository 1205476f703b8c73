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
type hold struct{ now atomic.Pointer[held] } // nil: nothing is held

// held is until when the sound of a session waits.
type held struct {
	session int
	until   time.Time
}

func (h *hold) set(session int) { h.now.Store(&held{session, time.Now().Add(holdFor)}) }

// left is for how long sound waits still.
func (h *hold) left() time.Duration {
	if now := h.now.Load(); now != nil {
		return max(time.Until(now.until), 0)
	}
	return 0
}

// end lets the sound of a session go, and says whether it was held. That of a session
// which has begun meanwhile waits on.
func (h *hold) end(session int) bool {
	now := h.now.Load()
	return now != nil && now.session <= session && h.now.CompareAndSwap(now, nil)
}

// shows says whether pictures of m are shown.
func (p *Player) shows(m *Media) bool {
	isVideo := func(s media.Stream) bool { return s.Kind == media.Video }
	return p.cfg.Video != nil && slices.ContainsFunc(m.Demuxer.Streams(), isVideo)
}

// lastPicture is for how long silence follows the sound of a film, so that its last
// picture is seen, too.
const lastPicture = 100 * time.Millisecond

// letSound is called by the projector when its pictures of a session are there. The
// sound may begin when half of what is to be decoded ahead of it is, too.
func (p *Player) letSound(session int) {
	if p.out.hold.left() <= holdFor-headStart || p.out.ahead() {
		p.letGo(session)
	}
}

// letGo lets the sound of a session begin at once: there are no pictures, or nothing
// plays.
func (p *Player) letGo(session int) {
	if p.out.hold.end(session) {
		p.out.kick()
	}
}
