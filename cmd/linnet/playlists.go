package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"linnet/player/playlist"
	"linnet/ui/app"
)

// playlistFolder keeps playlists as M3U files, the same ones that MPD's clients see.
// Those that were put there as M3U8 are read, too.
type playlistFolder struct {
	dir  string
	root string // of the music, where relative names in M3U files begin, as with MPD; empty: at dir

	mu      sync.Mutex
	changed func()
}

const (
	playlistExt  = ".m3u"
	foreignExt   = ".m3u8"
	maxListNames = 1000
)

// playlistsIn is the playlists in the folder for what is kept, of the music below root;
// nil without a folder.
func playlistsIn(state, root string) *playlistFolder {
	if state == "" {
		return nil
	}
	if abs, err := filepath.Abs(root); root != "" && err == nil {
		root = abs
	}
	return &playlistFolder{dir: filepath.Join(state, "playlists"), root: root}
}

// whenChanged has a function be called whenever a list is saved or deleted here.
func (f *playlistFolder) whenChanged(call func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.changed = call
}

func (f *playlistFolder) tell() {
	f.mu.Lock()
	call := f.changed
	f.mu.Unlock()
	if call != nil {
		call()
	}
}

// file is where the list of a name is, without its ending. A name may hold what a
// file's may not.
func (f *playlistFolder) file(name string) (string, error) {
	clean := strings.Map(func(r rune) rune {
		if r == '/' || r == '\\' || r == 0 || r < ' ' {
			return '_'
		}
		return r
	}, strings.TrimSpace(name))
	if clean = strings.TrimLeft(clean, "."); clean == "" {
		return "", errors.New("the name is empty")
	}
	return filepath.Join(f.dir, clean), nil
}

// All is of app.Playlists.
func (f *playlistFolder) All() ([]app.Playlist, error) {
	in, err := os.ReadDir(f.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []app.Playlist
	known := map[string]bool{} // there may be one of each kind
	for _, d := range in[:min(len(in), maxListNames)] {
		ext := filepath.Ext(d.Name())
		name := strings.TrimSuffix(d.Name(), ext)
		if ext != playlistExt && ext != foreignExt || strings.HasPrefix(name, ".") {
			continue
		}
		if known[name] {
			continue
		}
		known[name] = true
		if paths, err := f.Load(name); err == nil {
			all = append(all, app.Playlist{Name: name, Count: len(paths)})
		}
	}
	slices.SortFunc(all, func(a, b app.Playlist) int { return compareNames(a.Name, b.Name) })
	return all, nil
}

// Load is of app.Playlists.
func (f *playlistFolder) Load(name string) ([]string, error) {
	file, err := f.file(name)
	if err != nil {
		return nil, err
	}
	base := f.root
	in, err := os.Open(file + playlistExt)
	if errors.Is(err, fs.ErrNotExist) {
		in, err = os.Open(file + foreignExt)
		base = ""
	}
	if err != nil {
		return nil, err
	}
	defer in.Close()
	if base == "" {
		base = f.dir
	}
	paths, err := playlist.Read(in.Name(), in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", in.Name(), err)
	}
	for i, p := range paths {
		paths[i] = playlist.Resolve(base, p)
	}
	return paths, nil
}

// Save is of app.Playlists. The file appears whole or not at all, and
// outlives a power cut from then on.
func (f *playlistFolder) Save(name string, paths []string) error {
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
	if err := playlist.Write(file+playlistExt, names); err != nil {
		return err
	}
	os.Remove(file + foreignExt) // which this takes the place of
	f.tell()
	return nil
}

// Delete is of app.Playlists.
func (f *playlistFolder) Delete(name string) error {
	file, err := f.file(name)
	if err != nil {
		return err
	}
	err, other := os.Remove(file+playlistExt), os.Remove(file+foreignExt)
	if errors.Is(err, fs.ErrNotExist) {
		err = other
	}
	if err == nil {
		f.tell()
	}
	return err
}
