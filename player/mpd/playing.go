package mpd

import (
	"fmt"
	"time"

	"linnet/player"
)

func (c *client) clearError([]string) error {
	c.s.mu.Lock()
	c.s.modes.lastErr = ""
	c.s.mu.Unlock()
	return nil
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// repeats and singles as the protocol has them: the player's RepeatOne is both.
func repeats(st *player.Status) bool { return st.Repeat != player.RepeatOff }
func singles(st *player.Status) bool { return st.Repeat == player.RepeatOne || st.Single }

func (c *client) status([]string) error {
	st := c.s.cfg.Player.Status()
	c.s.mu.Lock()
	m, job := c.s.modes, c.s.scanning
	c.s.mu.Unlock()
	c.say("volume", st.Volume)
	c.say("repeat", bit(repeats(&st)))
	c.say("random", bit(st.Shuffle))
	if m.oneshot {
		c.say("single", "oneshot")
	} else {
		c.say("single", bit(singles(&st)))
	}
	c.say("consume", bit(m.consume))
	c.say("partition", "default")
	c.say("playlist", c.s.view().version)
	c.say("playlistlength", st.Count)
	c.say("mixrampdb", decimal(m.mixDB))
	c.say("state", map[player.State]string{player.Stopped: "stop", player.Playing: "play", player.Paused: "pause"}[st.State])
	if m.xfade > 0 {
		c.say("xfade", m.xfade)
	}
	if m.mixDelay > 0 {
		c.say("mixrampdelay", decimal(m.mixDelay))
	}
	if st.ID != 0 && (st.State != player.Stopped || m.current != 0 || m.cued) {
		c.say("song", st.Index)
		c.say("songid", st.ID)
	}
	if st.State != player.Stopped {
		c.playing(&st)
	}
	if job > 0 {
		c.say("updating_db", job)
	}
	if m.lastErr != "" {
		c.say("error", m.lastErr)
	}
	if st.ID != 0 && (st.State != player.Stopped || m.cued) {
		v := c.s.view()
		if i := v.following(&st); i >= 0 {
			c.say("nextsong", i)
			c.say("nextsongid", v.list[i].ID)
		}
	}
	return nil
}

// following is where the song is that comes behind the current one, below 0 for none.
// Where a single stops before it, it is told all the same, unless the order is random:
// then it is not known here.
func (v view) following(st *player.Status) int {
	switch i := v.index(st.ID); {
	case st.Next != 0 || !st.Single || st.Shuffle || i < 0:
		return v.index(st.Next)
	case st.Repeat != player.RepeatOff:
		return i
	case i+1 < len(v.list):
		return i + 1
	}
	return -1
}

// playing writes how far the song is.
func (c *client) playing(st *player.Status) {
	length := st.Duration
	if length < 0 {
		// The player has not opened it yet.
		length = 0
		v := c.s.view()
		if i := v.index(st.ID); i >= 0 {
			length = max(c.s.part(v.list[i]).Duration, 0)
		}
	}
	round := func(d time.Duration) int { return int((d + time.Second/2) / time.Second) }
	fmt.Fprintf(c.out, "time: %d:%d\n", round(st.Position), round(length))
	c.say("elapsed", secondsText(st.Position))
	c.say("bitrate", st.Stream.BitRate/1000)
	if length > 0 {
		c.say("duration", secondsText(length))
	}
	if a := audioText(st.Stream.Audio); a != "" {
		c.say("audio", a)
	}
}

func (c *client) stats([]string) error {
	snap := c.s.cfg.Library.Snapshot()
	artists, albums := map[string]struct{}{}, map[string]struct{}{}
	var total time.Duration
	for _, t := range snap.Tracks() {
		if t.Tags.Artist != "" {
			artists[t.Tags.Artist] = struct{}{}
		}
		if t.Tags.Album != "" {
			albums[t.Tags.Album] = struct{}{}
		}
		total += max(t.Duration, 0)
	}
	c.s.mu.Lock()
	played := c.s.played
	c.s.mu.Unlock()
	c.say("uptime", int(time.Since(c.s.begun)/time.Second))
	c.say("playtime", int(played/time.Second))
	c.say("artists", len(artists))
	c.say("albums", len(albums))
	c.say("songs", len(snap.Tracks()))
	c.say("db_playtime", int(total/time.Second))
	c.say("db_update", c.s.cfg.Library.Updated().Unix())
	return nil
}

func (c *client) currentSong([]string) error {
	st := c.s.cfg.Player.Status()
	v := c.s.view()
	c.s.mu.Lock()
	known := st.State != player.Stopped || c.s.modes.current != 0 || c.s.modes.cued
	c.s.mu.Unlock()
	if i := v.index(st.ID); i >= 0 && known {
		c.entry(i, v.list[i])
	}
	return nil
}

// set changes something about playing, and returns when that holds, and the modes go by
// it: what is asked next does not wait for the player's events.
func (c *client) set(f func(p *player.Player)) error {
	f(c.s.cfg.Player)
	c.s.cfg.Player.Sync()
	c.s.passed(player.StateChanged)
	return nil
}

func (c *client) mode(change func(m *modes)) error {
	c.s.mu.Lock()
	change(&c.s.modes)
	c.s.mu.Unlock()
	c.s.raise("options")
	return nil
}

func (c *client) consume(args []string) error {
	on, err := boolean(args[0])
	if err != nil {
		return err
	}
	return c.mode(func(m *modes) { m.consume = on })
}

func (c *client) crossfade(args []string) error {
	n, err := unsigned(args[0])
	if err != nil {
		return err
	}
	c.set(func(p *player.Player) {
		p.SetCrossfade(player.Crossfade{Length: time.Duration(min(n, 3600)) * time.Second, WithinAlbums: n > 0})
	})
	return c.mode(func(m *modes) { m.xfade = n })
}

// MixRamp's settings are kept and told; songs are joined without a gap or fade by
// crossfade.
func (c *client) mixRampDB(args []string) error {
	d, err := seconds(args[0])
	if err != nil {
		return err
	}
	return c.mode(func(m *modes) { m.mixDB = d })
}

func (c *client) mixRampDelay(args []string) error {
	if args[0] == "nan" {
		return c.mode(func(m *modes) { m.mixDelay = 0 })
	}
	d, err := seconds(args[0])
	if err != nil {
		return err
	}
	return c.mode(func(m *modes) { m.mixDelay = d })
}

func (c *client) random(args []string) error {
	on, err := boolean(args[0])
	if err != nil {
		return err
	}
	return c.set(func(p *player.Player) { p.SetShuffle(on) })
}

// loops sets what the protocol has two switches for. A single that holds once stops
// behind its song, whatever is repeated.
func (c *client) loops(repeat, single, once bool) error {
	return c.set(func(p *player.Player) {
		to := player.RepeatOff
		switch {
		case repeat && single && !once:
			to = player.RepeatOne
		case repeat:
			to = player.RepeatAll
		}
		p.SetRepeat(to)
		p.SetSingle(single)
	})
}

func (c *client) repeat(args []string) error {
	on, err := boolean(args[0])
	if err != nil {
		return err
	}
	st := c.s.cfg.Player.Status()
	c.s.mu.Lock()
	once := c.s.modes.oneshot
	c.s.mu.Unlock()
	return c.loops(on, singles(&st), once)
}

func (c *client) single(args []string) error {
	on, oneshot := false, args[0] == "oneshot"
	if !oneshot {
		var err error
		if on, err = boolean(args[0]); err != nil {
			return fail(errArg, "Unrecognized single mode, expected 0, 1, or oneshot")
		}
	}
	st := c.s.cfg.Player.Status()
	c.mode(func(m *modes) { m.oneshot = oneshot })
	return c.loops(repeats(&st), on || oneshot, oneshot)
}

func (c *client) setVolume(args []string) error {
	n, err := unsigned(args[0])
	if err == nil && n > 100 {
		err = fail(errArg, "Number too large: %s", args[0])
	}
	if err != nil {
		return err
	}
	return c.set(func(p *player.Player) { p.SetVolume(n) })
}

func (c *client) getVolume([]string) error {
	c.say("volume", c.s.cfg.Player.Status().Volume)
	return nil
}

func (c *client) changeVolume(args []string) error {
	n, err := integer(args[0])
	if err == nil && (n < -100 || n > 100) {
		err = fail(errArg, "Number too large: %s", args[0])
	}
	if err != nil {
		return err
	}
	return c.set(func(p *player.Player) { p.SetVolume(p.Status().Volume + n) })
}

func (c *client) replayGainMode(args []string) error {
	st := c.s.cfg.Player.Status()
	mode, ok := map[string]player.ReplayGainMode{"off": player.ReplayGainOff, "track": player.ReplayGainTrack, "album": player.ReplayGainAlbum,
		"auto": gainOf(st.Shuffle)}[args[0]]
	if !ok {
		return fail(errArg, "Unrecognized replay gain mode")
	}
	r := st.Sound.ReplayGain
	r.Mode = mode
	c.set(func(p *player.Player) { p.SetReplayGain(r) })
	return c.mode(func(m *modes) { m.autoGain, m.gain = args[0] == "auto", mode })
}

func (c *client) replayGainStatus([]string) error {
	c.s.mu.Lock()
	auto := c.s.modes.autoGain
	c.s.mu.Unlock()
	if auto {
		c.say("replay_gain_mode", "auto")
		return nil
	}
	c.say("replay_gain_mode", c.s.cfg.Player.Status().Sound.ReplayGain.Mode)
	return nil
}

// Playing.

// ready says whether there is an output to play to.
func (c *client) ready() error {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if !c.s.enabled {
		return fail(errSystem, "All audio outputs are disabled")
	}
	c.s.modes.lastErr = ""
	return nil
}

func (c *client) playing2() bool { return c.s.cfg.Player.Status().State != player.Stopped }

// next goes to the song behind. With consume the one before is out of the queue when it
// is answered; behind the last there is no current song.
func (c *client) next([]string) error {
	was := c.s.cfg.Player.Status()
	if was.State == player.Stopped {
		return fail(errPlayer, "Not playing")
	}
	err := c.set(func(p *player.Player) {
		p.Next()
		p.Sync()
		if p.Status().State == player.Paused {
			p.Play()
		}
	})
	c.s.mu.Lock()
	consume := c.s.modes.consume
	if c.s.cfg.Player.Status().State == player.Stopped {
		c.s.modes.cued, c.s.modes.current = false, 0
	}
	c.s.mu.Unlock()
	if consume {
		c.s.consume(was.ID)
	}
	return err
}

// leave is set for what goes to a song that a client names: with consume the one that it
// goes away from stays in the queue.
func (c *client) leave(f func(p *player.Player)) error {
	was := c.s.cfg.Player.Status().ID
	c.s.mu.Lock()
	c.s.modes.kept, c.s.modes.nearEnd = was, false
	c.s.mu.Unlock()
	err := c.set(f)
	if c.s.cfg.Player.Status().ID == was {
		c.s.mu.Lock()
		c.s.modes.kept = 0
		c.s.mu.Unlock()
	}
	return err
}

// previous goes to the song before, wherever the current one is.
func (c *client) previous([]string) error {
	if !c.playing2() {
		return fail(errPlayer, "Not playing")
	}
	return c.leave(func(p *player.Player) {
		p.Seek(0)
		p.Previous()
		p.Sync()
		if p.Status().State == player.Paused {
			p.Play()
		}
	})
}

func (c *client) pause(args []string) error {
	st := c.s.cfg.Player.Status()
	if st.State == player.Stopped {
		return nil
	}
	on := st.State == player.Playing
	if len(args) > 0 {
		var err error
		if on, err = boolean(args[0]); err != nil {
			return err
		}
	}
	if on {
		return c.set((*player.Player).Pause)
	}
	return c.set((*player.Player).Play)
}

func (c *client) play(args []string) error {
	if len(args) == 0 || args[0] == "-1" {
		return c.resume()
	}
	n, err := unsigned(args[0])
	if err != nil {
		return err
	}
	return c.playAt(n)
}

// resume goes on, or begins with the current song. Without one it begins with the
// first, or in random order with any.
func (c *client) resume() error {
	st := c.s.cfg.Player.Status()
	if st.Count == 0 {
		return nil
	}
	if err := c.ready(); err != nil {
		return err
	}
	if st.State == player.Stopped && !c.s.cued() {
		first := 0
		if st.Shuffle {
			first = int(c.s.random() % uint64(st.Count))
		}
		return c.set(func(p *player.Player) { p.PlayIndex(first) })
	}
	return c.set((*player.Player).Play)
}

// cued says whether there is a current song, though nothing plays.
func (s *Server) cued() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.modes.cued
}

func (c *client) playAt(i int) error {
	if i >= c.s.cfg.Player.Status().Count {
		return fail(errArg, "Bad song index")
	}
	if err := c.ready(); err != nil {
		return err
	}
	return c.leave(func(p *player.Player) { p.PlayIndex(i) })
}

func (c *client) playID(args []string) error {
	if len(args) == 0 || args[0] == "-1" {
		return c.resume()
	}
	i, err := c.idArg(args[0])
	if err != nil {
		return err
	}
	return c.playAt(i)
}

// idArg is where the song with an ID is in the queue.
func (c *client) idArg(s string) (int, error) { return indexIn(c.s.view().list, s) }

func (c *client) seekTo(i int, to string) error {
	d, err := seconds(to)
	if err == nil && d < 0 {
		err = fail(errArg, "Negative value not allowed: %s", to)
	}
	if err != nil {
		return err
	}
	st := c.s.cfg.Player.Status()
	if i >= st.Count {
		return fail(errArg, "Bad song index")
	}
	if err := c.ready(); err != nil {
		return err
	}
	err = c.leave(func(p *player.Player) {
		if st.State == player.Stopped || st.Index != i {
			p.PlayIndex(i)
		}
		p.Seek(d)
	})
	c.s.raise("player")
	return err
}

func (c *client) seek(args []string) error {
	i, err := unsigned(args[0])
	if err != nil {
		return err
	}
	return c.seekTo(i, args[1])
}

func (c *client) seekID(args []string) error {
	i, err := c.idArg(args[0])
	if err != nil {
		return err
	}
	return c.seekTo(i, args[1])
}

func (c *client) seekCurrent(args []string) error {
	d, err := seconds(args[0])
	if err != nil {
		return err
	}
	if !c.playing2() {
		return fail(errPlayer, "Not playing")
	}
	err = c.set(func(p *player.Player) {
		if args[0][0] == '+' || args[0][0] == '-' {
			p.SeekBy(d)
		} else {
			p.Seek(d)
		}
	})
	c.s.raise("player")
	return err
}

func (c *client) stop([]string) error { return c.set((*player.Player).Stop) }

// Outputs: there is one.

func (c *client) output(arg string) error {
	if n, err := unsigned(arg); err != nil || n != 0 {
		if err == nil {
			err = fail(errNoExist, "No such audio output")
		}
		return err
	}
	return nil
}

func (c *client) enable(arg string, to func(bool) bool) error {
	if err := c.output(arg); err != nil {
		return err
	}
	c.s.mu.Lock()
	was := c.s.enabled
	c.s.enabled = to(was)
	now := c.s.enabled
	c.s.mu.Unlock()
	if was != now {
		c.s.raise("output")
	}
	if !now && c.s.cfg.Player.Status().State == player.Playing {
		return c.set((*player.Player).Pause)
	}
	return nil
}

func (c *client) disableOutput(args []string) error {
	return c.enable(args[0], func(bool) bool { return false })
}

func (c *client) enableOutput(args []string) error {
	return c.enable(args[0], func(bool) bool { return true })
}

func (c *client) toggleOutput(args []string) error {
	return c.enable(args[0], func(on bool) bool { return !on })
}

func (c *client) outputSet(args []string) error {
	if err := c.output(args[0]); err != nil {
		return err
	}
	return fail(errArg, "the output has no attributes that can be set")
}

func (c *client) outputs([]string) error {
	c.s.mu.Lock()
	on := c.s.enabled
	c.s.mu.Unlock()
	c.say("outputid", 0)
	c.say("outputname", c.s.cfg.Output)
	c.say("plugin", c.s.cfg.Output)
	c.say("outputenabled", bit(on))
	return nil
}
