package formats

import (
	"bytes"
	"crypto/md5"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/media"
	"linnet/player/playertest"
)

// films are containers with pictures of each coding: ffmpeg's options.
var films = []struct{ name, options string }{
	{"asp.avi", "-c:v mpeg4 -g 12 -bf 2 -flags +mv4+qpel"},
	{"asp.mkv", "-c:v mpeg4 -g 12 -bf 2"},
	{"asp.mp4", "-c:v mpeg4 -g 12 -bf 2"},
	{"parts.avi", "-c:v mpeg4 -g 12 -data_partitioning 1 -ps 200"},
	{"mpeg1.m1v", "-c:v mpeg1video -g 12 -bf 2"},
	{"mpeg1.mpg", "-c:v mpeg1video -g 12 -bf 2"},
	{"interlaced.vob", "-c:v mpeg2video -g 12 -bf 2 -flags +ildct+ilme"},
	{"mpeg2.mkv", "-c:v mpeg2video -g 9 -bf 1"},
	{"mjpeg.avi", "-c:v mjpeg"},
	{"short.3gp", "-s 128x96 -c:v h263 -g 12"},
	{"short.avi", "-s 176x144 -c:v h263 -g 12"},
	{"mjpeg.mov", "-c:v mjpeg"},
}

// makeFilms makes two seconds of each, in one run.
func makeFilms(t *testing.T) (all [][]byte) {
	t.Helper()
	dir := t.TempDir()
	args := []string{"-f", "lavfi", "-i", "testsrc2=s=64x48:r=25:d=2"}
	for _, f := range films {
		args = append(append(args, strings.Fields(f.options)...), filepath.Join(dir, f.name))
	}
	playertest.FFmpeg(t, args...)
	for _, f := range films {
		b, err := os.ReadFile(filepath.Join(dir, f.name))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b)
	}
	return all
}

// A shown is a picture at its time.
type shown struct {
	at  int64
	sum [md5.Size]byte
}

// A screening decodes the pictures of a file.
type screening struct {
	m      *player.Media
	stream media.Stream
	dec    player.VideoDecoder
	times  *player.PictureTimes
}

func screen(b []byte) (s screening, err error) {
	if s.m, err = OpenReader(bytes.NewReader(b), int64(len(b))); err != nil {
		return s, err
	}
	for _, s.stream = range s.m.Demuxer.Streams() {
		if s.stream.Kind == media.Video {
			if s.stream.DecodeOrder {
				s.times = &player.PictureTimes{}
			}
			s.dec, err = s.m.NewVideo(s.stream)
			return s, err
		}
	}
	return s, &media.UnsupportedError{Msg: "no pictures"}
}

// run decodes from where the file stands up to most pictures. Damage is counted.
func (s *screening) run(t *testing.T, most int) (all []shown, damaged int) {
	t.Helper()
	s.dec.Reset()
	s.times.Reset()
	var p media.Packet
	take := func(pic *media.Picture, err error) bool {
		if err != nil && !explained(err) {
			t.Fatalf("a %T: %v", err, err)
		}
		if err != nil {
			damaged++
		}
		if pic == nil {
			s.times.Miss()
			return false
		}
		h := md5.New()
		for i := range 3 {
			samples, stride, width, height := pic.Plane(i)
			for y := range height {
				h.Write(samples[y*stride:][:width])
			}
		}
		all = append(all, shown{s.times.Take(pic.PTS), [md5.Size]byte(h.Sum(nil))})
		return true
	}
	for n := 0; len(all) < most; n++ {
		err := s.m.Demuxer.ReadPacket(&p)
		switch {
		case err == io.EOF || errors.Is(err, media.ErrNewStreams):
			for take(s.dec.Decode(nil)) {
			}
			return all, damaged
		case err != nil && !explained(err):
			t.Fatalf("a %T: %v", err, err)
		case err != nil:
			if damaged++; damaged > 100000 {
				t.Fatal("damage without an end")
			}
		case p.Stream == s.stream.ID:
			s.times.Put(p.PTS)
			take(s.dec.Decode(&p))
		}
	}
	return all, damaged
}

// Wherever one seeks, the picture of that time comes, and those behind it, at
// the times and with the samples of a straight decode.
func TestExactSeek(t *testing.T) {
	for i, b := range makeFilms(t) {
		t.Run(films[i].name, func(t *testing.T) {
			s, err := screen(b)
			if err != nil {
				t.Fatal(err)
			}
			straight, damaged := s.run(t, 1000)
			if len(straight) != 50 || damaged != 0 {
				t.Fatalf("%d pictures, damage %d times", len(straight), damaged)
			}
			for k, p := range straight[1:] {
				if d := p.at - straight[k].at; d < 39e6 || d > 41e6 {
					t.Fatalf("picture %d is shown %v behind the one before", k+1, time.Duration(d))
				}
			}
			random := rand.New(rand.NewPCG(1, uint64(i)))
			for range 25 {
				at := straight[0].at + random.Int64N(2e9)
				if err := s.m.Demuxer.Seek(time.Duration(at)); err != nil {
					t.Fatal(err)
				}
				got, _ := s.run(t, 30)
				want := slices.IndexFunc(straight, func(p shown) bool { return p.at > at })
				if want--; want < 0 {
					want = len(straight) - 1
				}
				first := slices.IndexFunc(got, func(p shown) bool { return p.at > at })
				if first--; first < -1 {
					first = len(got) - 1
				}
				if first < 0 {
					t.Fatalf("seek to %v: the first picture is of %v", time.Duration(at), time.Duration(got[0].at))
				}
				for k, p := range got[first:] {
					if w := straight[want+k]; p != w {
						t.Fatalf("seek to %v: picture %d has the time %v, want %v; the same samples: %v", time.Duration(at), k, time.Duration(p.at), time.Duration(w.at), p.sum == w.sum)
					}
				}
			}
		})
	}
}

// Films that are broken in any way play to their end, or are refused with a
// reason; where the damage is little, most pictures come.
func TestFilmDamage(t *testing.T) {
	opened := 0
	for i, good := range makeFilms(t) {
		t.Run(films[i].name, func(t *testing.T) {
			for name, damage := range damages {
				random := rand.New(rand.NewPCG(uint64(i), uint64(len(name))))
				for n := range 3 {
					b := damage(bytes.Clone(good), random)
					s, err := screen(b)
					if err != nil {
						if !explained(err) {
							t.Errorf("%s, %d: a %T: %v", name, n, err, err)
						}
						continue
					}
					opened++
					all, _ := s.run(t, 10000)
					if name == "a bit" && len(all) < 35 || name == "zeros" && len(all) < 20 {
						t.Errorf("%s, %d: %d pictures of 50", name, n, len(all))
					}
					if err := s.m.Demuxer.Seek(time.Second); err != nil && !explained(err) {
						t.Errorf("%s, %d: a seek: %v", name, n, err)
					}
					s.run(t, 10)
				}
			}
		})
	}
	if opened < 200 {
		t.Errorf("only %d broken films were opened", opened)
	}
}

// TestOnVideoCD: only names that video CDs have are taken for films.
func TestOnVideoCD(t *testing.T) {
	for name, want := range map[string]bool{
		"/media/CD/MPEGAV/AVSEQ01.DAT": true, "music07.dat": true, "avseq1.Dat": true,
		"info.dat": false, "avseq.dat": false, "avseq01.mpg": false, "avseq01x.dat": false, "myavseq01.dat": false, "avseq-1.dat": false, "": false,
	} {
		if got := OnVideoCD(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
