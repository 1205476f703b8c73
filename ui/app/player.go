package app

import (
	"image"
	"time"
)

// Status says what the player does.
type Status uint8

// The states of a player.
const (
	Stopped Status = iota
	Playing
	Paused
)

// Repeat says what follows the last track, or each.
type Repeat uint8

// The kinds of repeat.
const (
	RepeatOff Repeat = iota
	RepeatAll
	RepeatOne
)

// Track is what is known of a track. Path is the one that Open was given; the
// file browser marks the file by it. Empty strings are not known; a track
// without a title is called by its file.
type Track struct {
	Path, Title, Artist, Album, Year string
	Format                           string // a few words, as "MP3 · 44.1 kHz"
	Via                              string // the program that decodes it, "" where that is this one
}

// formatText is the format, and who decodes it where that is another program.
func (t *Track) formatText() string {
	if t.Via == "" {
		return t.Format
	}
	return t.Format + " · " + t.Via
}

// Problem says what a Message is about.
type Problem uint8

// The problems of which a player tells.
const (
	Damaged    Problem = iota + 1 // Name lost sound at At, for Lost
	Unplayable                    // Name was skipped, for Why; Detail says more
	NoSound                       // the sound output is gone; Detail says why
	Unkept                        // what is chosen cannot be written and will be forgotten
	PulledOut                     // Name, a medium that was played from, is gone
	Nothing                       // there is nothing in the queue to be played
	GoesOn                        // no trouble: Name, which was left in the middle, is played from At on
)

// Message is something that the user should know.
type Message struct {
	Seq     uint64 // differs from that of every other message
	Problem Problem
	Name    string
	At      time.Duration
	Lost    time.Duration
	Why     Trouble // 0 where that is not known
	Detail  string  // for those who know the technique, in English
}

// State is what the player does at one moment.
type State struct {
	Status       Status
	Index, Count int // the track's place in the queue, from 0, of so many
	Track        Track
	Position     time.Duration
	Duration     time.Duration // 0 or less when not known
	Volume       int           // 0 to 100
	Shuffle      bool
	Repeat       Repeat
	Message      *Message // the latest; nil when there never was one
}

// Player is what the screens want of a player. All methods but Cover return
// at once and may be called on the screens' goroutine; what they change shows
// in a later State.
type Player interface {
	State() State
	PlayPause()
	Next()
	Previous()
	Seek(to time.Duration)
	SetVolume(percent int)
	SetShuffle(on bool)
	SetRepeat(r Repeat)
	// Queue is what is played, by path; what is returned is the caller's. The
	// methods below do nothing with a number that is none of it, as it may
	// have become shorter.
	Queue() []string
	PlayIndex(i int)
	// Move puts a track of the queue to another place, Remove takes one out
	// and Arrange keeps those that it lists; what plays goes on if it is
	// still there.
	Move(from, to int)
	Remove(i int)
	Arrange(order []int)
	// Append puts files behind what is in the queue.
	Append(paths ...string)
	// Open makes the files the queue and plays from number start on.
	Open(paths []string, start int)
	// Cover reads and decodes a track's picture; nil is none. It may be
	// reduced, but covers size where the picture is as large. It may take its
	// time and is called on another goroutine.
	Cover(path string, size image.Point) (image.Image, error)
	// Subscribe has changed called after every change of State but that of
	// the position while it plays, on any goroutine. changed does not wait.
	Subscribe(changed func()) (cancel func())
}

// Entry is a folder or a file that can be played.
type Entry struct {
	Name, Path string
	Dir        bool
	Items      int    // what a folder holds; below 0 when not known
	Size       int64  // of a file, in bytes; below 0 for a part of one
	Format     string // of a file, as "MP3 · 192 kbit/s"
	Title      string // of a file, by its tags
	Artist     string
	Duration   time.Duration // of a file; 0 when not known
}

// Files is what the screens want of a disk. The methods may be slow; they
// are called on other goroutines, several at once.
type Files interface {
	// List returns what is in a folder, in the order in which to show it.
	List(dir string) ([]Entry, error)
	// Describe returns an entry of List with more of its fields filled in.
	Describe(e Entry) (Entry, error)
}
