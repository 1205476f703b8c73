package demo

import (
	"io"
	"os"
	"testing"

	"linnet/player"
	"linnet/player/demo/internal/cover"
	"linnet/player/formats"
	"linnet/player/media"
)

const clip = "clip/On the Perch.mpg"

// The clip is small, and has all of its pictures, undamaged, each at its time, and
// sound for as long.
func TestClip(t *testing.T) {
	info, err := os.Stat(clip)
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() >= 2<<20 {
		t.Errorf("it has %d bytes", info.Size())
	}
	m, err := formats.Open(clip)
	if err != nil {
		t.Fatal(err)
	}
	r, err := player.NewReel(m, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	v := r.Stream().Video
	if v.Width != cover.SceneWidth || v.Height != cover.SceneHeight || v.Rate != (media.Rational{Num: cover.SceneRate, Den: 1}) {
		t.Errorf("it is %v", v)
	}
	n := 0
	var first int64
	for ; ; n++ {
		p, err := r.Read(nil)
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			first = p.PTS
		}
		if d := p.PTS - first - int64(v.Duration(int64(n))); d > 1000 || d < -1000 {
			t.Fatalf("picture %d is %d ns off", n, d)
		}
	}
	if damaged, err := r.Damage(); n != cover.SceneFrames || damaged != 0 {
		t.Errorf("%d pictures, %d damaged packets: %v", n, damaged, err)
	}
	if m, err = formats.Open(clip); err != nil {
		t.Fatal(err)
	}
	track, err := player.NewTrack(m, false)
	if err != nil {
		t.Fatal(err)
	}
	defer track.Close()
	var frames []int32
	total := 0
	for err == nil {
		frames, err = track.Read(frames[:0])
		total += len(frames) / 2
	}
	if d := total - 44100*cover.SceneFrames/cover.SceneRate; err != io.EOF || d < -1152 || d > 1152 {
		t.Errorf("%d frames of sound: %v", total, err)
	}
}
