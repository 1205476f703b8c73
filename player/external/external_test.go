package external

import (
	"bytes"
	"crypto/md5"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/formats"
	"linnet/player/media"
	"linnet/player/playertest"
)

var open = Behind(formats.Open, Options{Patience: 20 * time.Second})

// clip makes a file of sound and pictures of which no two places are alike, by
// ffmpeg's options for what is in it.
func clip(t *testing.T, name, options string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	args := []string{"-f", "lavfi", "-i", "aevalsrc=0.4*sin(900*t*t)|0.4*sin(2000*t)+0.1*random(1):s=44100:d=2", "-f", "lavfi", "-i", "testsrc2=s=98x66:r=25:d=2"}
	playertest.FFmpeg(t, append(append(args, strings.Fields(options)...), file)...)
	return file
}

func opened(t *testing.T, file string) *player.Media {
	t.Helper()
	m, err := open(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Close() })
	return m
}

// Sound has the samples that ffmpeg decodes, from any seek on, and is in all a
// demuxer as others are.
func TestSound(t *testing.T) {
	file := clip(t, "a.wv", "-map 0 -c:a wavpack -metadata title=Amsel -metadata track=3/12")
	m := opened(t, file)
	if m.Via != Name || m.Tags.Title != "Amsel" || m.Tags.Track != 3 || m.Tags.TrackTotal != 12 || m.Format != "wv" {
		t.Errorf("%+v", m)
	}
	s := m.Demuxer.Streams()[0]
	if s.Codec != "wavpack" || s.Audio != (media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}) || s.Duration() != 2*time.Second {
		t.Errorf("%+v", s)
	}
	track, err := player.NewTrack(m, false)
	if err != nil {
		t.Fatal(err)
	}
	var got []int32
	for err == nil {
		got, err = track.Read(got)
	}
	if err != io.EOF {
		t.Error(err)
	}
	raw := playertest.FFmpeg(t, "-i", file, "-f", "s16le", "-")
	want := make([]int32, len(raw)/2)
	for i := range want {
		want[i] = int32(binary.LittleEndian.Uint16(raw[2*i:])) << 16
	}
	playertest.SameSamples(t, got, want, 2)
	for _, frame := range []int64{1, 30000, 88199, 1 << 40, 0} {
		if err := track.SeekTo(frame); err != nil {
			t.Fatal(err)
		}
		var part []int32
		for err = nil; err == nil && len(part) < 6000; {
			part, err = track.Read(part)
		}
		from := min(int(frame)*2, len(want))
		n := min(len(part), 6000)
		if !slices.Equal(part[:n], want[from:min(from+6000, len(want))]) || err != nil && err != io.EOF {
			t.Errorf("from frame %d: %d samples are not those that are there, %v", frame, n, err)
		}
	}
}

// screening are the sums of all pictures from here on, with their times.
func screening(t *testing.T, r *player.Reel) (all []string) {
	t.Helper()
	for {
		p, err := r.Read(nil)
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		h := md5.New()
		for i := range 3 {
			b, stride, w, high := p.Plane(i)
			for y := range high {
				h.Write(b[y*stride : y*stride+w])
			}
		}
		all = append(all, fmt.Sprintf("%v %x", time.Duration(p.PTS), h.Sum(nil)))
	}
}

// Pictures are those that ffmpeg decodes, each at its time, and a seek goes to the
// one that is shown then.
func TestFilm(t *testing.T) {
	for _, name := range []string{"a.mkv", "a.ts", "a.mp4"} {
		t.Run(name, func(t *testing.T) {
			file := clip(t, name, "-map 1 -map 0 -c:v libx264 -preset ultrafast -bf 2 -g 10 -c:a ac3")
			r, err := player.NewReel(opened(t, file), -1)
			if err != nil {
				t.Fatal(err)
			}
			all := screening(t, r)
			raw := playertest.FFmpeg(t, "-i", file, "-map", "0:v", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-vsync", "0", "-")
			size := 98*66 + 2*49*33
			for i := range min(len(all), len(raw)/size) {
				if want := fmt.Sprintf("%v %x", time.Duration(i)*40*time.Millisecond, md5.Sum(raw[i*size:(i+1)*size])); all[i] != want {
					t.Errorf("picture %d is %s, want %s", i, all[i], want)
				}
			}
			if len(all) != 50 || len(raw) != 50*size {
				t.Errorf("%d pictures, ffmpeg has %d", len(all), len(raw)/size)
			}
			for i, at := range []int{17, 49, 1} {
				if err := r.Seek(time.Duration(at)*40*time.Millisecond + time.Duration(i)*19*time.Millisecond); err != nil {
					t.Fatal(err)
				}
				if got := screening(t, r); !slices.Equal(got, all[at:]) {
					t.Errorf("from picture %d on there are %d pictures, or others", at, len(got))
				}
			}
		})
	}
}

// Who reads both gets both, in the order of time.
func TestBoth(t *testing.T) {
	m := opened(t, clip(t, "a.wmv", "-map 1 -map 0 -c:v wmv2 -c:a wmav2"))
	for _, s := range m.Demuxer.Streams() {
		var err error
		if s.Kind == media.Audio {
			_, err = m.NewAudio(s)
		} else {
			_, err = m.NewVideo(s)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var p media.Packet
	last, counts := time.Duration(0), map[media.Kind]int{}
	for {
		err := m.Demuxer.ReadPacket(&p)
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		s := m.Demuxer.Streams()[p.Stream]
		at := time.Duration(p.PTS)
		if s.Kind == media.Audio {
			at = s.Audio.Duration(p.PTS)
		}
		if at < last {
			t.Errorf("a packet at %v comes behind %v", at, last)
		}
		last = at
		counts[s.Kind]++
	}
	if counts[media.Video] < 49 || counts[media.Video] > 51 || counts[media.Audio] < 40 {
		t.Errorf("%v", counts)
	}
	for range 2 {
		if err := m.Demuxer.ReadPacket(&p); err != io.EOF {
			t.Error(err)
		}
	}
}

// Where only its length matters, no child is started for a film.
func TestTimesAlone(t *testing.T) {
	file := clip(t, "a.mkv", "-map 1 -c:v libx264 -preset ultrafast")
	m := opened(t, file)
	d := m.Demuxer.(*demuxer)
	d.tools.FFmpeg = filepath.Join(t.TempDir(), "none")
	var p media.Packet
	n := 0
	for ; ; n++ {
		if err := m.Demuxer.ReadPacket(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if time.Duration(p.PTS) != time.Duration(n)*40*time.Millisecond || len(p.Data) != 0 {
			t.Errorf("packet %d: at %d, %d bytes", n, p.PTS, len(p.Data))
		}
	}
	if n != 50 {
		t.Errorf("%d packets", n)
	}
}

// A packet costs no allocation.
func TestAllocs(t *testing.T) {
	m := opened(t, clip(t, "a.mkv", "-map 1 -map 0 -c:v libx264 -preset ultrafast -c:a ac3"))
	r, err := player.NewReel(m, -1)
	if err != nil {
		t.Fatal(err)
	}
	r.Read(nil)
	if n := testing.AllocsPerRun(20, func() { r.Read(nil) }); n > 0 {
		t.Errorf("%v allocations a picture", n)
	}
}

// What is opened here, or is no media, or is broken in what is known, is none of
// ffmpeg's.
func TestBehind(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return file
	}
	m := opened(t, clip(t, "a.wav", "-map 0"))
	if m.Via != "" {
		t.Error("WAV goes through ffmpeg")
	}
	m = opened(t, clip(t, "a.avi", "-map 1 -map 0 -c:v mpeg4 -c:a mp2"))
	if m.Via != "" {
		t.Error("AVI goes through ffmpeg")
	}
	png := filepath.Join(dir, "a.png")
	playertest.FFmpeg(t, "-f", "lavfi", "-i", "testsrc2=s=64x48:d=0.04", png)
	for _, file := range []string{write("a.txt", strings.Repeat("some text\n", 200)), write("a.nfo", "x"), png, write("empty.mp3", ""), dir, filepath.Join(dir, "none.mkv")} {
		_, want := formats.Open(file)
		_, err := open(file)
		if err == nil || want == nil || err.Error() != want.Error() {
			t.Errorf("%s: %v, want %v", file, err, want)
		}
	}
	// Without ffmpeg all is as it was.
	wv := clip(t, "a.wv", "-map 0 -c:a wavpack")
	film := clip(t, "a.mkv", "-map 1 -map 0 -c:v libx264 -c:a aac")
	t.Setenv("PATH", dir)
	if Available() {
		t.Error("there is an ffmpeg")
	}
	var alien *media.UnsupportedError
	if _, err := open(wv); !errors.As(err, &alien) {
		t.Error(err)
	}
	if m := opened(t, film); m.Via != "" {
		t.Error("decoded by nobody")
	}
}

func TestFit(t *testing.T) {
	for _, c := range []struct {
		w, h, num, den int
		want           string
	}{
		{320, 240, 0, 1, "320x240 0/1"}, {1920, 1080, 1, 1, "320x180 0/0"}, {720, 576, 16, 11, "320x176 0/0"}, {100, 1000, 1, 1, "24x240 0/0"},
		{160, 120, 4, 3, "160x120 4/3"}, {321, 10, 1, 1, "320x9 0/0"}, {100000, 1, 1, 1, "320x1 0/0"},
	} {
		f := Options{Width: 320, Height: 240}.fit(media.VideoFormat{Width: c.w, Height: c.h, Aspect: media.Rational{Num: c.num, Den: c.den}})
		if got := fmt.Sprintf("%dx%d %d/%d", f.Width, f.Height, f.Aspect.Num, f.Aspect.Den); got != c.want {
			t.Errorf("%dx%d becomes %s, want %s", c.w, c.h, got, c.want)
		}
	}
	if f := (Options{}).fit(media.VideoFormat{Width: 1920, Height: 1080}); f.Width != 1920 {
		t.Error("it is made smaller without bounds")
	}
}

func TestPictureAt(t *testing.T) {
	for _, rate := range []media.Rational{{Num: 25, Den: 1}, {Num: 30000, Den: 1001}, {Num: 24000, Den: 1001}, {Num: 1, Den: 3}, {Num: 240, Den: 1}} {
		f := media.VideoFormat{Rate: rate}
		for _, n := range []int64{0, 1, 2, 29, 30, 31, 1000, 99999, 1 << 22} {
			at := f.Duration(n)
			if got := pictureAt(f, at); got != n {
				t.Errorf("%v: picture %d is %d", rate, n, got)
			}
			if got := pictureAt(f, f.Duration(n+1)-1); got != n {
				t.Errorf("%v: the end of picture %d is %d", rate, n, got)
			}
		}
	}
}

func TestDecoders(t *testing.T) {
	got, err := samples{}.Decode([]int32{7}, &media.Packet{Data: []byte{1, 0x80, 0xff, 0x7f, 9}})
	if err != nil || !slices.Equal(got, []int32{7, -0x7fff << 16, 0x7fff << 16}) {
		t.Errorf("%#x, %v", got, err)
	}
	d := pictures{format: media.VideoFormat{Width: 3, Height: 3}}
	if _, err := d.Decode(&media.Packet{Data: make([]byte, 16)}); err == nil {
		t.Error("a piece of a picture is one")
	}
	p, err := d.Decode(&media.Packet{Data: bytes.Repeat([]byte{5}, 17), PTS: 9})
	if err != nil || p.PTS != 9 || len(p.Y) != 9 || len(p.Cb) != 4 || len(p.Cr) != 4 {
		t.Errorf("%+v, %v", p, err)
	}
	if p, err := d.Decode(nil); p != nil || err != nil {
		t.Error("a picture is held")
	}
}
