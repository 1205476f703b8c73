package mpd

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"

	"linnet/player/library"
)

func (c *client) password(args []string) error {
	may, ok := c.s.cfg.Passwords[args[0]]
	if !ok {
		return fail(errPassword, "incorrect password")
	}
	c.may = may
	return nil
}

func (c *client) binaryLimit(args []string) error {
	n, err := unsigned(args[0])
	if err == nil && n < minChunk {
		err = fail(errArg, "Value too small")
	}
	if err != nil {
		return err
	}
	c.chunk = min(n, maxChunk)
	return nil
}

func (c *client) tagTypes(args []string) error {
	if len(args) == 0 {
		for _, t := range tagNames {
			if c.tags[t] {
				c.say("tagtype", t)
			}
		}
		return nil
	}
	set := func(names []string, on bool) error {
		for _, n := range names {
			if canonical(n) == "" {
				return fail(errArg, "Unknown tag type")
			}
			c.tags[canonical(n)] = on
		}
		return nil
	}
	switch args[0] {
	case "all":
		return set(tagNames, true)
	case "clear":
		return set(tagNames, false)
	case "enable", "disable":
		if len(args) < 2 {
			return fail(errArg, "Not enough arguments")
		}
		return set(args[1:], args[0] == "enable")
	}
	return fail(errArg, "Unknown sub command")
}

func (c *client) partition(args []string) error {
	if args[0] != "default" {
		return fail(errNoExist, "partition does not exist")
	}
	return nil
}

func (c *client) listPartitions([]string) error {
	c.say("partition", "default")
	return nil
}

// listMounts tells of the folder of music, and of the volumes in it.
func (c *client) listMounts([]string) error {
	seen := map[string]bool{"": true}
	for _, t := range c.s.cfg.Library.Snapshot().Tracks() {
		seen[t.Volume] = true
	}
	for _, v := range slices.Sorted(maps.Keys(seen)) {
		c.say("mount", v)
		c.say("storage", filepath.Join(c.s.cfg.Library.Root(), v))
	}
	return nil
}

func (c *client) decoders([]string) error {
	c.say("plugin", "linnet")
	for _, t := range c.s.cfg.Types {
		if suffix, ok := strings.CutPrefix(t, "."); ok {
			c.say("suffix", suffix)
		} else {
			c.say("mime_type", t)
		}
	}
	return nil
}

// Stickers.

func (c *client) sticker(args []string) error {
	if args[1] != "song" {
		return fail(errArg, "unknown sticker domain")
	}
	sub, args := args[0], args[2:]
	path := uri(args[0])
	lib := c.s.cfg.Library
	if sub != "find" && lib.Snapshot().Track(path) == nil {
		return fail(errNoExist, "No such song")
	}
	n := len(args)
	switch {
	case sub == "get" && n == 2:
		v, ok := lib.Stickers(path)[args[1]]
		if !ok {
			return fail(errNoExist, "no such sticker")
		}
		c.say("sticker", oneLine(args[1]+"="+v))
		return nil
	case sub == "list" && n == 1:
		notes := lib.Stickers(path)
		for _, name := range slices.Sorted(maps.Keys(notes)) {
			c.say("sticker", oneLine(name+"="+notes[name]))
		}
		return nil
	case sub == "set" && n == 3:
		if err := lib.Stick(path, args[1], args[2]); err != nil {
			return fail(errArg, "%v", err)
		}
		c.rated(path, args[1], args[2])
		c.s.raise("sticker")
		return nil
	case sub == "delete" && (n == 1 || n == 2):
		ok, err := lib.Peel(path, arg(args, 1))
		if err == nil && !ok {
			err = fail(errNoExist, "no such sticker")
		}
		if err == nil {
			c.s.raise("sticker")
		}
		return err
	case sub == "find" && (n == 2 || n == 4):
		return c.findStickers(path, args[1:])
	}
	return fail(errArg, "bad request")
}

// rated makes the sticker that clients keep ratings in the library's.
func (c *client) rated(path, name, val string) {
	if name != "rating" {
		return
	}
	if n, err := unsigned(val); err == nil && n <= 10 {
		c.s.cfg.Library.Rate(path, n)
	}
}

func (c *client) findStickers(dir string, args []string) error {
	ok := func(string) bool { return true }
	if len(args) == 3 {
		want := args[2]
		switch args[1] {
		case "=":
			ok = func(v string) bool { return v == want }
		case "<":
			ok = func(v string) bool { return v < want }
		case ">":
			ok = func(v string) bool { return v > want }
		default:
			return fail(errArg, "bad operator")
		}
	}
	type found struct{ path, value string }
	var list []found
	c.s.cfg.Library.EachSticker(args[0], func(path, v string) {
		if (dir == "" || strings.HasPrefix(path, dir+"/") || path == dir) && ok(v) {
			list = append(list, found{path, v})
		}
	})
	sort.Slice(list, func(i, j int) bool { return list[i].path < list[j].path })
	for _, f := range list {
		c.say("file", oneLine(f.path))
		c.say("sticker", oneLine(args[0]+"="+f.value))
	}
	return nil
}

// Pictures.

// A pictureCache keeps the picture that is being sent, since each part of it is
// asked for by a command of its own. One that is larger than maxKept is read
// again for each.
type pictureCache struct {
	mu   sync.Mutex
	key  string
	data []byte
	mime string
	free *time.Timer
}

const (
	maxKept    = 2 << 20
	keptFor    = 10 * time.Second
	maxPicture = 8 << 20
)

func (p *pictureCache) get(key string, read func() ([]byte, string, error)) ([]byte, string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.key == key {
		return p.data, p.mime, nil
	}
	data, mime, err := read()
	if err != nil || len(data) == 0 || len(data) > maxKept {
		return data, mime, err
	}
	if p.free != nil {
		p.free.Stop()
	}
	p.key, p.data, p.mime = key, data, mime
	p.free = time.AfterFunc(keptFor, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.key, p.data = "", nil
	})
	return data, mime, nil
}

// part sends a part of a picture.
func (c *client) part(data []byte, mime, offset, beyond string) error {
	at, err := unsigned(offset)
	if err == nil && at > len(data) {
		err = fail(errArg, "%s", beyond)
	}
	if err != nil {
		return err
	}
	part := data[at:min(at+c.chunk, len(data))]
	c.say("size", len(data))
	if mime != "" {
		c.say("type", mime)
	}
	c.say("binary", len(part))
	c.out.Write(part)
	c.out.WriteByte('\n')
	return nil
}

func (c *client) songArg(name string) (*library.Track, error) {
	t := c.s.named(uri(name))
	if t == nil {
		return nil, fail(errNoExist, "No such song")
	}
	return t, nil
}

func (c *client) readPicture(args []string) error {
	t, err := c.songArg(args[0])
	if err != nil {
		return err
	}
	data, mime, err := c.s.picture.get("in "+t.Path, func() ([]byte, string, error) { return c.s.cfg.Picture(c.s.cfg.Library.Path(t)) })
	if err != nil {
		return err
	}
	if len(data) == 0 {
		return nil
	}
	return c.part(data, mime, args[1], "Bad file offset")
}

// albumArt sends the picture that lies beside a song.
func (c *client) albumArt(args []string) error {
	t, err := c.songArg(args[0])
	if err != nil {
		return fail(errNoExist, "No file exists")
	}
	dir := filepath.Join(c.s.cfg.Library.Root(), filepath.FromSlash(t.Folder()))
	data, _, err := c.s.picture.get("beside "+dir, func() ([]byte, string, error) { return beside(dir) })
	if err != nil {
		return err
	}
	if len(data) == 0 {
		return fail(errNoExist, "No file exists")
	}
	return c.part(data, "", args[1], "Offset too large")
}

// beside reads a folder's picture; nil where there is none.
func beside(dir string) ([]byte, string, error) {
	for _, name := range []string{"cover.png", "cover.jpg", "cover.webp", "folder.jpg", "folder.png", "Cover.jpg", "Folder.jpg"} {
		path := filepath.Join(dir, name)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && info.Size() <= maxPicture {
			data, err := os.ReadFile(path)
			return data, "", err
		}
	}
	return nil, "", nil
}

func (c *client) readComments(args []string) error {
	t, err := c.songArg(args[0])
	if err != nil {
		return err
	}
	if t.Of != "" {
		return nil // its file's are of the album
	}
	list, err := c.s.cfg.Comments(c.s.cfg.Library.Path(t))
	for _, f := range list {
		c.say(oneLine(f[0]), oneLine(f[1]))
	}
	return err
}
