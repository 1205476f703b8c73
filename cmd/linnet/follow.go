package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"linnet/board/gpio"
	"linnet/player"
	"linnet/player/resume"
)

const (
	// saveEvery is how often the place is noted while it plays.
	saveEvery = time.Second
	// mediumIn is how long the medium of what was played last may take to
	// come: a stick that was in at power-on is mounted by then.
	mediumIn = 10 * time.Second
	// mediumEvery is how often it is looked for.
	mediumEvery = 250 * time.Millisecond
)

// follower starts the music, tells what is played, and remembers it.
type follower struct {
	*appliance
	keeper *resume.Keeper
	left   *leaving
	known  bool // there is a state that it was left with
	held   bool // the player was told to go on there and does not yet say so
	path   string
	lines  *gpio.Lines
	busy   int64 // processorTime when the track began
	idle   int64
}

// follow plays until ctx ends.
func (f *follower) follow(ctx context.Context) error {
	events, cancel := f.player.Subscribe()
	defer cancel()
	select {
	case <-f.shown:
	case <-ctx.Done():
		return nil
	}
	f.openLines()
	defer f.closeLines()
	if err := f.start(ctx); err != nil {
		f.complain("%v", err) // the user can choose something else
	}
	tick := time.NewTicker(saveEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			f.save(f.keeper.Flush)
			return nil
		case e := <-events:
			f.tell(e)
			if e.Type == player.PositionChanged {
				continue
			}
		case <-tick.C:
		}
		f.save(f.keeper.Save)
	}
}

// start plays what was named, or goes on where it was left. A program that was
// killed is started with the same names: it goes on, too.
func (f *follower) start(ctx context.Context) error {
	last := &f.left.last
	if f.Volume >= 0 {
		last.Volume = f.Volume
	}
	if f.Volume >= 0 || f.known {
		f.player.SetVolume(last.Volume)
	}
	defer f.player.Sync() // for what is noted
	if len(f.Path) > 0 && !f.keeper.Again() {
		files, err := expand(f.Path)
		if err == nil {
			f.player.SetQueue(files, 0)
		}
		return err
	}
	if !f.known {
		return nil
	}
	f.player.SetShuffle(last.Shuffle)
	f.player.SetRepeat(repeats[last.Repeat])
	if len(last.Queue) == 0 {
		return nil
	}
	if err := appears(ctx, last.Queue[last.Index]); err != nil {
		return err
	}
	f.held = true
	f.player.Restore(last.Queue, last.Index, last.Position, last.Playing)
	return nil
}

// repeats are the player's ways to repeat by what they are called.
var repeats = map[string]player.Repeat{"off": player.RepeatOff, "all": player.RepeatAll, "one": player.RepeatOne}

// appears waits for a file whose medium may still be on its way.
func appears(ctx context.Context, path string) error {
	for begun := time.Now(); ; {
		_, err := os.Stat(onDisk(path))
		if err == nil || time.Since(begun) > mediumIn {
			return err
		}
		select {
		case <-time.After(mediumEvery):
		case <-ctx.Done():
			return nil
		}
	}
}

// openLines takes the board's lines: the power is on, nothing plays.
func (f *follower) openLines() {
	lines, err := gpio.Open(f.board.Lines)
	if err != nil {
		f.complain("%v", err)
	}
	f.lines = lines
	f.light("led-power", true)
	f.sounds(false)
}

func (f *follower) closeLines() {
	f.sounds(false)
	f.light("led-power", false)
	if err := f.lines.Close(); err != nil {
		f.complain("%v", err)
	}
}

// sounds switches what hangs on whether anything plays. A player that begins
// fills its buffer first, so that the amplifier is awake in time.
func (f *follower) sounds(on bool) {
	f.light("amplifier-mute", !on)
	f.light("led-activity", on)
}

func (f *follower) light(meaning string, on bool) {
	if err := f.lines.Set(meaning, on); err != nil {
		f.complain("%v", err)
	}
}

// tell says what happened.
func (f *follower) tell(e player.Event) {
	if e.Type == player.StateChanged {
		f.sounds(f.player.Status().State == player.Playing)
	}
	switch e.Type {
	case player.Failed:
		f.complain("%v", e.Err)
	case player.Finished:
		f.path = ""
		f.tellFilm()
		f.mark("queue: end")
	case player.TrackChanged, player.StateChanged:
		s := f.player.Status()
		if s.State == player.Playing && s.Path != f.path && s.Stream.Codec != "" {
			f.path = s.Path
			f.busy, f.idle = processorTime()
			f.mark("playing: %s", s.Path)
		}
	}
}

// tellFilm says how the pictures of a film were shown.
func (f *follower) tellFilm() {
	film := f.player.Status().Film
	if film.Shown == 0 {
		return
	}
	busy, idle := processorTime()
	busy, idle = busy-f.busy, idle-f.idle
	f.mark("film: shown %d, skipped %d, dropped %d, jumped %d, latest %v at %v, late %d, idle %d %%", film.Shown, film.Skipped, film.Dropped, film.Jumped,
		film.Latest.Round(time.Millisecond), film.LatestAt.Round(time.Millisecond), film.Late, 100*idle/max(busy+idle, 1))
}

// processorTime is for how long the processor computed, and did not, since the
// system was started, in the kernel's ticks; zeros where it does not tell. What
// gives way to others does as if it did not compute.
func processorTime() (busy, idle int64) {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0, 0
	}
	var v [8]int64 // user, nice, system, idle, waiting for disks, interrupts, stolen
	line, _, _ := strings.Cut(string(text), "\n")
	fmt.Sscan(strings.TrimPrefix(line, "cpu "), &v[0], &v[1], &v[2], &v[3], &v[4], &v[5], &v[6], &v[7])
	return v[0] + v[2] + v[5] + v[6] + v[7], v[1] + v[3] + v[4]
}

// place is where the player is. While it opens the file that it is to go on in,
// it is at no place yet: a power cut now must not lose the one that it goes to.
func (f *follower) place(index int, position time.Duration) time.Duration {
	last := &f.left.last
	f.held = f.held && position == 0 && index == last.Index
	if f.held {
		return last.Position
	}
	return position
}

// save notes the present, if there is anything to be noted.
func (f *follower) save(save func(resume.State, time.Time) error) {
	st, ok := f.left.state()
	if !ok {
		return
	}
	if f.left.filled {
		st.Position = f.place(st.Index, st.Position)
	}
	if err := save(st, time.Now()); err != nil {
		f.complain("%v", err)
	}
}
