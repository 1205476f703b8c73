package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"linnet/player"
	"linnet/player/media"
	"linnet/ui/app"
)

func TestMediumOf(t *testing.T) {
	for _, c := range []struct{ path, dir string }{
		{"/media/FIELD/a/b.mp3", "/media/FIELD"},
		{"/media/FIELD/a.mp3", "/media/FIELD"},
		{"/media/a.mp3", ""},
		{"/media", ""},
		{"/mediate/FIELD/a.mp3", ""},
		{"/other/a/b.mp3", ""},
		{"a/b.mp3", ""},
	} {
		if dir, ok := mediumOf("/media", c.path); ok != (c.dir != "") || ok && dir != c.dir {
			t.Errorf("%s is on %q, %v; want %q", c.path, dir, ok, c.dir)
		}
	}
}

// TestWhyIsSaid: a message has the kind of the error, for which every language has
// words, and of its text what is not said by that.
func TestWhyIsSaid(t *testing.T) {
	for _, c := range []struct {
		err  error
		want app.Message
	}{
		{&media.FormatError{File: "/m/a.ogg", Stage: "ogg", Msg: "no page"}, app.Message{Problem: app.Unplayable, Name: "a.ogg", Why: app.TroubleDamaged, Detail: "no page"}},
		{&media.UnsupportedError{File: "/m/a.ogg", Stage: "ogg", Msg: "codec speex"}, app.Message{Problem: app.Unplayable, Name: "a.ogg", Why: app.TroubleUnsupported, Detail: "codec speex"}},
		{&os.PathError{Op: "read", Path: "/m/a.ogg", Err: syscall.EIO}, app.Message{Problem: app.Unplayable, Name: "a.ogg", Why: app.TroubleUnreadable, Detail: "input/output error"}},
		{&player.DamageError{File: "/m/a.ogg", At: time.Second, Lost: time.Minute, Err: errors.New("mp3: no frame")}, app.Message{Problem: app.Damaged, Name: "a.ogg", At: time.Second, Lost: time.Minute}},
		{player.ErrNoTrack, app.Message{Problem: app.Nothing}},
		{fmt.Errorf("sound output: %w; %w", &os.PathError{Op: "open", Path: "/dev/x", Err: syscall.ENODEV}, player.ErrNoOutput),
			app.Message{Problem: app.NoSound, Detail: "sound output: open /dev/x: no such device; nothing more is played"}},
		{errors.New("alsa: no card"), app.Message{Problem: app.NoSound, Detail: "alsa: no card"}},
	} {
		f := &front{subs: map[int]func(){}}
		f.note(fmt.Errorf("track: %w", c.err))
		got := *f.message
		if got.Seq = 0; got.Problem == app.NoSound {
			got.Detail = strings.TrimPrefix(got.Detail, "track: ")
		}
		if got != c.want {
			t.Errorf("%v: told %+v, want %+v", c.err, got, c.want)
		}
	}
}

// TestPulledOutIsSaid: what went wrong with a file is told as it is, unless its
// medium's folder goes away meanwhile.
func TestPulledOutIsSaid(t *testing.T) {
	root := t.TempDir()
	for _, c := range []struct {
		file, root string
		vanishes   time.Duration // 0: never
		want       string
	}{
		{"FIELD/a.mp3", root, 300 * time.Millisecond, fmt.Sprint(app.PulledOut, " FIELD")},
		{"FIELD/a.mp3", root, 0, fmt.Sprint(app.Unplayable, " a.mp3")},
		{"a.mp3", root, 0, fmt.Sprint(app.Unplayable, " a.mp3")},
		{"FIELD/a.mp3", "", 300 * time.Millisecond, fmt.Sprint(app.Unplayable, " a.mp3")},
	} {
		dir := filepath.Join(root, "FIELD")
		if err := os.MkdirAll(dir, 0o777); err != nil {
			t.Fatal(err)
		}
		synctest.Test(t, func(t *testing.T) {
			f := &front{media: c.root, subs: map[int]func(){}}
			var told []string
			f.Subscribe(func() {
				if m := f.message; m != nil {
					told = append(told, fmt.Sprint(m.Problem, " ", m.Name))
				}
			})
			f.note(fmt.Errorf("track: %w", &os.PathError{Op: "read", Path: filepath.Join(root, c.file), Err: syscall.EIO}))
			if c.vanishes > 0 {
				time.Sleep(c.vanishes)
				if err := os.Remove(dir); err != nil {
					t.Fatal(err)
				}
			}
			time.Sleep(2 * pulledWithin)
			f.raise() // as whoever notes does
			if got := strings.Join(told, ", "); !strings.HasSuffix(got, c.want) {
				t.Errorf("%+v: told %q", c, got)
			}
		})
	}
}
