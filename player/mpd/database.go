package mpd

import (
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"linnet/player/library"
	"linnet/player/playlist"
)

// run gives the songs that a query finds, in its order and window.
func (q *query) run(list []*library.Track) []*library.Track {
	var out []*library.Track
	for _, t := range list {
		if q.filter.match(t) {
			out = append(out, t)
		}
	}
	if q.sort != "" {
		slices.SortStableFunc(out, func(a, b *library.Track) int {
			c := q.compare(a, b)
			if q.reverse {
				return -c
			}
			return c
		})
	}
	from := min(q.from, len(out))
	if q.to < 0 {
		return out[from:]
	}
	return out[from:max(min(q.to, len(out)), from)]
}

func (q *query) compare(a, b *library.Track) int {
	switch name := canonical(q.sort); name {
	case "":
		return cmp.Compare(a.ModTime, b.ModTime)
	case "Track":
		return a.Tags.Track - b.Tags.Track
	case "Disc":
		return a.Tags.Disc - b.Tags.Disc
	default:
		return library.Compare(value(a, name), value(b, name))
	}
}

func (c *client) select1(args []string, fold bool) ([]*library.Track, *query, error) {
	q, err := c.parseQuery(args, fold)
	if err != nil {
		return nil, nil, err
	}
	return q.run(c.s.cfg.Library.Snapshot().Tracks()), q, nil
}

func (c *client) show(args []string, fold bool) error {
	list, _, err := c.select1(args, fold)
	for _, t := range list {
		c.song(t)
	}
	return err
}

func (c *client) find(args []string) error   { return c.show(args, false) }
func (c *client) search(args []string) error { return c.show(args, true) }

func (c *client) enqueue(args []string, fold bool) error {
	list, q, err := c.select1(args, fold)
	if err != nil {
		return err
	}
	return c.insert(c.s.entriesOf(list), q.position)
}

func (c *client) findAdd(args []string) error   { return c.enqueue(args, false) }
func (c *client) searchAdd(args []string) error { return c.enqueue(args, true) }

func (c *client) searchAddPlaylist(args []string) error {
	list, _, err := c.select1(args[1:], true)
	if err != nil {
		return err
	}
	return c.s.changeList(args[0], true, func(names []string) ([]string, error) {
		for _, t := range list {
			names = append(names, t.Path)
		}
		return names, nil
	})
}

// total counts songs and their length, by the values of tags.
func (c *client) total(args []string, fold bool) error {
	q, err := c.parseQuery(args, fold)
	if err != nil {
		return err
	}
	type sum struct {
		songs int
		time  time.Duration
	}
	sums := map[string]*sum{}
	if len(q.groups) == 0 {
		sums[""] = &sum{}
	}
	for _, t := range q.run(c.s.cfg.Library.Snapshot().Tracks()) {
		key := ""
		if len(q.groups) > 0 {
			key = value(t, q.groups[0])
		}
		s := sums[key]
		if s == nil {
			s = &sum{}
			sums[key] = s
		}
		s.songs++
		s.time += max(t.Duration, 0)
	}
	for _, key := range slices.Sorted(maps.Keys(sums)) {
		if len(q.groups) > 0 {
			c.say(q.groups[0], oneLine(key))
		}
		c.say("songs", sums[key].songs)
		c.say("playtime", int(sums[key].time/time.Second))
	}
	return nil
}

func (c *client) count(args []string) error       { return c.total(args, false) }
func (c *client) searchCount(args []string) error { return c.total(args, true) }

// list2 is the command list: the values of a tag, once each.
func (c *client) list2(args []string) error {
	if strings.EqualFold(args[0], "file") || strings.EqualFold(args[0], "filename") {
		songs, _, err := c.select1(args[1:], false)
		for _, t := range songs {
			c.say("file", oneLine(t.Path))
		}
		return err
	}
	tag := canonical(args[0])
	if tag == "" {
		return fail(errArg, "Unknown tag type: %s", args[0])
	}
	rest := args[1:]
	if len(rest) == 1 && !strings.HasPrefix(rest[0], "(") { // as it once was
		if tag != "Album" {
			return fail(errArg, "should be \"Album\" for 3 arguments")
		}
		rest = []string{"artist", rest[0]}
	}
	q, err := c.parseQuery(rest, false)
	if err != nil {
		return err
	}
	names := append(slices.Clone(q.groups), tag)
	rows := map[string]struct{}{}
	for _, t := range q.run(c.s.cfg.Library.Snapshot().Tracks()) {
		vals := make([]string, len(names))
		for i, n := range names {
			if vals[i] = value(t, n); vals[i] == "" && n == "AlbumArtist" {
				vals[i] = value(t, "Artist")
			}
		}
		rows[strings.Join(vals, "\x00")] = struct{}{}
	}
	var last []string
	for _, row := range slices.Sorted(maps.Keys(rows)) {
		vals := strings.Split(row, "\x00")
		same := last != nil
		for i, n := range names {
			same = same && vals[i] == last[i]
			if !same || i == len(names)-1 {
				c.say(n, oneLine(vals[i]))
			}
		}
		last = vals
	}
	return nil
}

// Folders.

// dir makes sure that a folder of the library is meant.
func (c *client) dir(args []string) (string, error) {
	name := uri(arg(args, 0))
	if name != "" && len(c.s.cfg.Library.Snapshot().Below(name)) == 0 {
		return "", fail(errNoExist, "No such directory")
	}
	return name, nil
}

func join(dir, name string) string {
	if dir == "" {
		return name
	}
	return dir + "/" + name
}

func (c *client) folder(path string, full bool) {
	c.say("directory", oneLine(path))
	if !full {
		return
	}
	if info, err := os.Stat(filepath.Join(c.s.cfg.Library.Root(), path)); err == nil {
		c.say("Last-Modified", timestamp(info.ModTime().UnixNano()))
	}
}

// playlists writes which of the folders in one are sheets; these are lists, too.
func (c *client) playlists(dir string, folders []string, full bool) {
	snap := c.s.cfg.Library.Snapshot()
	for _, f := range folders {
		path := join(dir, f)
		parts := snap.Parts(path)
		if parts == nil {
			continue
		}
		c.say("playlist", oneLine(path))
		if info, err := os.Stat(filepath.Join(c.s.cfg.Library.Root(), path)); err == nil && full && !parts[0].Within() {
			c.say("Last-Modified", timestamp(info.ModTime().UnixNano()))
		}
	}
}

// only is the one song that a name stands for, nil where there are others below it.
func (c *client) only(name string) *library.Track {
	snap := c.s.cfg.Library.Snapshot()
	if snap.Parts(name) != nil {
		return nil
	}
	return c.s.named(name)
}

func (c *client) lsInfo(args []string) error {
	if t := c.only(uri(arg(args, 0))); t != nil {
		c.song(t)
		return nil
	}
	dir, err := c.dir(args)
	if err != nil {
		return err
	}
	folders, songs := c.s.cfg.Library.Snapshot().Folder(dir)
	for _, t := range songs {
		c.song(t)
	}
	c.playlists(dir, folders, true)
	for _, f := range folders {
		c.folder(join(dir, f), true)
	}
	if dir == "" {
		return c.listPlaylists(nil)
	}
	return nil
}

// walk visits a folder, and what is below it.
func (c *client) walk(dir string, full bool) {
	folders, songs := c.s.cfg.Library.Snapshot().Folder(dir)
	for _, t := range songs {
		if full {
			c.song(t)
		} else {
			c.say("file", oneLine(t.Path))
		}
	}
	c.playlists(dir, folders, full)
	for _, f := range folders {
		c.folder(join(dir, f), full)
		c.walk(join(dir, f), full)
	}
}

func (c *client) everything(args []string, full bool) error {
	if t := c.only(uri(arg(args, 0))); t != nil {
		if full {
			c.song(t)
		} else {
			c.say("file", oneLine(t.Path))
		}
		return nil
	}
	dir, err := c.dir(args)
	if err == nil {
		if dir != "" {
			c.folder(dir, full)
		}
		c.walk(dir, full)
	}
	return err
}

func (c *client) listAll(args []string) error     { return c.everything(args, false) }
func (c *client) listAllInfo(args []string) error { return c.everything(args, true) }

// listFiles lists what lies in a folder, whatever it is.
func (c *client) listFiles(args []string) error {
	name := uri(arg(args, 0))
	if !filepath.IsLocal(filepath.FromSlash(name)) && name != "" {
		return fail(errNoExist, "No such directory")
	}
	entries, err := os.ReadDir(filepath.Join(c.s.cfg.Library.Root(), name))
	if err != nil {
		return fail(errNoExist, "No such directory")
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if info.IsDir() {
			c.say("directory", oneLine(e.Name()))
		} else {
			c.say("file", oneLine(e.Name()))
			c.say("size", info.Size())
		}
		c.say("Last-Modified", timestamp(info.ModTime().UnixNano()))
	}
	return nil
}

// update has the library look for changes; one that runs already is followed by
// another.
func (c *client) update(args []string) error {
	c.s.mu.Lock()
	c.s.jobs++
	job, idle := c.s.jobs, c.s.scanning == 0
	if idle {
		c.s.scanning = job
		c.s.work.Add(1)
		go c.s.scan()
	}
	c.s.mu.Unlock()
	c.say("updating_db", job)
	c.s.raise("update")
	return nil
}

// scan runs until no scan is asked for.
func (s *Server) scan() {
	defer s.work.Done()
	for {
		if err := s.cfg.Scan(s.ctx); err != nil && s.ctx.Err() == nil {
			s.cfg.Log(err)
		}
		s.mu.Lock()
		more := s.scanning < s.jobs && s.ctx.Err() == nil
		if more {
			s.scanning++
		} else {
			s.scanning = 0
		}
		s.mu.Unlock()
		s.raise("update")
		if !more {
			return
		}
	}
}

// Stored playlists: files of the kind M3U in one folder.

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
	if err != nil {
		return nil, fail(errNoExist, "No such playlist")
	}
	defer f.Close()
	return playlist.Read(file, f)
}

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
		if !fresh {
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
	return c.s.changeList(args[0], true, func([]string) ([]string, error) { return nil, nil })
}

func (c *client) playlistDelete(args []string) error {
	return c.s.changeList(args[0], false, func(names []string) ([]string, error) {
		from, to, err := span(args[1], len(names))
		if err == nil && (from >= len(names) || to > len(names)) {
			err = fail(errArg, "Bad song index")
		}
		if err != nil {
			return nil, err
		}
		return slices.Delete(names, from, to), nil
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
