package player

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"
)

// monkey presses buttons at random and remembers where in the sound it
// asked for a jump.
type monkey struct {
	*rig
	rng   *rand.Rand
	log   []string
	jumps []int // frames heard when a jump was asked for
}

func (m *monkey) press() {
	d := time.Duration(m.rng.IntN(2500)) * time.Millisecond
	index := m.rng.IntN(m.Status().Count)
	jump := true
	what := ""
	switch m.rng.IntN(16) {
	case 0:
		what = "next"
		m.Next()
	case 1:
		what = "previous"
		m.Previous()
	case 2, 3:
		what = fmt.Sprint("seek ", d)
		m.Seek(d)
	case 4:
		what = fmt.Sprint("seek by ", d-1200*time.Millisecond)
		m.SeekBy(d - 1200*time.Millisecond)
	case 5:
		what = fmt.Sprint("index ", index)
		m.PlayIndex(index)
	case 6:
		what = "stop"
		m.Stop()
	case 7:
		what, jump = "repeat", false
		m.SetRepeat(Repeat(m.rng.IntN(3)))
	case 8:
		what, jump = "shuffle", false
		m.SetShuffle(m.rng.IntN(2) == 0)
	case 9:
		what, jump = "append", false
		if m.Status().Count < 12 {
			m.Append(fmt.Sprint(1 + m.rng.IntN(5)))
		}
	default:
		what, jump = "toggle", false
		// From Stopped this begins a track anew.
		jump = m.Status().State == Stopped
		m.Toggle()
	}
	m.log = append(m.log, fmt.Sprintf("%d: %s", len(m.dev.sound()), what))
	if jump {
		m.jumps = append(m.jumps, len(m.dev.sound()))
	}
}

// commanded says whether a jump was asked for at or just before frame i of
// what was heard.
func (m *monkey) commanded(i int) bool {
	for _, j := range m.jumps {
		if i >= j && i <= j+48000*3/100 {
			return true
		}
	}
	return false
}

// check holds what was heard against what was asked for.
func (m *monkey) check(t *testing.T, files []*fakeFile) {
	t.Helper()
	got := m.dev.sound()
	for i := 1; i < len(got); i++ {
		was, is := got[i-1], got[i]
		if is == [2]int64{was[0], was[1] + 1} || m.commanded(i) {
			continue
		}
		f, g := files[was[0]-1], files[is[0]-1]
		last := f.streams[0].Delay + f.streams[0].Frames - 1
		if was[1] == last && is[1] == g.streams[0].Delay {
			continue
		}
		for _, l := range m.log {
			t.Log(l)
		}
		t.Fatalf("frame %d heard is %v, behind %v, and no one asked for a jump", i, is, was)
	}
}

// look compares what Status tells with what is heard.
func (m *monkey) look(t *testing.T, files []*fakeFile) {
	t.Helper()
	got := m.dev.sound()
	s := m.Status()
	if s.State != Playing || len(got) == 0 || m.commanded(len(got)-1) || m.commanded(len(got)) {
		return
	}
	last := got[len(got)-1]
	f := files[last[0]-1].streams[0]
	at := f.Audio.Duration(last[1] + 1 - f.Delay)
	if s.Path == fmt.Sprint(last[0]) && (s.Position-at).Abs() < 25*time.Millisecond {
		return
	}
	if at+25*time.Millisecond > f.Duration() && s.Position < 25*time.Millisecond {
		return // just at a seam
	}
	for _, l := range m.log {
		t.Log(l)
	}
	t.Fatalf("track %d is heard at %v; Status tells track %s at %v", last[0], at, s.Path, s.Position)
}

func TestMonkey(t *testing.T) {
	seeds := 60
	if testing.Short() {
		seeds = 20
	}
	for seed := range seeds {
		files := []*fakeFile{
			newFakeFile(1, 100_007).trimmed(1105, 707), newFakeFile(2, 50_001).trimmed(529, 3),
			newFakeFile(3, 900), newFakeFile(4, 60_000), newFakeFile(5, 44_100),
		}
		files[3].streams[0].Audio.Rate = 48000
		dev := &fakeDevice{buffer: time.Duration(40+20*(seed%20)) * time.Millisecond}
		play(t, dev, files, func(r *rig) {
			go func() { // the events need a reader, as in a front end
				for range r.events {
				}
			}()
			m := &monkey{rig: r, rng: rand.New(rand.NewPCG(uint64(seed), 7))}
			m.jumps = []int{0}
			r.SetQueue(all(5), 0)
			for range 60 {
				synctest.Wait()
				m.press()
				time.Sleep(time.Duration(m.rng.IntN(900)) * time.Millisecond)
				m.look(t, files)
			}
			m.check(t, files)
			r.SetRepeat(RepeatOff)
			r.SetShuffle(false)
			r.PlayIndex(4)
			time.Sleep(time.Second)
			r.within(t, 30*time.Second, Stopped)
		})
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}
