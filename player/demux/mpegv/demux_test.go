package mpegv_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/demux/mpegv"
	"linnet/player/media"
	"linnet/player/playertest"
)

// made is a stream of FFmpeg's.
func made(t *testing.T, args ...string) []byte {
	t.Helper()
	return playertest.FFmpegFile(t, "testsrc2=s=64x48:r=25:d=4", "made.m2v", args...)
}

func open(t testing.TB, b []byte, size int64) player.Demuxer {
	t.Helper()
	d, err := mpegv.New(bytes.NewReader(b), size)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestStreams(t *testing.T) {
	b := made(t, "-c:v", "mpeg2video", "-bf", "2", "-g", "10")
	if !mpegv.Match(b) || mpegv.Match(b[8:]) || mpegv.Match([]byte("\x00\x00\x01\xba")) {
		t.Error("Match")
	}
	d := open(t, b, int64(len(b)))
	s := d.Streams()[0]
	if s.Codec != media.MPEG2Video || s.Video.Width != 64 || s.Video.Height != 48 || s.Video.Rate != (media.Rational{Num: 25, Den: 1}) {
		t.Errorf("%+v", s)
	}
	all, damaged := playertest.ReadAll(t, d, 1000)
	if len(all) != 100 || damaged != 0 {
		t.Fatalf("%d pictures, %d times damaged", len(all), damaged)
	}
	var joined []byte
	seen := map[int64]bool{}
	for _, p := range all {
		if p.Pos != int64(len(joined)) {
			t.Fatalf("a packet at %d, want %d", p.Pos, len(joined))
		}
		joined = append(joined, p.Data...)
		seen[p.PTS] = true
	}
	if !bytes.Equal(joined, b[:len(joined)]) || len(b)-len(joined) > 4 {
		t.Error("the packets are not the file")
	}
	for i := range int64(100) {
		if !seen[i*40e6] {
			t.Errorf("no picture is shown at %v", time.Duration(i*40e6))
		}
	}
}

func TestSeek(t *testing.T) {
	for _, args := range [][]string{{"-c:v", "mpeg1video", "-bf", "2", "-g", "10"}, {"-c:v", "mpeg2video", "-bf", "0", "-g", "25"}} {
		b := made(t, args...)
		playertest.VideoSeeks(t, func() player.Demuxer { return open(t, b, -1) },
			[]time.Duration{0, 39e6, 400e6, time.Second, 3999e6, 2e9, 100e9, 0}, 0)
	}
}

// Pictures are counted on where a stream has no groups, past the ten bits of
// their own count.
func TestSeekWithoutGroups(t *testing.T) {
	head := []byte{0, 0, 1, 0xb3, 4, 0, 0x30, 0x13, 0xff, 0xff, 0xe0, 0x18}
	var b []byte
	for i := range 3000 {
		kind := byte(2)
		if i%50 == 0 {
			b = append(b, head...)
			kind = 1
		}
		b = append(b, 0, 0, 1, 0, byte(i>>2), byte(i<<6)|kind<<3|7, 0xff, 0xf8, 0, 0, 0, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9)
	}
	playertest.VideoSeeks(t, func() player.Demuxer { return open(t, b, -1) }, []time.Duration{0, 119e9, 50e9, 81960e6, 100e9, 3e9}, 0)
	d := open(t, b, -1)
	if err := d.Seek(100 * time.Second); err != nil {
		t.Fatal(err)
	}
	var p media.Packet
	if err := d.ReadPacket(&p); err != nil || p.PTS != 100e9 {
		t.Errorf("%v, %v", time.Duration(p.PTS), err)
	}
}

// Film for television lasts as long as its pictures are shown, with every other
// one for three fields.
func TestPulldown(t *testing.T) {
	if _, err := exec.LookPath("mpeg2enc"); err != nil {
		t.Skip("mpeg2enc is not installed (apt-get install mjpegtools): nobody else writes repeated fields")
	}
	dir := t.TempDir()
	y4m, m2v := filepath.Join(dir, "film.y4m"), filepath.Join(dir, "film.m2v")
	playertest.FFmpeg(t, "-f", "lavfi", "-i", "testsrc2=s=64x64:r=24000/1001:d=6", "-pix_fmt", "yuv420p", "-f", "yuv4mpegpipe", y4m)
	in, err := os.Open(y4m)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	cmd := exec.Command("mpeg2enc", "-v", "0", "-f", "3", "-b", "1000", "-p", "-R", "2", "-o", m2v)
	cmd.Stdin = in
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	b, err := os.ReadFile(m2v)
	if err != nil {
		t.Fatal(err)
	}
	all, _ := playertest.ReadAll(t, open(t, b, -1), 1000)
	var times []int64
	for _, p := range all {
		times = append(times, p.PTS)
	}
	slices.Sort(times)
	const field = 1e9 * 1001 / 60000
	for i, at := range times {
		if off := float64(at) - float64(i)*1e9*1001/24000; off > 1.6*field || off < -1.6*field {
			t.Fatalf("picture %d of %d is shown %v off", i, len(times), time.Duration(off))
		}
	}
	if len(times) < 140 {
		t.Errorf("%d pictures", len(times))
	}
	playertest.VideoSeeks(t, func() player.Demuxer { return open(t, b, -1) }, []time.Duration{0, 2e9, 5900e6, 1e9}, 0)
}

func TestRefusals(t *testing.T) {
	for _, b := range [][]byte{nil, []byte("text"), {0, 0, 1, 0xb3}, {0, 0, 1, 0xb3, 0, 0, 0, 0x13, 0, 0, 0, 0}} {
		_, err := mpegv.New(bytes.NewReader(b), int64(len(b)))
		var f *media.FormatError
		if !errors.As(err, &f) {
			t.Errorf("%x: %v", b, err)
		}
	}
}

// FuzzDemuxer reads, seeks and reads again.
func FuzzDemuxer(f *testing.F) {
	head := []byte{0, 0, 1, 0xb3, 4, 0, 0x30, 0x13, 0xff, 0xff, 0xe0, 0x18}
	group := []byte{0, 0, 1, 0xb8, 0, 8, 0, 0x40}
	picture := []byte{0, 0, 1, 0, 0, 0x0f, 0xff, 0xf8, 0, 0, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9}
	f.Add(bytes.Join([][]byte{head, group, picture, picture, head, group, picture}, nil))
	f.Add(head)
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := mpegv.New(bytes.NewReader(b), -1)
		if err != nil {
			var fe *media.FormatError
			if !errors.As(err, &fe) {
				t.Fatalf("untyped error %v", err)
			}
			return
		}
		all, _ := playertest.ReadAll(t, d, len(b))
		for _, at := range []time.Duration{time.Second, time.Hour, 0} {
			if err := d.Seek(at); err != nil {
				t.Fatal(err)
			}
			if again, _ := playertest.ReadAll(t, d, len(b)); len(again) > len(all) {
				t.Fatalf("%d packets behind a seek, %d in all", len(again), len(all))
			}
		}
	})
}
