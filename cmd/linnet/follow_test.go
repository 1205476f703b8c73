package main

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"linnet/player"
	"linnet/player/ao"
	"linnet/player/formats"
	"linnet/player/resume"
)

// TestPlace: a program that goes on somewhere is there from the beginning, until
// the player tells of a place or of another file.
func TestPlace(t *testing.T) {
	const last = 90 * time.Second
	for name, c := range map[string]struct {
		says []player.Status
		want []time.Duration
	}{
		"it goes on":      {[]player.Status{{Index: 2}, {Index: 2}, {Index: 2, Position: last + time.Second}, {Index: 2}}, []time.Duration{last, last, last + time.Second, 0}},
		"something else":  {[]player.Status{{Index: 2}, {Index: 3}, {Index: 2}}, []time.Duration{last, 0, 0}},
		"it is not there": {[]player.Status{{Index: -1}}, []time.Duration{0}},
	} {
		f := &follower{left: &leaving{last: resume.State{Index: 2, Position: last}}, held: true}
		for i, s := range c.says {
			if got := f.place(s.Index, s.Position); got != c.want[i] {
				t.Errorf("%s: at first %v, then %v; want %v", name, c.says[:i], got, c.want[i])
			}
		}
	}
}

// A queue that was emptied stays so, and what else was chosen with it is kept. As long
// as there was none, the last one is, with what is chosen now.
func TestEmptiedQueue(t *testing.T) {
	song := filepath.Join(t.TempDir(), "song.wav")
	write(t, song, slowWAV(100))
	for name, run := range map[string]func(ctx context.Context, l *leaving, k *resume.Keeper){
		"a server": func(ctx context.Context, l *leaving, k *resume.Keeper) { l.keep(ctx, k, func(error) {}) },
		"a board": func(ctx context.Context, l *leaving, k *resume.Keeper) {
			f := &follower{appliance: &appliance{player: l.player, streams: &streams{err: io.Discard}}, keeper: k, left: l}
			for ctx.Err() == nil {
				f.save(k.Save)
				time.Sleep(saveEvery)
			}
			f.save(k.Flush)
		},
	} {
		t.Run(name, func(t *testing.T) {
			state := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				for _, c := range []struct {
					do     func(p *player.Player)
					queue  []string
					volume int
					not    bool // nothing is to be noted
				}{
					{do: func(p *player.Player) {}, not: true},
					{do: func(p *player.Player) { p.SetVolume(20) }, volume: 20},
					{do: func(p *player.Player) { p.SetVolume(30); p.SetQueue([]string{song}, 0) }, queue: []string{song}, volume: 30},
					{do: func(p *player.Player) {}, queue: []string{song}, volume: 30},
					{do: func(p *player.Player) { p.SetVolume(40) }, queue: []string{song}, volume: 40},
					{do: func(p *player.Player) {
						p.SetVolume(50)
						p.SetQueue([]string{song}, 0)
						time.Sleep(2 * saveEvery)
						p.SetQueue(nil, -1)
					}, volume: 50},
				} {
					null, err := ao.Open("null")
					if err != nil {
						t.Fatal(err)
					}
					p := player.New(player.Config{Open: formats.Open, Audio: adapt(null)})
					k := resume.New("", state)
					before, known, _ := k.Load()
					if known {
						p.SetVolume(before.Volume)
						p.Sync()
					}
					l := newLeaving(p, before, known)
					ctx, stop := context.WithCancel(t.Context())
					done := make(chan struct{})
					go func() { run(ctx, l, k); close(done) }()
					c.do(p)
					time.Sleep(2 * saveEvery)
					stop()
					<-done
					p.Close()
					last, ok, problems := resume.New("", state).Load()
					if ok == c.not || len(problems) > 0 || !slices.Equal(last.Queue, c.queue) || last.Volume != c.volume {
						t.Errorf("noted (%v): %v at volume %d, %v; want %v at %d", ok, last.Queue, last.Volume, problems, c.queue, c.volume)
					}
				}
			})
		})
	}
}

// The volume that a server is told wins over the one that it was left with, which wins
// over what nobody said.
func TestServerVolume(t *testing.T) {
	state := t.TempDir()
	for _, c := range []struct {
		given bool
		want  int
	}{{false, 100}, {true, 30}, {false, 45}, {true, 30}} {
		p := player.New(player.Config{Open: formats.Open})
		cmd := &serveCmd{soundFlags: soundFlags{Volume: 100, effectFlags: effectFlags{given: map[string]bool{"volume": c.given}}}}
		if c.given {
			cmd.Volume = 30
		}
		cmd.restore(p, resume.New("", state), func(err error) { t.Error(err) })
		p.Sync()
		if got := p.Status().Volume; got != c.want {
			t.Errorf("%v: %d, want %d", c.given, got, c.want)
		}
		p.Close()
		if err := resume.New("", state).Flush(resume.State{Volume: 45, Repeat: "off"}, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
}
