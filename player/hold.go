package player

import (
	"sync/atomic"
	"time"

	"linnet/player/media"
)

// holdFor is for how long at most sound waits for pictures.
const holdFor = time.Second

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

// holdSound is called by the feeder at the beginning of a session, whose track may
// be a film.
func (p *Player) holdSound(m *Media) {
	if p.cfg.Video == nil {
		return
	}
	for _, s := range m.Demuxer.Streams() {
		if s.Kind == media.Video {
			p.out.hold.set()
			return
		}
	}
}

// letSound is called by the projector when its pictures are there, or none will be.
func (p *Player) letSound() {
	if p.out.hold.until.Load() != 0 {
		p.out.hold.until.Store(0)
		p.out.kick()
	}
}
