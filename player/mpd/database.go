package mpd

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"linnet/player/library"
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
	if err != nil || len(list) == 0 {
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
