package library

import (
	"os"
	"path"
	"path/filepath"
)

// Parts of files are tracks of their own, and what they are parts of is not shown: a
// file with an album in it is that album. What is shown follows from what is known, at
// each publication, so that a sheet that goes leaves the file as it was.

// cover counts with by 1 that t covers the file it is a part of, and with -1 that it
// does no longer; it says whether nothing covers that file then. l.mu is held, or
// nobody else is there yet.
func (l *Library) cover(t *Track, by int) (bare bool) {
	if t == nil || t.Of == "" || t.Within() {
		return false
	}
	if l.covered[t.Of] += by; l.covered[t.Of] > 0 {
		return false
	}
	delete(l.covered, t.Of)
	return by < 0
}

// Within says whether the sheet is in the file itself.
func (t *Track) Within() bool { return t.Of != "" && path.Dir(t.Path) == t.Of }

// Folder is where the file lies that t is, or the sheet that t is of.
func (t *Track) Folder() string {
	if t.Of != "" {
		return path.Dir(path.Dir(t.Path))
	}
	return path.Dir(t.Path)
}

// shown says whether t is a track that can be listed. A sheet beside a file is
// believed before the one within.
func (l *Library) shown(t *Track) bool {
	return t.Trouble == "" && !t.Sheet && l.covered[t.Path] == 0 && !(t.Within() && l.covered[t.Of] > 0)
}

// behind says whether t is a track whose parts are shown instead.
func (l *Library) behind(t *Track) bool {
	return t.Trouble == "" && t.Of == "" && t.Audio.Rate > 0 && (t.Sheet || l.covered[t.Path] > 0)
}

// findParts puts the parts that are known in order.
func (s *scan) findParts() {
	s.parts = map[string][]*Track{}
	for _, t := range s.known {
		if t.Of != "" {
			sheet := path.Dir(t.Path)
			s.parts[sheet] = append(s.parts[sheet], t)
		}
	}
}

// place is the path of a file by what it is called as a track's Of.
func (l *Library) place(of string) string {
	if filepath.IsAbs(of) {
		return of
	}
	return filepath.Join(l.cfg.Root, filepath.FromSlash(of))
}

// moved says whether a file that a sheet is about is another one than it was.
func (s *scan) moved(sheet string) bool {
	last := ""
	for _, t := range s.parts[sheet] {
		if t.Of == last {
			continue
		}
		last = t.Of
		info, err := os.Stat(s.place(t.Of))
		if err != nil || info.Size() != t.Size || info.ModTime().UnixNano() != t.ModTime {
			return true
		}
	}
	return false
}

// keepParts notes that the parts of a sheet that did not change are there.
func (s *scan) keepParts(sheet, volume string) {
	for _, t := range s.parts[sheet] {
		s.seen[t.Path] = struct{}{}
		if t.Absent || t.Volume != volume {
			back := *t
			back.Absent, back.Volume = false, volume
			s.add(&back)
		}
	}
}

// addParts adds the parts of a sheet that was read, which stands for them from then on.
func (s *scan) addParts(sheet *Track, parts []Part) {
	sheet.Sheet = len(parts) > 0
	for _, p := range parts {
		t := &Track{Path: sheet.Path + "/" + p.Name, Volume: sheet.Volume, Added: sheet.Added, Format: sheet.Format,
			Duration: p.Duration, Audio: p.Audio, Tags: p.Tags, Of: p.File, From: p.From, To: p.To}
		if rel, ok := s.Rel(p.File); ok {
			t.Of = rel
		}
		if was := s.known[t.Path]; was != nil {
			t.Added = was.Added
		}
		if info, err := os.Stat(p.File); err == nil {
			t.Size, t.ModTime = info.Size(), info.ModTime().UnixNano()
		}
		s.seen[t.Path] = struct{}{}
		s.add(t)
	}
}
