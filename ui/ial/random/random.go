// Package random is input of a monkey: a source of events that nobody meant,
// the same for the same seed. It taps, drags, holds, turns the wheel and
// presses every key, sometimes in the order that nothing real would send, to
// find what hangs or panics.
package random

import (
	"image"
	"io"
	"math/rand/v2"
	"sync"
	"time"

	"linnet/ui/ial"
)

// Options say what the monkey does.
type Options struct {
	Size   image.Point // of the screen; it also touches somewhat beside it
	Seed   uint64
	Events int // then it is tired; 0: never
	// Pause is the longest time between two events; 0 is none at all.
	Pause time.Duration
}

// Source is the monkey. It implements ial.Source.
type Source struct {
	opt  Options
	rnd  *rand.Rand
	n    int
	when time.Duration
	next []ial.Event // of the deed that was begun
	done chan struct{}
	once sync.Once
}

// New makes a monkey.
func New(opt Options) *Source {
	return &Source{opt: opt, rnd: rand.New(rand.NewPCG(opt.Seed, 0x6c696e6e6574)), done: make(chan struct{})}
}

// Close ends it. ReadEvent then returns io.EOF.
func (s *Source) Close() error {
	s.once.Do(func() { close(s.done) })
	return nil
}

// ReadEvent waits a little, and returns what the monkey does next.
func (s *Source) ReadEvent() (ial.Event, error) {
	if s.opt.Events > 0 && s.n == s.opt.Events || !s.rest() {
		return ial.Event{}, io.EOF
	}
	for len(s.next) == 0 {
		s.deed()
	}
	e := s.next[0]
	s.next = s.next[1:]
	s.n++
	e.When = s.when
	return e, nil
}

// rest waits, and says whether the source is still open.
func (s *Source) rest() bool {
	pause := time.Duration(0)
	if s.opt.Pause > 0 {
		pause = time.Duration(s.rnd.Int64N(int64(s.opt.Pause) + 1))
	}
	s.when += pause
	if pause == 0 {
		select {
		case <-s.done:
			return false
		default:
			return true
		}
	}
	select {
	case <-s.done:
		return false
	case <-time.After(pause):
		return true
	}
}

// deed thinks of something to do.
func (s *Source) deed() {
	s.next = s.next[:0]
	switch s.rnd.IntN(12) {
	case 0, 1, 2: // a tap
		p := s.point()
		s.do(ial.PointerDown, p)
		s.do(ial.PointerUp, p)
	case 3, 4: // a drag
		p := s.point()
		s.do(ial.PointerDown, p)
		to := s.point()
		for i := range 2 + s.rnd.IntN(8) {
			s.do(ial.PointerMove, p.Add(to.Sub(p).Mul(i+1).Div(10)))
		}
		s.do(ial.PointerUp, to)
	case 5: // out of order
		s.do([]ial.Type{ial.PointerDown, ial.PointerMove, ial.PointerUp}[s.rnd.IntN(3)], s.point())
	case 6:
		s.next = append(s.next, ial.Event{Type: ial.Wheel, At: s.point(), Delta: s.rnd.IntN(9) - 4})
	case 7:
		s.next = append(s.next, ial.Event{Type: ial.Expose})
	default:
		s.key()
	}
}

// key presses a key, sometimes for long.
func (s *Source) key() {
	k := ial.Key(1 + s.rnd.IntN(int(ial.KeyPageDown)))
	s.next = append(s.next, ial.Event{Type: ial.KeyPress, Key: k})
	for range s.rnd.IntN(4) * s.rnd.IntN(2) {
		s.next = append(s.next, ial.Event{Type: ial.KeyPress, Key: k, Repeat: true})
	}
	s.next = append(s.next, ial.Event{Type: ial.KeyRelease, Key: k})
}

func (s *Source) do(t ial.Type, p image.Point) {
	s.next = append(s.next, ial.Event{Type: t, At: p})
}

// point is somewhere on the screen, or a little beside it.
func (s *Source) point() image.Point {
	const beside = 4
	return image.Pt(s.rnd.IntN(s.opt.Size.X+2*beside)-beside, s.rnd.IntN(s.opt.Size.Y+2*beside)-beside)
}
