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
	c.restore(p, keeper, say)
	m, err := c.openMusic(p, nil, nil, c.Music, c.State, c.AO, say)
	if err != nil {
		return err
	}
	defer m.close()
	fmt.Fprintf(s.out, "MPD clients: %s\n", m.addr)
	keep(ctx, p, keeper, say)
	return nil
}

// restore puts the queue back that was there last; nothing is played before
// someone asks for it. A volume that was said wins over the one that was left.
func (c *serveCmd) restore(p *player.Player, k *resume.Keeper, say func(error)) {
	last, known, problems := k.Load()
	for _, err := range problems {
		say(err)
	}
	if !known || c.given["volume"] {
		last.Volume = c.Volume
	}
	p.SetVolume(last.Volume)
	if !known {
		return
	}
	p.SetShuffle(last.Shuffle)
	p.SetRepeat(repeats[last.Repeat])
	if len(last.Queue) > 0 {
		p.Restore(last.Queue, last.Index, last.Position, false)
	}
}

// keep notes what is played until ctx ends, also that a queue was emptied, which is not
// to come back.
func keep(ctx context.Context, p *player.Player, k *resume.Keeper, say func(error)) {
	tick := time.NewTicker(saveEvery)
	defer tick.Stop()
	filled := false
	note := func(save func(resume.State, time.Time) error) {
		st := p.Status()
		if filled = filled || st.Count > 0; !filled {
			return
		}
		err := save(resume.State{Queue: p.Queue(), Index: max(st.Index, 0), Position: st.Position, Playing: st.State == player.Playing,
			Volume: st.Volume, Shuffle: st.Shuffle, Repeat: st.Repeat.String()}, time.Now())
		if err != nil {
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
