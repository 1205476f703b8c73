package formats

import (
	"errors"
	"io"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/media"
	"linnet/player/playertest"
)

// Each stream of sound of a film is heard as where it is alone, from any place, with
// its language; the pictures stay.
func TestSoundTracks(t *testing.T) {
	for name, sound := range map[string]string{"a.mkv": "libvorbis", "a.mp4": "aac", "b.mkv": "ac3"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			both, alone := filepath.Join(dir, name), filepath.Join(dir, "alone "+name)
			playertest.FFmpeg(t, "-f", "lavfi", "-i", "testsrc2=s=64x48:r=25:d=3", "-f", "lavfi", "-i", "sine=d=3", "-f", "lavfi", "-i", "aevalsrc=0.4*sin(900*t*t):s=44100:d=3",
				"-map", "0", "-map", "1", "-map", "2", "-c:v", "mpeg4", "-c:a:0", sound, "-c:a:1", "aac", "-metadata:s:a:0", "language=deu", "-metadata:s:a:1", "language=fra", both,
				"-map", "0", "-map", "2", "-c:v", "mpeg4", "-c:a", "aac", alone)
			m, err := Open(both)
			if err != nil {
				t.Fatal(err)
			}
			defer m.Close()
			var sounds []media.Stream
			for _, s := range m.Demuxer.Streams() {
				if s.Kind == media.Audio {
					sounds = append(sounds, s)
				}
			}
			slices.SortFunc(sounds, func(a, b media.Stream) int { return a.ID - b.ID })
			if len(sounds) != 2 || sounds[0].Language != "deu" || sounds[1].Language != "fra" {
				t.Fatalf("%+v", sounds)
			}
			want := whole(t, alone, -1)
			track, err := player.NewTrackOf(m, sounds[1].ID, false)
			if err != nil {
				t.Fatal(err)
			}
			if got := readAll(t, track); !slices.Equal(got, want) {
				t.Errorf("%d samples, alone there are %d, or others", len(got), len(want))
			}
			for _, at := range []int64{50000, 1, 100000} {
				if err := track.SeekTo(at); err != nil {
					t.Fatal(err)
				}
				if got := readFrom(t, track, 4000); !slices.Equal(got, want[at:at+4000]) {
					t.Errorf("from frame %d on it is another sound", at)
				}
			}
			r, err := player.NewReel(m, -1)
			if err != nil {
				t.Fatal(err)
			}
			if err := r.Seek(time.Second); err != nil {
				t.Fatal(err)
			}
			if p, err := r.Read(nil); err != nil || time.Duration(p.PTS) > time.Second {
				t.Errorf("pictures: %v", err)
			}
			for _, id := range []int{77, sounds[0].ID} {
				_, err := m.Choose(id)
				var alien *media.UnsupportedError
				if ok := id != 77 && sound != "ac3"; ok != (err == nil) || !ok && !errors.As(err, &alien) {
					t.Errorf("stream %d: %v", id, err)
				}
			}
		})
	}
}

// Containers whose demuxers give out all sound have each stream heard as where it is
// alone, from any place.
func TestSoundTracksOfAll(t *testing.T) {
	for name, sound := range map[string]string{"a.avi": "pcm_s16le", "a.mpg": "mp2"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			both, alone := filepath.Join(dir, name), filepath.Join(dir, "alone "+name)
			playertest.FFmpeg(t, "-f", "lavfi", "-i", "testsrc2=s=64x48:r=25:d=3", "-f", "lavfi", "-i", "sine=d=3", "-f", "lavfi", "-i", "aevalsrc=0.4*sin(900*t*t):s=44100:d=3",
				"-map", "0", "-map", "1", "-map", "2", "-c:v", "mpeg1video", "-c:a", sound, both, "-map", "0", "-map", "2", "-c:v", "mpeg1video", "-c:a", sound, alone)
			m, err := Open(both)
			if err != nil {
				t.Fatal(err)
			}
			defer m.Close()
			var sounds []int
			for _, s := range m.Demuxer.Streams() {
				if s.Kind == media.Audio {
					sounds = append(sounds, s.ID)
				}
			}
			if len(sounds) != 2 {
				t.Fatalf("%+v", m.Demuxer.Streams())
			}
			want := whole(t, alone, -1)
			track, err := player.NewTrackOf(m, sounds[1], false)
			if err != nil {
				t.Fatal(err)
			}
			if got := readAll(t, track); !slices.Equal(got, want) {
				t.Errorf("%d samples, alone there are %d, or others", len(got), len(want))
			}
			for _, at := range []int64{50000, 1, 100000} {
				if err := track.SeekTo(at); err != nil {
					t.Fatal(err)
				}
				if got := readFrom(t, track, 4000); !slices.Equal(got, want[at:at+4000]) {
					t.Errorf("from frame %d on it is another sound", at)
				}
			}
		})
	}
}

func whole(t *testing.T, file string, stream int) []int32 {
	t.Helper()
	m, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	track, err := player.NewTrackOf(m, stream, false)
	if err != nil {
		t.Fatal(err)
	}
	return readAll(t, track)
}

func readAll(t *testing.T, track *player.Track) (all []int32) {
	t.Helper()
	for {
		var err error
		if all, err = track.Read(all); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
