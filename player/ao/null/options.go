package null

import (
	"errors"
	"time"

	"linnet/player/media"
)

// ErrGone is what every method answers after the fault Gone.
var ErrGone = errors.New("null: the device is gone")

// A Clock is the time that a device lives in.
type Clock interface {
	Now() time.Time
	Sleep(time.Duration)
}

type systemClock struct{}

func (systemClock) Now() time.Time        { return time.Now() }
func (systemClock) Sleep(d time.Duration) { time.Sleep(d) }

// Options describe the device. The zero Options are an ideal one in real
// time with a period of 20 ms and a buffer of ten of them.
type Options struct {
	Clock          Clock         // nil: that of package time
	Period, Buffer time.Duration // 0: the defaults; a buffer holds two periods or more

	// Format is what the device insists on, field by field; 0 takes what
	// is wanted.
	Format media.AudioFormat

	// Fast makes the device take everything at once and wait for nothing.
	Fast bool

	// Heard is called with the frames that were heard since the last
	// call, and the time when the first of them was. It runs inside the
	// sink's methods, in order, and must not keep frames. A Fast device
	// tells the times at which a real one would have played.
	Heard func(at time.Time, frames []int32)

	// Faults is the script, in the order of At.
	Faults []Fault
}

// A Fault strikes at the first Write after At frames were written in all.
type Fault struct {
	At     int64
	Kind   Kind
	For    time.Duration // of Late and WrongDelay
	Frames int           // of Short
}

// Kind is what goes wrong.
type Kind uint8

// The kinds of Fault.
const (
	Late       Kind = iota + 1 // the Write begins For later
	Short                      // the Write takes Frames frames at most
	Xrun                       // what is queued is lost, and the Write says ErrXrun
	WrongDelay                 // Delay is off by For, until another WrongDelay
	Gone                       // the device is pulled out: ErrGone from now on
)
