package app

import "time"

// PlaceKind is what a place in a library is.
type PlaceKind uint8

// The kinds of places.
const (
	NoPlace     PlaceKind = iota // what leads nowhere: a track
	AllArtists                   // by name, as are the three below
	AllAlbums                    //
	AllTracks                    //
	AllGenres                    //
	InFolder                     // the folder Name below the library's own, which is ""
	OfArtist                     // the albums of the artist Name
	OfAlbum                      // the tracks of the album Name by Artist
	OfGenre                      // the albums with tracks of the genre Name
	OfList                       // the tracks of the playlist Name
	WithWords                    // the tracks that have the words of Name
	WithTrouble                  // the files that are no tracks, and tracks of which something was not read
)

// Place is a part of a library that can be gone to.
type Place struct {
	Kind         PlaceKind
	Name, Artist string
}

// Item is what lies at a place: a track, or another place.
type Item struct {
	To     Place // where it leads; of no kind for a track
	Title  string
	Artist string
	Album  string // of a track
	Year   string
	Tracks int    // of a place
	Albums int    // of an artist
	Path   string // of a track, or of one there whose picture stands for the place; may be empty
	Number int    // of a track on its album, 0 where that is not known
	Length time.Duration
	Rating int    // 0 to 10
	Volume string // the medium that it is on, where that is away
	Away   bool   // nothing of it can be played, for that reason

	Trouble Trouble // of a file that is no track, or of which something was not read
	Detail  string
}

// Trouble is why a file is no track.
type Trouble uint8

// The kinds of trouble.
const (
	TroubleDamaged Trouble = iota + 1
	TroubleUnsupported
	TroubleUnreadable
	TroubleChanging
	TroublePart // of a track: it is played, but not all of it was read
)

// A Shelf is what lies at a place at one moment. It does not change, its items
// are made when they are asked for, and its methods return at once.
type Shelf interface {
	Len() int
	Item(i int) Item
	// Tracks are the shelf's tracks that are there, and which of them item i is,
	// or the one behind it where that is away.
	Tracks(i int) (paths []string, start int)
	// Below are the tracks of item i that are there.
	Below(i int) []string
}

// A Lettered shelf is in the order of its items' letters.
type Lettered interface {
	Shelf
	// Letter is what item i stands under: 1 to 26 for A to Z, which for Chinese is
	// the initial of the pinyin, 0 for what comes before and 27 for what comes
	// behind.
	Letter(i int) int
}

// MusicState is what a library does at one moment.
type MusicState struct {
	// Version is another one when something else may lie on the shelves.
	Version  uint64
	Tracks   int
	Artists  int
	Albums   int
	Genres   int
	Troubles int    // files that are no tracks
	Away     []Away // media that are away

	Scanning    bool
	Done, Total int           // files of the scan
	Left        time.Duration // below 0 when not known
}

// Away is a medium that is not there.
type Away struct {
	Volume string // by which Forget knows it
	Name   string
	Tracks int
}

// Music is what the screens want of a library. State, Rating and Subscribe
// return at once; the others may be slow and are called on other goroutines.
type Music interface {
	State() MusicState
	Look(at Place) (Shelf, error)
	Rating(path string) int
	Rate(path string, rating int) error
	// Scan looks for what has changed, until that is done.
	Scan() error
	// Forget drops the tracks of a medium that is away.
	Forget(volume string) error
	// Subscribe has changed called, on any goroutine, when State says something
	// else. changed does not wait.
	Subscribe(changed func()) (cancel func())
}
