package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"linnet/deploy/heard"
	"linnet/deploy/steps"
	"linnet/deploy/vm"
)

// What the trial's program says is found among what the board says.
func TestBorne(t *testing.T) {
	var lines []vm.Line
	for _, text := range []string{
		"linnet: audio: ended, xruns 2",
		"load: sound for 59500 ms, stood 3 times, 1500 ms in all, 900 ms at most",
		"load: idle 25390 ms of 59000 ms",
		"load: read 4846 files, 113786 kB",
		"load: the disk stalled 6 times, 1500 to 1501 ms, 5 times with somebody waiting",
		`load: output {"rate":44100,"xruns":2,"buffered_least_ms":812,"silence_samples":7,"late_wakeups":4,"late_longest_us":22629,"rate_ppm":0,"decoding_permille":312}`,
		`load: memory {"rss":12251136,"heap":2447232}`,
		"linnet: audio: ended, xruns 1",
		"load: end",
	} {
		lines = append(lines, vm.Line{Text: text})
	}
	var r borne
	if err := r.read(lines); err != nil {
		t.Fatal(err)
	}
	want := borne{watched: 59 * time.Second, idle: 25390 * time.Millisecond, xruns: 3, stood: 3, stoodFor: 1500 * time.Millisecond, stalls: 6, stallsWaited: 5, files: 4846, resident: 12251136,
		output: loadOutput{Late: 4, LatestUS: 22629, LeastMS: 812, Decoding: 312}}
	if r != want {
		t.Errorf("%+v\nwant %+v", r, want)
	}
	r.heard = heard.Report{Frames: 100, First: -1}
	if r.whole() || r.broke() != 3 || r.silence() != 66150 {
		t.Errorf("whole %v, broke %d times, silence %d", r.whole(), r.broke(), r.silence())
	}
	r.stood, r.stoodFor = 0, 0
	if !r.whole() {
		t.Errorf("not whole: %v", r)
	}
	if want := "4 late wake-ups, by 22.6 ms at most, 812 ms decoded ahead at least"; r.output.String() != want {
		t.Errorf("%q, want %q", r.output, want)
	}
	if err := r.read([]vm.Line{{Text: `load: output {"late_wakeups":"x"}`}}); err == nil {
		t.Error("an output that is none is taken")
	}
	for text, bad := range map[string]bool{"load: end": false, "load: failed: no disk": true} {
		if err := failure(loadEnds.FindStringSubmatch(text)); (err != nil) != bad {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// A load of which a part is missing is none.
func TestBurdened(t *testing.T) {
	whole := borne{stalls: 6, stallsWaited: 6, files: 11070, looks: 26, moved: 24}
	if !whole.burdened(1) || whole.burdened(2) {
		t.Errorf("one minute %v, two %v", whole.burdened(1), whole.burdened(2))
	}
	for i, spoil := range []func(*borne){
		func(b *borne) { b.stalls = 4 }, func(b *borne) { b.stallsWaited = 0 }, func(b *borne) { b.files = 0 },
		func(b *borne) { b.looks, b.moved = 0, 0 }, func(b *borne) { b.moved = 13 },
	} {
		b := whole
		spoil(&b)
		if b.burdened(1) {
			t.Errorf("%d: %v", i, b.burden())
		}
	}
}

func TestBearings(t *testing.T) {
	p := &proof{minutes: 10, steps: steps.New(&bytes.Buffer{})}
	c := burdened{set: sets()[0], player: linnet, shift: 3, burden: allBurdens}
	p.bear(c, "Linnet", borne{heard: heard.Report{Frames: 10, First: -1}})
	c.player = plainLoop
	p.bear(c, "a loop", borne{heard: heard.Report{Frames: 10, Lost: 3, Repeated: 2, Silence: 100, Breaks: 4}, stood: 2, stoodFor: time.Second})
	var b bytes.Buffer
	p.bearingTable(&b)
	for _, want := range []string{
		"| 10 min of |", "| WAV and ADPCM | 125 MIPS (shift=3) | Linnet | 0 | 0 | 0 | 0 | 0 |\n",
		"| WAV and ADPCM | 125 MIPS (shift=3) | a loop | - | 4 | 44200 | 2 | 3 |\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("there is no %q in\n%s", want, b.String())
		}
	}
	if c.name() != "load-plain-load-burn-read-stall-shift3" {
		t.Error(c.name())
	}
}

// The thousand files are as told, and differ.
func TestThousand(t *testing.T) {
	dir := t.TempDir()
	pcm := make([]byte, 4*rate)
	for i := range pcm {
		pcm[i] = byte(i * i >> 8)
	}
	if err := makeThousand(dir, pcm); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*.wav"))
	a, err := os.ReadFile(filepath.Join(dir, "0001.wav"))
	b, err2 := os.ReadFile(filepath.Join(dir, "1000.wav"))
	if len(files) != thousand || err != nil || err2 != nil || len(a) != 44+4*thousandth || len(b) != len(a) || bytes.Equal(a, b) {
		t.Errorf("%d files, %d and %d bytes, %v, %v", len(files), len(a), len(b), err, err2)
	}
}

func TestTree(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"lib", "usr/share/doc/x"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	os.WriteFile(filepath.Join(root, "lib/a"), []byte("a"), 0o755)
	os.Symlink("a", filepath.Join(root, "lib/b"))
	os.WriteFile(filepath.Join(root, "usr/share/doc/x/c"), nil, 0o644)
	entries, err := tree(root, "usr/share/doc")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, fmt.Sprintf("%s %s %s%s", e.Mode, e.Path, e.Data, e.Target))
	}
	text := strings.Join(got, "\n") + "\n"
	for _, want := range []string{"drwxr-xr-x dev \n", "drwxr-xr-x media/music \n", "-rwxr-xr-x lib/a a\n", "Lrwxrwxrwx lib/b a\n", "usr/share \n"} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "doc") {
		t.Errorf("what is to be left out is there:\n%s", text)
	}
}

// To ask what there is is no mistake.
func TestHelp(t *testing.T) {
	var b bytes.Buffer
	if err := run(context.Background(), &b, []string{"--help"}); err != nil || !strings.Contains(b.String(), "mips     finding the slowest board for each coding *\n") {
		t.Errorf("%v\n%s", err, b.String())
	}
}

func TestMinutes(t *testing.T) {
	for _, n := range []string{"0", "61", "x"} {
		if err := run(context.Background(), &bytes.Buffer{}, []string{"-o", t.TempDir(), "-minutes", n, "load"}); err == nil {
			t.Errorf("-minutes %s: no error", n)
		}
	}
}

func TestMostBusy(t *testing.T) {
	for _, c := range []struct{ guess, limit, want, tries int }{
		{0, 0, 0, 1}, {3, 3, 0, 1}, {52, 52, 50, 2}, {52, 61, 60, 3}, {30, 47, 45, 3}, {52, 38, 35, 4}, {20, 0, 0, 4}, {100, 100, 90, 1}, {-1, 100, 90, 2}, {-1, 12, 10, 3},
	} {
		tries := 0
		got, err := mostBusy(c.guess, func(busy int) (bool, int, error) {
			tries++
			return busy <= c.limit, c.limit - busy, nil
		})
		if got != c.want || err != nil || tries != c.tries {
			t.Errorf("guess %d, limit %d: %d after %d tries, %v; want %d after %d", c.guess, c.limit, got, tries, err, c.want, c.tries)
		}
	}
	if _, err := mostBusy(50, func(int) (bool, int, error) { return false, 0, os.ErrInvalid }); err == nil {
		t.Error("an error is lost")
	}
}

// What was played, but only since it was short, does not hold.
func TestHolds(t *testing.T) {
	r := borne{heard: heard.Report{Frames: 1, First: -1}, output: loadOutput{LeastMS: leastAhead}}
	if !r.holds() {
		t.Error("what plays does not hold")
	}
	if r.output.LeastMS--; r.holds() || !r.played() {
		t.Error("what runs out of sound holds")
	}
	r.output.LeastMS, r.xruns = leastAhead, 1
	if r.holds() {
		t.Error("an xrun holds")
	}
}

// TestFindSlowest asks of a board that needs so many MIPS.
func TestFindSlowest(t *testing.T) {
	for _, c := range []struct{ need, shift, mips int }{{10, 6, 10}, {20, 5, 20}, {38, 4, 40}, {100, 3, 100}, {130, 2, 137}, {260, 1, 275}} {
		runs := 0
		s, err := findSlowest(coding{encoding{name: "x"}, true}, func(shift, busy int) (borne, error) {
			runs++
			speed := 1000 >> shift
			r := borne{watched: time.Second, idle: max(time.Duration(speed*(100-busy)-100*c.need)*time.Second/time.Duration(100*speed), 0), output: loadOutput{Decoding: 1000 * c.need / speed, LeastMS: leastAhead}}
			if speed*(100-busy) >= c.need*100 {
				r.heard = heard.Report{Frames: 1, First: -1}
			}
			return r, nil
		})
		if err != nil || s.shift != c.shift || s.mips() < c.mips-2 || s.mips() > c.mips+2 || runs > 7 {
			t.Errorf("what needs %d MIPS plays at shift=%d, down to %d, after %d runs, %v; want shift=%d and %d", c.need, s.shift, s.mips(), runs, err, c.shift, c.mips)
		}
	}
	if _, err := findSlowest(coding{encoding{name: "x"}, true}, func(int, int) (borne, error) { return borne{}, os.ErrInvalid }); err == nil {
		t.Error("an error is lost")
	}
	if s, err := findSlowest(coding{encoding{name: "x"}, true}, func(int, int) (borne, error) { return borne{}, nil }); err == nil || !strings.Contains(err.Error(), "500 MIPS") {
		t.Errorf("what plays nowhere: %+v, %v", s, err)
	}
}

func TestSlowness(t *testing.T) {
	p := &proof{slow: []slowness{{"320k.mp3", 412, 47, 3, 40, true}, {"96k.opus", 812, 3, 2, 0, true}, {"pcm.wav", 7, 80, 5, 0, false}}}
	var b bytes.Buffer
	p.slownessTable(&b)
	for _, want := range []string{"| 320k.mp3 | 41.2 % | 47 % | 125 MIPS (shift=3) | 75 MIPS |\n", "| 96k.opus | 81.2 % | 3 % | 250 MIPS (shift=2) | 250 MIPS |\n", "| pcm.wav | 0.7 % | 80 % | 31 MIPS (shift=5) |  |\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("there is no %q in\n%s", want, b.String())
		}
	}
}
