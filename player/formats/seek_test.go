package formats

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"testing"

	"linnet/player"
)

func openBytes(t *testing.T, b []byte, raw bool) *player.Track {
	t.Helper()
	m, err := OpenReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	track, err := player.NewTrack(m, raw)
	if err != nil {
		t.Fatal(err)
	}
	return track
}

// readFrom reads at most n samples.
func readFrom(t *testing.T, track *player.Track, n int) (got []int32) {
	t.Helper()
	for len(got) < n {
		var err error
		if got, err = track.Read(got); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	return got[:min(n, len(got))]
}

// Wherever a seek goes, what follows is what reading straight gives there,
// with the encoder's delay trimmed or not.
func TestSeekIsExact(t *testing.T) {
	for _, c := range []struct {
		name    string
		delayed bool
	}{{"delay-8k.mp3", true}, {"delay-8k.m4a", true}, {"mono-8k.aac", false}} {
		b, err := os.ReadFile("testdata/" + c.name)
		if err != nil {
			t.Fatal(err)
		}
		for _, raw := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, raw %v", c.name, raw), func(t *testing.T) { testSeeks(t, b, raw, c.delayed) })
		}
	}
}

func testSeeks(t *testing.T, b []byte, raw, delayed bool) {
	const window = 3000
	all := readFrom(t, openBytes(t, b, raw), 1<<30)
	track := openBytes(t, b, raw)
	channels := track.Stream().Audio.Channels
	frames := len(all) / channels
	if track.Stream().Delay == 0 && delayed || frames < 5000 {
		t.Fatalf("a file of %d frames and delay %d tests nothing", frames, track.Stream().Delay)
	}
	for i := range 200 {
		at := i * 7919 % (frames + 500)
		if err := track.SeekTo(int64(at)); err != nil {
			t.Fatal(err)
		}
		want := all[min(at, frames)*channels:]
		want = want[:min(window, len(want))]
		if got := readFrom(t, track, window); !slices.Equal(got, want) {
			t.Fatalf("raw %v: other samples at frame %d", raw, at)
		}
	}
}
