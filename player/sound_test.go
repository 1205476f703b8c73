package player

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"linnet/player/media"
	"linnet/player/pcm"
)

// hear plays tagged files to their end, with a change at some time, and
// returns what was heard.
func hear(t *testing.T, bits int, sound Sound, files []*fakeFile, tags []media.Tags, at time.Duration, change func(*Player)) (heard [][2]int64) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		dev := &fakeDevice{buffer: 200 * time.Millisecond, accept: media.AudioFormat{Rate: 44100, Channels: 2, Bits: bits}}
		open := fakeFiles(files...)
		p := New(Config{Audio: dev.open, Buffer: 2 * time.Second, Open: func(name string) (*Media, error) {
			m, err := open(name)
			if err == nil && tags != nil {
				m.Tags = tags[name[0]-'1']
			}
			return m, err
		}})
		defer p.Close()
		p.out.abrupt = true
		events, cancel := p.Subscribe()
		defer cancel()
		r := &rig{p, dev, events}
		p.SetSound(sound)
		p.SetQueue(all(len(files)), 0)
		if change != nil {
			time.Sleep(at)
			change(p)
		}
		r.until(Finished)
		if s := p.Status(); s.Err != nil || s.Output.Starved > 0 || s.Output.Xruns > 0 {
			t.Errorf("%v, starved %d times, %d xruns", s.Err, s.Output.Starved, s.Output.Xruns)
		}
		heard = dev.sound()
	})
	return heard
}

func gained(db int) media.Tags {
	return media.Tags{ReplayGain: media.ReplayGain{Track: media.Loudness{Known: true, Gain: db}}}
}

// Each track has its own gain from its first sample to its last.
func TestReplayGainAtTheJoins(t *testing.T) {
	files := []*fakeFile{newFakeFile(100, 50_001), newFakeFile(200, 70_003), newFakeFile(50, 40_007)}
	tags := []media.Tags{gained(-602), {}, gained(-1204)}
	var want [][2]int64
	for i, f := range files {
		factor := pcm.Unity
		if i != 1 {
			factor = pcm.Decibels(tags[i].ReplayGain.Track.Gain + 100)
		}
		for n := range f.raw[0] {
			p := []int32{sample(int64(f.id)), sample(n)}
			factor.Apply(p)
			want = append(want, [2]int64{int64(p[0] >> 8), int64(p[1] >> 8)})
		}
	}
	got := hear(t, 24, Sound{ReplayGain: ReplayGain{Mode: ReplayGainTrack, Preamp: 100}}, files, tags, 0, nil)
	if !slices.Equal(got, want) {
		t.Errorf("%d frames were heard, not as they should be (%d)", len(got), len(want))
	}
}

func TestReplayGainModes(t *testing.T) {
	track, album := media.Loudness{Known: true, Gain: -600}, media.Loudness{Known: true, Gain: 800, Peak: 1 << 23}
	for _, c := range []struct {
		r    ReplayGain
		tags media.ReplayGain
		want pcm.Factor
	}{
		{ReplayGain{}, media.ReplayGain{Track: track, Album: album}, pcm.Unity},
		{ReplayGain{Mode: ReplayGainTrack}, media.ReplayGain{Track: track, Album: album}, pcm.Decibels(-600)},
		{ReplayGain{Mode: ReplayGainAlbum}, media.ReplayGain{Track: track}, pcm.Decibels(-600)},
		{ReplayGain{Mode: ReplayGainTrack, MayClip: true}, media.ReplayGain{Album: album}, pcm.Decibels(800)},
		{ReplayGain{Mode: ReplayGainAlbum}, media.ReplayGain{Track: track, Album: album}, 2 * pcm.Unity}, // no louder than its peak allows
		{ReplayGain{Mode: ReplayGainAlbum, Preamp: 300}, media.ReplayGain{}, pcm.Unity},
	} {
		if got := c.r.factor(c.tags); got != c.want {
			t.Errorf("%+v, %+v: %d, want %d", c.r, c.tags, got, c.want)
		}
	}
}

// A change is heard soon, and no sample is lost or comes twice.
func TestChangesOfTheSound(t *testing.T) {
	const n = 44100 * 4
	got := hear(t, 24, Sound{}, []*fakeFile{newFakeFile(7, n)}, nil, 1500*time.Millisecond, func(p *Player) {
		p.SetBalance(100)
		time.Sleep(time.Second)
		p.SetBalance(0)
		p.SetCrossfade(Crossfade{Length: time.Second})
		p.SetMono(false)
	})
	if len(got) != n {
		t.Fatalf("%d frames were heard, want %d", len(got), n)
	}
	silent := 0
	for i, f := range got {
		if f[1] != int64(i) {
			t.Fatalf("frame %d is %d", i, f[1])
		}
		if f[0] == 0 {
			silent++
		}
	}
	if silent < 44100*8/10 || silent > 44100*11/10 {
		t.Errorf("for %d frames the left was silent", silent)
	}
}

// A device of 16 bits is given 16 bits of what was computed, and what was
// not is left alone, whatever is on.
func TestDitherIsForWhatChanged(t *testing.T) {
	files := []*fakeFile{newFakeFile(3000, 40_000), newFakeFile(3000, 40_000)}
	got := hear(t, 16, Sound{ReplayGain: ReplayGain{Mode: ReplayGainTrack}}, files, []media.Tags{{}, gained(-100)}, 0, nil)
	for i, f := range got {
		if i < 40_000 && f != [2]int64{3000, int64(i)} {
			t.Fatalf("frame %d, which is not to be changed, is %v", i, f)
		}
		if i >= 40_000 && (f[0]&0xff != 0 || f[1]&0xff != 0) {
			t.Fatalf("frame %d is %v, more than 16 bits", i, f)
		}
	}
	if len(got) != 80_000 {
		t.Errorf("%d frames", len(got))
	}
}

// Tracks fade into each other for as long as was said, and what is not in a
// fade is untouched.
func TestCrossfade(t *testing.T) {
	const n, length = 44100 * 3, 44100
	files := []*fakeFile{newFakeFile(1000, n), newFakeFile(2000, n), newFakeFile(3000, n)}
	got := hear(t, 16, Sound{Crossfade: Crossfade{Length: time.Second}}, files, nil, 2500*time.Millisecond, func(p *Player) {
		s := p.Status()
		if s.Index != 1 || s.Position < 400*time.Millisecond || s.Position > 600*time.Millisecond {
			t.Errorf("in the fade track %d is heard at %v", s.Index, s.Position)
		}
	})
	if want := 3*n - 2*length; len(got) != want {
		t.Fatalf("%d frames, want %d", len(got), want)
	}
	for i, f := range got {
		track, at := int64(1), i
		for at >= n && track < 3 || track < 3 && at >= n-length {
			track, at = track+1, at-(n-length)
		}
		faded := track > 1 && at < length
		if !faded && f != [2]int64{track * 1000, int64(at)} {
			t.Fatalf("frame %d is %v, want frame %d of track %d", i, f, at, track)
		}
		if faded && f[0]&0xff != 0 {
			t.Fatalf("frame %d of a fade is %d, more than 16 bits", i, f[0])
		}
	}
}

// An album is not faded, unless one says so.
func TestCrossfadeWithinAlbums(t *testing.T) {
	const n = 44100 * 4
	files := []*fakeFile{newFakeFile(1, n), newFakeFile(2, n), newFakeFile(3, n)}
	tags := []media.Tags{{Album: "A", Track: 1}, {Album: "A", Track: 2}, {Album: "B", Track: 3}}
	got := hear(t, 16, Sound{Crossfade: Crossfade{Length: time.Second}}, files, tags, 0, nil)
	if want := slices.Concat(frames(1, 0, n), frames(2, 0, n-44100)); len(got) != 3*n-44100 || !slices.Equal(got[:len(want)], want) {
		t.Errorf("%d frames, or the album is not whole", len(got))
	}
	got = hear(t, 16, Sound{Crossfade: Crossfade{Length: time.Second, WithinAlbums: true}}, files, tags, 0, nil)
	if len(got) != 3*n-2*44100 {
		t.Errorf("%d frames", len(got))
	}
}

func TestSoundKeepsToItsLimits(t *testing.T) {
	play(t, &fakeDevice{}, nil, func(r *rig) {
		r.SetEqualizer([pcm.Bands]int{500, -500})
		r.SetTone(-999, 999)
		r.SetReplayGain(ReplayGain{Preamp: 1e6})
		r.SetCrossfade(Crossfade{Length: time.Hour})
		r.SetBalance(-101)
		r.SetMono(true)
		for range 6 {
			r.until(SoundChanged)
		}
		want := Sound{Settings: pcm.Settings{Bands: [pcm.Bands]int{120, -120}, Bass: -120, Treble: 120, Balance: -100, Mono: true},
			ReplayGain: ReplayGain{Preamp: 1500}, Crossfade: Crossfade{Length: MaxCrossfade}}
		if got := r.Status().Sound; got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	})
}

func TestShaperDoesNotAllocate(t *testing.T) {
	f := media.AudioFormat{Rate: 48000, Channels: 2, Bits: 16}
	s := &shaper{sound: Sound{Settings: pcm.Settings{Bass: 10}, Crossfade: Crossfade{Length: time.Second}}}
	s.open(f, media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16})
	p := make([]int32, 2304)
	for range 100 {
		s.run(p)
	}
	if n := testing.AllocsPerRun(100, func() { s.run(p) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
