package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"linnet/player/playlist"
	"linnet/ui/app"
)

// playlistFolder keeps playlists as M3U8 files, which other players read.
type playlistFolder string

const (
	playlistExt  = ".m3u8"
	maxPlaylist  = 4 << 20 // bytes of a file
	maxListNames = 1000
)

// file is where the list of a name is. A name may hold what a file's may not.
func (f playlistFolder) file(name string) (string, error) {
	clean := strings.Map(func(r rune) rune {
		if r == '/' || r == 0 || r < ' ' {
			return '_'
		}
		return r
	}, strings.TrimSpace(name))
	if clean = strings.TrimLeft(clean, "."); clean == "" {
		return "", errors.New("the name is empty")
	}
	return filepath.Join(string(f), clean+playlistExt), nil
}

// All is of app.Playlists.
func (f playlistFolder) All() ([]app.Playlist, error) {
	in, err := os.ReadDir(string(f))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []app.Playlist
	for _, d := range in[:min(len(in), maxListNames)] {
		name, ok := strings.CutSuffix(d.Name(), playlistExt)
		if !ok || strings.HasPrefix(name, ".") {
			continue
		}
		if paths, err := f.Load(name); err == nil {
			all = append(all, app.Playlist{Name: name, Count: len(paths)})
		}
	}
	slices.SortFunc(all, func(a, b app.Playlist) int { return compareNames(a.Name, b.Name) })
	return all, nil
}

// Load is of app.Playlists.
func (f playlistFolder) Load(name string) ([]string, error) {
	file, err := f.file(name)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxPlaylist {
		return nil, fmt.Errorf("%s: %d bytes are too many", file, info.Size())
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, line := range strings.Split(strings.TrimPrefix(string(data), "\ufeff"), "\n") {
		if line = strings.TrimRight(line, "\r"); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if !filepath.IsAbs(line) {
			line = filepath.Join(string(f), line)
		}
		paths = append(paths, line)
	}
	return paths, nil
}

// Save is of app.Playlists. The file appears whole or not at all, and
// outlives a power cut from then on.
func (f playlistFolder) Save(name string, paths []string) error {
	file, err := f.file(name)
	if err != nil {
		return err
	}
	names := make([]string, 0, len(paths))
	for _, p := range paths {
		if abs, err := filepath.Abs(p); err == nil {
			p = abs
		}
		if strings.ContainsAny(p, "\r\n") {
			continue // there is no way to write such a name
		}
		names = append(names, p)
	}
	return playlist.Write(file, names)
}

// Delete is of app.Playlists.
func (f playlistFolder) Delete(name string) error {
	file, err := f.file(name)
	if err != nil {
		return err
	}
	return os.Remove(file)
}
