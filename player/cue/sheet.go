package cue

import (
	"fmt"
	"strings"
	"time"

	"linnet/player/media"
	"linnet/player/tag"
)

// A Sheet is what a cue sheet says.
type Sheet struct {
	Title, Performer, Songwriter string
	Genre, Date, Comment         string
	Catalog                      string // 13 digits
	Disc, Discs                  int
	Loudness                     media.Loudness // of the album
	Files                        []File
	Tracks                       []Track // those of sound, in the order of the sheet

	// Charset is what its text was decoded from, and Why says in words how that was
	// found.
	Charset tag.Charset
	Why     string
}

// A File is one that tracks are in.
type File struct {
	Name string // as the sheet has it
	Type string // "WAVE", "MP3" and the like
	Path string // where it is, "" where it was not found
}

// A Track is a part of a file.
type Track struct {
	Number                       int
	Title, Performer, Songwriter string
	Genre, Date, ISRC            string
	Loudness                     media.Loudness
	File                         int           // in Files
	Gap                          time.Duration // where its INDEX 00 is, if that is in the same file, else Start
	Start                        time.Duration // where its INDEX 01 is
	End                          time.Duration // where the next one begins; 0 is the end of the file
	Pregap, Postgap              time.Duration // silence that is in no file
}

// Sectors is a time in frames of a compact disc: 1/75 s.
func Sectors(n int64) time.Duration {
	return time.Duration(n/75)*time.Second + (time.Duration(n%75)*time.Second+37)/75
}

// Clock writes a time as sheets do, to the nearest frame.
func Clock(d time.Duration) string {
	n := int64(max(d, 0)/time.Second)*75 + (int64(max(d, 0)%time.Second)*75+int64(time.Second)/2)/int64(time.Second)
	return fmt.Sprintf("%02d:%02d:%02d", n/(75*60), n/75%60, n%75)
}

// Tags are what is known of a track; what the sheet does not say is what its file,
// which has these tags, says of the album. A track without a title is called as the
// album with its number.
func (s *Sheet) Tags(i int, file media.Tags) media.Tags {
	t := &s.Tracks[i]
	g := media.Tags{
		Title: t.Title, Artist: first(t.Performer, s.Performer, file.Artist, file.AlbumArtist), Album: first(s.Title, file.Album),
		AlbumArtist: first(s.Performer, file.AlbumArtist, file.Artist), Composer: first(t.Songwriter, s.Songwriter, file.Composer),
		Genre: first(t.Genre, s.Genre, file.Genre), Date: first(t.Date, s.Date, file.Date), Comment: first(s.Comment, file.Comment),
		Track: t.Number, TrackTotal: len(s.Tracks), Disc: s.Disc, DiscTotal: s.Discs, HasCover: file.HasCover,
		ReplayGain: media.ReplayGain{Track: t.Loudness, Album: s.Loudness},
	}
	if g.Title == "" {
		g.Title = strings.TrimSpace(fmt.Sprintf("%s %02d", g.Album, t.Number))
	}
	if g.Disc == 0 {
		g.Disc, g.DiscTotal = file.Disc, file.DiscTotal
	}
	switch { // a file that is the album has the loudness of that
	case g.ReplayGain.Album.Known:
	case file.ReplayGain.Album.Known:
		g.ReplayGain.Album = file.ReplayGain.Album
	default:
		g.ReplayGain.Album = file.ReplayGain.Track
	}
	return g
}

func first(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}
