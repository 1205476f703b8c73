package avi_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/demux/avi"
	"linnet/player/media"
	"linnet/player/playertest"
)

// made is a file of FFmpeg's.
func made(t *testing.T, args ...string) []byte {
	t.Helper()
	return playertest.FFmpegFile(t, playertest.Film, "made.avi", args...)
}

func open(t testing.TB, b []byte, size int64) player.Demuxer {
	t.Helper()
	d, err := avi.New(bytes.NewReader(b), size)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var encoders = []struct {
	args  []string
	audio media.Codec
}{
	{[]string{"-c:v", "mpeg4", "-g", "10", "-c:a", "mp3", "-b:a", "64k"}, media.MP3},
	{[]string{"-c:v", "mpeg4", "-g", "10", "-bf", "2", "-c:a", "mp3", "-q:a", "4"}, media.MP3},
	{[]string{"-c:v", "mjpeg", "-c:a", "pcm_s16le"}, media.PCMS16LE},
	{[]string{"-c:v", "mpeg4", "-g", "10", "-c:a", "adpcm_ima_wav"}, media.ADPCMIMA},
	{[]string{"-c:v", "mpeg4", "-g", "10", "-c:a", "mp2"}, media.MP2},
}

func TestStreams(t *testing.T) {
	for _, c := range encoders {
		b := made(t, c.args...)
		if !avi.Match(b) || avi.Match(b[:8]) {
			t.Error("Match")
		}
		d := open(t, b, int64(len(b)))
		s := d.Streams()
		if len(s) != 2 || s[0].Kind != media.Video || s[1].Codec != c.audio || !s[0].DecodeOrder {
			t.Fatalf("%q: %+v", c.args, s)
		}
		v := s[0].Video
		if v.Width != 64 || v.Height != 48 || v.Rate != (media.Rational{Num: 25, Den: 1}) || s[0].Duration() < 4*time.Second || s[0].Duration() > 4040*time.Millisecond {
			t.Fatalf("%q: %+v", c.args, s[0])
		}
		all, damaged := playertest.ReadAll(t, d, 10000)
		pictures, sound, last := 0, int64(0), int64(-1)
		for _, p := range all {
			if p.Stream == 0 {
				// Places without a picture are left out.
				if p.PTS%40e6 != 0 || p.PTS <= last || pictures == 0 && !p.Key || c.args[1] == "mjpeg" && !p.Key {
					t.Fatalf("%q: picture %d at %d, key %v", c.args, pictures, p.PTS, p.Key)
				}
				last = p.PTS
				pictures++
			} else {
				if p.PTS != sound {
					t.Fatalf("%q: sound at frame %d, want %d", c.args, p.PTS, sound)
				}
				sound += frames(&s[1], &p)
			}
		}
		if pictures != 100 || damaged != 0 || sound < 4*44100 || sound > 4*44100+3000 {
			t.Fatalf("%q: %d pictures, %d frames of sound", c.args, pictures, sound)
		}
	}
}

// frames is how much sound a packet has.
func frames(s *media.Stream, p *media.Packet) int64 {
	switch s.Codec {
	case media.PCMS16LE:
		return int64(len(p.Data) / s.BlockAlign)
	case media.ADPCMIMA:
		n := 0
		for left := len(p.Data); left > 0; left -= s.BlockAlign {
			n += (min(left, s.BlockAlign)/s.Audio.Channels-4)*2 + 1
		}
		return int64(n)
	}
	return 1152
}

// withoutIndex renames idx1.
func withoutIndex(b []byte) []byte {
	b = bytes.Clone(b)
	if i := bytes.LastIndex(b, []byte("idx1")); i >= 0 {
		copy(b[i:], "JUNK")
	}
	return b
}

// withOpenDML gives both streams an index of OpenDML's, which FFmpeg leaves
// room for and fills in in large files only; they stand behind all else. The
// old index is hidden.
func withOpenDML(t *testing.T, b []byte) []byte {
	t.Helper()
	b = bytes.Clone(b)
	old, room := bytes.LastIndex(b, []byte("idx1")), 0
	n := int(binary.LittleEndian.Uint32(b[old+4:]))
	index := bytes.Clone(b[old+8 : old+8+n])
	copy(b[old:], "JUNK")
	for _, id := range []string{"00dc", "01wb"} {
		room += bytes.Index(b[room:], []byte("strf"))
		room += bytes.Index(b[room:], []byte("JUNK"))
		if room < 0 || room > 20000 {
			t.Fatal("there is no room for an index")
		}
		b = oneIndex(b, room, id, index)
	}
	return b
}

// oneIndex makes a stream's index out of the old one's entries.
func oneIndex(b []byte, room int, id string, old []byte) []byte {
	le := binary.LittleEndian
	copy(b[room:], "indx")
	super := b[room+8:]
	le.PutUint16(super, 4)
	super[2], super[3] = 0, 0
	le.PutUint32(super[4:], 1)
	copy(super[8:], id)
	le.PutUint64(super[24:], uint64(len(b)))
	var entries []byte
	for ; len(old) > 0; old = old[16:] {
		if string(old[:4]) != id {
			continue
		}
		size := le.Uint32(old[12:])
		if le.Uint32(old[4:])&0x10 == 0 {
			size |= 1 << 31
		}
		entries = le.AppendUint32(entries, le.Uint32(old[8:])+8)
		entries = le.AppendUint32(entries, size)
	}
	head := le.AppendUint32([]byte{2, 0, 0, 1}, uint32(len(entries)/8))
	head = append(head, id...)
	head = le.AppendUint64(head, uint64(bytes.Index(b, []byte("movi"))))
	head = append(head, 0, 0, 0, 0)
	return append(b, chunk("ix"+id[:2], append(head, entries...)...)...)
}

// absolute makes the old index count from the file's start, as some programs
// write it.
func absolute(b []byte) []byte {
	b = bytes.Clone(b)
	movi := bytes.Index(b, []byte("movi"))
	i := bytes.LastIndex(b, []byte("idx1"))
	n := int(binary.LittleEndian.Uint32(b[i+4:]))
	for e := i + 8; e < i+8+n; e += 16 {
		binary.LittleEndian.PutUint32(b[e+8:], binary.LittleEndian.Uint32(b[e+8:])+uint32(movi))
	}
	return b
}

func TestSeek(t *testing.T) {
	targets := []time.Duration{0, 39e6, 400e6, time.Second, 3999e6, 2e9, 100e9, 0}
	for _, c := range encoders {
		whole := made(t, c.args...)
		for name, b := range map[string][]byte{"OpenDML": withOpenDML(t, whole), "old index": whole, "absolute index": absolute(whole), "no index": withoutIndex(whole)} {
			t.Run(c.args[1]+" "+string(c.audio)+", "+name, func(t *testing.T) {
				playertest.VideoSeeks(t, func() player.Demuxer { return open(t, b, int64(len(b))) }, targets, 0)
			})
		}
	}
}

// What is there of a cut file is given, and damage is passed over.
func TestDamage(t *testing.T) {
	b := made(t, encoders[0].args...)
	whole, _ := playertest.ReadAll(t, open(t, b, int64(len(b))), 10000)
	for cut := range 40 {
		n := len(b) * cut / 40
		d, err := avi.New(bytes.NewReader(b[:n]), int64(n))
		if err != nil {
			var f *media.FormatError
			if !errors.As(err, &f) {
				t.Fatalf("%d bytes: %v", n, err)
			}
			continue
		}
		some, _ := playertest.ReadAll(t, d, 10000)
		if err := d.Seek(2 * time.Second); err != nil {
			t.Fatal(err)
		}
		if cut > 20 && len(some) < len(whole)*(cut-10)/40 {
			t.Errorf("%d packets of %d bytes", len(some), n)
		}
	}
	bad := bytes.Clone(b)
	for i := range 2000 {
		bad[len(b)/2+i] = byte(i * 7)
	}
	some, damaged := playertest.ReadAll(t, open(t, bad, int64(len(bad))), 10000)
	if damaged == 0 || damaged > 3 || len(some) < len(whole)*9/10 {
		t.Errorf("%d packets of %d, damage %d times", len(some), len(whole), damaged)
	}
}

// A size that leads into nothing costs its chunk, not the file: within it, out
// of it, and more than a picture can have.
func TestFalseSizes(t *testing.T) {
	b := made(t, "-c:v", "mpeg4", "-b:v", "1M", "-g", "10", "-c:a", "mp2")
	whole, _ := playertest.ReadAll(t, open(t, b, int64(len(b))), 10000)
	at := bytes.Index(b[len(b)/3:], []byte("00dc")) + len(b)/3
	for _, size := range []uint32{70000, 99999, 1 << 20, 17 << 20, 1<<32 - 1} {
		for _, known := range []int64{int64(len(b)), -1} {
			bad := withoutIndex(b)
			binary.LittleEndian.PutUint32(bad[at+4:], size)
			some, damaged := playertest.ReadAll(t, open(t, bad, known), 10000)
			if len(some) < len(whole)-3 || damaged != 1 {
				t.Errorf("size %d: %d packets of %d, damage %d times", size, len(some), len(whole), damaged)
			}
			d := open(t, bad, known)
			if err := d.Seek(3 * time.Second); err != nil {
				t.Fatal(err)
			}
			if rest, _ := playertest.ReadAll(t, d, 10000); len(rest) < len(whole)/5 {
				t.Errorf("size %d: %d packets behind a seek", size, len(rest))
			}
		}
	}
}

func chunk(id string, body ...byte) []byte {
	b := binary.LittleEndian.AppendUint32([]byte(id), uint32(len(body)))
	b = append(b, body...)
	return append(b, make([]byte, len(body)&1)...)
}

func list(id, kind string, chunks ...[]byte) []byte {
	return chunk(id, append([]byte(kind), bytes.Join(chunks, nil)...)...)
}

// small is a file of two pictures and two pieces of sound.
func small() []byte {
	le := binary.LittleEndian
	head := func(kind string, scale, rate, size uint32) []byte {
		b := make([]byte, 56)
		copy(b, kind)
		le.PutUint32(b[20:], scale)
		le.PutUint32(b[24:], rate)
		le.PutUint32(b[32:], 2)
		le.PutUint32(b[44:], size)
		return chunk("strh", b...)
	}
	bitmap := make([]byte, 40)
	bitmap[0], bitmap[4], bitmap[8] = 40, 16, 16
	copy(bitmap[16:], "MJPG")
	wave := []byte{1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x80, 0x3e, 0, 0, 2, 0, 16, 0}
	return list("RIFF", "AVI ",
		list("LIST", "hdrl",
			list("LIST", "strl", head("vids", 1, 10, 0), chunk("strf", bitmap...)),
			list("LIST", "strl", head("auds", 1, 8000, 2), chunk("strf", wave...))),
		list("LIST", "movi", chunk("00dc", 1, 2, 3), chunk("01wb", 1, 2, 3, 4), list("LIST", "rec ", chunk("00dc", 4), chunk("01wb", 5, 6))),
		chunk("idx1", bytes.Join([][]byte{{'0', '0', 'd', 'c', 0x10, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0}, {'0', '1', 'w', 'b', 0x10, 0, 0, 0, 16, 0, 0, 0, 4, 0, 0, 0}}, nil)...))
}

func TestLists(t *testing.T) {
	b := small()
	all, damaged := playertest.ReadAll(t, open(t, b, int64(len(b))), 100)
	if len(all) != 4 || damaged != 0 || all[2].PTS != 100e6 || all[3].PTS != 2 || !bytes.Equal(all[2].Data, []byte{4}) {
		t.Fatalf("%+v", all)
	}
}

// Sound at a constant rate, in chunks that frames do not end with, has its
// frames in their places wherever a seek goes.
func TestSeekBytes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.mp3")
	playertest.FFmpeg(t, "-f", "lavfi", "-i", "sine=d=6:r=44100", "-c:a", "libmp3lame", "-b:a", "64k", "-write_xing", "0", "-id3v2_version", "0", file)
	sound, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const rate = 8000 // bytes a second
	le := binary.LittleEndian
	head := make([]byte, 56)
	copy(head, "auds")
	le.PutUint32(head[20:], 1)
	le.PutUint32(head[24:], rate)
	le.PutUint32(head[32:], uint32(len(sound)))
	le.PutUint32(head[44:], 1)
	wave := []byte{0x55, 0, 1, 0, 0x44, 0xac, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 0, 0, 0, 0}
	var chunks [][]byte
	for rest := sound; len(rest) > 0; rest = rest[min(777, len(rest)):] {
		chunks = append(chunks, chunk("00wb", rest[:min(777, len(rest))]...))
	}
	b := list("RIFF", "AVI ", list("LIST", "hdrl", list("LIST", "strl", chunk("strh", head...), chunk("strf", wave...))), list("LIST", "movi", chunks...))
	d := open(t, b, int64(len(b)))
	all, _ := playertest.ReadAll(t, d, 10000)
	times := map[int64]int64{} // of each place
	for i, p := range all {
		if p.PTS != 1152*int64(i) {
			t.Fatalf("packet %d is at %d", i, p.PTS)
		}
		times[p.Pos] = p.PTS
	}
	for at := range 60 {
		if err := d.Seek(time.Duration(at) * 100 * time.Millisecond); err != nil {
			t.Fatal(err)
		}
		got, _ := playertest.ReadAll(t, d, 10000)
		if first := got[0]; first.PTS != times[first.Pos] || first.PTS > int64(at)*4410 {
			t.Errorf("at %d ms: the frame of byte %d is at %d, want %d", at*100, first.Pos, first.PTS, times[first.Pos])
		}
	}
}

// A stream that its header says begins late does so: pictures count from where the
// sound begins.
func TestStart(t *testing.T) {
	b := made(t, "-c:v", "mpeg4", "-g", "10", "-c:a", "pcm_s16le")
	whole := open(t, b, int64(len(b)))
	for name, c := range map[string]struct {
		kind  string
		start uint32
		lead  time.Duration
	}{
		"pictures": {"vids", 10, 400 * time.Millisecond},
		"sound":    {"auds", 44100 / 2, -500 * time.Millisecond},
		"nonsense": {"vids", 1<<32 - 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			file := bytes.Clone(b)
			strh := bytes.Index(file, []byte("strh8\x00\x00\x00"+c.kind)) + 8
			binary.LittleEndian.PutUint32(file[strh+28:], c.start)
			d := open(t, file, int64(len(file)))
			for _, at := range []time.Duration{0, 2 * time.Second} {
				if err := errors.Join(d.Seek(at+c.lead), whole.Seek(at)); err != nil {
					t.Fatal(err)
				}
				got, want := picture(t, d), picture(t, whole)
				if time.Duration(got-want) != c.lead {
					t.Errorf("at %v comes a picture of %d, want %d and %v", at, got, want, c.lead)
				}
			}
		})
	}
}

// picture is the time of the next picture.
func picture(t *testing.T, d player.Demuxer) int64 {
	t.Helper()
	for {
		var p media.Packet
		if err := d.ReadPacket(&p); err != nil {
			t.Fatal(err)
		}
		if p.Stream == 0 {
			return p.PTS
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, b := range [][]byte{nil, []byte("RIFF\x00\x00\x00\x00AVI "), list("RIFF", "AVI ", list("LIST", "movi")), small()[:200]} {
		_, err := avi.New(bytes.NewReader(b), int64(len(b)))
		var f *media.FormatError
		if !errors.As(err, &f) {
			t.Errorf("%d bytes: %v", len(b), err)
		}
	}
}

// FuzzDemuxer reads, seeks and reads again.
func FuzzDemuxer(f *testing.F) {
	f.Add(small())
	f.Add(withoutIndex(small()))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := avi.New(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			var fe *media.FormatError
			if !errors.As(err, &fe) {
				t.Fatalf("untyped error %v", err)
			}
			return
		}
		playertest.ReadAll(t, d, 2*len(b))
		for _, at := range []time.Duration{time.Second, time.Hour, 0} {
			if err := d.Seek(at); err != nil {
				t.Fatal(err)
			}
			playertest.ReadAll(t, d, 2*len(b))
		}
	})
}

// An index that names a place before the file, or behind it, leads to the
// first chunk, not astray.
func TestLyingIndex(t *testing.T) {
	b := made(t, encoders[0].args...)
	whole, _ := playertest.ReadAll(t, open(t, b, int64(len(b))), 10000)
	b = withOpenDML(t, b)
	at := bytes.LastIndex(b, []byte("ix00"))
	for _, base := range []uint64{1 << 63, 1<<63 - 1, 1 << 40} {
		binary.LittleEndian.PutUint64(b[at+20:], base)
		d := open(t, b, int64(len(b)))
		if err := d.Seek(3 * time.Second); err != nil {
			t.Fatal(err)
		}
		if all, _ := playertest.ReadAll(t, d, 10000); len(all) != len(whole) {
			t.Errorf("base %#x: %d packets, want %d", base, len(all), len(whole))
		}
	}
}
