package main

import (
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"linnet/player"
	"linnet/player/library"
	"linnet/player/media"
	"linnet/player/tag"
)

// openLibrary opens the library of a folder of music, with its database in a
// folder for what is kept, "" for none.
func openLibrary(root, state string, rest func(time.Duration)) (*library.Library, error) {
	file := ""
	if state != "" {
		file = state + string(os.PathSeparator) + "library.db"
	}
	return library.Open(library.Config{Root: root, File: file, Read: readFacts, Playable: playable, Rest: rest})
}

// restWhilePlaying has a scan work a quarter of the time while something plays, and
// next to nothing while the processor is short.
func restWhilePlaying(p *player.Player) func(worked time.Duration) {
	const most = time.Second // so that the scan ends soon where it is to
	return func(worked time.Duration) {
		switch {
		case p.Strained():
			time.Sleep(most)
		case p.Status().State == player.Playing:
			time.Sleep(min(3*worked, most))
		}
	}
}

// readFacts is how the library reads a file.
func readFacts(path string) (library.Facts, error) {
	m, err := describing(path)
	if err != nil {
		return library.Facts{}, err
	}
	defer m.Close()
	f := library.Facts{Format: m.Format, Duration: -1, Tags: m.Tags}
	for _, s := range m.Demuxer.Streams() {
		if s.Kind == media.Audio && f.Audio == (media.AudioFormat{}) {
			f.Audio = s.Audio
		}
		f.Duration = max(f.Duration, s.Duration())
	}
	if unstated(m) {
		f.Undecided = undecidedTags(path)
	}
	return f, nil
}

// unstated says whether a file's tags may have texts whose charset is not known.
func unstated(m *player.Media) bool {
	switch m.Format {
	case "mpa", "adts", "flac", "wav", "aiff", "avi":
		t := &m.Tags
		for _, s := range []string{t.Title, t.Artist, t.Album, t.AlbumArtist, t.Composer, t.Comment, t.Genre} {
			if strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) {
				return true
			}
		}
	}
	return false
}

// undecidedTags is nil where all is stated.
func undecidedTags(path string) *tag.Undecided {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil
	}
	u, err := tag.ReadUndecided(f, info.Size())
	if err != nil || len(u.Texts()) == 0 {
		return nil
	}
	return u
}
