package main

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/media"
	"linnet/player/pcm"
	"linnet/player/settings"
)

// silentPlayer is a player that nothing is played with.
func silentPlayer(t *testing.T) *player.Player {
	p := player.New(player.Config{
		Open: func(name string) (*player.Media, error) { return nil, os.ErrNotExist },
		Audio: func(want media.AudioFormat) (player.AudioSink, media.AudioFormat, error) {
			return nil, want, os.ErrNotExist
		},
	})
	t.Cleanup(func() { p.Close() })
	return p
}

func openStore(t *testing.T, dir string) *settings.Store {
	return settings.Open(dir, func(err error) { t.Error(err) })
}

// eventually waits for a player that does later what it is told.
func eventually(t *testing.T, p *player.Player, there func(player.Status) bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !there(p.Status()); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("it does not come: %+v", p.Status())
		}
	}
}

// What was chosen holds at the next start; flags win, and are not kept.
func TestSoundOverARestart(t *testing.T) {
	dir := t.TempDir()
	rock := pcm.Presets()[1].Bands
	run := func(flags soundFlags, choose func(*player.Player), want player.Sound, volume int) {
		t.Helper()
		store, p := openStore(t, dir), silentPlayer(t)
		stop := keepSoundAndVolume(store, p, &flags)
		choose(p)
		eventually(t, p, func(s player.Status) bool { return s.Sound == want && s.Volume == volume })
		stop()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}
	nothing := func(*player.Player) {}
	run(soundFlags{Volume: 100}, nothing, player.Sound{}, 100)
	if _, err := os.Stat(filepath.Join(dir, "settings.json")); err == nil {
		t.Error("nothing was chosen, and that is kept")
	}
	flags := soundFlags{Volume: 40, effectFlags: effectFlags{Balance: 9, given: map[string]bool{"volume": true, "balance": true}}}
	run(flags, nothing, player.Sound{Settings: pcm.Settings{Balance: 9}}, 40)
	if _, err := os.Stat(filepath.Join(dir, "settings.json")); err == nil {
		t.Error("what flags said is kept")
	}
	chosen := player.Sound{
		Settings:   pcm.Settings{Bands: rock, Bass: 20, Balance: -30, Mono: true},
		ReplayGain: player.ReplayGain{Mode: player.ReplayGainTrack}, Crossfade: player.Crossfade{Length: 3 * time.Second},
	}
	run(soundFlags{Volume: 100}, func(p *player.Player) { p.SetSound(chosen); p.SetVolume(60) }, chosen, 60)
	run(soundFlags{Volume: 100}, nothing, chosen, 60)
	with := chosen
	with.Balance, with.Crossfade.Length = 9, 0
	flags.given["crossfade"] = true
	run(flags, nothing, with, 40)
	run(soundFlags{Volume: 100}, nothing, chosen, 60)
}

// All flags of the sound are known to win.
func TestOverTakesEveryFlag(t *testing.T) {
	store := t.TempDir()
	state := filepath.Join(store, "state")
	said := player.Sound{
		Settings:   pcm.Settings{Bands: [pcm.Bands]int{10}, Bass: 10, Treble: 10, Balance: 10, Mono: true},
		ReplayGain: player.ReplayGain{Mode: player.ReplayGainAlbum, Preamp: 100, MayClip: true},
		Crossfade:  player.Crossfade{Length: time.Second, WithinAlbums: true},
	}
	s := settings.Open(state, func(err error) { t.Error(err) })
	s.Put(settings.SoundSection, settings.Sound{}.With(said))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	d := newDevice(t, "--gal=none", "--state="+state)
	for _, c := range []struct {
		args []string
		want statusSound
	}{
		{nil, soundStatus(&said)},
		{[]string{"--eq=flat", "--bass=0", "--treble=-1", "--balance", "0", "--no-mono", "--replaygain=off", "--replaygain-preamp=0", "--no-replaygain-clip", "--crossfade=0s", "--no-crossfade-albums"},
			statusSound{Treble: -10, ReplayGain: "off"}},
		{[]string{"--treble=2"}, func() statusSound { s := soundStatus(&said); s.Treble = 20; return s }()},
		{nil, soundStatus(&said)},
	} {
		d.start(c.args...)
		var got statusSound
		for deadline := time.Now().Add(patience); got != c.want && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
			if _, err := os.Stat(filepath.Join(d.dir, "s")); err == nil {
				got = d.status().Sound
			}
		}
		if got != c.want {
			t.Errorf("%q: %+v, want %+v", c.args, got, c.want)
		}
		if err := d.end(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
	}
}
