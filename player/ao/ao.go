package ao

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"linnet/player/media"
)

// Sink is an open sound device: the same methods, under the same contract,
// as the player's AudioSink.
type Sink interface {
	// Write takes whole interleaved frames of left-justified S32, blocks
	// for at most about one period, and returns how many it took. It
	// returns media.ErrXrun, after taking n frames, when the device ran
	// dry since the last call.
	Write(frames []int32) (n int, err error)
	// Delay is the time until a frame written now would be heard.
	Delay() (time.Duration, error)
	// Drop discards what is queued, at once.
	Drop() error
	// Drain returns when all that is queued was heard.
	Drain() error
	io.Closer
}

// OpenFunc opens a sink for the wanted format, and returns the format that
// the sink really takes. It is called by one goroutine at a time, and not
// before the last sink that it returned is closed.
type OpenFunc = func(want media.AudioFormat) (Sink, media.AudioFormat, error)

// Info describes one sink of the table.
type Info struct {
	Name string // as in a spec
	Help string // one line
	// Compiled says whether this program has it; where it has not, Missing
	// tells what to do.
	Compiled bool
	Missing  string
}

// List returns the sinks of the table, in its order.
func List() []Info {
	list := []Info{{Name: "auto", Help: "the first of " + autoNames() + " that opens", Compiled: true}}
	for _, s := range table {
		list = append(list, Info{Name: s.name, Help: s.help, Compiled: s.open != nil, Missing: whyMissing(s)})
	}
	return list
}

// Probe opens what auto would choose from, one after the other, for CD sound,
// and returns by name what came of it: an error, or nil where it opened.
func Probe() map[string]error {
	cd := media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}
	found := make(map[string]error)
	for _, s := range table {
		if !s.auto || s.open == nil {
			continue
		}
		open, err := s.open("")
		if err == nil {
			var sink Sink
			if sink, _, err = open(cd); err == nil {
				sink.Close()
			}
		}
		found[s.name] = err
	}
	return found
}

func whyMissing(s sinkType) string {
	if s.open != nil {
		return ""
	}
	return s.missing
}

// Open returns the function that opens the sink that spec names. No device
// is touched yet; the error says that there is no such sink in this program,
// and what to do about it.
func Open(spec string) (OpenFunc, error) {
	name, arg, _ := strings.Cut(spec, ":")
	if name == "auto" && arg == "" {
		return openAuto(), nil
	}
	for _, s := range table {
		if s.name != name {
			continue
		}
		if s.open == nil {
			return nil, fmt.Errorf("ao: %s is not in this program: %s", name, s.missing)
		}
		return s.open(arg)
	}
	return nil, fmt.Errorf("ao: there is no sound output %q; there are %s", spec, names())
}

// sinkType is a row of the table.
type sinkType struct {
	name string
	help string
	auto bool // tried by auto, in the table's order
	// open makes the OpenFunc for what follows the colon; nil when the sink
	// is not compiled in; missing says what to do in that case.
	open    func(arg string) (OpenFunc, error)
	missing string
}

func names() string {
	all := []string{"auto"}
	for _, s := range table {
		all = append(all, s.name)
	}
	return strings.Join(all, ", ")
}

func autoNames() string {
	var tried []string
	for _, s := range table {
		if s.auto && s.open != nil {
			tried = append(tried, s.name)
		}
	}
	return strings.Join(tried, ", ")
}

// loyalty is how long the sink that was chosen may be away before the next one
// is tried: a sound server that is started again must not find the card taken.
const loyalty = 3 * time.Second

// openAuto tries the sinks that are for real sound, and keeps to the one that
// opened until it does so no more.
func openAuto() OpenFunc {
	var chosen OpenFunc
	var away time.Time // since when it does not open
	return func(want media.AudioFormat) (Sink, media.AudioFormat, error) {
		var failures []error
		if chosen != nil {
			sink, got, err := chosen(want)
			switch {
			case err == nil:
				away = time.Time{}
				return sink, got, nil
			case away.IsZero():
				away = time.Now()
			}
			if time.Since(away) < loyalty {
				return nil, got, err
			}
			chosen, away = nil, time.Time{}
			failures = append(failures, err)
		}
		for _, s := range table {
			if !s.auto || s.open == nil {
				continue
			}
			open, err := s.open("")
			if err == nil {
				sink, got, err2 := open(want)
				if err2 == nil {
					chosen = open
					return sink, got, nil
				}
				err = err2
			}
			failures = append(failures, err)
		}
		return nil, media.AudioFormat{}, fmt.Errorf("ao: no sound device opens (wav:FILE writes a file instead): %w", errors.Join(failures...))
	}
}

// adapt makes an OpenFunc of a sink package's own function.
func adapt[S Sink](open func(media.AudioFormat) (S, media.AudioFormat, error)) OpenFunc {
	return func(want media.AudioFormat) (Sink, media.AudioFormat, error) {
		s, got, err := open(want)
		if err != nil {
			return nil, got, err // not a nil S in a non-nil Sink
		}
		return s, got, nil
	}
}
