package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"linnet/player"
	"linnet/player/ao"
	"linnet/player/formats"
	"linnet/ui/app"
)

// TestLeft leaves long tracks in the middle and chooses them again.
func TestLeft(t *testing.T) {
	root, state := t.TempDir(), t.TempDir()
	paths := map[string]string{}
	for name, seconds := range map[string]int{"long": 1200, "other": 1200, "short": 300} {
		paths[name] = filepath.Join(root, name+".wav")
		if err := os.WriteFile(paths[name], []byte(slowWAV(seconds)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	lib := scanned(t, root, state)
	synctest.Test(t, func(t *testing.T) {
		null, err := ao.Open("null")
		if err != nil {
			t.Fatal(err)
		}
		p := player.New(player.Config{Open: formats.Open, Audio: adapt(null)})
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { count(ctx, p, lib, func(err error) { t.Error(err) }); close(done) }()
		s := newShelves(nil, nil)
		s.lib.Store(lib)
		f, unfollow := newFront(p)
		f.left = s.left
		defer unfollow()
		// What is opened, how long it plays, and where it has to begin.
		for i, c := range []struct {
			file        string
			again       bool // from the queue, not as a file
			plays, from time.Duration
			seek        time.Duration // then
		}{
			{file: "long", plays: 7 * time.Minute},
			{file: "long", plays: time.Minute}, // it plays: from its start
			{file: "other", plays: 10 * time.Second},
			{file: "long", plays: 2 * time.Minute, from: time.Minute},
			{file: "short", plays: 2 * time.Minute},
			{file: "short", plays: time.Minute, seek: 2 * time.Minute},
			{file: "other", plays: time.Minute}, // was left too early
			{file: "long", plays: time.Minute, from: 3 * time.Minute, again: true},
			{file: "other", plays: time.Minute, from: time.Minute, seek: 19*time.Minute + 35*time.Second},
			{file: "long", plays: time.Minute, from: 4 * time.Minute},
			{file: "other", plays: time.Second}, // was heard to its end
		} {
			before := f.State().Message
			if c.again {
				f.Append(paths[c.file])
				p.Sync()
				f.PlayIndex(1)
			} else {
				f.Open([]string{paths[c.file]}, 0)
			}
			time.Sleep(5 * time.Second)
			at := f.State().Position - 5*time.Second
			if d := at - c.from; d < -3*time.Second || d > 3*time.Second {
				t.Errorf("%d: %s begins at %v, want %v", i, c.file, at, c.from)
			}
			m := f.State().Message
			if told := m != before; told != (c.from > 0) || told && (m.Problem != app.GoesOn || m.Name != c.file+".wav") {
				t.Errorf("%d: the message is %+v, before it was %+v", i, m, before)
			}
			time.Sleep(c.plays - 5*time.Second)
			if c.seek > 0 {
				f.Seek(c.seek)
				time.Sleep(2 * time.Second)
			}
		}
		stop()
		<-done
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
}
