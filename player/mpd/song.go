package mpd

import (
	"fmt"
	"strings"
	"time"

	"linnet/player"
	"linnet/player/library"
	"linnet/player/media"
)

// tagNames are the tags that songs are shown with, by the protocol's names.
var tagNames = []string{"Artist", "Album", "AlbumArtist", "Title", "Track", "Genre", "Date", "Composer", "Comment", "Disc"}

// otherTags are tags of the protocol that no song has here.
var otherTags = []string{"ArtistSort", "AlbumSort", "AlbumArtistSort", "TitleSort", "Name", "Mood", "OriginalDate", "ComposerSort", "Performer",
	"Conductor", "Work", "Movement", "MovementNumber", "ShowMovement", "Ensemble", "Location", "Grouping", "Label",
	"MUSICBRAINZ_ARTISTID", "MUSICBRAINZ_ALBUMID", "MUSICBRAINZ_ALBUMARTISTID", "MUSICBRAINZ_TRACKID", "MUSICBRAINZ_RELEASETRACKID",
	"MUSICBRAINZ_WORKID", "MUSICBRAINZ_RELEASEGROUPID"}

// canonical is a tag's name as the protocol writes it, "" for what is none.
func canonical(name string) string {
	for _, list := range [][]string{tagNames, otherTags} {
		for _, t := range list {
			if strings.EqualFold(t, name) {
				return t
			}
		}
	}
	return ""
}

// value is a tag of a song, "" where it has none.
func value(t *library.Track, tag string) string {
	g := &t.Tags
	switch tag {
	case "Artist":
		return g.Artist
	case "Album":
		return g.Album
	case "AlbumArtist":
		return g.AlbumArtist
	case "Title":
		return g.Title
	case "Track":
		if t.Of != "" {
			return fmt.Sprintf("%02d", g.Track) // as it stands in a sheet
		}
		return number(g.Track)
	case "Genre":
		return g.Genre
	case "Date":
		return g.Date
	case "Composer":
		return g.Composer
	case "Comment":
		return g.Comment
	case "Disc":
		return number(g.Disc)
	}
	return ""
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// timestamp is how the protocol writes a time.
func timestamp(nanoseconds int64) string {
	return time.Unix(0, nanoseconds).UTC().Format("2006-01-02T15:04:05Z")
}

func audioText(a media.AudioFormat) string {
	if a.Rate == 0 {
		return ""
	}
	return fmt.Sprintf("%d:%d:%d", a.Rate, a.Bits, a.Channels)
}

// song writes all that is known of one.
func (c *client) song(t *library.Track) {
	c.say("file", oneLine(t.Path))
	if t.From > 0 || t.To > 0 || t.Of != "" {
		c.say("Range", rangeText(t.From, t.To))
	}
	if t.ModTime != 0 {
		c.say("Last-Modified", timestamp(t.ModTime))
	}
	if a := audioText(t.Audio); a != "" {
		c.say("Format", a)
	}
	for _, name := range tagNames {
		if v := value(t, name); v != "" && c.tags[name] {
			c.say(name, oneLine(v))
		}
	}
	if t.Duration > 0 {
		c.say("Time", int((t.Duration+time.Second/2)/time.Second))
		c.say("duration", secondsText(t.Duration))
	}
}

func secondsText(d time.Duration) string {
	ms := (d + time.Millisecond/2) / time.Millisecond
	return fmt.Sprintf("%d.%03d", ms/1000, ms%1000)
}

// rangeText is how the protocol writes a part of a file.
func rangeText(from, to time.Duration) string {
	text := secondsText(from.Truncate(time.Millisecond)) + "-"
	if to > 0 {
		text += secondsText(to.Truncate(time.Millisecond))
	}
	return text
}

// length is how long the file is that a track is of, below 0 where that is not known.
func length(t *library.Track) time.Duration {
	if t.To > 0 || t.Duration < 0 {
		return -1
	}
	return t.From + t.Duration
}

// part is what an entry of the queue is: its track, or the range of it.
func (s *Server) part(e player.Entry) *library.Track {
	t := s.track(e.Path)
	if e.Range == (player.Range{}) {
		return t
	}
	part := *t
	part.From, part.To, part.Duration = e.Range.From, e.Range.To, e.Range.To-e.Range.From
	if e.Range.To == 0 {
		part.Duration = max(length(t)-e.Range.From, 0)
	}
	return &part
}

// entry writes a place of the queue.
func (c *client) entry(i int, e player.Entry) {
	c.song(c.s.part(e))
	c.say("Pos", i)
	c.say("Id", e.ID)
	if e.Priority > 0 {
		c.say("Prio", e.Priority)
	}
}

// track is what the library knows of a file, and otherwise its name.
func (s *Server) track(path string) *library.Track {
	rel, ok := s.cfg.Library.Rel(path)
	if !ok {
		return &library.Track{Path: path, Duration: -1}
	}
	if t := s.cfg.Library.Snapshot().Track(rel); t != nil {
		return t
	}
	return &library.Track{Path: rel, Duration: -1}
}

// uri is a name as clients write it, without what means nothing.
func uri(s string) string { return strings.Trim(s, "/") }

// named is the song of a name, as it is written in answers.
func (s *Server) named(name string) *library.Track {
	snap := s.cfg.Library.Snapshot()
	if t := snap.Track(name); t != nil || !strings.Contains(name, " ") {
		return t
	}
	for _, t := range snap.Tracks() {
		if len(t.Path) == len(name) && oneLine(t.Path) == name {
			return t
		}
	}
	return nil
}

// find gives the songs that a name stands for: one, or those below a folder.
func (s *Server) find(name string) []*library.Track {
	snap := s.cfg.Library.Snapshot()
	name = uri(name)
	if parts := snap.Parts(name); parts != nil {
		return parts
	}
	if t := s.named(name); t != nil {
		return []*library.Track{t}
	}
	return snap.Below(name)
}

// entriesOf makes new places in the queue.
func (s *Server) entriesOf(list []*library.Track) []player.Entry {
	out := make([]player.Entry, len(list))
	for i, t := range list {
		out[i].Path = s.cfg.Library.Path(t)
	}
	return out
}
