package main

import (
	"os"
	"path/filepath"
	"sync"

	"linnet/player"
	"linnet/player/settings"
)

// settingsFolder is the folder of a desktop's settings: the one that was said, or
// for "auto" the user's own.
func settingsFolder(said string) string {
	if said != "auto" {
		return said
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "linnet")
}

// soundKeeper keeps how the sound is to be.
type soundKeeper struct {
	store       *settings.Store
	player      *player.Player
	keepsVolume bool

	mu     sync.Mutex
	kept   settings.Sound
	sound  chosen[player.Sound]
	volume chosen[int]
}

// chosen is what was last asked for or seen. The player does later what it is told:
// until it says so for the first time, what it is means nothing.
type chosen[T comparable] struct {
	value T
	known bool
}

// changed takes what the player is now, and says whether that is news.
func (c *chosen[T]) changed(now T) bool {
	if !c.known || now == c.value {
		return false
	}
	c.value = now
	return true
}

// keepSound has the player sound as it was chosen before, but for what the flags
// say, and keeps what is chosen from now on, until stop is called.
func keepSound(store *settings.Store, p *player.Player, flags *effectFlags) (stop func()) {
	k := &soundKeeper{store: store, player: p}
	stop = k.follow()
	k.setSound(flags)
	return stop
}

// keepSoundAndVolume is for a program that remembers the volume nowhere else.
func keepSoundAndVolume(store *settings.Store, p *player.Player, flags *soundFlags) (stop func()) {
	k := &soundKeeper{store: store, player: p, keepsVolume: true}
	stop = k.follow()
	k.setVolume(flags)
	k.setSound(&flags.effectFlags)
	return stop
}

func (k *soundKeeper) setVolume(flags *soundFlags) {
	k.mu.Lock()
	defer k.mu.Unlock()
	level, kept := flags.Volume, 0
	if !flags.given["volume"] && k.store.Get(settings.VolumeSection, &kept) && kept >= 0 && kept <= 100 {
		level = kept
	}
	k.volume = chosen[int]{level, level == k.player.Status().Volume}
	k.player.SetVolume(level)
}

func (k *soundKeeper) setSound(flags *effectFlags) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.store.Get(settings.SoundSection, &k.kept)
	s := flags.over(k.kept.Player())
	k.sound = chosen[player.Sound]{s, s == k.player.Status().Sound}
	k.player.SetSound(s)
}

func (k *soundKeeper) follow() (stop func()) {
	events, cancel := k.player.Subscribe()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for e := range events {
			if e.Type == player.SoundChanged || e.Type == player.VolumeChanged {
				k.look(e.Type)
			}
		}
	}()
	return func() {
		cancel()
		<-ended
		k.look(player.StateChanged)
	}
}

// look keeps what has changed, after an event. What only flags said is not kept.
func (k *soundKeeper) look(e player.EventType) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.sound.known = k.sound.known || e == player.SoundChanged
	k.volume.known = k.volume.known || e == player.VolumeChanged
	s := k.player.Status()
	if k.sound.changed(s.Sound) {
		k.kept = k.kept.With(s.Sound)
		k.store.Put(settings.SoundSection, k.kept)
	}
	if k.keepsVolume && k.volume.changed(s.Volume) {
		k.store.Put(settings.VolumeSection, s.Volume)
	}
}
