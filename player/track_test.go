package player

import (
	"errors"
	"io"
	"testing"
	"time"

	"linnet/player/media"
)

func openTrack(t *testing.T, f *fakeFile, raw bool) *Track {
	t.Helper()
	m, err := fakeFiles(f)("1")
	if err != nil {
		t.Fatal(err)
	}
	track, err := NewTrack(m, raw)
	if err != nil {
		t.Fatal(err)
	}
	return track
}

// readAll returns the numbers of the frames that are read.
func readAll(t *testing.T, track *Track) (frames []int64) {
	t.Helper()
	var buf []int32
	for {
		var err error
		buf, err = track.Read(buf[:0])
		for i := 1; i < len(buf); i += 2 {
			frames = append(frames, int64(buf[i]>>8))
		}
		if err == io.EOF {
			return frames
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func expectRun(t *testing.T, got []int64, from, to int64) {
	t.Helper()
	for i, f := range got {
		if f != from+int64(i) {
			t.Fatalf("frame %d is number %d, want %d", i, f, from+int64(i))
		}
	}
	if int64(len(got)) != to-from {
		t.Fatalf("%d frames, want %d", len(got), to-from)
	}
}

func TestTrim(t *testing.T) {
	for _, c := range []struct{ frames, delay, padding int64 }{
		{5000, 0, 0}, {5000, 1, 1}, {5000, 1105, 700}, {10, 999, 0}, {10, 1000, 1000}, {1, 2500, 3500}, {0, 1105, 47},
	} {
		f := newFakeFile(1, c.frames).trimmed(c.delay, c.padding)
		expectRun(t, readAll(t, openTrack(t, f, false)), c.delay, c.delay+c.frames)
		expectRun(t, readAll(t, openTrack(t, f, true)), 0, f.raw[0])
	}
}

// An estimated length must not cut.
func TestEstimateDoesNotCut(t *testing.T) {
	f := newFakeFile(1, 5000)
	f.streams[0].Frames, f.streams[0].Estimated = 3000, true
	expectRun(t, readAll(t, openTrack(t, f, false)), 0, 5000)
	f.streams[0].Frames = -1
	expectRun(t, readAll(t, openTrack(t, f, false)), 0, 5000)
}

func TestSeekTo(t *testing.T) {
	f := newFakeFile(1, 9000).trimmed(1105, 47)
	track := openTrack(t, f, false)
	for _, to := range []int64{0, 1, 894, 895, 896, 8999, 4321, 0, 9000, 20000} {
		if err := track.SeekTo(to); err != nil {
			t.Fatal(err)
		}
		expectRun(t, readAll(t, track), 1105+min(to, 9000), 1105+9000)
	}
}

func TestDamageIsPlaced(t *testing.T) {
	f := newFakeFile(1, 44100*3).trimmed(1105, 0)
	f.badAt = 1105 + 44100*2
	track := openTrack(t, f, false)
	if d := track.Damage(); d.Count != 0 || d.First != nil {
		t.Errorf("damage before the start: %+v", d)
	}
	expectRun(t, readAll(t, track), 1105, 1105+44100*3)
	d := track.Damage()
	var hurt *DamageError
	var bad *media.FormatError
	if d.Count != 1 || !errors.As(d.First, &hurt) || !errors.As(d.First, &bad) || bad.File != "1" {
		t.Fatalf("damage: %+v", d)
	}
	packet := time.Duration(packetFrames) * time.Second / 44100
	if hurt.At > 2*time.Second || hurt.At < 2*time.Second-packet || hurt.Lost.Round(time.Microsecond) != packet.Round(time.Microsecond) {
		t.Errorf("damage at %v, %v lost", hurt.At, hurt.Lost)
	}
}

func TestNoAudio(t *testing.T) {
	f := newFakeFile(1, 10)
	f.streams[0].Kind = media.Video
	m, _ := fakeFiles(f)("1")
	var u *media.UnsupportedError
	if _, err := NewTrack(m, false); !errors.As(err, &u) || u.File != "1" {
		t.Errorf("a file without sound: %v", err)
	}
}
