package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"linnet/player/cue"
	"linnet/player/formats"
	"linnet/player/playlist"
	"linnet/ui/app"
)

// expand turns what the user named into files to play: files as they are,
// folders into the files in and below them that look playable, in the order
// a person would count them, playlists into what is on them.
func expand(args []string) ([]string, error) {
	var list []string
	for _, a := range args {
		info, err := os.Stat(a)
		if err == nil && info.Mode().IsRegular() {
			in, err := within(a)
			if err != nil {
				return nil, err
			}
			list = append(list, in...)
			continue
		}
		if err != nil || !info.IsDir() {
			list = append(list, a) // a file that is missing is reported when its turn comes
			continue
		}
		in, err := playableBelow(a)
		if err != nil {
			return nil, fmt.Errorf("read folder %s: %w", a, err)
		}
		if len(in) == 0 {
			return nil, fmt.Errorf("%s: no playable files in this folder (%s)", a, strings.Join(extensions(), " "))
		}
		list = append(list, in...)
	}
	return list, nil
}

// within is what a file stands for: the files on a playlist, the tracks of a cue sheet,
// also of one that is in the file, or the file.
func within(file string) ([]string, error) {
	switch {
	case playlist.Is(file):
		in, err := playlist.Open(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if len(in) == 0 {
			return nil, fmt.Errorf("%s: there is nothing on this playlist", file)
		}
		return sheetsOpened(in), nil
	case cue.Is(file):
		s, err := cue.Open(file, playable)
		if err != nil {
			return nil, err
		}
		in := s.Names(file)
		if len(in) == 0 {
			return nil, fmt.Errorf("%s: the files of this cue sheet are not there (%s)", file, s.Files[0].Name)
		}
		return in, nil
	}
	if s, err := cue.Open(file, playable); err == nil && len(s.Tracks) > 1 {
		return s.Names(file), nil
	}
	return []string{file}, nil
}

// sheetsOpened puts the tracks of cue sheets in the place of these.
func sheetsOpened(files []string) (list []string) {
	for _, f := range files {
		if cue.Is(f) {
			if in, err := within(f); err == nil {
				list = append(list, in...)
				continue
			}
		}
		list = append(list, f) // what is wrong with it is told when its turn comes
	}
	return list
}

// playableBelow are the files below a folder: those of a cue sheet as its tracks.
func playableBelow(dir string) ([]string, error) {
	var list, sheets []string
	// With the separator, a folder named by a link is walked, too.
	err := filepath.WalkDir(dir+string(filepath.Separator), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		switch {
		case strings.HasPrefix(d.Name(), ".") || !isFile(path, d):
		case playable(path):
			list = append(list, path)
		case cue.Is(path):
			sheets = append(sheets, path)
		}
		return nil
	})
	list = cutUp(list, sheets)
	slices.SortFunc(list, comparePaths)
	return list, err
}

// cutUp puts the tracks of sheets in the place of their files.
func cutUp(files, sheets []string) []string {
	cut := map[string]bool{}
	var tracks []string
	for _, sheet := range sheets {
		s, err := cue.Open(sheet, playable)
		if err != nil {
			continue // what is there is played as it is
		}
		if again := slices.ContainsFunc(s.Files, func(f cue.File) bool { return cut[f.Path] }); again {
			continue // another sheet of the same file
		}
		for i := range s.Tracks {
			if p := s.Path(i); p != "" {
				cut[p] = true
			}
		}
		tracks = append(tracks, s.Names(sheet)...)
	}
	files = slices.DeleteFunc(files, func(f string) bool { return cut[f] })
	return append(files, tracks...)
}

// isFile says whether an entry of a folder is a file or a link to one.
func isFile(path string, d fs.DirEntry) bool {
	if d.Type()&fs.ModeSymlink == 0 {
		return d.Type().IsRegular()
	}
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// sameFile says whether two names lead to one file.
func sameFile(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && x.Mode().IsRegular() && os.SameFile(x, y)
}

func playable(name string) bool {
	return slices.Contains(extensions(), strings.ToLower(filepath.Ext(name))) || formats.OnVideoCD(name)
}

// comparePaths orders paths folder by folder, and names so that 2 comes
// before 10 and case does not matter.
func comparePaths(a, b string) int {
	as, bs := strings.Split(a, string(filepath.Separator)), strings.Split(b, string(filepath.Separator))
	return slices.CompareFunc(as, bs, compareNames)
}

func compareNames(a, b string) int {
	x, y := strings.ToLower(a), strings.ToLower(b)
	for x != "" && y != "" {
		nx, ny := digits(x), digits(y)
		if nx > 0 && ny > 0 {
			if c := compareNumbers(x[:nx], y[:ny]); c != 0 {
				return c
			}
			x, y = x[nx:], y[ny:]
			continue
		}
		if x[0] != y[0] {
			return int(x[0]) - int(y[0])
		}
		x, y = x[1:], y[1:]
	}
	if c := len(x) - len(y); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// compareNumbers compares strings of digits of any length by value.
func compareNumbers(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if c := len(a) - len(b); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}

func sortEntries(list []app.Entry) {
	slices.SortFunc(list, func(a, b app.Entry) int { return compareNames(a.Name, b.Name) })
}

func isDir(path string) bool { return isFolder(path) == nil }

// isFolder is an error that names path where that is no folder.
func isFolder(path string) error {
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s: it is not a folder", path)
	}
	return err
}
