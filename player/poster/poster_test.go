package poster_test

import (
	"errors"
	"image"
	"path/filepath"
	"testing"

	"linnet/player/formats"
	"linnet/player/media"
	"linnet/player/playertest"
	"linnet/player/poster"
)

func find(t *testing.T, file string) (*image.RGBA, error) {
	t.Helper()
	m, err := formats.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	return poster.Find(m)
}

// A film that begins black has a poster that isn't, and it is the picture that
// FFmpeg shows there.
func TestFind(t *testing.T) {
	dir := t.TempDir()
	const source = "color=black:s=96x64:r=25:d=2[a];testsrc2=s=96x64:r=25:d=2,setsar=1[b];[a]setsar=1[c];[c][b]concat=n=2,format=yuv420p"
	for _, name := range []string{"film.avi", "film.mkv", "film.mp4", "film.mpg"} {
		file := filepath.Join(dir, name)
		codec := map[bool]string{true: "mpeg1video", false: "mpeg4"}[name == "film.mpg"]
		playertest.FFmpeg(t, "-filter_complex", source, "-c:v", codec, "-q:v", "2", "-g", "10", "-bf", "0", file)
		got, err := find(t, file)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got.Rect != image.Rect(0, 0, 96, 64) {
			t.Fatalf("%s: %v", name, got.Rect)
		}
		want := playertest.FFmpeg(t, "-ss", "2.0", "-i", file, "-frames:v", "1", "-sws_flags", "neighbor+accurate_rnd", "-pix_fmt", "rgba", "-f", "rawvideo", "-")
		if d := distance(got.Pix, want); d > 14 {
			t.Errorf("%s: off by %d on the average", name, d)
		}
	}
}

// distance is the mean difference of two pictures' bytes.
func distance(a, b []byte) int {
	if len(a) != len(b) {
		return 1 << 30
	}
	sum := 0
	for i := range a {
		d := int(a[i]) - int(b[i])
		sum += max(d, -d)
	}
	return sum / len(a)
}

// Where there is nothing else, a black picture is the poster; where there is no
// picture at all, that is said.
func TestNothing(t *testing.T) {
	dir := t.TempDir()
	black, sound := filepath.Join(dir, "black.avi"), filepath.Join(dir, "sound.wav")
	playertest.FFmpeg(t, "-f", "lavfi", "-i", "color=black:s=32x32:r=25:d=0.2", "-c:v", "mjpeg", black, "-f", "lavfi", "-i", "sine=d=0.1", "-map", "1", sound)
	if got, err := find(t, black); err != nil || got.RGBAAt(5, 5).R > 2 {
		t.Errorf("black: %v", err)
	}
	_, err := find(t, sound)
	var u *media.UnsupportedError
	if !errors.As(err, &u) {
		t.Errorf("sound alone: %v", err)
	}
}

// picture is one of a colour.
func picture(chroma media.Chroma, full bool, y, cb, cr byte) *media.Picture {
	fill := func(n int, v byte) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = v
		}
		return b
	}
	return &media.Picture{Y: fill(64, y), Cb: fill(64, cb), Cr: fill(64, cr), YStride: 8, CStride: 8, Width: 7, Height: 5, Chroma: chroma, Full: full}
}

func TestColours(t *testing.T) {
	for _, c := range []struct {
		p    *media.Picture
		want [3]uint8
	}{
		{picture(media.Chroma420, false, 16, 128, 128), [3]uint8{0, 0, 0}},
		{picture(media.Chroma422, false, 235, 128, 128), [3]uint8{255, 255, 255}},
		{picture(media.Chroma444, false, 81, 90, 240), [3]uint8{254, 0, 0}},
		{picture(media.Chroma420, false, 41, 240, 110), [3]uint8{0, 0, 255}},
		{picture(media.Chroma420, true, 255, 128, 128), [3]uint8{255, 255, 255}},
		{picture(media.Chroma444, true, 76, 85, 255), [3]uint8{254, 0, 0}},
		{picture(media.Gray, true, 77, 1, 255), [3]uint8{77, 77, 77}},
	} {
		for _, aspect := range []media.Rational{{}, {Num: 2, Den: 1}, {Num: 1, Den: 3}, {Num: 99, Den: 1}} {
			got := poster.Image(c.p, aspect)
			width := map[int]int{0: 7, 2: 14, 1: 2, 99: 7}[aspect.Num]
			if got.Rect != image.Rect(0, 0, width, 5) {
				t.Fatalf("%v: %v", aspect, got.Rect)
			}
			for x := range width {
				v := got.RGBAAt(x, 4)
				if v.R != c.want[0] || v.G != c.want[1] || v.B != c.want[2] || v.A != 255 {
					t.Fatalf("%v, %v at %d: %v, want %v", c.p.Chroma, aspect, x, v, c.want)
				}
			}
		}
	}
}

// Lines are stretched smoothly, and their ends stay.
func TestStretch(t *testing.T) {
	p := picture(media.Gray, true, 0, 0, 0)
	for i := range p.Y {
		p.Y[i] = byte(i % 8 * 30)
	}
	got := poster.Image(p, media.Rational{Num: 3, Den: 2})
	last := -1
	for x := range got.Rect.Dx() {
		v := int(got.RGBAAt(x, 0).R)
		if v < last || v > last+31 && last >= 0 {
			t.Errorf("at %d: %d behind %d", x, v, last)
		}
		last = v
	}
	if got.RGBAAt(0, 0).R != 0 || last != 180 {
		t.Errorf("ends %d and %d", got.RGBAAt(0, 0).R, last)
	}
}
