//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package lab_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"linnet/player"
	"linnet/player/ao/aotest/lab"
	"linnet/player/ao/internal/asound"
	"linnet/player/media"
)

var (
	soakHours   = flag.Int("hours", 0, "virtual hours of TestSoak; 0: ten, or what half a minute is enough for")
	soakSeed    = flag.Uint64("seed", 1, "of TestSoak's first hour")
	soakWhole   = flag.Bool("whole", false, "go on after hours that fail, and do not shrink them")
	soakSummary = flag.String("summary", "", "a file for TestSoak's last line")
)

// soakRates are low, so that an hour is soon over; nothing in the player or in
// a sink knows what a rate sounds like.
var soakRates = []uint32{200, 400, 500, 800}

// act is something that a listener does.
type act struct {
	at   time.Duration
	what string // pause, play, seek, next
	to   time.Duration
}

// hour is one run: a card, what goes wrong with it, and what is done.
type hour struct {
	seed   uint64
	face   face
	hw     lab.Hardware
	tracks []track
	faults []lab.Fault
	acts   []act
	length time.Duration
}

func newHour(seed uint64) *hour {
	rng := rand.New(rand.NewPCG(seed, 0x6c6162))
	h := &hour{seed: seed, face: asALSA, length: time.Hour}
	switch rng.IntN(3) {
	case 0:
		h.face = asOSS
	case 1:
		h.face = asWriteI
	}
	h.hw = lab.Board()
	h.hw.Rates, h.hw.Period = soakRates, [2]uint32{2, 8192}
	h.defects(rng)
	h.fill(rng)
	for at := 10 * time.Second; at < h.length-10*time.Second; at += 3*time.Second + time.Duration(rng.Int64N(int64(30*time.Second))) {
		h.faults = append(h.faults, randomFault(rng, at))
	}
	for at := 5 * time.Second; at < h.length-10*time.Second; at += 200*time.Millisecond + time.Duration(rng.Int64N(int64(time.Minute))) {
		h.acts = append(h.acts, randomAct(rng, at))
	}
	return h
}

// defects are what is always wrong with the card.
func (h *hour) defects(rng *rand.Rand) {
	often := func() bool { return rng.IntN(4) == 0 }
	h.hw.PPM = rng.IntN(401) - 200
	switch {
	case often():
		h.hw.PPM = rng.IntN(160_001) - 80_000
	case often():
		h.hw.Stepped = true
	}
	if often() {
		h.hw.DelayFactor = 2
	}
	h.hw.StuckTail, h.hw.LazyBuffers = often(), often()
	h.hw.NoRewind = often()
	if often() {
		h.hw.Zero = rng.IntN(2)
		h.hw.OnePeriod = rng.IntN(2)
	}
	if h.face != asOSS {
		h.hw.Formats = [][]int{{asound.FormatS16}, {asound.FormatS24}, {asound.FormatS32, asound.FormatS16}, {asound.FormatS24x3}}[rng.IntN(4)]
	}
}

// fill makes the tracks, with stalls of the storage that a full ring outlasts.
func (h *hour) fill(rng *rand.Rand) {
	next := int64(1)
	for range 8 {
		rate := int(soakRates[rng.IntN(len(soakRates))])
		t := track{format: media.AudioFormat{Rate: rate, Channels: 2, Bits: 16}, first: next, frames: int64(rate)*int64(20+rng.IntN(200)) + int64(rng.IntN(rate))}
		for at := int64(10+rng.IntN(60)) * int64(rate); at < t.frames; at += int64(10+rng.IntN(60)) * int64(rate) {
			t.stalls = append(t.stalls, stall{at, time.Duration(rng.Int64N(int64(1500 * ms)))})
		}
		next += t.frames
		h.tracks = append(h.tracks, t)
	}
}

func randomFault(rng *rand.Rand, at time.Duration) lab.Fault {
	upTo := func(d time.Duration) time.Duration { return time.Duration(rng.Int64N(int64(d))) }
	f := lab.Fault{At: at, Kind: lab.Kind(1 + rng.IntN(int(lab.Unplug)))}
	switch f.Kind {
	case lab.Late:
		f.For = upTo(200 * ms)
	case lab.Again:
		f.For = upTo(150 * ms)
	case lab.Short:
		f.For, f.N = upTo(2*time.Second), 1+rng.IntN(10)
	case lab.Interrupted:
		f.N = 1 + rng.IntN(5)
	case lab.Suspend:
		f.For, f.N = upTo(3*time.Second), rng.IntN(2)
	case lab.PollEarly, lab.PollDeaf:
		f.For = upTo(2 * time.Second)
	case lab.Hang:
		f.For = upTo(1500 * ms)
	case lab.Unplug:
		f.For = upTo(20 * time.Second)
	}
	return f
}

func randomAct(rng *rand.Rand, at time.Duration) act {
	a := act{at: at, what: []string{"pause", "play", "play", "seek", "next"}[rng.IntN(5)]}
	if a.what == "seek" {
		a.to = time.Duration(rng.Int64N(int64(3 * time.Minute)))
	}
	return a
}

// jump is that from some time on another frame is to be heard.
type jump struct {
	at time.Time
	id int64
}

// run plays the hour and says what was heard.
func (h *hour) run(t *testing.T) (v lab.Verdict, torn int64, why string) {
	synctest.Test(t, func(t *testing.T) {
		c := lab.NewCard(h.hw, h.faults...)
		c.Ear = &lab.Ear{}
		storage := &disk{}
		files := slices.Clone(h.tracks)
		for i := range files {
			files[i].disk = storage
		}
		p := player.New(player.Config{Open: tracks(files...), Audio: h.face.open(c)})
		begun := time.Now()
		var names []string
		for i := range h.tracks {
			names = append(names, fmt.Sprint(i))
		}
		p.SetRepeat(player.RepeatAll)
		p.SetQueue(names, 0)
		j := judge{hour: h, ear: c.Ear, disk: storage, jumps: []jump{{begun, 1}}}
		for _, a := range h.acts {
			time.Sleep(time.Until(begun.Add(a.at)))
			synctest.Wait()
			h.do(p, c, a, &j)
		}
		time.Sleep(time.Until(begun.Add(h.length)))
		if s := p.Status(); s.State == player.Stopped || s.Failed > 0 {
			why = fmt.Sprintf("at the end the player is %v: %v", s.State, s.Err)
		}
		c.Advance()
		j.all(c.Ear.Runs(j.starts))
		p.Close()
		v, torn = j.Verdict, j.torn
		if why == "" {
			why = j.why
		}
	})
	return v, torn, why
}

// do does what the listener does, and tells the judge. What the storage is asked for
// while it stalls comes when it answers.
func (h *hour) do(p *player.Player, c *lab.Card, a act, j *judge) {
	s, now := p.Status(), time.Now()
	if end := s.Position + 3*time.Second; end > s.Duration && j.disk.answers().After(now) {
		j.settle() // of which track it is done is not known
		s, now = p.Status(), time.Now()
	}
	switch a.what {
	case "pause":
		if s.State == player.Playing {
			p.Pause()
			j.paused = now
		}
	case "play":
		if s.State == player.Paused {
			p.Play()
			c.Ear.Excuse(j.paused, now.Add(400*ms))
		}
	case "seek":
		tr := h.tracks[s.Index]
		frame := h.clear(tr, tr.format.Frames(a.to)%tr.frames)
		p.Seek(tr.format.Duration(frame))
		j.jumps = append(j.jumps, jump{now, tr.first + frame})
		c.Ear.Excuse(now, j.disk.answers().Add(500*ms))
		j.settle()
	case "next":
		p.Next()
		j.jumps = append(j.jumps, jump{now, h.tracks[(s.Index+1)%len(h.tracks)].first})
		c.Ear.Excuse(now, j.disk.answers().Add(500*ms))
		j.settle()
	}
}

// settle waits until what was asked for is begun: for the storage, and for a device
// that is woken late.
func (j *judge) settle() {
	time.Sleep(time.Until(j.disk.answers()) + 300*ms)
	synctest.Wait()
}

// clear is a frame with no stall right behind it: a ring that was just emptied
// outlasts none.
func (h *hour) clear(t track, frame int64) int64 {
	read := frame / t.packet() * t.packet() // what is read first
	for _, s := range t.stalls {
		if read <= s.at && s.at < frame+5*int64(t.format.Rate) {
			if behind := s.at + int64(t.format.Rate); behind < t.frames {
				return behind
			}
			return h.clear(t, max(s.at-6*int64(t.format.Rate), 0))
		}
	}
	return frame
}

// judge holds what was heard against what was to be.
type judge struct {
	lab.Verdict
	*hour
	ear    *lab.Ear
	disk   *disk
	jumps  []jump
	paused time.Time
	next   int64
	last   lab.Run
	why    string
	torn   int64 // frames forgiven
}

// unknown says whether nobody can tell which frames were heard: those that a card
// played in the period before it was pulled out, as since the program looked last
// it has but the clock, and those in the step in which a card that tells its position
// in steps stops by an error, or is stopped while it hangs. They are counted apart.
// Beyond that only the frame is left out that was played in part when the card was
// stopped.
func (j *judge) unknown(d int64) bool { return max(d, -d) <= j.last.Torn }

func (j *judge) all(runs []lab.Run) {
	for _, r := range runs {
		j.run(r)
	}
	if n := len(j.jumps); n > 0 && len(runs) > 0 && runs[len(runs)-1].End.Sub(j.jumps[n-1].at) > time.Minute {
		j.blame("the jump to %d was never heard", j.jumps[n-1].id)
		j.Lost++
	}
}

// starts is where jumps went not long before a time.
func (j *judge) starts(at time.Time) (ids []int64) {
	for _, k := range j.jumps {
		if d := at.Sub(k.at); d >= 0 && d < time.Hour {
			ids = append(ids, k.id)
		}
	}
	return ids
}

func (j *judge) blame(format string, args ...any) {
	if j.why == "" {
		j.why = fmt.Sprintf(format, args...)
	}
}

func (j *judge) run(r lab.Run) {
	first := j.next == 0
	want := j.next
	for k := len(j.jumps) - 1; k >= 0; k-- {
		if j.jumps[k].at.After(r.At) {
			continue
		}
		if d := r.First - j.jumps[k].id; d == 0 || r.First != want && d > 0 && d < 1000 {
			want = j.jumps[k].id
			j.jumps = j.jumps[k+1:]
			break
		}
	}
	switch d := r.First - want; {
	case d == 1 && want == j.next && j.last.Cut:
	case d != 0 && want == j.next && j.unknown(d):
		j.torn += max(d, -d)
	case d > 0:
		j.blame("after %d comes %d, at %v", want-1, r.First, r.At)
		j.Lost += d
	case d < 0:
		j.blame("after %d comes %d, at %v", want-1, r.First, r.At)
		j.Repeated += min(-d, r.N)
	}
	t := j.trackOf(r.First)
	ended := j.trackOf(j.last.First + j.last.N - 1)
	if !first && r.First != t.first && j.last.First+j.last.N != ended.first+ended.frames { // between tracks the device may have been opened anew
		if late := j.ear.Silence(j.last.End, r.At); late > max(t.format.Duration(2), j.last.End.Sub(j.last.At)/time.Duration(j.last.N)) { // a frame that was cut off is no silence
			j.blame("%v of silence before %d, at %v", late, r.First, r.At)
			j.Late += t.format.Frames(late)
		}
	}
	j.Heard += r.N
	j.next, j.last = r.First+r.N, r
	if last := j.tracks[len(j.tracks)-1]; j.next == last.first+last.frames {
		j.next = 1
	}
}

func (j *judge) trackOf(id int64) track {
	i, _ := slices.BinarySearchFunc(j.tracks, id+1, func(t track, id int64) int { return int(t.first - id) })
	return j.tracks[max(i-1, 0)]
}

// TestSoak plays random hours: cards with random defects, faults, formats, and
// a restless listener. What is found is shrunk before it is shown.
func TestSoak(t *testing.T) {
	hours, limit := *soakHours, time.Duration(0)
	if hours == 0 {
		hours, limit = 10, 30*time.Second
		if testing.Short() {
			limit = 3 * time.Second
		}
	}
	begun := time.Now()
	before := heap()
	var mu sync.Mutex
	var sum lab.Verdict
	var unsure int64
	played, faults, next := 0, 0, *soakSeed
	t.Run("hours", func(t *testing.T) {
		for range max(runtime.GOMAXPROCS(0), 1) {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				for {
					mu.Lock()
					if !*soakWhole && sum.Lost+sum.Repeated+sum.Late > 0 || int(next-*soakSeed) >= hours || limit > 0 && time.Since(begun) > limit {
						mu.Unlock()
						return
					}
					h := newHour(next)
					next++
					mu.Unlock()
					v, torn, why := h.run(t)
					mu.Lock()
					played++
					faults += len(h.faults)
					sum.Heard += v.Heard
					sum.Lost += v.Lost
					sum.Repeated += v.Repeated
					sum.Late += v.Late
					unsure += torn
					mu.Unlock()
					if !v.Clean() || why != "" {
						if !*soakWhole {
							h.shrink(t)
						}
						v, _, why = h.run(t)
						t.Errorf("seed %d: %v: %s\n%v", h.seed, v, why, h)
					}
				}
			})
		}
	})
	if after := heap(); after > before+4<<20 {
		t.Errorf("the heap has grown from %d to %d bytes", before, after)
	}
	line := fmt.Sprintf("soak: %d h, %d faults, %d lost, %d repeated, %d late", played, faults, sum.Lost, sum.Repeated, sum.Late)
	t.Logf("%d frames heard in %v; where nobody can tell, %d lost or repeated", sum.Heard, time.Since(begun).Round(time.Second), unsure)
	t.Log(line)
	if *soakSummary != "" {
		if err := os.WriteFile(*soakSummary, []byte(line+"\n"), 0o644); err != nil {
			t.Error(err)
		}
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// shrink leaves out what the hour fails without.
func (h *hour) shrink(t *testing.T) {
	fails := func(try hour) bool {
		v, _, why := try.run(t)
		return !v.Clean() || why != ""
	}
	for n := max(len(h.faults), len(h.acts)); n > 0; n /= 2 {
		for i := 0; i < len(h.faults); {
			try := *h
			try.faults = slices.Delete(slices.Clone(h.faults), i, min(i+n, len(h.faults)))
			if fails(try) {
				*h = try
			} else {
				i += n
			}
		}
		for i := 0; i < len(h.acts); {
			try := *h
			try.acts = slices.Delete(slices.Clone(h.acts), i, min(i+n, len(h.acts)))
			if fails(try) {
				*h = try
			} else {
				i += n
			}
		}
	}
	for _, mend := range []func(*hour){
		func(h *hour) { h.hw.PPM = 0 }, func(h *hour) { h.hw.Stepped = false }, func(h *hour) { h.hw.DelayFactor = 0 },
		func(h *hour) { h.hw.StuckTail = false }, func(h *hour) { h.hw.NoRewind = false }, func(h *hour) { h.hw.LazyBuffers = false }, func(h *hour) { h.hw.Zero, h.hw.OnePeriod = 0, 0 },
		func(h *hour) { h.hw.Formats = []int{asound.FormatS16} },
		func(h *hour) {
			h.tracks = slices.Clone(h.tracks)
			for i := range h.tracks {
				h.tracks[i].stalls = nil
			}
		},
	} {
		try := *h
		mend(&try)
		if fails(try) {
			*h = try
		}
	}
}

func (h *hour) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %+v\n", h.face, h.hw)
	for _, t := range h.tracks {
		fmt.Fprintf(&b, "track %v\n", t)
	}
	fmt.Fprintf(&b, "faults %v\nacts %v", h.faults, h.acts)
	return b.String()
}
