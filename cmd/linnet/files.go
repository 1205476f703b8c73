package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

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
		if err == nil && info.Mode().IsRegular() && playlist.Is(a) {
			in, err := playlist.Open(a)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", a, err)
			}
			if len(in) == 0 {
				return nil, fmt.Errorf("%s: there is nothing on this playlist", a)
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

func playableBelow(dir string) ([]string, error) {
	var list []string
	// With the separator, a folder named by a link is walked, too.
	err := filepath.WalkDir(dir+string(filepath.Separator), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if playable(path) && !strings.HasPrefix(d.Name(), ".") && isFile(path, d) {
			list = append(list, path)
		}
		return nil
	})
	slices.SortFunc(list, comparePaths)
	return list, err
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
	return slices.Contains(extensions(), strings.ToLower(filepath.Ext(name)))
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
