package main

import (
	"linnet/player"
	"linnet/player/resume"
)

// leaving is what a player is left with, for the next start.
type leaving struct {
	player *player.Player
	last   resume.State // what it was left with before; how it begins, where it never was
	filled bool         // there was something in the queue
	turned bool         // what does not depend on the queue was changed
}

// newLeaving is that of a player that goes on with last, if it is known.
func newLeaving(p *player.Player, last resume.State, known bool) *leaving {
	if !known {
		s := p.Status()
		last = resume.State{Volume: s.Volume, Shuffle: s.Shuffle, Repeat: s.Repeat.String()}
	}
	return &leaving{player: p, last: last}
}

// state is the present, and whether it is to be noted. A queue that was emptied is: it
// is not to come back. As long as there was none, the last one stays, whose medium may be
// away and which can still be wanted; then it is noted with what was chosen since.
func (l *leaving) state() (st resume.State, ok bool) {
	s := l.player.Status()
	st = l.last
	st.Volume, st.Shuffle, st.Repeat = s.Volume, s.Shuffle, s.Repeat.String()
	if l.filled = l.filled || s.Count > 0; !l.filled {
		l.turned = l.turned || st.Volume != l.last.Volume || st.Shuffle != l.last.Shuffle || st.Repeat != l.last.Repeat
		return st, l.turned
	}
	st.Queue, st.Index, st.Position, st.Playing = l.player.Queue(), max(s.Index, 0), s.Position, s.State == player.Playing
	return st, true
}
