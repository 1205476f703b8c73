//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package lab_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"linnet/player"
	"linnet/player/ao/aotest/lab"
	"linnet/player/ao/aotest/plain"
	"linnet/player/ao/internal/asound"
	"linnet/player/media"
)

var update = flag.Bool("update", false, "write the table into README.md")

const (
	tableRate   = 44100
	tableFrames = 20*tableRate + 77
)

// row is a fault of the table.
type row struct {
	name   string
	face   face
	hw     func(*lab.Hardware)
	script []lab.Fault
	stalls []stall // of the storage
	pause  []stall // frames, and for how long
	rate   int     // that the card plays at, where not the track's
}

// every repeats a fault every two seconds, from one on.
func every(kind lab.Kind, d time.Duration, n int) (script []lab.Fault) {
	for at := 1 * time.Second; at < 19*time.Second; at += 2 * time.Second {
		script = append(script, lab.Fault{At: at + 7*time.Millisecond, Kind: kind, For: d, N: n})
	}
	return script
}

func once(kind lab.Kind, d time.Duration, n int) []lab.Fault {
	return []lab.Fault{{At: 5*time.Second + 3*time.Millisecond, Kind: kind, For: d, N: n}}
}

var (
	twoPauses = []stall{{5 * tableRate, 2 * time.Second}, {12 * tableRate, time.Second}}
	storage   = []stall{{4 * tableRate, 1500 * time.Millisecond}, {9 * tableRate, 1500 * time.Millisecond}, {16 * tableRate, 1500 * time.Millisecond}}
)

const ms = time.Millisecond

// rows is the table.
var rows = []row{
	{name: "none", face: asALSA},
	{name: "none", face: asOSS},
	{name: "the storage stalls for 1.5 s, three times", face: asALSA, stalls: storage},
	{name: "the storage stalls for 1.5 s, three times", face: asOSS, stalls: storage},
	{name: "wake-ups 300 ms late, nine times", face: asALSA, script: every(lab.Late, 300*ms, 0)},
	{name: "wake-ups 300 ms late, nine times", face: asOSS, script: every(lab.Late, 300*ms, 0)},
	{name: "a buffer of nothing is told first", face: asALSA, hw: func(h *lab.Hardware) { h.Zero = 1 }},
	{name: "a buffer of nothing is told before the first write", face: asOSS, hw: func(h *lab.Hardware) { h.LazyBuffers = true }},
	{name: "a buffer of one period is told first", face: asALSA, hw: func(h *lab.Hardware) { h.OnePeriod = 1 }},
	{name: "a buffer of one fragment first", face: asOSS, hw: func(h *lab.Hardware) { h.OnePeriod = 1 }},
	{name: "S24 in four bytes only", face: asALSA, hw: func(h *lab.Hardware) { h.Formats = []int{asound.FormatS24} }},
	{name: "48 kHz only", face: asOSS, hw: func(h *lab.Hardware) { h.Rates = []uint32{48000} }, rate: 48000},
	{name: "the clock 8 % slow", face: asALSA, hw: func(h *lab.Hardware) { h.PPM = -80000 }, pause: twoPauses},
	{name: "the clock 8 % fast", face: asALSA, hw: func(h *lab.Hardware) { h.PPM = 80000 }, pause: twoPauses},
	{name: "two pauses", face: asALSA, pause: twoPauses},
	{name: "two pauses", face: asOSS, pause: twoPauses},
	{name: "two pauses, nothing can be taken back", face: asALSA, hw: func(h *lab.Hardware) { h.NoRewind = true }, pause: twoPauses},
	{name: "two pauses, the delay counts double", face: asALSA, hw: func(h *lab.Hardware) { h.DelayFactor = 2 }, pause: twoPauses},
	{name: "two pauses, the delay steps by fragments", face: asALSA, hw: func(h *lab.Hardware) { h.Stepped = true }, pause: twoPauses},
	{name: "two pauses, no GETODELAY", face: asOSS, hw: func(h *lab.Hardware) { h.NoDelay = true; h.Stepped = true }, pause: twoPauses},
	{name: "poll returns at once, for 1 s", face: asALSA, script: once(lab.PollEarly, time.Second, 0)},
	{name: "poll tells of nothing, for 1 s", face: asALSA, script: once(lab.PollDeaf, time.Second, 0)},
	{name: "poll tells of nothing, for 1 s", face: asOSS, script: once(lab.PollDeaf, time.Second, 0)},
	{name: "writes of 100 frames at most, for 1 s", face: asALSA, script: once(lab.Short, time.Second, 100)},
	{name: "EAGAIN for 200 ms, nine times", face: asALSA, script: every(lab.Again, 200*ms, 0)},
	{name: "EINTR, five in a row, nine times", face: asALSA, script: every(lab.Interrupted, 0, 5)},
	{name: "EINTR, five in a row, nine times", face: asOSS, script: every(lab.Interrupted, 0, 5)},
	{name: "EPIPE with sound in the buffer, nine times", face: asALSA, script: every(lab.Broken, 0, 0)},
	{name: "ESTRPIPE, the driver resumes", face: asALSA, script: once(lab.Suspend, 700*ms, 0)},
	{name: "ESTRPIPE, the driver cannot resume", face: asALSA, script: once(lab.Suspend, 700*ms, 1)},
	{name: "the hardware hangs for 1 s", face: asALSA, script: once(lab.Hang, time.Second, 0)},
	{name: "a tail that never drains", face: asALSA, hw: func(h *lab.Hardware) { h.StuckTail = true }},
	{name: "a tail that never drains", face: asOSS, hw: func(h *lab.Hardware) { h.StuckTail = true }},
	{name: "unplugged for 3 s", face: asALSA, script: once(lab.Unplug, 3*time.Second, 0)},
	{name: "unplugged for 3 s", face: asOSS, script: once(lab.Unplug, 3*time.Second, 0)},
}

// result is one run.
type result struct {
	lab.Verdict
	note string
	out  player.Output
}

func (r row) card() *lab.Card {
	h := lab.Board()
	if r.hw != nil {
		r.hw(&h)
	}
	c := lab.NewCard(h, r.script...)
	c.Ear = &lab.Ear{Keep: r.rate != 0}
	return c
}

func (r row) track() track {
	return track{format: media.AudioFormat{Rate: tableRate, Channels: 2, Bits: 16}, first: 1, frames: tableFrames, stalls: r.stalls}
}

// with plays the row through the player.
func (r row) with(t *testing.T) (got result) {
	synctest.Test(t, func(t *testing.T) {
		c := r.card()
		p := player.New(player.Config{Open: tracks(r.track()), Audio: r.face.open(c)})
		defer p.Close()
		events, cancel := p.Subscribe()
		defer cancel()
		p.SetQueue([]string{"0"}, 0)
		for _, s := range r.pause {
			format := r.track().format
			for p.Status().Position < format.Duration(s.at) {
				time.Sleep(3 * ms)
			}
			p.Pause()
			synctest.Wait()
			c.Ear.Excuse(time.Now().Add(-ms), time.Now().Add(s.d+50*ms))
			time.Sleep(s.d)
			p.Play()
		}
		limit := time.NewTimer(2 * time.Minute)
		for done := false; !done; {
			select {
			case e := <-events:
				done = e.Type == player.Finished
			case <-limit.C:
				got.note, done = "it never ends", true
			}
		}
		got.out = p.Status().Output
		c.Advance()
		if c.Struck() != len(r.script) {
			got.note = fmt.Sprintf("%d of %d faults happened", c.Struck(), len(r.script))
		}
		got.Verdict = r.judge(t, c)
	})
	return got
}

// judge compares with what was to be heard: the track's frames, or where they
// are resampled what a card without fault plays of them.
func (r row) judge(t *testing.T, c *lab.Card) lab.Verdict {
	if r.rate == 0 {
		return c.Ear.Judge(tableFrames, tableRate)
	}
	ideal := lab.NewCard(lab.Hardware{
		Formats: c.Formats, Rates: c.Rates, Channels: c.Channels, Period: c.Period, MaxBuffer: c.MaxBuffer, Step: c.Step,
	})
	ideal.Ear = &lab.Ear{Keep: true}
	p := player.New(player.Config{Open: tracks(r.track()), Audio: asALSA.open(ideal)})
	events, cancel := p.Subscribe()
	defer cancel()
	p.SetQueue([]string{"0"}, 0)
	for e := range events {
		if e.Type == player.Finished {
			break
		}
	}
	p.Close()
	want, got := bytes.TrimRight(ideal.Ear.Bytes, "\x00"), bytes.TrimRight(c.Ear.Bytes, "\x00")
	same := 0
	for same < min(len(want), len(got)) && want[same] == got[same] {
		same++
	}
	return lab.Verdict{Heard: int64(same / 4), Lost: int64(len(want)-same) / 4, Repeated: int64(len(got)-same) / 4}
}

// without plays it through the baseline.
func (r row) without(t *testing.T) (got result) {
	synctest.Test(t, func(t *testing.T) {
		c := r.card()
		b := &baseline{t: r.track(), pause: r.pause, card: c}
		if err := b.open(r.face, c); err != nil {
			got.note = "does not open"
			got.Lost = tableFrames
			return
		}
		err := b.play()
		c.Advance()
		got.Verdict = c.Ear.Judge(tableFrames, tableRate)
		switch {
		case err != nil:
			got.note = "gives up"
		case r.rate != 0:
			got.note = fmt.Sprintf("%.1f %% too fast", 100*float64(r.rate-tableRate)/tableRate)
		}
	})
	return got
}

func (b *baseline) open(f face, c *lab.Card) error {
	if f == asOSS {
		d, err := c.OSS()
		if err != nil {
			return err
		}
		b.dev, err = newBaseOSS(d, b.t.format.Rate)
		return err
	}
	d, err := c.ALSA()
	if err != nil {
		return err
	}
	b.dev, err = plain.New(d, b.t.format.Rate)
	return err
}

// TestTable plays every row both ways. Through the player nothing may be wrong;
// the baseline is there for what it says about the faults.
func TestTable(t *testing.T) {
	var b strings.Builder
	b.WriteString("| fault | device | a loop that decodes and writes: lost, repeated, late | Linnet: lost, repeated, late |\n| --- | --- | --- | --- |\n")
	broken := 0
	for _, r := range rows {
		with, without := r.with(t), r.without(t)
		if copied := r; r.face == asALSA { // by either way of access
			copied.face = asWriteI
			if by := copied.with(t); !by.Clean() || by.note != "" || by.Heard == 0 {
				t.Errorf("%s, %s: %v %s\n%+v", copied.face, r.name, by.Verdict, by.note, by.out)
			}
		}
		if !with.Clean() || with.note != "" || with.Heard == 0 {
			t.Errorf("%s, %s: %v %s\n%+v", r.face, r.name, with.Verdict, with.note, with.out)
		}
		if !without.Clean() || without.note != "" {
			broken++
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", r.name, r.face, without.cells(), with.cells())
	}
	t.Log("\n" + b.String())
	if broken < len(rows)/2 {
		t.Errorf("the faults break the baseline in %d of %d rows only", broken, len(rows))
	}
	if *update && !t.Failed() {
		writeTable(t, b.String())
	}
}

func (r result) cells() string {
	s := fmt.Sprintf("%d, %d, %d", r.Lost, r.Repeated, r.Late)
	if r.note != "" {
		s += "; " + r.note
	}
	return s
}

const begin, finish = "<!-- faults -->", "<!-- /faults -->"

func writeTable(t *testing.T, table string) {
	path := filepath.Join("..", "..", "..", "..", "README.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(text), begin)
	_, tail, ok2 := strings.Cut(rest, finish)
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the table, %s", path, begin)
	}
	if err := os.WriteFile(path, []byte(head+begin+"\n\n"+table+"\n"+finish+tail), 0o644); err != nil {
		t.Fatal(err)
	}
}
