package mpd

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"linnet/player/library"
	"linnet/player/playlist"
)

const (
	maxLists    = 1024
	maxListName = 120
)

// listFile is where a stored list is, if the name can be one.
func (s *Server) listFile(name string) (string, error) {
	switch {
	case s.cfg.Playlists == "":
		return "", fail(errUnknown, "Stored playlists are disabled")
	case name == "" || len(name) > maxListName || strings.HasPrefix(name, ".") || strings.ContainsAny(name, "/\\\n\r\x00"):
		return "", fail(errArg, "Bad playlist name")
	}
	return filepath.Join(s.cfg.Playlists, name+".m3u"), nil
}

// loadList is readList that also takes a sheet of the library, for its tracks.
func (s *Server) loadList(name string) ([]string, error) {
	parts := s.cfg.Library.Snapshot().Parts(uri(name))
	switch {
	case parts == nil && strings.Contains(name, "/"):
		return nil, fail(errNoExist, "No such playlist")
	case parts == nil:
		return s.readList(name)
	}
	var names []string
	for _, t := range parts {
		names = append(names, t.Path)
	}
	return names, nil
}

func (s *Server) readList(name string) ([]string, error) {
	file, err := s.listFile(name)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fail(errNoExist, "No such playlist")
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	names, err := playlist.Read(file, f)
	for i, n := range names { // others write whole paths
		if rel, ok := s.cfg.Library.Rel(n); ok && filepath.IsAbs(n) {
			names[i] = rel
		}
	}
	return names, err
}

// ListsChanged is for others who change what is in Config.Playlists: clients that wait
// for it are told.
func (s *Server) ListsChanged() { s.raise("stored_playlist") }

// changeList makes a stored list another one; with fresh it may be a new one.
func (s *Server) changeList(name string, fresh bool, change func([]string) ([]string, error)) error {
	file, err := s.listFile(name)
	if err != nil {
		return err
	}
	s.lists.Lock()
	defer s.lists.Unlock()
	names, err := s.readList(name)
	if err != nil {
		var a *ack
		if !fresh || !errors.As(err, &a) || a.code != errNoExist { // a list that cannot be read is kept
			return err
		}
		if all, _ := os.ReadDir(s.cfg.Playlists); len(all) >= maxLists {
			return fail(errListMax, "too many playlists")
		}
	}
	if names, err = change(names); err != nil {
		return err
	}
	if len(names) > playlist.MaxItems {
		return fail(errListMax, "Stored playlist is too large")
	}
	if err := os.MkdirAll(s.cfg.Playlists, 0o755); err != nil {
		return err
	}
	if err := playlist.Write(file, names); err != nil {
		return err
	}
	s.raise("stored_playlist")
	return nil
}

func (c *client) listPlaylists([]string) error {
	if c.s.cfg.Playlists == "" {
		return nil
	}
	entries, _ := os.ReadDir(c.s.cfg.Playlists)
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".m3u")
		info, err := e.Info()
		if ok && err == nil && info.Mode().IsRegular() && !strings.HasPrefix(name, ".") {
			c.say("playlist", oneLine(name))
			c.say("Last-Modified", timestamp(info.ModTime().UnixNano()))
		}
	}
	return nil
}

func (c *client) listPlaylist(args []string) error {
	names, err := c.s.loadList(args[0])
	for _, n := range names {
		c.say("file", oneLine(n))
	}
	return err
}

func (c *client) listPlaylistInfo(args []string) error {
	names, err := c.s.loadList(args[0])
	for _, n := range names {
		if t := c.s.cfg.Library.Snapshot().Track(n); t != nil {
			c.song(t)
		} else {
			c.say("file", oneLine(n))
		}
	}
	return err
}

func (c *client) load(args []string) error {
	names, err := c.s.loadList(args[0])
	if err != nil {
		return err
	}
	from, to := 0, len(names)
	if len(args) > 1 {
		if from, to, err = span(args[1], len(names)); err != nil {
			return err
		}
	}
	var list []*library.Track
	for _, n := range names[min(from, len(names)):max(min(to, len(names)), min(from, len(names)))] {
		if t := c.s.cfg.Library.Snapshot().Track(n); t != nil {
			list = append(list, t)
		}
	}
	return c.insert(c.s.entriesOf(list), arg(args, 2))
}

func (c *client) playlistAdd(args []string) error {
	found := c.s.find(args[1])
	if len(found) == 0 {
		return fail(errNoExist, "No such directory")
	}
	return c.s.changeList(args[0], true, func(names []string) ([]string, error) {
		at := len(names)
		if len(args) > 2 {
			var err error
			if at, err = unsigned(args[2]); err == nil && at > len(names) {
				err = fail(errArg, "Bad position")
			}
			if err != nil {
				return nil, err
			}
		}
		var fresh []string
		for _, t := range found {
			fresh = append(fresh, t.Path)
		}
		return slices.Insert(names, at, fresh...), nil
	})
}

func (c *client) playlistClear(args []string) error {
	return c.s.changeList(args[0], false, func([]string) ([]string, error) { return nil, nil })
}

func (c *client) playlistDelete(args []string) error {
	return c.s.changeList(args[0], false, func(names []string) ([]string, error) {
		from, to, err := span(args[1], len(names))
		if err == nil && (from > len(names) || from == len(names) && !strings.Contains(args[1], ":")) {
			err = fail(errArg, "Bad song index")
		}
		if err != nil {
			return nil, err
		}
		return slices.Delete(names, from, min(to, len(names))), nil
	})
}

func (c *client) playlistMove(args []string) error {
	return c.s.changeList(args[0], false, func(names []string) ([]string, error) {
		from, err := unsigned(args[1])
		if err != nil {
			return nil, err
		}
		to, err := unsigned(args[2])
		if err != nil {
			return nil, err
		}
		if from >= len(names) || to >= len(names) {
			return nil, fail(errArg, "Bad range")
		}
		moved := names[from]
		return slices.Insert(slices.Delete(names, from, from+1), to, moved), nil
	})
}

func (c *client) rename(args []string) error {
	from, err := c.s.listFile(args[0])
	if err != nil {
		return err
	}
	to, err := c.s.listFile(args[1])
	if err != nil {
		return err
	}
	c.s.lists.Lock()
	defer c.s.lists.Unlock()
	if _, err := os.Stat(to); err == nil {
		return fail(errExist, "Playlist exists already")
	}
	if _, err := os.Stat(from); err != nil {
		return fail(errNoExist, "No such playlist")
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	c.s.raise("stored_playlist")
	return nil
}

func (c *client) remove(args []string) error {
	file, err := c.s.listFile(args[0])
	if err != nil {
		return err
	}
	if os.Remove(file) != nil {
		return fail(errNoExist, "No such playlist")
	}
	c.s.raise("stored_playlist")
	return nil
}

func (c *client) save(args []string) error {
	file, err := c.s.listFile(args[0])
	if err != nil {
		return err
	}
	if _, err := os.Stat(file); err == nil {
		return fail(errExist, "Playlist already exists")
	}
	return c.s.changeList(args[0], true, func([]string) ([]string, error) {
		var names []string
		for _, e := range c.s.view().list {
			names = append(names, c.s.track(e.Path).Path)
		}
		return names, nil
	})
}
