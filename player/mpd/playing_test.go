package mpd

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/media"
)

// songFrames is how long the songs of these tests are.
const songFrames = 8820

var songFormat = media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}

// silent is a song's demuxer and decoder: a packet is a tenth of the song.
type silent struct{ pos int64 }

func (s *silent) Streams() []media.Stream {
	return []media.Stream{{ID: 1, Kind: media.Audio, Codec: "none", Audio: songFormat, Frames: songFrames}}
}

func (s *silent) ReadPacket(p *media.Packet) error {
	if s.pos >= songFrames {
		return io.EOF
	}
	*p = media.Packet{Stream: 1, PTS: s.pos, Key: true}
	s.pos += songFrames / 10
	return nil
}

func (s *silent) Seek(t time.Duration) error {
	s.pos = songFormat.Frames(t) / (songFrames / 10) * (songFrames / 10)
	return nil
}

func (s *silent) Reset() {}

func (s *silent) Decode(dst []int32, _ *media.Packet) ([]int32, error) {
	return append(dst, make([]int32, songFrames/10*songFormat.Channels)...), nil
}

func openSilent(name string) (*player.Media, error) {
	s := &silent{}
	return &player.Media{Name: name, Format: "none", Demuxer: s, NewAudio: func(media.Stream) (player.AudioDecoder, error) { return s, nil }}, nil
}

// A tap is a sound device that takes frames, and plays them at once, as far as the test
// lets it.
type tap struct {
	mu   sync.Mutex
	left int
}

func (d *tap) pass(frames int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.left += frames
}

func (d *tap) Write(frames []int32) (int, error) {
	d.mu.Lock()
	n := min(d.left, len(frames)/songFormat.Channels)
	d.left -= n
	d.mu.Unlock()
	if n == 0 {
		time.Sleep(time.Millisecond)
	}
	return n, nil
}

func (d *tap) Delay() (time.Duration, error) { return 0, nil }
func (d *tap) Drop() error                   { return nil }
func (d *tap) Drain() error                  { return nil }
func (d *tap) Close() error                  { return nil }

// playable is a server whose songs are heard as far as the tap lets them.
func playable(t *testing.T, files ...string) (*Server, *peer, *tap) {
	t.Helper()
	d := &tap{}
	s, addr := startedOn(t, Config{}, player.Config{Open: openSilent, Audio: func(media.AudioFormat) (player.AudioSink, media.AudioFormat, error) {
		return d, songFormat, nil
	}}, files...)
	return s, connect(t, addr), d
}

// now is the state and the present song, and which files the queue has.
func (p *peer) now() string {
	p.t.Helper()
	state, song := "", "none"
	for line := range strings.Lines(p.say("status")) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch name {
		case "state":
			state = value
		case "song":
			song = value
		}
	}
	var files []string
	for line := range strings.Lines(p.say("playlistinfo")) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "file: "); ok {
			files = append(files, strings.TrimSuffix(name, ".mp3"))
		}
	}
	return fmt.Sprintf("%s %s of %s", state, song, strings.Join(files, ""))
}

// What becomes of the queue and its current song as songs end, are skipped and left, is
// what Debian's mpd makes of it. A song is let pass by "song"; "=" waits for what follows
// it.
func TestEndsOfSongs(t *testing.T) {
	for name, steps := range map[string]string{
		"the end of the queue":        "play 2; song; = stop none of abc; play; = play 0 of abc",
		"skipped over the end":        "play 2; next; = stop none of abc; play; = play 0 of abc",
		"stopped":                     "play 1; stop; = stop 1 of abc; play; = play 1 of abc",
		"the last one taken out":      "play 2; delete 2; = stop none of ab",
		"consume":                     "consume 1; play 0; song; = play 0 of bc",
		"consume, to the end":         "consume 1; play 2; song; = stop none of ab",
		"consume, next":               "consume 1; play 0; next; = play 0 of bc",
		"consume, next over the end":  "consume 1; play 2; next; = stop none of ab",
		"consume, another one":        "consume 1; play 0; play 2; = play 2 of abc; previous; = play 1 of abc; seek 0 0.1; = play 0 of abc; song; = play 0 of bc",
		"consume, the same again":     "consume 1; play 0; play 0; song; = play 0 of bc",
		"consume, the last repeats":   "repeat 1; consume 1; play 2; delete 0; delete 0; = play 0 of c; most; rest; = stop none of ",
		"consume, one repeats":        "repeat 1; single 1; consume 1; play 0; most; rest; = play 0 of bc",
		"consume, sought back":        "repeat 1; consume 1; play 0; most; seekcur 0; rest; = play 0 of abc; wait; = play 0 of abc",
		"consume, stop":               "consume 1; play 0; stop; = stop 0 of abc",
		"single":                      "single 1; play 0; song; = stop 1 of abc; play; = play 1 of abc",
		"single, the last":            "single 1; play 2; song; = stop none of abc",
		"single, consume":             "single 1; consume 1; play 0; song; = stop 0 of bc; play; = play 0 of bc",
		"once":                        "single oneshot; play 0; song; = stop 1 of abc; play; song; = play 2 of abc",
		"once, next before":           "single oneshot; play 0; next; = play 1 of abc; song; = stop 2 of abc; play; = play 2 of abc",
		"once, all repeated":          "repeat 1; single oneshot; play 0; song; = stop 0 of abc; play; song; = play 1 of abc",
		"one that repeats goes on":    "repeat 1; single 1; play 1; song; = play 1 of abc; next; = play 2 of abc",
		"behind no current song":      "stop; add a.mp3 +0; = stop none of abc",
		"behind one that was stopped": "play 0; stop; add a.mp3 +0; = stop 0 of aabc",
	} {
		t.Run(name, func(t *testing.T) {
			s, p, d := playable(t, "a.mp3", "b.mp3", "c.mp3")
			p.say("add \"\"")
			for step := range strings.SplitSeq(steps, "; ") {
				switch want, look := strings.CutPrefix(step, "= "); {
				case look:
					until(t, func() bool { return p.now() == want })
				case step == "song":
					d.pass(songFrames)
				case step == "most":
					d.pass(songFrames * 9 / 10)
					until(t, func() bool { s.mu.Lock(); defer s.mu.Unlock(); return s.modes.nearEnd }) // of which it is told four times a second
				case step == "rest":
					d.pass(songFrames / 5)
				case step == "wait":
					time.Sleep(300 * time.Millisecond)
				default:
					p.say(step)
				}
			}
		})
	}
}

// In random order a queue that was not played yet begins with any of its songs.
func TestRandomBegins(t *testing.T) {
	_, p, _ := playable(t, "a.mp3", "b.mp3", "c.mp3")
	p.say("random 1")
	begun := map[string]bool{}
	for range 50 {
		p.say("clear")
		p.say("add \"\"")
		p.say("play")
		begun[p.now()] = true
	}
	if len(begun) != 3 {
		t.Errorf("%v", begun)
	}
}

// ReplayGain that goes by the order says so, and does so until a mode is chosen, by
// whomever.
func TestAutoGain(t *testing.T) {
	s, addr := started(t, Config{}, "a.mp3")
	p := connect(t, addr)
	is := func(told string, mode player.ReplayGainMode) {
		t.Helper()
		until(t, func() bool {
			return p.say("replay_gain_status") == "replay_gain_mode: "+told+"\nOK\n" && s.cfg.Player.Status().Sound.ReplayGain.Mode == mode
		})
	}
	p.say("replay_gain_mode auto")
	is("auto", player.ReplayGainAlbum)
	p.say("random 1")
	is("auto", player.ReplayGainTrack)
	p.say("random 0")
	is("auto", player.ReplayGainAlbum)
	s.cfg.Player.SetReplayGain(player.ReplayGain{Mode: player.ReplayGainOff})
	is("off", player.ReplayGainOff)
	p.say("random 1")
	is("off", player.ReplayGainOff)
	p.say("replay_gain_mode auto")
	is("auto", player.ReplayGainTrack)
	p.say("replay_gain_mode track")
	is("track", player.ReplayGainTrack)
}
