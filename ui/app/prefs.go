package app

import (
	"errors"
	"time"
)

// Bands is how many bands the equaliser has.
const Bands = 10

// MaxBand is the most that a band adds or takes, in tenths of a decibel.
const MaxBand = 120

// BandNames are the equaliser's bands by their middle frequency.
var BandNames = [Bands]string{"31", "62", "125", "250", "500", "1k", "2k", "4k", "8k", "16k"}

// ReplayGain says what brings tracks to one loudness.
type ReplayGain uint8

// The kinds of ReplayGain.
const (
	GainOff ReplayGain = iota
	GainTrack
	GainAlbum
)

// Prefs is what the user chose. It is kept over the power by whoever made the
// App; see Options.
type Prefs struct {
	Ready      bool // the first start is behind
	Lang       Lang
	Theme      string // "dark", "light" or the name of one of Options.Themes
	Brightness int    // per cent, 10 to 100
	Blank      time.Duration
	EQ         bool       // the equaliser is on
	Levels     [Bands]int // tenths of a decibel
	ReplayGain ReplayGain
	Crossfade  time.Duration
	Mono       bool
	Zone       time.Duration // of the time of day, from UTC
	Shows      Shows         // on Now playing
}

// DefaultPrefs is what holds before anything was chosen.
func DefaultPrefs() Prefs { return Prefs{Theme: "dark", Brightness: 80, Blank: time.Minute} }

// A Preset is a setting of the equaliser by name.
type Preset struct {
	Name   string
	Levels [Bands]int
}

// Output is what the sound device does, for the page that shows it.
type Output struct {
	Open     bool
	Rate     int // Hz
	Channels int
	Buffered time.Duration // decoded, not yet given to the device
	Capacity time.Duration
	Delay    time.Duration // in the device
	Xruns    int           // the device ran dry
	Starved  int           // decoding was too slow
	Lost     int           // the device was opened again
	Late     int           // wake-ups that came late
	Latest   time.Duration
	PPM      int           // the device's clock against the machine's
	Measured time.Duration // for how long; 0: not known yet
	Decoding int           // thousandths of a processor; below 0: not known
}

// About is what the program runs as and on.
type About struct {
	Version string
	Board   string
	System  string // the kernel
	Memory  int64  // bytes in use, 0: not known
	Total   int64  // bytes there are
	Uptime  time.Duration
}

// A Volume is a medium with files.
type Volume struct {
	Name, Path  string
	Free, Total int64 // bytes
	Removable   bool
}

// Storage is the media, where they can be asked for. Its methods may be slow
// and are called on other goroutines.
type Storage interface {
	Volumes() ([]Volume, error)
	// Eject makes it safe to pull a medium out. What plays from it has been
	// stopped.
	Eject(v Volume) error
}

// ErrInUse is told where a medium is not let go of.
var ErrInUse = errors.New("a file on it is still open")

// A Playlist is a list of files that was saved by name.
type Playlist struct {
	Name  string
	Count int
}

// Playlists is the saved lists. Its methods may be slow and are called on
// other goroutines.
type Playlists interface {
	All() ([]Playlist, error)
	Load(name string) ([]string, error)
	// Save keeps a list under a name, and replaces what had it.
	Save(name string, paths []string) error
	Delete(name string) error
}

// A Toucher is a touch panel that can be calibrated.
type Toucher interface {
	// Uncalibrated has events say where the panel says that it is touched,
	// in pixels as if it lay on the glass exactly, or ends that.
	Uncalibrated(on bool)
	// Calibrate is told where marks were shown and where they were touched;
	// an error means that it is to be tried again.
	Calibrate(shown, touched []Point) error
}

// Point is a place on the screen.
type Point struct{ X, Y int }

// A LyricLine is sung at a time; of text that does not say when, At is below 0 in
// all lines. Words is where in Text a part is sung from, in order; it may be empty.
type LyricLine struct {
	At    time.Duration
	Text  string
	Words []LyricWord
}

// A LyricWord says that Text[From:] is sung from a time on.
type LyricWord struct {
	At   time.Duration
	From int
}
