package script

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"linnet/ui/ial"
)

// play reads a source to its end.
func play(t *testing.T, s ial.Source) []ial.Event {
	t.Helper()
	var es []ial.Event
	for {
		e, err := s.ReadEvent()
		if err == io.EOF {
			return es
		}
		if err != nil {
			t.Fatal(err)
		}
		es = append(es, e)
	}
}

func TestEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const text = `
# a comment
0.5s tap 160 210   # another
wait 2s
1s drag 50 181 200 181 100ms
key volume-up
wheel 10 20 -2
shot x.png
keyrepeat right
expose
quit
`
		var shots []string
		began := time.Now()
		s, err := New("t", strings.NewReader(text), Options{Shot: func(f string) error {
			shots = append(shots, fmt.Sprint(f, " ", time.Since(began)))
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		got := play(t, s)
		ms := func(n int) time.Duration { return time.Duration(n) * time.Millisecond }
		want := []ial.Event{
			{Type: ial.PointerDown, When: ms(500), At: image.Pt(160, 210)},
			{Type: ial.PointerUp, When: ms(550), At: image.Pt(160, 210)},
			{Type: ial.PointerDown, When: ms(3550), At: image.Pt(50, 181)},
			{Type: ial.PointerMove, When: ms(3570), At: image.Pt(80, 181)},
			{Type: ial.PointerMove, When: ms(3590), At: image.Pt(110, 181)},
			{Type: ial.PointerMove, When: ms(3610), At: image.Pt(140, 181)},
			{Type: ial.PointerMove, When: ms(3630), At: image.Pt(170, 181)},
			{Type: ial.PointerMove, When: ms(3650), At: image.Pt(200, 181)},
			{Type: ial.PointerUp, When: ms(3650), At: image.Pt(200, 181)},
			{Type: ial.KeyPress, When: ms(3650), Key: ial.KeyVolumeUp},
			{Type: ial.KeyRelease, When: ms(3700), Key: ial.KeyVolumeUp},
			{Type: ial.Wheel, When: ms(3700), At: image.Pt(10, 20), Delta: -2},
			{Type: ial.KeyPress, When: ms(3700), Key: ial.KeyRight, Repeat: true},
			{Type: ial.Expose, When: ms(3700)},
			{Type: ial.Quit, When: ms(3700)},
		}
		if len(got) != len(want) {
			t.Fatalf("%d events, want %d: %v", len(got), len(want), got)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("event %d is %+v, want %+v", i, got[i], want[i])
			}
		}
		if time.Since(began) != ms(3700) {
			t.Errorf("it took %s, want 3.7s", time.Since(began))
		}
		if len(shots) != 1 || shots[0] != "x.png 3.7s" {
			t.Errorf("shots %q", shots)
		}
	})
}

func TestErrorsNameFileAndLine(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"tap 1 2\nfly 3", `s.txt:2: no command is called "fly"`},
		{"tap 1", "s.txt:1: tap takes 2 words (X Y), not 1"},
		{"\n\ntap one 2", `s.txt:3: "one" is not a number`},
		{"key shift", `s.txt:1: no key is called "shift"`},
		{"1s", "s.txt:1: a duration without a command"},
		{"wait 3", `s.txt:1: "3" is not a duration`},
		{"wait 1000h", "s.txt:1: 1000h is not between 0 and"},
		{"drag 1 2 3 4 -1s", "s.txt:1: -1s is not between 0 and"},
		{"tap 99999 1", `"99999" is not a number between`},
		{"shot a.png", "s.txt:1: shots cannot be taken here"},
		{strings.Repeat("x", 1<<17), "s.txt: "},
	} {
		_, err := New("s.txt", strings.NewReader(c.text), Options{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.20q: error %v, want %s", c.text, err, c.want)
		}
	}
	if _, err := Open("/nowhere/s.txt", Options{}); err == nil || !strings.Contains(err.Error(), "/nowhere/s.txt") {
		t.Errorf("a missing file gives %v", err)
	}
}

func TestShotError(t *testing.T) {
	no := errors.New("disk full")
	s, err := New("s.txt", strings.NewReader("\nshot a.png"), Options{Shot: func(string) error { return no }})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.ReadEvent()
	if !errors.Is(err, no) || !strings.Contains(err.Error(), "s.txt:2: shot a.png") {
		t.Errorf("error %v", err)
	}
}

func TestCloseUnblocks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := New("t", strings.NewReader("wait 1h\nkey up"), Options{})
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			time.Sleep(time.Second)
			s.Close()
			s.Close()
		}()
		began := time.Now()
		if es := play(t, s); len(es) != 0 || time.Since(began) != time.Second {
			t.Errorf("events %v after %s", es, time.Since(began))
		}
	})
}

func TestOwnClock(t *testing.T) {
	var waits []time.Duration
	s, err := New("t", strings.NewReader("1s key up\nwait 3s"), Options{After: func(d time.Duration) <-chan time.Time {
		waits = append(waits, d)
		c := make(chan time.Time, 1)
		c <- time.Time{}
		return c
	}})
	if err != nil {
		t.Fatal(err)
	}
	play(t, s)
	if fmt.Sprint(waits) != "[1s 50ms 3s]" {
		t.Errorf("waited %v", waits)
	}
}

// TestRecord plays a script through a recorder, and what was recorded again.
func TestRecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const text = "tap 1 2\n0.3s drag 5 6 70 80 90ms\nwheel 3 4 1\nkey enter\n1.0004s keydown left\nkeyrepeat left\nkeyup left\nexpose\nquit"
		first := record(t, text)
		second := record(t, first)
		if first != second || !strings.Contains(first, "keydown left") {
			t.Errorf("recorded\n%s\nand then\n%s", first, second)
		}
	})
}

func record(t *testing.T, text string) string {
	t.Helper()
	s, err := New("t", strings.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	r := Record(s, &b)
	es := play(t, r)
	if r.Err() != nil || r.Close() != nil {
		t.Fatal(r.Err())
	}
	if n := strings.Count(b.String(), "\n"); n != len(es) {
		t.Errorf("%d lines for %d events", n, len(es))
	}
	return b.String()
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestRecordKeepsGoing(t *testing.T) {
	s, err := New("t", strings.NewReader("expose\nexpose"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := Record(s, brokenWriter{})
	if es := play(t, r); len(es) != 2 || !errors.Is(r.Err(), io.ErrShortWrite) {
		t.Errorf("%d events, error %v", len(es), r.Err())
	}
}

func FuzzParse(f *testing.F) {
	f.Add("0.5s tap 160 210\nkey up # x\ndrag 1 2 3 4 1s")
	f.Add("1s\n\x00 shot")
	f.Fuzz(func(t *testing.T, text string) {
		cmds, err := parse("f", strings.NewReader(text))
		if err != nil {
			return
		}
		for _, c := range cmds {
			for step := 0; ; step++ {
				_, pause, more := c.event(step)
				if pause < 0 || pause > maxWait {
					t.Fatalf("%+v waits %s", c, pause)
				}
				if !more {
					break
				}
			}
		}
	})
}
