package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"linnet/player"
	"linnet/player/cue"
	"linnet/player/formats"
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
	return library.Open(library.Config{Root: root, File: file, Read: readFacts, Playable: func(name string) bool { return playable(name) || cue.Is(name) }, Rest: rest})
}

// restWhilePlaying has a scan work a quarter of the time while something plays, and
// next to nothing while the processor is short or somebody waits for an answer.
func restWhilePlaying(p *player.Player, h *hush) func(worked time.Duration) {
	const most = time.Second // so that the scan ends soon where it is to
	return func(worked time.Duration) {
		h.restBehind()
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
	if cue.Is(path) {
		return readSheet(path)
	}
	f, err := readFile(path)
	if err == nil && f.Tags.HasSheet {
		if s, err := cue.Open(path, playable); err == nil && len(s.Tracks) > 1 {
			f.Parts = partsOf(s, path, func(string) (library.Facts, error) { return f, nil })
		}
	}
	return f, err
}

// readSheet reads a cue sheet, and the files that it is about.
func readSheet(path string) (library.Facts, error) {
	f := library.Facts{Format: "cue", Duration: -1}
	s, err := cue.Open(path, playable)
	if err != nil {
		return f, err
	}
	known := map[string]library.Facts{}
	f.Parts = partsOf(s, path, func(file string) (library.Facts, error) {
		what, ok := known[file]
		if ok {
			return what, nil
		}
		what, bad := readFile(file)
		if bad == nil {
			known[file] = what
		} else if err == nil {
			err = bad
		}
		return what, bad
	})
	for _, file := range s.Files {
		if file.Path == "" && err == nil {
			err = &fs.PathError{Op: "open", Path: file.Name, Err: fmt.Errorf("%s: %w", file.Name, fs.ErrNotExist)}
		}
	}
	return f, err
}

// partsOf are the tracks of a sheet as the library knows them; read tells of the file
// of each.
func partsOf(s *cue.Sheet, path string, read func(file string) (library.Facts, error)) (parts []library.Part) {
	for i := range s.Tracks {
		file := s.Path(i)
		if file == "" {
			continue
		}
		what, err := read(file)
		if err != nil {
			continue
		}
		t := &s.Tracks[i]
		p := library.Part{Name: filepath.Base(cue.Name(path, i)), File: file, From: t.Start, To: t.End, Duration: -1, Audio: what.Audio, Tags: s.Tags(i, what.Tags)}
		end := t.End
		if what.Duration >= 0 && (end == 0 || end > what.Duration) {
			end = what.Duration
		}
		if end > 0 {
			p.Duration = end - t.Start
		}
		if end > 0 && p.Duration <= 0 {
			continue // it is not in the file
		}
		parts = append(parts, p)
	}
	return parts
}

func readFile(path string) (library.Facts, error) {
	m, err := describing(path)
	if err != nil {
		return library.Facts{}, err
	}
	defer m.Close()
	f := library.Facts{Format: m.Format, Duration: -1, Tags: m.Tags}
	if m.Tags.Oversize {
		f.Remark = "a picture or a text in its tags is too large, and was not read, or not all of it"
	}
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
	f, size, err := formats.OpenFile(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	u, err := tag.ReadUndecided(f, size)
	if err != nil || len(u.Texts()) == 0 {
		return nil
	}
	return u
}
