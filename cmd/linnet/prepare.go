//go:build !appliance

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"linnet/board"
	"linnet/player/formats"
	"linnet/player/prepare"
)

type prepareCmd struct {
	Board string `required:"" placeholder:"NAME" help:"The board that it is for: one of ${boards}."`
	Out   string `short:"o" required:"" placeholder:"DIR" help:"The folder for what is made; its folders and names are those of the library."`
	Jobs  int    `default:"0" help:"How many files at a time; 0 is as many as there are processors."`
	Again bool   `help:"Make everything anew, also what an earlier run has made of the same files."`
	Dir   string `arg:"" help:"The folder with music and films."`
}

// Help is kong's longer text.
func (prepareCmd) Help() string {
	return "What the board plays cheaply is copied, the rest transcoded by ffmpeg, which must be installed: films to MPEG-4 simple profile of the " +
		"panel's size in MP4, sound without loss to FLAC, other sound to AAC. Tags, covers, lyrics, subtitles and playlists go along. " +
		"It may be interrupted; the next run goes on."
}

// Run prepares a library for a board.
func (c *prepareCmd) Run(s *streams) error {
	b, err := board.Find(c.Board)
	if err != nil {
		return err
	}
	if c.Jobs < 0 {
		return fmt.Errorf("--jobs=%d: say 0 or more", c.Jobs)
	}
	ctx, stop := interrupts()
	defer stop()
	bar := &prepareBar{lineBar{out: s.err, live: isTerminal(s.err)}}
	p, failures, err := prepare.Run(ctx, prepare.Config{
		Open: formats.Open, Extensions: formats.Extensions(), From: c.Dir, To: c.Out, Board: whatCounts(b), Jobs: c.Jobs, Again: c.Again,
	}, bar.draw)
	bar.clear()
	for _, f := range failures {
		complain(s.err, "%s: %v", f.Path, f.Err)
	}
	stopped := err != nil && errors.Is(err, ctx.Err())
	if err != nil && !stopped {
		return err
	}
	fmt.Fprintf(s.out, "%d files: %s, in %s\n", p.Total, preparedText(&p), p.Elapsed.Round(10*time.Millisecond))
	if stopped {
		complain(s.err, "stopped; another run goes on here")
	}
	if stopped || len(failures) > 0 {
		return errSaid
	}
	return nil
}

// whatCounts is what of a board is of interest for a library.
func whatCounts(b board.Board) (p prepare.Board) {
	p.Width, p.Height = b.UISize()
	for _, r := range b.Sound.Rates {
		p.Rates = append(p.Rates, r.Hertz)
	}
	return p
}

func preparedText(p *prepare.Progress) string {
	return fmt.Sprintf("%d transcoded, %d copied, %d were there, %d failed", p.Made, p.Copied, p.Skipped, p.Failed)
}

// lineBar draws a line over itself on a terminal; elsewhere it draws nothing.
type lineBar struct {
	out   io.Writer
	live  bool
	drawn bool
}

func (b *lineBar) show(text string) {
	if !b.live {
		return
	}
	columns := 80
	if f, ok := b.out.(*os.File); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 1 {
			columns = w
		}
	}
	fmt.Fprintf(b.out, "\r%s\x1b[K", shortened(text, columns-1))
	b.drawn = true
}

func (b *lineBar) clear() {
	if b.drawn {
		fmt.Fprint(b.out, "\r\x1b[K")
	}
}

// barOf is a bar of which so many thousandths are full.
func barOf(thousandths int) string {
	const cells = 20
	full := min(max(cells*thousandths/1000, 0), cells)
	return "[" + strings.Repeat("#", full) + strings.Repeat("-", cells-full) + "]"
}

type prepareBar struct{ lineBar }

func (b *prepareBar) draw(p prepare.Progress) { b.show(prepareText(&p)) }

// prepareText is the bar, the files, how much longer, and what failed.
func prepareText(p *prepare.Progress) string {
	if p.Looking {
		return fmt.Sprintf("looking: %d of %d files", p.Files, p.Total)
	}
	text := fmt.Sprintf("%s %d %%, %d of %d files", barOf(p.Done), p.Done/10, p.Files, p.Total)
	if p.Left >= 0 {
		text += ", " + clockText(p.Left) + " left"
	}
	if p.Failed > 0 {
		text += fmt.Sprintf(", %d failed", p.Failed)
	}
	return text
}
