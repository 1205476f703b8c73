package player

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"linnet/player/media"
)

// sectors is a time of a compact disc.
func sectors(n int64) time.Duration { return time.Duration(n) * time.Second / 75 }

// cuts opens "N" as the N-th range of one file, and counts what was asked of it.
type cuts struct {
	file   *fakeFile
	ranges []Range
	seeks  int
	opened int
	closed int
}

type seekCounter struct {
	*fakeDemuxer
	n *int
}

func (s seekCounter) Seek(t time.Duration) error {
	*s.n++
	return s.fakeDemuxer.Seek(t)
}

type closeCounter struct{ n *int }

func (c closeCounter) Close() error {
	*c.n++
	return nil
}

func (c *cuts) open(name string) (*Media, error) {
	m, err := fakeFiles(c.file)("1")
	if err != nil {
		return nil, err
	}
	i := int(name[0] - 'a')
	m.Name, m.File, m.Range = name, "album", c.ranges[i]
	m.Tags = media.Tags{Title: name, Album: "album", Track: i + 1}
	m.Demuxer, m.Closer = seekCounter{m.Demuxer.(*fakeDemuxer), &c.seeks}, closeCounter{&c.closed}
	c.opened++
	return m, nil
}

// A range is read from its first frame to its last, wherever packets begin, and
// from any place in it.
func TestRange(t *testing.T) {
	for _, r := range []struct{ from, to, first, last int64 }{
		{0, 0, 0, 50000}, {0, 10, 0, 5880}, {1, 2, 588, 1176}, {10, 0, 5880, 50000}, {75, 84, 44100, 49392}, {80, 9999, 47040, 50000}, {25, 26, 14700, 15288},
	} {
		for _, delay := range []int64{0, 1105} {
			c := &cuts{file: newFakeFile(1, 50000).trimmed(delay, 700), ranges: []Range{{sectors(r.from), sectors(r.to)}}}
			m, _ := c.open("a")
			track, err := NewTrack(m, false)
			if err != nil {
				t.Fatal(err)
			}
			expectRun(t, readAll(t, track), r.first+delay, r.last+delay)
			if got := track.Stream().Frames; got != r.last-r.first {
				t.Errorf("%v: the stream says %d frames", r, got)
			}
			for _, at := range []int64{0, 1, 500, r.last - r.first - 1, r.last - r.first, 1 << 40} {
				if err := track.SeekTo(at); err != nil {
					t.Fatal(err)
				}
				expectRun(t, readAll(t, track), min(r.first+at, r.last)+delay, r.last+delay)
			}
		}
	}
}

// What is behind the end of a file is no track, and its damage is told in the
// track's own time.
func TestRangeOfNothing(t *testing.T) {
	c := &cuts{file: newFakeFile(1, 5000), ranges: []Range{{sectors(75), 0}, {sectors(2), sectors(2)}, {sectors(1), 0}}}
	for _, name := range []string{"a", "b"} {
		m, _ := c.open(name)
		var bad *media.FormatError
		if _, err := NewTrack(m, false); !errors.As(err, &bad) || bad.File != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	c.file.badAt = 2500
	m, _ := c.open("c")
	track, err := NewTrack(m, false)
	if err != nil {
		t.Fatal(err)
	}
	readAll(t, track)
	var hurt *DamageError
	if d := track.Damage(); !errors.As(d.First, &hurt) || hurt.At != track.Stream().Audio.Duration(2000-588) {
		t.Errorf("damage: %+v", d)
	}
}

// Where streams change within a range it goes on in the new one.
func TestRangeOverStreams(t *testing.T) {
	f := newFakeFile(1, 10000)
	next := f.streams[0]
	next.Audio.Rate, next.Frames = 22050, 10000
	f.streams, f.raw = append(f.streams, next), append(f.raw, 10000)
	// From 0.1 s up to 10000/44100 s + 0.1 s.
	a := f.streams[0].Audio
	c := &cuts{file: f, ranges: []Range{{100 * time.Millisecond, a.Duration(10000) + 100*time.Millisecond}}}
	f.streams[0].Frames = -1 // as of a link whose length nobody knows yet
	m, _ := c.open("a")
	track, err := NewTrack(m, false)
	if err != nil {
		t.Fatal(err)
	}
	var counts []int
	n := 0
	for err == nil || errors.Is(err, media.ErrNewStreams) {
		var got []int32
		got, err = track.Read(nil)
		n += len(got) / 2
		if err != nil {
			counts = append(counts, n)
			n = 0
		}
	}
	if err != io.EOF || !slices.Equal(counts, []int{10000 - 4410, 2205}) {
		t.Errorf("%v, %v", counts, err)
	}
}

// Ranges that follow each other are read through: the frames of the whole, no seek,
// and one file that stays open.
func TestFollow(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		const frames = 60000
		c := &cuts{file: newFakeFile(1, frames).trimmed(random.Int64N(1500), random.Int64N(1500))}
		at := int64(0)
		for at < frames/588-12 && len(c.ranges) < 20 {
			next := at + 1 + random.Int64N(12)
			c.ranges = append(c.ranges, Range{sectors(at), sectors(next)})
			at = next
		}
		c.ranges = append(c.ranges, Range{sectors(at), 0})
		m, _ := c.open("a")
		track, err := NewTrack(m, false)
		if err != nil {
			t.Fatal(err)
		}
		got := readAll(t, track)
		for i := range c.ranges[1:] {
			m, _ := c.open(string(rune('b' + i)))
			if !track.follow(m) {
				t.Fatalf("range %d of %v does not follow", i+1, c.ranges)
			}
			if track.Media().Tags.Track != i+2 {
				t.Errorf("the tags are those of track %d", track.Media().Tags.Track)
			}
			got = append(got, readAll(t, track)...)
		}
		d := c.file.streams[0].Delay
		expectRun(t, got, d, d+frames)
		if c.seeks > 0 {
			t.Errorf("%d seeks", c.seeks)
		}
	}
}

// What is missing across the end of a part is silence, as it is where the file is played
// through; where nothing says that it is missing, the next part begins with what is there.
func TestFollowOverMissing(t *testing.T) {
	for _, told := range []bool{true, false} {
		f := newFakeFile(1, 40000)
		open := func(r Range) *Media {
			d := &gappyDemuxer{fakeDemuxer: &fakeDemuxer{fakeFile: f}, from: 8000, to: 25000, told: told}
			return &Media{Name: "1", Demuxer: d, Range: r, NewAudio: func(media.Stream) (AudioDecoder, error) { return &fakeDecoder{f, 2}, nil }}
		}
		read := func(ranges ...Range) (got []int64) {
			track, err := NewTrack(open(ranges[0]), false)
			if err != nil {
				t.Fatal(err)
			}
			for i, r := range ranges {
				if i > 0 && !track.follow(open(r)) {
					t.Fatalf("%v does not follow", r)
				}
				got = append(got, readAll(t, track)...)
				if end := track.end; end >= 0 && end < 40000 && (told && int64(len(got)) != end || track.given() < end) {
					t.Errorf("told %v: up to %d there are %d frames", told, end, len(got))
				}
			}
			return got
		}
		want := read(Range{})
		got := read(Range{0, sectors(20)}, Range{sectors(20), sectors(40)}, Range{sectors(40), 0})
		if !slices.Equal(got, want) {
			t.Errorf("told %v: %d frames in parts, %d in one", told, len(got), len(want))
		}
		// Without what follows no more is read than has to be.
		d := open(Range{0, sectors(20)})
		track, err := NewTrack(d, false)
		if err != nil {
			t.Fatal(err)
		}
		readAll(t, track)
		if pos := d.Demuxer.(*gappyDemuxer).pos; pos != 26000 {
			t.Errorf("told %v: it was read up to %d", told, pos)
		}
	}
}

// The damage of a part is told of that part alone.
func TestFollowDamage(t *testing.T) {
	c := &cuts{file: newFakeFile(1, 20000), ranges: []Range{{0, sectors(10)}, {sectors(10), 0}}}
	c.file.badAt = 2500
	m, _ := c.open("a")
	track, err := NewTrack(m, false)
	if err != nil {
		t.Fatal(err)
	}
	readAll(t, track)
	var hurt *DamageError
	if d := track.Damage(); d.Count != 1 || !errors.As(d.First, &hurt) || hurt.File != "a" {
		t.Errorf("%+v", d)
	}
	c.file.badAt = 8500
	if m, _ := c.open("b"); !track.follow(m) {
		t.Fatal("it does not follow")
	}
	if d := track.Damage(); d.Count != 0 {
		t.Errorf("before anything of it was read: %+v", d)
	}
	readAll(t, track)
	if d := track.Damage(); d.Count != 1 || !errors.As(d.First, &hurt) || hurt.File != "b" || hurt.At != track.Stream().Audio.Duration(8000-5880) {
		t.Errorf("%+v", d)
	}
}

// A part may be longer than an int of 32 bits counts samples.
func TestFollowLong(t *testing.T) {
	f := newFakeFile(1, 5000)
	f.streams[0].Estimated = true // else the end of the part is the file's
	c := &cuts{file: f, ranges: []Range{{0, sectors(1)}, {sectors(1), 8 * time.Hour}}}
	m, _ := c.open("a")
	track, err := NewTrack(m, false)
	if err != nil {
		t.Fatal(err)
	}
	got := readAll(t, track)
	if m, _ = c.open("b"); !track.follow(m) {
		t.Fatal("it does not follow")
	}
	expectRun(t, append(got, readAll(t, track)...), 0, 5000)
}

// Others do not follow: what is elsewhere in the file, in another file, or not due
// yet.
func TestFollowNot(t *testing.T) {
	c := &cuts{file: newFakeFile(1, 60000), ranges: []Range{{0, sectors(10)}, {sectors(11), 0}, {sectors(10), sectors(10)}, {}, {sectors(10), 0}}}
	m, _ := c.open("a")
	track, err := NewTrack(m, false)
	if err != nil {
		t.Fatal(err)
	}
	right, _ := c.open("e")
	if track.follow(right) {
		t.Error("before it was read")
	}
	readAll(t, track)
	for _, name := range []string{"b", "c", "d"} {
		if m, _ := c.open(name); track.follow(m) {
			t.Errorf("range %s", name)
		}
	}
	right.File = "other"
	if track.follow(right) {
		t.Error("another file")
	}
	right.File = "album"
	// And behind a seek past the end it does, with the right frames.
	if err := track.SeekTo(1 << 30); err != nil {
		t.Fatal(err)
	}
	if got := readAll(t, track); len(got) > 0 || !track.follow(right) {
		t.Fatalf("%d frames behind the end", len(got))
	}
	expectRun(t, readAll(t, track), 5880, 60000)
}

// The player plays an album that is one file as it is, and says of each of its
// tracks where in it it is.
func TestAlbumInOneFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const frames = 44100 * 30
		c := &cuts{file: newFakeFile(7, frames), ranges: []Range{{0, sectors(700)}, {sectors(700), sectors(1501)}, {sectors(1501), 0}}}
		dev := &fakeDevice{buffer: 200 * time.Millisecond}
		p := New(Config{Open: c.open, Audio: dev.open})
		defer p.Close()
		p.SetQueue([]string{"a", "b", "c"}, 0)
		time.Sleep(12 * time.Second)
		s := p.Status()
		want := 12*time.Second - sectors(700)
		if s.Index != 1 || s.Path != "b" || s.Tags.Title != "b" || s.Duration != sectors(801) || s.Position < want-time.Second || s.Position > want+time.Second {
			t.Errorf("%+v", s)
		}
		time.Sleep(30 * time.Second)
		heard := dev.sound()
		if len(heard) != frames {
			t.Fatalf("%d frames were heard", len(heard))
		}
		for i, f := range heard {
			if f != [2]int64{7, int64(i)} {
				t.Fatalf("frame %d is %v", i, f)
			}
		}
		if c.seeks != 0 || c.opened != 3 || c.closed != 3 {
			t.Errorf("%d seeks, %d opened, %d closed", c.seeks, c.opened, c.closed)
		}
		// A seek is one in the track.
		p.PlayIndex(1)
		time.Sleep(time.Second)
		p.Seek(5 * time.Second)
		time.Sleep(time.Second)
		if s := p.Status(); s.Position < 5500*time.Millisecond || s.Position > 6500*time.Millisecond {
			t.Errorf("at %v behind the seek", s.Position)
		}
		heard = dev.sound()
		if got, want := heard[len(heard)-1][1], int64(701*588+6*44100); got < want-44100 || got > want+44100 {
			t.Errorf("frame %d is heard, want about %d", got, want)
		}
	})
}

// An entry's own range is played instead of what its path stands for.
func TestEntryRange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dev := &fakeDevice{buffer: 200 * time.Millisecond}
		p := New(Config{Open: fakeFiles(newFakeFile(1, 44100*10), newFakeFile(2, 1000)), Audio: dev.open})
		defer p.Close()
		p.SetQueue([]string{"1", "2"}, -1)
		p.Edit(func(list []Entry) []Entry {
			list[0].Range = Range{time.Second, 3 * time.Second}
			return list
		})
		if got := p.Entries()[0].Range; got != (Range{time.Second, 3 * time.Second}) {
			t.Errorf("the queue says %v", got)
		}
		p.PlayIndex(0)
		time.Sleep(time.Second)
		if s := p.Status(); s.Duration != 2*time.Second || fmt.Sprint(s.Path) != "1" {
			t.Errorf("%+v", s)
		}
		time.Sleep(5 * time.Second)
		heard := dev.sound()
		if len(heard) != 2*44100+1000 || heard[0] != [2]int64{1, 44100} || heard[2*44100-1] != [2]int64{1, 3*44100 - 1} || heard[2*44100] != [2]int64{2, 0} {
			t.Errorf("%d frames from %v", len(heard), heard[0])
		}
	})
}

// Reading ranges allocates nothing, once what is decoded beyond one has room.
func TestRangeAllocates(t *testing.T) {
	c := &cuts{file: newFakeFile(1, 60000), ranges: []Range{{sectors(1), sectors(30)}}}
	m, _ := c.open("a")
	track, err := NewTrack(m, false)
	if err != nil {
		t.Fatal(err)
	}
	buf := make([]int32, 0, 4*packetFrames)
	if n := testing.AllocsPerRun(20, func() {
		if err := track.SeekTo(0); err != nil {
			t.Fatal(err)
		}
		for err = nil; err == nil; {
			_, err = track.Read(buf)
		}
	}); n > 0 || err != io.EOF {
		t.Errorf("%v allocations, %v", n, err)
	}
}

// The pictures of a part of a film are those of that part, with its sound; steps and
// key pictures are counted in it.
func TestRangeOfFilm(t *testing.T) {
	film := newFakeFilm(60)
	show(t, film, func(r *rig, s *fakeScreen, _ *int) {
		r.SetQueue([]string{"film"}, -1)
		r.Edit(func(list []Entry) []Entry {
			list[0].Range = Range{20 * time.Second, 30 * time.Second}
			return list
		})
		r.PlayIndex(0)
		time.Sleep(5 * time.Second)
		if st := r.Status(); st.Duration != 10*time.Second || st.Position < 4*time.Second || st.Position > 5*time.Second {
			t.Errorf("%v of %v", st.Position, st.Duration)
		}
		r.Step(1)
		time.Sleep(time.Second)
		all := s.all()
		at := all[len(all)-1].at
		if at < 24*time.Second || at > 25*time.Second+2*picture {
			t.Errorf("a step to %v", at)
		}
		r.Step(1)
		time.Sleep(time.Second)
		if all = s.all(); all[len(all)-1].at != at+picture {
			t.Errorf("the next one goes to %v", all[len(all)-1].at)
		}
		r.SeekKey(2 * time.Second) // keys are at 0.96 s, 20.16 s, 21.12 s, 22.08 s
		time.Sleep(time.Second)
		if p := r.Status().Position; p != 1120*time.Millisecond {
			t.Errorf("the key picture is at %v", p)
		}
		r.Play()
		r.until(Finished)
		for i, p := range s.all() {
			if p.at < 20*time.Second-picture || p.at > 30*time.Second+lastPicture {
				t.Fatalf("picture %d is that of %v", i, p.at)
			}
		}
		if all = s.all(); all[len(all)-1].at < 30*time.Second-2*picture {
			t.Errorf("the last one is that of %v", all[len(all)-1].at)
		}
	})
}
