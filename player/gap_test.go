package player

import (
	"io"
	"testing"

	"linnet/player/media"
)

// A gappyDemuxer leaves packets out, those from one frame to another. Where told,
// it says so.
type gappyDemuxer struct {
	*fakeDemuxer
	from, to int64 // frames
	told     bool
	said     bool
}

func (d *gappyDemuxer) ReadPacket(p *media.Packet) error {
	if d.pos >= d.from && d.pos < d.to {
		if d.told && !d.said {
			d.said = true
			return &media.FormatError{Stage: "fake", Offset: d.pos, Msg: "gone"}
		}
		d.pos = d.to
	}
	return d.fakeDemuxer.ReadPacket(p)
}

// verifier is a decoder with a sum that says what it is told.
type verifier struct {
	*fakeDecoder
	on     bool
	result error
	asked  int
}

func (v *verifier) Verify() { v.on = true }
func (v *verifier) Verified() error {
	v.asked++
	return v.result
}

func trackOf(t *testing.T, d Demuxer, dec AudioDecoder) *Track {
	t.Helper()
	track, err := NewTrack(&Media{Name: "1", Demuxer: d, NewAudio: func(media.Stream) (AudioDecoder, error) { return dec, nil }}, false)
	if err != nil {
		t.Fatal(err)
	}
	return track
}

// Where packets are missing there is silence, so that all that follows comes
// when it should; but only where the demuxer says that they are, for the PTS
// of some containers are coarse, and not after a seek.
func TestMissingPackets(t *testing.T) {
	const all = 40000
	for _, c := range []struct {
		from, to int64
		told     bool
		want     int // frames of sound and silence
	}{
		{5000, 25000, true, all},
		{5000, 6000, true, all},
		{0, 3000, true, all},
		{5000, 25000, false, all - 20000},
	} {
		f := newFakeFile(1, all)
		d := &gappyDemuxer{fakeDemuxer: &fakeDemuxer{fakeFile: f}, from: c.from, to: c.to, told: c.told}
		track := trackOf(t, d, &fakeDecoder{f, 2})
		got := readAll(t, track)
		if len(got) != c.want {
			t.Errorf("%+v: %d frames", c, len(got))
			continue
		}
		first := int64(all - len(got))
		for i, n := range got {
			at := first + int64(i)
			silent := c.told && at >= c.from && at < c.to
			if c.told && (silent && n != 0 || !silent && n != at) {
				t.Errorf("%+v: frame %d is %d", c, at, n)
				break
			}
		}
		if err := track.SeekTo(30000); err != nil {
			t.Fatal(err)
		}
		expectRun(t, readAll(t, track), 30000, all)
	}
}

// A sum that does not match is damage, once; it is only asked for where all was
// read, without damage.
func TestVerify(t *testing.T) {
	wrong := &media.FormatError{Stage: "fake", Offset: -1, Msg: "sum"}
	run := func(v *verifier, verify, seek bool) *Track {
		f := newFakeFile(1, 5000)
		v.fakeDecoder = &fakeDecoder{f, 2}
		track := trackOf(t, &fakeDemuxer{fakeFile: f}, v)
		if verify {
			track.Verify()
		}
		if seek {
			track.SeekTo(0)
		}
		readAll(t, track)
		if _, err := track.Read(nil); err != io.EOF {
			t.Errorf("behind the end: %v", err)
		}
		return track
	}
	for name, c := range map[string]struct {
		v            verifier
		verify, seek bool
		damage       int
	}{
		"wrong":     {verifier{result: wrong}, true, false, 1},
		"right":     {verifier{}, true, false, 0},
		"not asked": {verifier{result: wrong}, false, false, 0},
		"seek":      {verifier{result: wrong}, true, true, 0},
	} {
		if d := run(&c.v, c.verify, c.seek).Damage(); d.Count != c.damage || c.v.on != c.verify || c.v.asked > 1 {
			t.Errorf("%s: %+v, asked %d times", name, d, c.v.asked)
		}
	}
	f := newFakeFile(1, 5000)
	trackOf(t, &fakeDemuxer{fakeFile: f}, &fakeDecoder{f, 2}).Verify() // has no sum
}
