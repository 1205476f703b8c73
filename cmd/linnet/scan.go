//go:build !appliance

package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"linnet/player/library"
)

type scanCmd struct {
	State string `placeholder:"DIR" help:"The folder that the library is kept in, so that the next scan reads only what changed; nowhere without it."`
	List  bool   `help:"Print the tracks that were found."`
	Dir   string `arg:"" help:"The folder with the music."`
}

// Run scans a folder and says what is in it.
func (c *scanCmd) Run(s *streams) error {
	if info, err := os.Stat(c.Dir); err != nil {
		return err
	} else if !info.IsDir() {
		return fmt.Errorf("%s: it is not a folder", c.Dir)
	}
	l, err := openLibrary(c.Dir, c.State, nil)
	if err != nil {
		return err
	}
	defer l.Close()
	ctx, stop := interrupts()
	defer stop()
	bar := &scanBar{lineBar{out: s.err, live: isTerminal(s.err)}}
	p, err := l.Scan(ctx, bar.draw)
	bar.clear()
	if err != nil && !errors.Is(err, ctx.Err()) {
		return err
	}
	if c.List {
		listTracks(s.out, l)
	}
	snap := l.Snapshot()
	for _, t := range snap.Problems() {
		fmt.Fprintf(s.out, "%s: %s: %s\n", t.Trouble, plain(t.Path), plain(t.Detail))
	}
	fmt.Fprintf(s.out, "%d tracks, %d artists, %d albums; %d of %d files read in %s%s\n", p.Tracks, len(snap.Groups(library.ByArtist)),
		len(snap.Groups(library.ByAlbum)), p.Read, p.Files, p.Elapsed.Round(10*time.Millisecond), problemText(&p))
	if err != nil {
		complain(s.err, "stopped; another scan goes on here")
		return errSaid
	}
	return nil
}

func listTracks(w io.Writer, l *library.Library) {
	for _, t := range l.Snapshot().Tracks() {
		away := ""
		if t.Absent {
			away = "  (away)"
		}
		fmt.Fprintf(w, "%s  %s  %s · %s · %s%s\n", clockText(t.Duration), plain(t.Path), plain(t.Tags.Artist), plain(t.Tags.Album), plain(t.Tags.Title), away)
	}
}

// problemText counts what went wrong by kind, and what is away.
func problemText(p *library.Progress) string {
	var b strings.Builder
	for _, k := range slices.Sorted(maps.Keys(p.Problems)) {
		fmt.Fprintf(&b, ", %d %s", p.Problems[k], k)
	}
	if p.Removed > 0 {
		fmt.Fprintf(&b, ", %d gone", p.Removed)
	}
	if p.Absent > 0 {
		fmt.Fprintf(&b, ", %d away", p.Absent)
	}
	return b.String()
}

// scanBar draws how far a scan is.
type scanBar struct{ lineBar }

func (b *scanBar) draw(p library.Progress) {
	if p.Total > 0 {
		b.show(barText(&p))
	}
}

// barText is the bar, the files, how fast, how much longer, and what went wrong.
func barText(p *library.Progress) string {
	text := fmt.Sprintf("%s %d of %d files", barOf(1000*p.Files/max(p.Total, 1)), p.Files, p.Total)
	if s := p.Elapsed.Seconds(); s >= 1 {
		text += fmt.Sprintf(", %.0f a second", float64(p.Files)/s)
	}
	if p.Left >= 0 {
		text += ", " + clockText(p.Left) + " left"
	}
	return text + problemText(p)
}
