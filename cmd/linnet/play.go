//go:build !appliance

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"linnet/player"
)

type playCmd struct {
	soundFlags
	Repeat  string   `enum:"off,all,one" default:"off" help:"What follows the last track: off, all or one."`
	Shuffle bool     `help:"Play in random order."`
	VO      string   `name:"vo" enum:"auto,sdl,none" default:"auto" help:"Where the pictures of films go: sdl (a window), none (only the sound is played) or auto (a window where there is a display)."`
	Stats   bool     `help:"Tell how the sound output does: in the line of progress, and in full at the end."`
	File    []string `arg:"" help:"Files or folders to play."`
}

// Help is kong's longer text.
func (playCmd) Help() string {
	return "Keys: space pauses, ← and → seek by 5 s, ↑ and ↓ change the volume, [ and ] the speed, which keeps the pitch, n and p go to the next and previous track, q quits. " +
		"Of films, . and , show the next picture and the one before, and page up and page down go a minute, to a picture that needs no others."
}

// Run plays until the end of the list, an interrupt or q.
func (c *playCmd) Run(s *streams) error {
	files, err := expand(c.File)
	if err != nil {
		return err
	}
	if err := c.spares(files); err != nil {
		return err
	}
	open, err := c.open()
	if err != nil {
		return err
	}
	shown, keys := c.panes(s)
	p := player.New(player.Config{Open: opener(paneBounds), Audio: open, Video: shown, Clock: clock, Buffer: c.Buffer, Seed: uint64(time.Now().UnixNano()), Resampling: c.quality(), CPU: threadTime})
	err = c.play(s, p, files, keys)
	if cerr := p.Close(); cerr != nil {
		err = cerr // more serious than that it was stopped
	}
	return err
}

// panes are windows for films, nil without, and the keys that are pressed there.
func (c *playCmd) panes(s *streams) (player.OpenVideo, <-chan key) {
	if c.VO == "none" || c.VO == "auto" && !hasDisplay() {
		return nil, nil
	}
	keys := make(chan key, 16)
	p := &panes{open: openPane, keys: keys, tell: func(err error) { complain(s.err, "the pictures are not shown: %v", err) }}
	return p.film, keys
}

// play takes the terminal, and gives it back before the player is closed.
func (c *playCmd) play(s *streams, p *player.Player, files []string, shown <-chan key) error {
	events, cancel := p.Subscribe()
	defer cancel()
	ctx, stop := interrupts()
	defer stop()
	keys, restore := readKeys(s.in)
	defer restore()

	p.SetVolume(c.Volume)
	p.SetSound(c.sound())
	p.SetRepeat(map[string]player.Repeat{"off": player.RepeatOff, "all": player.RepeatAll, "one": player.RepeatOne}[c.Repeat])
	p.SetShuffle(c.Shuffle)
	start := 0
	if c.Shuffle {
		start = int(time.Now().UnixNano() % int64(len(files)))
	}
	p.SetQueue(files, start)

	t := &terminal{streams: s, player: p, live: isTerminal(s.out), stats: c.Stats}
	return t.follow(ctx, events, keys, shown)
}

// terminal shows what the player does and passes keys to it.
type terminal struct {
	*streams
	player *player.Player
	live   bool // the progress line can be drawn over itself
	stats  bool
	shown  string
	width  int
	last   time.Time
}

// follow goes on until the end, with keys of the terminal and of windows, either of
// which may be nil.
func (t *terminal) follow(ctx context.Context, events <-chan player.Event, keys, shown <-chan key) error {
	for {
		select {
		case <-ctx.Done():
			t.end("stopped")
			return errSaid
		case k, ok := <-keys:
			if !ok {
				keys = nil
			} else if !t.press(k) {
				t.end("stopped")
				return errSaid
			}
		case k := <-shown:
			if !t.press(k) {
				t.end("stopped")
				return errSaid
			}
		case e := <-events:
			t.failed(e)
			if t.over(e) {
				return t.finished(events)
			}
		}
		t.progress()
	}
}

// over says whether with e there is no more to hear: the list was played, or
// the player stopped by itself, as without a sound device.
func (t *terminal) over(e player.Event) bool {
	return e.Type == player.Finished || e.Type == player.StateChanged && t.player.Status().State == player.Stopped
}

// failed tells what went wrong, if e is about that.
func (t *terminal) failed(e player.Event) {
	if e.Type == player.Failed {
		t.clear()
		complain(t.err, "%s", advise(e.Err))
	}
}

// finished sums up, with what the events still tell; every track must have
// been played whole.
func (t *terminal) finished(events <-chan player.Event) error {
	for len(events) > 0 {
		t.failed(<-events)
	}
	s := t.player.Status()
	if s.Err == nil {
		t.end("finished")
		return nil
	}
	t.end("ended")
	if s.Failed == 0 && s.Damaged == 0 || errors.Is(s.Err, player.ErrNoOutput) {
		complain(t.err, "%v", errSaid)
		return errSaid
	}
	complain(t.err, "%d of %d tracks could not be played, %d damaged places were concealed", s.Failed, s.Count, s.Damaged)
	return errSaid
}

func (t *terminal) press(k key) bool {
	p := t.player
	switch k {
	case keyQuit:
		return false
	case keyPause:
		p.Toggle()
	case keyBack:
		p.SeekBy(-5 * time.Second)
	case keyForward:
		p.SeekBy(5 * time.Second)
	case keyLouder:
		p.SetVolume(p.Status().Volume + 5)
	case keySofter:
		p.SetVolume(p.Status().Volume - 5)
	case keyNext:
		p.Next()
	case keyPrevious:
		p.Previous()
	case keySlower:
		p.SetSpeed(p.Status().Speed - 10)
	case keyFaster:
		p.SetSpeed(p.Status().Speed + 10)
	case keyStep:
		p.Step(1)
	case keyStepBack:
		p.Step(-1)
	case keyFarForward:
		p.SeekKeyBy(time.Minute)
	case keyFarBack:
		p.SeekKeyBy(-time.Minute)
	}
	return true
}

// progress draws the line of the present, on a terminal over the last one,
// elsewhere every ten seconds; a line of its own says when a track begins.
func (t *terminal) progress() {
	s := t.player.Status()
	if s.Stream.Codec == "" {
		return
	}
	if name := trackName(&s); name != t.shown {
		t.shown = name
		t.clear()
		by := ""
		if s.Via != "" {
			by = "  (decoded by " + s.Via + ")"
		}
		fmt.Fprintf(t.out, "%s  %s%s\n", ofTotal(s.Index+1, s.Count), name, by)
	}
	line := progressLine(&s)
	if t.stats {
		line = statsLine(&s.Output) + "  " + line
	}
	switch {
	case t.live:
		line = shortened(line, t.columns()-1)
		pad := min(max(t.width-len([]rune(line)), 0), t.columns()-1-len([]rune(line)))
		t.width = len([]rune(line))
		fmt.Fprintf(t.out, "\r%s%s", line, strings.Repeat(" ", pad))
	case time.Since(t.last) >= 10*time.Second:
		t.last = time.Now()
		fmt.Fprintln(t.out, line)
	}
}

// clear wipes the progress line, so that something else can be printed.
func (t *terminal) clear() {
	if t.live && t.width > 0 {
		fmt.Fprintf(t.out, "\r%s\r", strings.Repeat(" ", min(t.width, t.columns()-1)))
		t.width = 0
	}
}

// columns is how wide the terminal is now: a line that is longer wraps, and
// can not be drawn over.
func (t *terminal) columns() int {
	if f, ok := t.out.(*os.File); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 1 {
			return w
		}
	}
	return 80
}

func (t *terminal) end(how string) {
	s := t.player.Status()
	t.clear()
	fmt.Fprintf(t.out, "%s: xruns %d, ring ran dry %d times, device opened %d time(s)\n",
		how, s.Output.Xruns, s.Output.Starved, s.Output.Opened)
	if t.stats {
		writeStats(t.out, &s.Output)
	}
}

func trackName(s *player.Status) string {
	name := baseName(s.Path)
	if s.Tags.Title != "" {
		name = s.Tags.Title
	}
	if s.Tags.Artist != "" {
		name += " · " + s.Tags.Artist
	}
	return shortened(plain(name), 200)
}

// progressLine puts what changes first: in 80 columns the end may be cut off.
func progressLine(s *player.Status) string {
	sign := map[player.State]string{player.Playing: "▶", player.Paused: "‖", player.Stopped: "■"}[s.State]
	total := "?"
	if s.Duration >= 0 {
		total = clockText(s.Duration)
	}
	speed := ""
	if s.Speed != 100 {
		speed = fmt.Sprintf("  speed %d %%", s.Speed)
	}
	return fmt.Sprintf("%s %s / %s%s  volume %d  buffer %.1f/%.1f s  xruns %d  %s", sign, clockText(s.Position), total, speed,
		s.Volume, s.Output.Buffered.Seconds(), s.Output.Capacity.Seconds(), s.Output.Xruns, formatText(s))
}

// formatText is codec, rate and channels, and what the device is given where
// that is another rate.
func formatText(s *player.Status) string {
	a := s.Stream.Audio
	text := fmt.Sprintf("%s %s kHz", s.Stream.Codec, kilo(a.Rate))
	switch a.Channels {
	case 1:
		text += " mono"
	case 2:
		text += " stereo"
	default:
		text += fmt.Sprintf(" %d channels", a.Channels)
	}
	if s.Stream.BitRate > 0 && !strings.HasPrefix(string(s.Stream.Codec), "pcm_") {
		text += fmt.Sprintf(" %d kbit/s", (s.Stream.BitRate+500)/1000)
	}
	if o := s.Output.Format; o.Rate != 0 && o.Rate != a.Rate {
		text += fmt.Sprintf(" → %s kHz", kilo(o.Rate))
	}
	return text
}
