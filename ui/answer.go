package ui

import (
	"time"

	"linnet/ui/ial"
)

// answers measures how soon is seen what the user did: from when it happened, by
// the source's clock, until what it changed was flushed in the same turn.
type answers struct {
	now   func() time.Duration // nil where the source has no clock to look at
	asked bool                 // something was done in this turn
	since time.Duration        // the first of it
}

// ask notes what may be answered: a key, a touch, a turn of the wheel.
func (a *answers) ask(e *ial.Event) {
	switch e.Type {
	case ial.KeyPress, ial.PointerDown, ial.PointerUp, ial.Wheel:
		if a.now != nil && !a.asked {
			a.asked, a.since = true, e.When
		}
	}
}

// give counts an answer, if one was asked for and something was shown.
func (a *answers) give(s *Stats, shown bool) {
	if a.asked && shown {
		s.Answers++
		s.Longest = max(s.Longest, a.now()-a.since)
	}
	a.asked = false
}
