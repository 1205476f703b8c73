//go:build !appliance

package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
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

// Help is called by kong.
func (scanCmd) Help() string {
	return "On a terminal a bar shows how far it is. Then come the files that can't be played, each with the kind of trouble and the reason: damaged breaks the rules of its format, " +
		"unsupported is nothing that is played here, unreadable is the medium or the rights, changing was written to meanwhile; and tracks that are played but not read whole. " +
		"Ctrl-C stops it, and with --state the next scan goes on from there. The exit status is 0 when all of the folder was scanned, whatever is in it."
}

// Run scans a folder and says what is in it.
func (c *scanCmd) Run(s *streams) error {
	if err := isFolder(c.Dir); err != nil {
		return fmt.Errorf("scan: %w", err)
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
	for _, t := range snap.Remarked() {
		fmt.Fprintf(s.out, "not read whole: %s: %s\n", plain(t.Path), plain(t.Detail))
	}
	summary(s.out, snap, &p)
	if err == nil {
		return nil
	}
	switch {
	case p.Counting:
		complain(s.err, "stopped while files were counted")
	case c.State != "":
		complain(s.err, "stopped after %d of %d files; the next scan goes on from there", p.Files, p.Total)
	default:
		complain(s.err, "stopped after %d of %d files; without --state nothing of it is kept", p.Files, p.Total)
	}
	return errSaid
}

// summary says what there is, and what a scan did.
func summary(w io.Writer, snap *library.Snapshot, p *library.Progress) {
	var sound time.Duration
	formats := map[string]int{}
	for _, t := range snap.Tracks() {
		sound += max(t.Duration, 0)
		formats[t.Format]++
	}
	elapsed := p.Elapsed.Round(10 * time.Millisecond)
	if elapsed == 0 {
		elapsed = p.Elapsed.Round(time.Millisecond)
	}
	fmt.Fprintf(w, "%s, %s, %s, %s of sound; %d of %s read in %s%s\n", counted(p.Tracks, "track"), counted(len(snap.Groups(library.ByArtist)), "artist"),
		counted(len(snap.Groups(library.ByAlbum)), "album"), clockText(sound), p.Read, counted(p.Total, "file"), elapsed, problemText(p))
	if len(formats) == 0 {
		return
	}
	names := slices.SortedFunc(maps.Keys(formats), func(a, b string) int { return cmp.Or(formats[b]-formats[a], strings.Compare(a, b)) })
	for i, name := range names {
		names[i] = fmt.Sprintf("%d %s", formats[name], name)
	}
	fmt.Fprintf(w, "by format: %s\n", strings.Join(names, ", "))
}

// counted is a number of things.
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
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
	switch {
	case p.Counting:
		b.show("counting: " + counted(p.Total, "file"))
	case p.Total > 0:
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
