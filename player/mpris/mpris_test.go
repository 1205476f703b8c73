package mpris

import (
	"bufio"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/media"
)

// silent is a track of an hour of nothing: it does not end while keys are pressed on a
// busy machine.
type silent struct{ pos int64 }

var stream = media.Stream{Kind: media.Audio, Codec: media.PCMS16LE, Audio: media.AudioFormat{Rate: 8000, Channels: 1, Bits: 16}, Frames: 8000 * 3600}

func (s *silent) Streams() []media.Stream { return []media.Stream{stream} }
func (s *silent) ReadPacket(p *media.Packet) error {
	if s.pos >= stream.Frames {
		return io.EOF
	}
	p.PTS, p.Data = s.pos, p.Data[:0]
	s.pos += 800
	return nil
}
func (s *silent) Seek(t time.Duration) error {
	s.pos = stream.Audio.Frames(t) / 800 * 800
	return nil
}
func (s *silent) Decode(dst []int32, _ *media.Packet) ([]int32, error) {
	return append(dst, make([]int32, 800)...), nil
}
func (s *silent) Reset() {}

// card takes sound at its pace.
type card struct{}

func (c *card) Write(frames []int32) (int, error) {
	time.Sleep(20 * time.Millisecond)
	return min(len(frames), 160), nil
}
func (c *card) Delay() (time.Duration, error) { return 0, nil }
func (c *card) Drop() error                   { return nil }
func (c *card) Drain() error                  { return nil }
func (c *card) Close() error                  { return nil }

// bus is a D-Bus of the test's own.
func bus(t *testing.T) string {
	t.Helper()
	for _, tool := range []string{"dbus-daemon", "playerctl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed; `make test` installs it", tool)
		}
	}
	cmd := exec.Command("dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address", "--address=unix:tmpdir="+t.TempDir())
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(address)
}

// TestPlayerctl has Debian's playerctl press the keys.
func TestPlayerctl(t *testing.T) {
	address := bus(t)
	p := player.New(player.Config{
		Open: func(name string) (*player.Media, error) {
			d := &silent{}
			return &player.Media{Name: name, Format: "test", Demuxer: d, Tags: media.Tags{Title: "Title of " + name, Artist: "Somebody", Album: "月亮", Track: 3},
				NewAudio: func(media.Stream) (player.AudioDecoder, error) { return d, nil }}, nil
		},
		Audio: func(want media.AudioFormat) (player.AudioSink, media.AudioFormat, error) { return &card{}, want, nil },
	})
	defer p.Close()
	opened := make(chan string, 1)
	s, err := Start(p, Options{Address: address, Open: func(f string) { opened <- f }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	second, err := Start(p, Options{Address: address})
	if err != nil {
		t.Fatal("a second one: ", err)
	}
	second.Close()
	ctl := func(args ...string) string {
		t.Helper()
		cmd := exec.Command("playerctl", append([]string{"-p", "linnet"}, args...)...)
		cmd.Env = append(cmd.Environ(), "DBUS_SESSION_BUS_ADDRESS="+address)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("playerctl %q: %v: %s", args, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	becomes := func(want string, args ...string) {
		t.Helper()
		got := ""
		for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(50 * time.Millisecond) {
			if got = ctl(args...); got == want {
				return
			}
		}
		t.Errorf("playerctl %q says %q, want %q", args, got, want)
	}
	becomes("Stopped", "status")
	p.SetQueue([]string{"/m/a b.mp3", "/m/2.mp3"}, 0)
	becomes("Playing", "status")
	becomes("Title of /m/a b.mp3 · Somebody · 月亮 · 3600000000 · file:///m/a%20b.mp3", "metadata", "--format",
		"{{title}} · {{artist}} · {{album}} · {{mpris:length}} · {{xesam:url}}")
	ctl("pause")
	becomes("Paused", "status")
	ctl("play-pause")
	becomes("Playing", "status")
	ctl("next")
	becomes("Title of /m/2.mp3", "metadata", "title")
	// However long that took, it is at the begin of the track.
	ctl("pause")
	becomes("Paused", "status")
	ctl("position", "0")
	becomes("0.000000", "position")
	ctl("previous")
	becomes("Title of /m/a b.mp3", "metadata", "title")
	ctl("position", "5")
	becomes("5.000000", "position")
	ctl("position", "2-")
	becomes("3.000000", "position")
	ctl("volume", "0.25")
	becomes("0.250000", "volume")
	ctl("loop", "Track")
	becomes("Track", "loop")
	ctl("shuffle", "On")
	becomes("On", "shuffle")
	ctl("open", "file:///m/x%20y.mp3")
	select {
	case f := <-opened:
		if f != "/m/x y.mp3" {
			t.Errorf("opened %q", f)
		}
	case <-time.After(time.Minute):
		t.Error("nothing was opened")
	}
	ctl("stop")
	becomes("Stopped", "status")
	if st := p.Status(); st.Volume != 25 || st.Repeat != player.RepeatOne || !st.Shuffle {
		t.Errorf("%+v", st)
	}
}

func TestNoBus(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	if _, err := Start(nil, Options{}); !errors.Is(err, ErrNoBus) {
		t.Error(err)
	}
	if _, err := Start(nil, Options{Address: "unix:path=/nowhere/at/all"}); err == nil {
		t.Error("a bus that is not there")
	}
}
