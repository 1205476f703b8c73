//go:build !appliance

package main

import (
	"context"
	"fmt"
	"image"
	"time"

	"linnet/player"
	"linnet/player/resume"
)

type serveCmd struct {
	soundFlags
	mpdFlags
	Music string `required:"" placeholder:"DIR" help:"The folder with the music."`
	State string `placeholder:"DIR" help:"The folder for the library, the playlists and what was played last; nothing is kept without it."`
}

// Help is kong's longer text.
func (serveCmd) Help() string {
	return "Without --mpd it listens at localhost:6600. It prints where, and then only what goes wrong."
}

// Run plays what clients ask for, until it is ended.
func (c *serveCmd) Run(s *streams) error {
	if c.MPD == "" {
		c.MPD = "localhost:6600"
	}
	if err := isFolder(c.Music); err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	open, err := c.open()
	if err != nil {
		return err
	}
	p := player.New(player.Config{Open: opener(image.Point{}), Audio: open, Buffer: c.Buffer, Seed: uint64(time.Now().UnixNano()), Resampling: c.quality(), CPU: threadTime})
	defer p.Close()
	p.SetSound(c.sound())
	ctx, stop := interrupts()
	defer stop()
	say := func(err error) { complain(s.err, "%s", advise(err)) }
	keeper := resume.New("", c.State)
	left := c.restore(p, keeper, say)
	m, err := c.openMusic(p, nil, nil, c.Music, c.State, c.AO, say)
	if err != nil {
		return err
	}
	defer m.close()
	fmt.Fprintf(s.out, "MPD clients: %s\n", m.addr)
	left.keep(ctx, keeper, say)
	return nil
}

// restore puts the queue back that was there last; nothing is played before
// someone asks for it. A volume that was said wins over the one that was left.
func (c *serveCmd) restore(p *player.Player, k *resume.Keeper, say func(error)) *leaving {
	last, known, problems := k.Load()
	for _, err := range problems {
		say(err)
	}
	if !known || c.given["volume"] {
		last.Volume = c.Volume
	}
	p.SetVolume(last.Volume)
	if known {
		p.SetShuffle(last.Shuffle)
		p.SetRepeat(repeats[last.Repeat])
	}
	p.Sync()
	left := newLeaving(p, last, known)
	if len(last.Queue) > 0 {
		p.Restore(last.Queue, last.Index, last.Position, false)
	}
	return left
}

// keep notes what is played until ctx ends.
func (l *leaving) keep(ctx context.Context, k *resume.Keeper, say func(error)) {
	tick := time.NewTicker(saveEvery)
	defer tick.Stop()
	note := func(save func(resume.State, time.Time) error) {
		st, ok := l.state()
		if !ok {
			return
		}
		if err := save(st, time.Now()); err != nil {
			say(err)
		}
	}
	for {
		select {
		case <-ctx.Done():
			note(k.Flush)
			return
		case <-tick.C:
			note(k.Save)
		}
	}
}
