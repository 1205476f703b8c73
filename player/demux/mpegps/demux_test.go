package mpegps_test

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/demux/mpegps"
	"linnet/player/media"
	"linnet/player/playertest"
)

// made is a stream of FFmpeg's.
func made(t *testing.T, args ...string) []byte {
	t.Helper()
	return playertest.FFmpegFile(t, "testsrc2=s=64x48:r=25:d=4,noise=alls=30:allf=t[out0];sine=d=4[out1]", "made.mpg", args...)
}

func open(t testing.TB, b []byte, size int64) player.Demuxer {
	t.Helper()
	d, err := mpegps.New(bytes.NewReader(b), size)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestStreams(t *testing.T) {
	for _, c := range []struct {
		args  []string
		codec media.Codec
	}{
		{[]string{"-c:v", "mpeg1video", "-bf", "2", "-g", "12", "-c:a", "mp2", "-f", "mpeg"}, media.MPEG1Video},
		{[]string{"-c:v", "mpeg2video", "-bf", "2", "-g", "12", "-c:a", "mp2", "-f", "vob"}, media.MPEG2Video},
	} {
		b := made(t, c.args...)
		if !mpegps.Match(b) || mpegps.Match(b[4:]) {
			t.Error("Match")
		}
		d := open(t, b, int64(len(b)))
		s := d.Streams()
		if len(s) != 2 || s[0].Codec != c.codec || s[1].Codec != media.MP2 || s[0].ID != 0 || s[1].ID != 1 || s[1].Audio.Rate != 44100 {
			t.Fatalf("%+v", s)
		}
		if n := s[0].Duration(); n < 3900*time.Millisecond || n > 4100*time.Millisecond {
			t.Errorf("the pictures last %v", n)
		}
		all, damaged := playertest.ReadAll(t, d, 10000)
		pictures, sound := 0, int64(-1)
		seen := map[int64]bool{}
		for _, p := range all {
			if p.Stream == 0 {
				pictures++
				seen[p.PTS] = true
				continue
			}
			if sound >= 0 && p.PTS != sound {
				t.Fatalf("sound at frame %d, want %d", p.PTS, sound)
			}
			sound = p.PTS + 1152
		}
		if pictures != 100 || damaged != 0 || sound < 4*44100 || len(seen) != 100 {
			t.Fatalf("%d pictures at %d times, %d times damaged, %d frames of sound", pictures, len(seen), damaged, sound)
		}
	}
}

func TestSeek(t *testing.T) {
	b := made(t, "-c:v", "mpeg2video", "-bf", "2", "-g", "12", "-b:v", "2M", "-c:a", "mp2", "-f", "vob")
	playertest.VideoSeeks(t, func() player.Demuxer { return open(t, b, int64(len(b))) },
		[]time.Duration{0, 100e6, 480e6, 1500e6, 3999e6, 2e9, 0}, 0)
}

// The clock of 33 bits begins anew within the file, and nobody sees it.
func TestWrap(t *testing.T) {
	args := []string{"-c:v", "mpeg2video", "-bf", "2", "-g", "12", "-b:v", "2M", "-c:a", "mp2", "-f", "vob"}
	b := made(t, append(args, "-output_ts_offset", "95441.7")...)
	d := open(t, b, int64(len(b)))
	if n := d.Streams()[0].Length; n < 3900*time.Millisecond || n > 4100*time.Millisecond {
		t.Errorf("%v long", n)
	}
	all, _ := playertest.ReadAll(t, d, 10000)
	want, _ := playertest.ReadAll(t, open(t, made(t, args...), -1), 10000)
	if len(all) != len(want) {
		t.Fatalf("%d packets, want %d", len(all), len(want))
	}
	for i, p := range all {
		if off := p.PTS - want[i].PTS; off > 1e6 || off < -1e6 {
			t.Fatalf("packet %d has the time %d, want %d", i, p.PTS, want[i].PTS)
		}
	}
	playertest.VideoSeeks(t, func() player.Demuxer { return open(t, b, int64(len(b))) },
		[]time.Duration{0, 100e6, 480e6, 1500e6, 1900e6, 3999e6, 2e9, 0}, 0)
}

// Behind damage it goes on, and says so once.
func TestDamage(t *testing.T) {
	b := made(t, "-c:v", "mpeg1video", "-b:v", "2M", "-c:a", "mp2", "-f", "mpeg")
	whole, _ := playertest.ReadAll(t, open(t, b, int64(len(b))), 10000)
	for i := range 3000 {
		b[len(b)/2+i] = byte(i*7) | 2
	}
	some, damaged := playertest.ReadAll(t, open(t, b, int64(len(b))), 10000)
	if damaged == 0 || damaged > 3 || len(some) < len(whole)*9/10 || len(some) >= len(whole)+5 {
		t.Errorf("%d packets of %d, damage %d times", len(some), len(whole), damaged)
	}
	for cut := range 40 {
		n := len(b) * cut / 40
		if d, err := mpegps.New(bytes.NewReader(b[:n]), int64(n)); err == nil {
			playertest.ReadAll(t, d, 10000)
		}
	}
}

// Sound that begins behind the pictures, as where a file was cut out of another, is at
// 0 all the same, and pictures count from there.
func TestLateSound(t *testing.T) {
	b := playertest.FFmpegFile(t, "testsrc2=s=64x48:r=25:d=4[out0];sine=d=3,asetpts=PTS+1/TB[out1]", "late.mpg",
		"-c:v", "mpeg1video", "-bf", "2", "-g", "12", "-c:a", "mp2", "-f", "mpeg")
	first := [2]int64{-1 << 63, -1 << 63}
	all, _ := playertest.ReadAll(t, open(t, b, int64(len(b))), 10000)
	for _, p := range all {
		if first[p.Stream] == -1<<63 {
			first[p.Stream] = p.PTS
		}
	}
	if at := time.Duration(first[0]); first[1] != 0 || at < -1050*time.Millisecond || at > -950*time.Millisecond {
		t.Errorf("pictures begin at %v, sound at frame %d", at, first[1])
	}
	playertest.VideoSeeks(t, func() player.Demuxer { return open(t, b, int64(len(b))) }, []time.Duration{100e6, 1500e6, 2999e6, 0}, 0)
}

// Streams that were put one behind the other have clocks of their own; pictures and
// sound go on all the same, and seeking finds what was read.
func TestJoined(t *testing.T) {
	for name, formats := range map[string][2]string{"MPEG-1": {"mpeg1video", "mpeg"}, "MPEG-2": {"mpeg2video", "vob"}} {
		t.Run(name, func(t *testing.T) {
			b := made(t, "-c:v", formats[0], "-bf", "2", "-g", "12", "-b:v", "1M", "-c:a", "mp2", "-f", formats[1])
			late := made(t, "-c:v", formats[0], "-bf", "2", "-g", "12", "-b:v", "1M", "-c:a", "mp2", "-f", formats[1], "-output_ts_offset", "5000")
			file := slices.Concat(b, b, late, b)
			d := open(t, file, int64(len(file)))
			all, damaged := playertest.ReadAll(t, d, 10000)
			pictures, sound := map[int64]bool{}, int64(0)
			for _, p := range all {
				if p.Stream == 0 {
					pictures[p.PTS/4e6] = true // within 4 ms
					continue
				}
				if p.PTS != sound {
					t.Fatalf("sound at frame %d, want %d", p.PTS, sound)
				}
				sound = p.PTS + 1152
			}
			// Pictures of a stream end before or behind its sound, by less than one.
			last := slices.Max(slices.Collect(maps.Keys(pictures))) * 4
			if damaged != 0 || len(pictures) < 397 || last < 15700 || last > 16200 {
				t.Errorf("pictures at %d times, the last at %d ms; damaged %d times", len(pictures), last, damaged)
			}
			// What lies where nothing was read yet is found, too.
			d = open(t, file, int64(len(file)))
			for _, s := range d.Streams() {
				if n := s.Duration(); n < 15*time.Second || n > 17*time.Second {
					t.Errorf("%s of %v", s.Codec, n)
				}
			}
			for _, at := range []time.Duration{10e9, 2e9, 14e9, 6e9, 500e6} {
				if err := d.Seek(at); err != nil {
					t.Fatal(err)
				}
				var p media.Packet
				for p.Data == nil || p.Stream != 0 {
					if err := d.ReadPacket(&p); err != nil {
						t.Fatal(err)
					}
				}
				if off := at - time.Duration(p.PTS); off < 0 || off > 520*time.Millisecond || !p.Key {
					t.Errorf("at %v comes a picture of %v, key %v", at, time.Duration(p.PTS), p.Key)
				}
			}
		})
	}
}

// Where sound is missing that is said, so that it does not come before its pictures
// from there on.
func TestSoundMissing(t *testing.T) {
	b := made(t, "-c:v", "mpeg1video", "-c:a", "mp2", "-b:a", "64k", "-f", "mpeg")
	n := 0
	for at := 0; at+9 < len(b); at++ {
		if string(b[at:at+4]) == "\x00\x00\x01\xc0" && b[at+6] != 0xff {
			if n++; n > 3 && n < 8 {
				b[at+3] = 0xbe // padding
			}
		}
	}
	d := open(t, b, int64(len(b)))
	var p media.Packet
	next, told, holes := int64(0), false, 0
	for {
		err := d.ReadPacket(&p)
		var f *media.FormatError
		switch {
		case err == io.EOF:
			if holes != 1 || next < 3*44100 {
				t.Errorf("%d holes of %d packets, sound up to frame %d", holes, n, next)
			}
			return
		case errors.As(err, &f):
			told = true
		case err != nil:
			t.Fatal(err)
		case p.Stream == 1:
			if p.PTS != next {
				holes++
				if !told || p.PTS < next {
					t.Fatalf("sound at frame %d, want %d; told %v", p.PTS, next, told)
				}
			}
			told, next = false, p.PTS+1152
		}
	}
}

// Sound that nobody here decodes is named, so that others are asked, or the film is
// known to be silent.
func TestForeignSound(t *testing.T) {
	for _, c := range []struct {
		args     []string
		codec    media.Codec
		rate     int
		channels int
		bits     int
	}{
		{[]string{"-c:a", "ac3", "-ar", "44100"}, "ac3", 44100, 1, 16},
		{[]string{"-c:a", "ac3", "-ac", "6", "-ar", "48000"}, "ac3", 48000, 6, 16},
		{[]string{"-c:a", "dca", "-strict", "-2", "-ac", "2", "-ar", "48000"}, "dts", 48000, 2, 16},
		{[]string{"-c:a", "pcm_dvd", "-ac", "2", "-ar", "48000"}, "pcm_dvd", 48000, 2, 16},
	} {
		b := made(t, append([]string{"-c:v", "mpeg2video", "-g", "12", "-f", "vob"}, c.args...)...)
		d := open(t, b, int64(len(b)))
		s := d.Streams()
		if len(s) != 2 || s[0].Kind != media.Video || s[1].ID != 1 || s[1].Kind != media.Audio || s[1].Codec != c.codec ||
			s[1].Audio != (media.AudioFormat{Rate: c.rate, Channels: c.channels, Bits: c.bits}) {
			t.Errorf("%q: %+v", c.args, s)
		}
		if all, _ := playertest.ReadAll(t, d, 10000); len(all) != 100 {
			t.Errorf("%q: %d pictures", c.args, len(all))
		}
	}
	alone := made(t, "-vn", "-c:a", "ac3", "-f", "vob")
	var u *media.UnsupportedError
	if _, err := mpegps.New(bytes.NewReader(alone), int64(len(alone))); !errors.As(err, &u) || !strings.Contains(err.Error(), "ac3") {
		t.Errorf("AC-3 alone: %v", err)
	}
}

func TestRefusals(t *testing.T) {
	for _, b := range [][]byte{nil, []byte("text"), {0, 0, 1, 0xba}, {0, 0, 1, 0xba, 0x21, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xb9}} {
		_, err := mpegps.New(bytes.NewReader(b), int64(len(b)))
		var f *media.UnsupportedError
		if !errors.As(err, &f) {
			t.Errorf("%x: %v", b, err)
		}
	}
}

// FuzzDemuxer reads, seeks and reads again.
func FuzzDemuxer(f *testing.F) {
	pack := []byte{0, 0, 1, 0xba, 0x21, 0, 1, 0, 1, 0x80, 0, 1}
	packet := func(id byte, pts byte, body ...byte) []byte {
		n := 5 + len(body)
		return append([]byte{0, 0, 1, id, byte(n >> 8), byte(n), 0x21, 0, 1, pts, 1}, body...)
	}
	head := []byte{0, 0, 1, 0xb3, 4, 0, 0x30, 0x13, 0xff, 0xff, 0xe0, 0x18, 0, 0, 1, 0xb8, 0, 8, 0, 0x40}
	picture := []byte{0, 0, 1, 0, 0, 0x0f, 0xff, 0xf8, 0, 0, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9}
	frame := append([]byte{0xff, 0xfd, 0x14, 0xc4}, make([]byte, 100)...)
	var seed []byte
	for i := range byte(4) {
		seed = append(seed, pack...)
		seed = append(seed, packet(0xe0, 2*i, append(bytes.Clone(head), picture...)...)...)
		seed = append(seed, packet(0xc0, 2*i, frame...)...)
	}
	f.Add(seed)
	f.Add(pack)
	f.Add(onCD(seed))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := mpegps.New(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			var fe *media.UnsupportedError
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
			if again, _ := playertest.ReadAll(t, d, len(b)); len(again) > len(all)+2 {
				t.Fatalf("%d packets behind a seek, %d in all", len(again), len(all))
			}
		}
	})
}

// onCD is a stream as a computer copies it from a video CD: in sectors, with empty ones
// before it and behind.
func onCD(b []byte) []byte {
	out := []byte("RIFF\x00\x00\x00\x00CDXAfmt \x10\x00\x00\x00\x00\x00\x00\x00\x55\x55XA\x03\x00\x00\x00\x00\x00\x00\x00data\x00\x00\x00\x00")
	sector := func(data []byte) {
		out = append(out, "\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00\x00\x02\x00\x02\x01\x01\x62\x0f\x01\x01\x62\x0f"...)
		out = append(out, data...)
		out = append(out, make([]byte, 2324-len(data)+4)...)
	}
	for range 3 {
		sector(nil)
	}
	for data := range slices.Chunk(b, 2324) {
		sector(data)
	}
	for range 3 {
		sector(nil)
	}
	return out
}

// TestVideoCD: a film that was copied from a video CD is the film.
func TestVideoCD(t *testing.T) {
	b := made(t, "-c:v", "mpeg1video", "-b:v", "1150k", "-g", "15", "-bf", "2", "-c:a", "mp2", "-b:a", "224k", "-f", "vcd", "-packetsize", "2324")
	if len(b)%2324 != 0 {
		t.Fatalf("FFmpeg's packs are not as long as a sector: %d bytes", len(b))
	}
	cd := onCD(b)
	if !mpegps.Match(cd) || mpegps.Match([]byte("RIFF\x00\x00\x00\x00WAVE")) {
		t.Error("Match")
	}
	want, _ := playertest.ReadAll(t, open(t, b, int64(len(b))), 10000)
	for _, size := range []int64{int64(len(cd)), -1} {
		d := open(t, cd, size)
		got, damaged := playertest.ReadAll(t, d, 10000)
		if damaged != 0 || len(got) != len(want) || len(got) < 200 {
			t.Fatalf("size %d: %d packets, %d times damaged; the film has %d", size, len(got), damaged, len(want))
		}
		for i := range got {
			if got[i].PTS != want[i].PTS || got[i].Stream != want[i].Stream || !bytes.Equal(got[i].Data, want[i].Data) {
				t.Fatalf("size %d: packet %d is another one", size, i)
			}
		}
	}
	playertest.VideoSeeks(t, func() player.Demuxer { return open(t, cd, int64(len(cd))) }, []time.Duration{0, 100e6, 1500e6, 3999e6, 2e9, 0}, 0)
	// What is cut off in the middle of a sector is passed over.
	d := open(t, cd[:len(cd)/2], int64(len(cd)/2))
	if got, _ := playertest.ReadAll(t, d, 10000); len(got) < len(want)/3 {
		t.Errorf("of half of it there are %d packets", len(got))
	}
}
