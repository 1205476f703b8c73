package cue

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"linnet/player"
	"linnet/player/media"
	"linnet/player/tag"
)

// Extension is how the names of sheets end, in lower case.
const Extension = ".cue"

// Is says by its name whether a file is a sheet.
func Is(name string) bool { return strings.EqualFold(filepath.Ext(name), Extension) }

const trackPrefix = "track"

// Name is the name of the i-th track, from 0, of the sheet that a file is or has.
func Name(sheet string, i int) string {
	return fmt.Sprintf("%s%c%s%04d", sheet, filepath.Separator, trackPrefix, i+1)
}

// Split is the opposite of Name; ok is false for a name that cannot be a track's. It
// looks at no file.
func Split(name string) (sheet string, i int, ok bool) {
	dir, base := filepath.Split(name)
	digits, ok := strings.CutPrefix(base, trackPrefix)
	n, err := strconv.ParseUint(digits, 10, 16)
	if dir == "" || !ok || len(digits) != 4 || err != nil || n < 1 || n > MaxTracks {
		return "", 0, false
	}
	return filepath.Clean(dir), int(n - 1), true
}

// Of is Split for a name of which it is not known whether it is a track's: it is where
// its folder is a file.
func Of(name string) (sheet string, i int, ok bool) {
	if sheet, i, ok = Split(name); ok {
		info, err := os.Stat(sheet)
		ok = err == nil && info.Mode().IsRegular()
	}
	return sheet, i, ok
}

// FileOf is the name of the file that has the sound of a track of a sheet, and name itself
// where that is none, or the file is not found.
func FileOf(name string, playable func(name string) bool) string {
	sheet, i, ok := Of(name)
	if !ok {
		return name
	}
	if !Is(sheet) {
		return sheet
	}
	s, err := Open(sheet, playable)
	if err != nil || i >= len(s.Tracks) || s.Files[s.Tracks[i].File].Path == "" {
		return name
	}
	return s.Files[s.Tracks[i].File].Path
}

// Open reads the sheet that a file is, or has in its tags, and finds its files. playable
// says by its name whether a file can be one of them. Where the file has no sheet the
// error is an fs.ErrNotExist.
func Open(name string, playable func(name string) bool) (*Sheet, error) {
	// Asked before it is opened: opening a pipe waits for who writes to it.
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("it is not a regular file")}
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if !Is(name) {
		info, err := f.Stat()
		if err != nil {
			return nil, err
		}
		s, err := within(f, info.Size(), name)
		return s, media.WithFile(err, name)
	}
	b, err := io.ReadAll(io.LimitReader(f, MaxSize+1))
	if err != nil {
		return nil, err
	}
	forced, _ := tag.FolderCharset(filepath.Dir(name), "")
	s, err := Parse(b, forced)
	if err != nil {
		return nil, media.WithFile(err, name)
	}
	if len(s.Files) == 0 {
		return nil, &media.FormatError{File: name, Stage: "cue", Offset: -1, Msg: "it names no file"}
	}
	s.locate(name, playable)
	return s, nil
}

// within reads the sheet in a file's tags.
func within(r io.ReaderAt, size int64, name string) (*Sheet, error) {
	in, err := tag.CueSheet(r, size)
	if err != nil {
		return nil, err
	}
	s := &Sheet{}
	switch {
	case len(in.Text) > 0:
		charset := tag.Charset("UTF-8") // which comments and APE have, and ID3v2 was made
		if !utf8.Valid(in.Text) {
			charset, _ = tag.FolderCharset(filepath.Dir(name), "")
		}
		if s, err = Parse(in.Text, charset); err != nil {
			return nil, err
		}
	case len(in.Marks) > 0:
		s.marks(&in)
	}
	if len(s.Tracks) == 0 {
		return nil, fmt.Errorf("%s: no cue sheet in it: %w", name, fs.ErrNotExist)
	}
	kept := s.Tracks[:0]
	for _, t := range s.Tracks { // one of several files is only of its own
		if t.File == s.Tracks[0].File {
			t.File = 0
			kept = append(kept, t)
		}
	}
	s.Tracks = kept
	s.Files = []File{{Name: filepath.Base(name), Path: name}}
	return s, nil
}

// marks takes over the tracks of a CUESHEET block.
func (s *Sheet) marks(in *tag.Sheet) {
	s.Catalog = in.Catalog
	s.Why = "no text in it"
	last := -1
	for i, m := range in.Marks {
		if i > 0 && m.Start <= in.Marks[i-1].Start {
			break
		}
		if last >= 0 {
			s.Tracks[last].End = m.Start
		}
		if last = -1; m.Audio {
			last = len(s.Tracks)
			s.Tracks = append(s.Tracks, Track{Number: m.Number, ISRC: m.ISRC, Gap: min(m.Gap, m.Start), Start: m.Start})
		}
	}
}

// Names are the names of the tracks of a sheet whose files are there.
func (s *Sheet) Names(sheet string) (names []string) {
	for i := range s.Tracks {
		if s.Path(i) != "" {
			names = append(names, Name(sheet, i))
		}
	}
	return names
}

// Path is where the file of a track is, "" where it was not found.
func (s *Sheet) Path(i int) string { return s.Files[s.Tracks[i].File].Path }

// Behind opens files with open, and tracks of sheets as ranges of these.
func Behind(open player.OpenMedia, playable func(name string) bool) player.OpenMedia {
	return func(name string) (*player.Media, error) {
		sheet, i, ok := Of(name)
		if !ok {
			return open(name)
		}
		s, err := Open(sheet, playable)
		if err != nil {
			return nil, err
		}
		if i >= len(s.Tracks) {
			return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("the cue sheet has no such track")}
		}
		if s.Path(i) == "" {
			return nil, &fs.PathError{Op: "open", Path: filepath.Join(filepath.Dir(sheet), s.Files[s.Tracks[i].File].Name), Err: fs.ErrNotExist}
		}
		m, err := open(s.Path(i))
		if err != nil {
			return nil, err
		}
		s.cut(m, name, i)
		return m, nil
	}
}

// cut makes the media of a file that of a track.
func (s *Sheet) cut(m *player.Media, name string, i int) {
	t := &s.Tracks[i]
	m.Name, m.File = name, s.Path(i)
	m.Range = player.Range{From: t.Start, To: t.End}
	m.Tags, m.Chapters = s.Tags(i, m.Tags), nil
}
