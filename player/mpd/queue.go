package mpd

import (
	"slices"
	"strings"
	"time"

	"linnet/player"
)

// maxQueue is how many songs the queue may have for clients to add more.
const maxQueue = 1 << 14

// A view is the queue as clients know it.
type view struct {
	list    []player.Entry
	since   []uint32 // the version in which a place became what it is
	version uint32
	of      uint32 // the player's version
}

// view looks whether the queue changed, whoever did that.
func (s *Server) view() view {
	v := s.cfg.Player.Status().Version
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen.version != 0 && s.seen.of == v {
		return s.seen
	}
	list := s.cfg.Player.Entries()
	next := view{list: list, since: make([]uint32, len(list)), version: s.seen.version + 1, of: v}
	for i, e := range list {
		next.since[i] = next.version
		if i < len(s.seen.list) && s.seen.list[i] == e {
			next.since[i] = s.seen.since[i]
		}
	}
	s.seen = next
	return next
}

// index is where an ID is, below 0 for nowhere.
func (v view) index(id int) int {
	if id == 0 {
		return -1
	}
	return slices.IndexFunc(v.list, func(e player.Entry) bool { return e.ID == id })
}

// edit changes the queue; what change says is wrong leaves it as it is.
func (c *client) edit(change func([]player.Entry) ([]player.Entry, error)) (err error) {
	c.s.cfg.Player.Edit(func(list []player.Entry) []player.Entry {
		var out []player.Entry
		if out, err = change(slices.Clone(list)); err == nil && len(out) > maxQueue && len(out) > len(list) {
			err = fail(errListMax, "Playlist is too large")
		}
		if err != nil {
			return list
		}
		return out
	})
	c.s.view()
	return err
}

// place reads where in a list of n something goes: a number, or +N and -N for
// behind and in front of the current song.
func (c *client) place(s string, list []player.Entry) (int, error) {
	n := len(list)
	if s == "" {
		return n, nil
	}
	if s[0] != '+' && s[0] != '-' {
		i, err := unsigned(s)
		if err == nil && i > n {
			err = fail(errArg, "Number too large: %s", s)
		}
		return i, err
	}
	by, err := unsigned(s[1:])
	if err != nil {
		return 0, err
	}
	st := c.s.cfg.Player.Status()
	at := slices.IndexFunc(list, func(e player.Entry) bool { return e.ID == st.ID })
	if at < 0 || st.ID == 0 || st.State == player.Stopped && !c.s.cued() {
		return 0, fail(errPlayer, "No current song")
	}
	if s[0] == '+' {
		at += 1 + by
	} else {
		at -= by
	}
	if at < 0 || at > n {
		return 0, fail(errArg, "Bad song index")
	}
	return at, nil
}

func arg(args []string, i int) string {
	if i < len(args) {
		return args[i]
	}
	return ""
}

func (c *client) insert(fresh []player.Entry, where string) error {
	return c.edit(func(list []player.Entry) ([]player.Entry, error) {
		at, err := c.place(where, list)
		if err != nil {
			return nil, err
		}
		return slices.Insert(list, at, fresh...), nil
	})
}

func (c *client) add(args []string) error {
	if strings.Contains(args[0], "://") {
		return fail(errNoExist, "Unsupported URI scheme")
	}
	found := c.s.find(args[0])
	if len(found) == 0 && uri(args[0]) != "" {
		return fail(errNoExist, "No such directory")
	}
	return c.insert(c.s.entriesOf(found), arg(args, 1))
}

func (c *client) addID(args []string) error {
	if strings.Contains(args[0], "://") {
		return fail(errNoExist, "Unsupported URI scheme")
	}
	t := c.s.named(uri(args[0]))
	if t == nil {
		return fail(errNoExist, "No such song")
	}
	at := 0
	err := c.edit(func(list []player.Entry) (_ []player.Entry, err error) {
		if at, err = c.place(arg(args, 1), list); err != nil {
			return nil, err
		}
		return slices.Insert(list, at, player.Entry{Path: c.s.cfg.Library.Path(t)}), nil
	})
	if err == nil {
		if v := c.s.view(); at < len(v.list) {
			c.say("Id", v.list[at].ID)
		}
	}
	return err
}

func (c *client) clear([]string) error {
	c.s.cfg.Player.Stop()
	err := c.edit(func([]player.Entry) ([]player.Entry, error) { return nil, nil })
	c.s.mu.Lock()
	c.s.modes.cued, c.s.modes.current = false, 0
	c.s.mu.Unlock()
	return err
}

func (c *client) delete(args []string) error {
	return c.edit(func(list []player.Entry) ([]player.Entry, error) {
		from, to, err := span(args[0], len(list))
		if err == nil && from >= len(list) && !strings.Contains(args[0], ":") || err == nil && from > len(list) {
			err = fail(errArg, "Bad song index")
		}
		if err != nil {
			return nil, err
		}
		return slices.Delete(list, from, min(to, len(list))), nil
	})
}

func (c *client) deleteID(args []string) error {
	return c.edit(func(list []player.Entry) ([]player.Entry, error) {
		i, err := indexIn(list, args[0])
		if err != nil {
			return nil, err
		}
		return slices.Delete(list, i, i+1), nil
	})
}

// indexIn is where the song with an ID is in a list. A list that is to be edited is
// looked through by who edits it: before that it may be another one.
func indexIn(list []player.Entry, id string) (int, error) {
	n, err := unsigned(id)
	if err != nil {
		return 0, err
	}
	i := view{list: list}.index(n)
	if i < 0 {
		return 0, fail(errNoExist, "No such song")
	}
	return i, nil
}

// shift moves the songs that pick picks, from one up to another, so that the first is
// at a place.
func (c *client) shift(pick func(list []player.Entry) (from, to int, err error), where string) error {
	return c.edit(func(list []player.Entry) ([]player.Entry, error) {
		from, to, err := pick(list)
		if err == nil && (from >= to || to > len(list)) {
			err = fail(errArg, "Bad song index")
		}
		if err != nil {
			return nil, err
		}
		moved := slices.Clone(list[from:to])
		rest := slices.Delete(slices.Clone(list), from, to)
		at, err := c.place(where, rest)
		if err != nil {
			return nil, err
		}
		return slices.Insert(rest, at, moved...), nil
	})
}

func (c *client) move(args []string) error {
	return c.shift(func(list []player.Entry) (from, to int, err error) { return span(args[0], len(list)) }, args[1])
}

func (c *client) moveID(args []string) error {
	return c.shift(func(list []player.Entry) (from, to int, err error) {
		i, err := indexIn(list, args[0])
		return i, i + 1, err
	}, args[1])
}

// exchange has two songs change places, each of which find finds in the list.
func (c *client) exchange(args []string, find func(list []player.Entry, arg string) (int, error)) error {
	return c.edit(func(list []player.Entry) ([]player.Entry, error) {
		a, err := find(list, args[0])
		if err != nil {
			return nil, err
		}
		b, err := find(list, args[1])
		if err != nil {
			return nil, err
		}
		list[a], list[b] = list[b], list[a]
		return list, nil
	})
}

func (c *client) swap(args []string) error {
	return c.exchange(args, func(list []player.Entry, arg string) (int, error) {
		i, err := unsigned(arg)
		if err == nil && i >= len(list) {
			err = fail(errArg, "Bad song index")
		}
		return i, err
	})
}

func (c *client) swapID(args []string) error { return c.exchange(args, indexIn) }

// shuffle mixes the list itself; what plays comes to the front of a part that has
// it.
func (c *client) shuffle(args []string) error {
	return c.edit(func(list []player.Entry) ([]player.Entry, error) {
		from, to := 0, len(list)
		if len(args) > 0 {
			var err error
			if from, to, err = span(args[0], len(list)); err != nil {
				return nil, err
			}
			if from > len(list) {
				return nil, fail(errArg, "Bad song index")
			}
		}
		part := list[from:min(to, len(list))]
		st := c.s.cfg.Player.Status()
		if i := (view{list: part}).index(st.ID); i >= 0 && st.State != player.Stopped {
			part[0], part[i] = part[i], part[0]
			part = part[1:]
		}
		for i := len(part) - 1; i > 0; i-- {
			j := int(c.s.random() % uint64(i+1))
			part[i], part[j] = part[j], part[i]
		}
		return list, nil
	})
}

func (c *client) prioritise(prio string, each func(list []player.Entry, set func(i int)) error) error {
	n, err := unsigned(prio)
	if err == nil && n > 255 {
		err = fail(errArg, "Number too large: %s", prio)
	}
	if err != nil {
		return err
	}
	return c.edit(func(list []player.Entry) ([]player.Entry, error) {
		return list, each(list, func(i int) { list[i].Priority = uint8(n) })
	})
}

func (c *client) priority(args []string) error {
	return c.prioritise(args[0], func(list []player.Entry, set func(int)) error {
		for _, r := range args[1:] {
			from, to, err := span(r, len(list))
			if err == nil && from >= len(list) {
				err = fail(errArg, "Bad song index")
			}
			if err != nil {
				return err
			}
			for i := from; i < min(to, len(list)); i++ {
				set(i)
			}
		}
		return nil
	})
}

func (c *client) priorityID(args []string) error {
	return c.prioritise(args[0], func(list []player.Entry, set func(int)) error {
		for _, s := range args[1:] {
			id, err := unsigned(s)
			if err != nil {
				return err
			}
			i := view{list: list}.index(id)
			if i < 0 {
				return fail(errNoExist, "No such song")
			}
			set(i)
		}
		return nil
	})
}

// rangeID has a part of the file played that a song is, "from:to" in seconds, of which
// either may be left out, or 0; for a track of a sheet without both it is that track again.
func (c *client) rangeID(args []string) error {
	id, err := unsigned(args[0])
	if err != nil {
		return err
	}
	part, err := parseRange(args[1])
	if err != nil {
		return err
	}
	return c.edit(func(list []player.Entry) ([]player.Entry, error) {
		i := view{list: list}.index(id)
		if i < 0 {
			return nil, fail(errNoExist, "No such song")
		}
		if st := c.s.cfg.Player.Status(); st.ID == id && st.State != player.Stopped {
			return nil, fail(errPermission, "Cannot edit the current song")
		}
		if all := length(c.s.track(list[i].Path)); all >= 0 {
			if part.From > all {
				return nil, fail(errArg, "Invalid start offset")
			}
			if part.To >= all {
				part.To = 0
			}
		}
		list[i].Range = part
		return list, nil
	})
}

// parseRange reads two times with a colon between, to milliseconds.
func parseRange(s string) (r player.Range, err error) {
	from, to, ok := strings.Cut(s, ":")
	for i, at := range []*time.Duration{&r.From, &r.To} {
		text := [...]string{from, to}[i]
		if text == "" {
			continue
		}
		if *at, err = seconds(text); err != nil || *at < 0 {
			ok = false
		}
		*at = at.Truncate(time.Millisecond)
	}
	if !ok || r.To > 0 && r.To <= r.From {
		return r, fail(errArg, "Bad range")
	}
	return r, nil
}

// editTags is addtagid and cleartagid: as with MPD, they are for songs that are not
// files, of which there are none here.
func (c *client) editTags(args []string) error {
	id, err := unsigned(args[0])
	if err != nil {
		return err
	}
	if len(args) > 1 && canonical(args[1]) == "" {
		return fail(errArg, "Unknown tag type: %s", args[1])
	}
	if c.s.view().index(id) < 0 {
		return fail(errNoExist, "No such song")
	}
	return fail(errPermission, "Cannot edit tags of local file")
}

// Looking at the queue.

func (c *client) playlist([]string) error {
	for i, e := range c.s.view().list {
		c.say(sprintf("%d:file", i), oneLine(c.s.track(e.Path).Path))
	}
	return nil
}

func (c *client) playlistInfo(args []string) error {
	v := c.s.view()
	from, to := 0, len(v.list)
	if len(args) > 0 && args[0] != "-1" {
		var err error
		if from, to, err = span(args[0], len(v.list)); err != nil {
			return err
		}
		if from > len(v.list) {
			return fail(errArg, "Bad song index")
		}
	}
	for i := from; i < min(to, len(v.list)); i++ {
		c.entry(i, v.list[i])
	}
	return nil
}

func (c *client) playlistID(args []string) error {
	if len(args) == 0 {
		return c.playlistInfo(nil)
	}
	v := c.s.view()
	i, err := indexIn(v.list, args[0])
	if err != nil {
		return err
	}
	c.entry(i, v.list[i])
	return nil
}

func (c *client) playlistMatch(args []string, fold bool) error {
	q, err := c.parseQuery(args, fold)
	if err != nil {
		return err
	}
	v := c.s.view()
	for i, e := range v.list {
		if q.filter.match(c.s.track(e.Path)) && q.inWindow() {
			c.entry(i, e)
		}
	}
	return nil
}

func (c *client) playlistFind(args []string) error   { return c.playlistMatch(args, false) }
func (c *client) playlistSearch(args []string) error { return c.playlistMatch(args, true) }

// changed visits the places that are others since a version. All are since one that was
// not yet, as -1, which some clients say for want of any.
func (c *client) changed(args []string, visit func(i int, e player.Entry)) error {
	n, err := integer(args[0])
	if err != nil {
		return err
	}
	v := c.s.view()
	from, to := 0, len(v.list)
	if len(args) > 1 {
		if from, to, err = span(args[1], len(v.list)); err != nil {
			return err
		}
	}
	for i := from; i < min(to, len(v.list)); i++ {
		if v.since[i] > uint32(n) || uint32(n) > v.version || n == 0 {
			visit(i, v.list[i])
		}
	}
	return nil
}

func (c *client) changes(args []string) error { return c.changed(args, c.entry) }

func (c *client) changesPosID(args []string) error {
	return c.changed(args, func(i int, e player.Entry) {
		c.say("cpos", i)
		c.say("Id", e.ID)
	})
}
