//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package lab

import (
	"fmt"
	"slices"
	"time"
)

// A Fault is one thing that goes wrong.
type Fault struct {
	At   time.Duration // since NewCard
	Kind Kind
	For  time.Duration
	N    int
}

func (f Fault) String() string {
	return fmt.Sprintf("{At: %d, Kind: lab.%v, For: %d, N: %d}", f.At, f.Kind, f.For, f.N)
}

// Kind is what goes wrong.
type Kind uint8

// The kinds of Fault. Short, Again and Interrupted are what calls answer that take
// samples: a program that has the buffer mapped does not meet them.
const (
	Late        Kind = iota + 1 // wake-ups while For lasts come at its end
	Short                       // while For lasts, a write takes N frames at most
	Again                       // while For lasts, writes answer EAGAIN, and poll that there is room
	Interrupted                 // the next N writes answer EINTR
	Broken                      // the device stops with EPIPE, whatever it has
	Suspend                     // the machine sleeps for For; N not 0: the driver cannot resume
	PollEarly                   // while For lasts, poll returns at once
	PollDeaf                    // while For lasts, poll tells of nothing
	Hang                        // while For lasts, the hardware stands still
	Unplug                      // the card is away for For
)

func (k Kind) String() string {
	return [...]string{"", "Late", "Short", "Again", "Interrupted", "Broken", "Suspend", "PollEarly", "PollDeaf", "Hang", "Unplug"}[k]
}

// end is when a fault that lasts is over.
type end struct {
	at   time.Time
	over func()
}

// strike has a fault happen.
func (c *Card) strike(f Fault) {
	at := c.born.Add(f.At)
	if c.whole && f.Kind == Suspend { // it goes on by itself
		f.Kind = Hang
	}
	switch f.Kind {
	case Late:
		c.late = at.Add(f.For)
	case Short:
		c.short = max(f.N, 1)
		c.until(at.Add(f.For), func() { c.short = 0 })
	case Again:
		c.again = true
		c.until(at.Add(f.For), func() { c.again = false })
	case Interrupted:
		c.intr += f.N
	case Broken: // OSS has no word for it
		if !c.whole && (c.state == running || c.state == draining) {
			c.cut()
			if c.Ear != nil && c.Stepped && c.moves() {
				c.Ear.torn(c.period)
			}
			c.state = dry
			c.unable(at, at.Add(notice))
		}
	case Suspend:
		if c.state == running || c.state == draining {
			c.asleep, c.wakes, c.noResume = true, at.Add(f.For), f.N != 0
			c.unable(at, at.Add(f.For+notice))
		}
	case PollEarly:
		c.early = true
		c.until(at.Add(f.For), func() { c.early = false })
	case PollDeaf:
		c.deaf = true
		c.until(at.Add(f.For), func() { c.deaf = false })
	case Hang:
		c.hung = true
		c.unable(at, at.Add(f.For))
		c.until(at.Add(f.For), func() {
			c.hung = false
			c.origin, c.start = at.Add(f.For), c.hw
		})
	case Unplug:
		c.absent = true
		c.epoch++
		c.cut()
		if c.Ear != nil && c.moves() {
			c.Ear.torn(max(c.rate/50, c.period) + 1) // the player's period, the card's, and the frame that was begun
		}
		c.state, c.asleep = unset, false
		c.unable(at, at.Add(f.For+search))
		c.until(at.Add(f.For), func() { c.absent = false })
	}
}

// What the program may take until there is sound again, from when the card
// is able to: notice after an error, search for a card that was away.
const (
	notice = 100 * time.Millisecond
	search = time.Second
)

// unable tells the ear that silence is the card's own fault.
func (c *Card) unable(from, to time.Time) {
	if c.Ear != nil {
		c.Ear.unable(from, to)
	}
}

// until has a fault end.
func (c *Card) until(at time.Time, over func()) {
	i := slices.IndexFunc(c.ends, func(e end) bool { return e.at.After(at) })
	if i < 0 {
		i = len(c.ends)
	}
	c.ends = slices.Insert(c.ends, i, end{at, over})
	c.upcoming = time.Time{}
}
