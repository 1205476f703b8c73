package external

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/ao/null"
	"linnet/player/formats"
	"linnet/player/media"
)

// fake puts programs into the PATH: an ffprobe that sees a film, and an ffmpeg that is
// a script.
func fake(t *testing.T, script string) {
	t.Helper()
	dir := t.TempDir()
	probe := `#!/bin/sh
echo '{"streams": [{"index": 0, "codec_type": "audio", "codec_name": "strange", "sample_rate": "44100", "channels": 2},
{"index": 1, "codec_type": "video", "codec_name": "strange", "width": 16, "height": 16, "avg_frame_rate": "25/1"}], "format": {"format_name": "odd", "duration": "100"}}'`
	for name, text := range map[string]string{"ffprobe": probe, "ffmpeg": "#!/bin/sh\n" + script} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir+string(filepath.ListSeparator)+os.Getenv("PATH"))
}

func odd(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a.odd")
	if err := os.WriteFile(file, []byte("no format that is known"), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// half a second of sound comes, and then nothing.
const hangs = "head -c 88200 /dev/zero; sleep 300 & sleep 300"

// A child that hangs or fails ends its file with an error that says so.
func TestHangs(t *testing.T) {
	for script, want := range map[string]string{
		hangs: "ffmpeg gave nothing for 5s, and was ended",
		"head -c 88200 /dev/zero; echo No luck >&2; exit 1":         "ffmpeg: No luck",
		"head -c 88200 /dev/zero; exec 1>&-; sleep 300 & sleep 300": "ffmpeg did not end for 5s",
	} {
		fake(t, script)
		// In this time a busy machine starts the programs.
		m, err := Behind(formats.Open, Options{Patience: 5 * time.Second})(odd(t))
		if err != nil {
			t.Fatal(err)
		}
		track, err := player.NewTrack(m, false)
		if err != nil {
			t.Fatal(err)
		}
		var got []int32
		for err == nil {
			got, err = track.Read(got)
		}
		if d := track.Damage(); err != io.EOF || len(got) != 44100 || d.Count != 1 || !strings.Contains(d.First.Error(), want) {
			t.Errorf("%q: %d samples, %v, %+v", script, len(got), err, d)
		}
		m.Close()
	}
}

// hanging is a file of which there is half a second.
func hanging(t *testing.T) *player.Media {
	t.Helper()
	fake(t, hangs)
	m, err := Behind(formats.Open, Options{Patience: time.Minute})(odd(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Close() })
	return m
}

// A read that waits returns when it is interrupted.
func TestInterrupt(t *testing.T) {
	m := hanging(t)
	ended := make(chan error)
	go func() {
		var p media.Packet
		var err error
		for err == nil {
			err = m.Demuxer.ReadPacket(&p)
		}
		ended <- err
	}()
	select {
	case err := <-ended:
		t.Fatal("it ended by itself: ", err)
	case <-time.After(300 * time.Millisecond):
	}
	m.Demuxer.(player.Interrupter).Interrupt()
	select {
	case err := <-ended:
		var f *media.FormatError
		if err == io.EOF || errors.As(err, &f) {
			t.Error(err)
		}
	case <-time.After(time.Minute):
		t.Fatal("it waits on")
	}
	if err := m.Demuxer.Seek(0); err == nil {
		t.Error("it goes on")
	}
}

// The end of a child that was killed can be seen before its pipe is closed here, and is
// no damage.
func TestInterruptKillsFirst(t *testing.T) {
	m, p := hanging(t), media.Packet{}
	err := m.Demuxer.ReadPacket(&p)
	if err != nil {
		t.Fatal(err)
	}
	d := m.Demuxer.(*demuxer)
	d.mu.Lock()
	d.ended = true
	for _, s := range d.sources {
		if s.child != nil {
			s.child.process.Kill()
		}
	}
	d.mu.Unlock()
	for err == nil {
		err = d.ReadPacket(&p)
	}
	if err != errInterrupted {
		t.Error(err)
	}
}

// One that is interrupted between two reads is no damage, either.
func TestInterruptBetweenReads(t *testing.T) {
	m, p := hanging(t), media.Packet{}
	err := m.Demuxer.ReadPacket(&p)
	if err != nil {
		t.Fatal(err)
	}
	m.Demuxer.(player.Interrupter).Interrupt()
	if err := m.Demuxer.ReadPacket(&p); !errors.Is(err, errInterrupted) {
		t.Error(err)
	}
}

// picturesNowhere is a player.VideoSink.
type picturesNowhere struct{}

func (picturesNowhere) Draw(*media.Picture) error { return nil }
func (picturesNowhere) Flip() error               { return nil }
func (picturesNowhere) Close() error              { return nil }

// A child that hangs does not keep the player: it seeks, goes to the next track and
// ends as always.
func TestPlayerGoesOn(t *testing.T) {
	fake(t, hangs)
	first, second := odd(t), odd(t)
	p := player.New(player.Config{
		Open: Behind(formats.Open, Options{Patience: time.Hour}),
		Audio: func(want media.AudioFormat) (player.AudioSink, media.AudioFormat, error) {
			s, got, err := null.Open(want, null.Options{})
			return s, got, err
		},
		Video: func(string, media.VideoFormat) (player.VideoSink, error) { return picturesNowhere{}, nil },
	})
	p.SetQueue([]string{first, second}, 0)
	until := func(what string, ok func(s player.Status) bool) {
		t.Helper()
		for range 6000 {
			if ok(p.Status()) {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		t.Fatalf("%s: %+v", what, p.Status())
	}
	until("it plays", func(s player.Status) bool { return s.Position >= 300*time.Millisecond && s.Via == Name })
	p.Seek(50 * time.Second)
	until("a seek", func(s player.Status) bool { return s.Position >= 50*time.Second })
	p.Next()
	until("the next track", func(s player.Status) bool { return s.Path == second && s.Via == Name })
	closed := make(chan error)
	go func() { closed <- p.Close() }()
	select {
	case <-closed:
	case <-time.After(time.Minute):
		t.Fatal("it does not close")
	}
}
