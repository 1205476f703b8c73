package script

import (
	"fmt"
	"io"
	"time"

	"linnet/ui/ial"
)

// Recorder passes a source's events on and writes them down as a script that
// does the same again. It implements ial.Source.
type Recorder struct {
	src  ial.Source
	w    io.Writer
	last time.Duration
	any  bool
	err  error // of writing: recording ends, the source goes on
}

// Record makes a Recorder. The writer stays the caller's to close.
func Record(src ial.Source, w io.Writer) *Recorder { return &Recorder{src: src, w: w} }

// ReadEvent returns the source's next event.
func (r *Recorder) ReadEvent() (ial.Event, error) {
	e, err := r.src.ReadEvent()
	if err == nil && r.err == nil {
		r.err = r.write(e)
	}
	return e, err
}

// Close closes the source.
func (r *Recorder) Close() error { return r.src.Close() }

// Err is what went wrong with writing, if anything. It may be called when the
// source has ended.
func (r *Recorder) Err() error { return r.err }

// write writes one line. The wait is counted from the first event, in whole
// milliseconds that do not add up to more or less than the truth.
func (r *Recorder) write(e ial.Event) error {
	words := describe(e)
	if words == "" {
		return nil
	}
	when := e.When.Truncate(time.Millisecond)
	if !r.any {
		r.any, r.last = true, when
	}
	if d := when - r.last; d > 0 {
		words = d.String() + " " + words
		r.last = when
	}
	if _, err := io.WriteString(r.w, words+"\n"); err != nil {
		return fmt.Errorf("script: record: %w", err)
	}
	return nil
}

func describe(e ial.Event) string {
	switch e.Type {
	case ial.PointerDown:
		return fmt.Sprintf("down %d %d", e.At.X, e.At.Y)
	case ial.PointerMove:
		return fmt.Sprintf("move %d %d", e.At.X, e.At.Y)
	case ial.PointerUp:
		return fmt.Sprintf("up %d %d", e.At.X, e.At.Y)
	case ial.Wheel:
		return fmt.Sprintf("wheel %d %d %d", e.At.X, e.At.Y, e.Delta)
	case ial.KeyPress, ial.KeyRelease:
		name := keyName(e.Key)
		switch {
		case name == "":
			return ""
		case e.Type == ial.KeyRelease:
			return "keyup " + name
		case e.Repeat:
			return "keyrepeat " + name
		}
		return "keydown " + name
	case ial.Expose:
		return "expose"
	case ial.Quit:
		return "quit"
	}
	return ""
}
