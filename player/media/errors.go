package media

import (
	"errors"
	"fmt"
)

// ErrNewStreams is what ReadPacket returns where the file goes on with other
// streams (another sampling rate, another chain link): Streams has changed,
// and decoders made for the old ones must not be fed any more. The next
// ReadPacket returns the first packet of the new streams.
var ErrNewStreams = errors.New("media: the streams change here")

// ErrXrun is returned by a sink's Write after the device ran dry.
var ErrXrun = errors.New("media: xrun")

// An Xrun is an ErrXrun after which the device still had sound: of the frames
// that it took before, the last Unheard were not heard, and are in it no
// more.
type Xrun struct {
	Unheard int
	Exact   bool // of a machine that fell asleep: the device was asked for its place last of all
}

func (x Xrun) Error() string { return fmt.Sprintf("%v: %d frames were not heard", ErrXrun, x.Unheard) }

// Is makes an Xrun an ErrXrun.
func (x Xrun) Is(target error) bool { return target == ErrXrun }

// A Stuck is the error of a device that does not play what it was given: Queued
// frames, as it tells, the last Silent of them silence from the sink. It is lost.
type Stuck struct{ Queued, Silent int }

func (s Stuck) Error() string { return "the device does not play what it was given" }

// FormatError reports input that breaks the rules of its format. A decoder
// that returns one may have appended concealed samples; the caller counts it
// and goes on with the next packet.
type FormatError struct {
	File   string // the file's name, filled in by whoever opened it
	Stage  string // the part that noticed, as "demux/wav" or "ad/mp3"
	Offset int64  // where in the file; -1 when not known
	Msg    string
}

func (e *FormatError) Error() string { return describe(e.Stage, e.File, e.Offset, e.Msg) }

// UnsupportedError reports input that is valid, as far as was read, but that
// Linnet does not play.
type UnsupportedError struct {
	File   string
	Stage  string
	Offset int64
	Msg    string
}

func (e *UnsupportedError) Error() string {
	return describe(e.Stage, e.File, e.Offset, "not supported: "+e.Msg)
}

func describe(stage, file string, offset int64, msg string) string {
	where := stage
	if file != "" {
		where = file + ": " + stage
	}
	if offset >= 0 {
		return fmt.Sprintf("%s: at byte %d: %s", where, offset, msg)
	}
	return fmt.Sprintf("%s: %s", where, msg)
}

// WithFile fills the file's name into a FormatError or UnsupportedError in
// err's chain that has none yet, and returns err.
func WithFile(err error, name string) error {
	var f *FormatError
	if errors.As(err, &f) && f.File == "" {
		f.File = name
	}
	var u *UnsupportedError
	if errors.As(err, &u) && u.File == "" {
		u.File = name
	}
	return err
}
