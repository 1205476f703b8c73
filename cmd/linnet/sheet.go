package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"linnet/player"
	"linnet/player/cue"
	"linnet/player/media"
	"linnet/ui/app"
)

// soundFile is the file that has the sound of a path: of a track of a cue sheet the
// one that it is a part of.
func soundFile(path string) string { return cue.FileOf(path, playable) }

// onDisk is the file whose being there says that path can be played.
func onDisk(path string) string {
	if sheet, _, ok := cue.Split(path); ok {
		if info, err := os.Stat(sheet); err == nil && info.Mode().IsRegular() {
			return sheet
		}
	}
	return path
}

// baseName is what a file is called where nothing says its title, and of a track of a
// sheet the sheet and its number.
func baseName(path string) string {
	if sheet, i, ok := cue.Of(path); ok {
		return fmt.Sprintf("%s, %d", filepath.Base(sheet), i+1)
	}
	return filepath.Base(path)
}

// ranged is how long m is whose file is so long.
func ranged(m *player.Media, whole time.Duration) time.Duration {
	r := m.Range
	if r.To > 0 && (whole < 0 || r.To < whole) {
		whole = r.To
	}
	if whole < 0 {
		return whole
	}
	return max(whole-r.From, 0)
}

// sheetEntries are the tracks of a cue sheet as those of a folder.
func sheetEntries(sheet string) ([]app.Entry, error) {
	s, err := cue.Open(sheet, playable)
	if err != nil {
		return nil, err
	}
	var list []app.Entry
	for i := range s.Tracks {
		if s.Path(i) == "" {
			continue
		}
		t := &s.Tracks[i]
		g := s.Tags(i, media.Tags{})
		e := app.Entry{Name: fmt.Sprintf("%02d %s", t.Number, g.Title), Path: cue.Name(sheet, i), Size: -1, Title: g.Title, Artist: g.Artist}
		if t.End > 0 {
			e.Duration = t.End - t.Start
		}
		list = append(list, e)
	}
	return list, nil
}
