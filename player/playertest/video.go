package playertest

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/media"
)

// ReadAll reads a demuxer's packets to their end, each with data of its own.
// Damage is counted and passed over; any other error is the test's.
func ReadAll(t testing.TB, d player.Demuxer, most int) (all []media.Packet, damaged int) {
	t.Helper()
	var p media.Packet
	for len(all) <= most {
		err := d.ReadPacket(&p)
		switch {
		case err == io.EOF:
			return all, damaged
		case isDamage(err):
			if damaged++; damaged > most {
				t.Fatalf("damage is reported %d times", damaged)
			}
			continue
		case errors.Is(err, media.ErrNewStreams):
			continue
		case err != nil:
			t.Fatal(err)
		}
		q := p
		q.Data = bytes.Clone(p.Data)
		all = append(all, q)
	}
	t.Fatalf("more than %d packets", most)
	return nil, 0
}

// VideoSeeks checks the seeks of a demuxer whose file has pictures: wherever
// one goes, the first picture that comes is the last key that is shown at or
// before that time, as far as the stream's Reordering tells, what follows is what reading straight on gives there, and the sound
// begins no later than the time sought, but for late, in frames.
func VideoSeeks(t testing.TB, open func() player.Demuxer, targets []time.Duration, late int64) {
	t.Helper()
	const most = 1 << 20
	d := open()
	video, shift := -1, int64(0)
	sound := map[int]media.Stream{}
	for _, s := range d.Streams() {
		switch {
		case s.Kind == media.Video && video < 0:
			video, shift = s.ID, int64(s.Reordering())
		case s.Kind == media.Audio:
			sound[s.ID] = s
		}
	}
	straight, _ := ReadAll(t, d, most)
	if len(straight) == 0 || video < 0 {
		t.Fatal("there is no picture to seek to")
	}
	for _, at := range targets {
		if err := d.Seek(at); err != nil {
			t.Fatalf("seek to %v: %v", at, err)
		}
		got, _ := ReadAll(t, d, most)
		want := of(straight, video)
		first := 0
		for i, p := range want {
			if p.Key && p.PTS <= int64(at)-shift {
				first = i
			}
		}
		same(t, at, of(got, video), want[first:])
		for id, s := range sound {
			soundFrom(t, at, of(got, id), of(straight, id), s.Audio.Frames(at)+late)
		}
	}
}

// of are the packets of one stream.
func of(all []media.Packet, stream int) (some []media.Packet) {
	for _, p := range all {
		if p.Stream == stream {
			some = append(some, p)
		}
	}
	return some
}

func same(t testing.TB, at time.Duration, got, want []media.Packet) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("seek to %v: %d packets follow, want %d", at, len(got), len(want))
	}
	for i := range got {
		if !bytes.Equal(got[i].Data, want[i].Data) || got[i].PTS != want[i].PTS || got[i].Pos != want[i].Pos {
			t.Fatalf("seek to %v: packet %d is that at %v of byte %d, want %v of byte %d", at, i,
				time.Duration(got[i].PTS), got[i].Pos, time.Duration(want[i].PTS), want[i].Pos)
		}
	}
}

// soundFrom checks a stream of sound that begins at the latest at a frame.
func soundFrom(t testing.TB, at time.Duration, got, want []media.Packet, frame int64) {
	t.Helper()
	if len(got) == 0 {
		if last := want[len(want)-1].PTS; last > frame {
			t.Fatalf("seek to %v: no sound follows", at)
		}
		return
	}
	if got[0].PTS > frame {
		t.Fatalf("seek to %v: sound begins at frame %d, want %d or before", at, got[0].PTS, frame)
	}
	tail := want[max(0, len(want)-len(got)):]
	for i := range got {
		if i > 1 && !bytes.Equal(got[i].Data, tail[i].Data) {
			t.Fatalf("seek to %v: other sound from packet %d on", at, i)
		}
		if d := got[i].PTS - tail[i].PTS; i > 1 && (d > 1200 || d < -1200) {
			t.Fatalf("seek to %v: the sound of packet %d is placed at %d, straight at %d", at, i, got[i].PTS, tail[i].PTS)
		}
	}
}
