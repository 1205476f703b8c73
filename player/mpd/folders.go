package mpd

import (
	"os"
	"path/filepath"
	"strings"

	"linnet/player/library"
)

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
