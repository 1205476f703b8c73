package caf_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"linnet/player"
	"linnet/player/demux/caf"
	"linnet/player/media"
	"linnet/player/playertest"
)

func sound(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i * i >> 3)
	}
	return b
}

var stereo16 = shape{44100, "lpcm", 2, 4, 1, 2, 16}

func TestContract(t *testing.T) {
	b := file(stereo16.chunk(), data(sound(36000)))
	playertest.Demuxer(t, func() player.Demuxer { return open(t, b) }, newDecoder)
	// Trimmed, and the packet table behind the sound.
	b = file(stereo16.chunk(), data(sound(36000)), pakt(9000, 8000, 300, 700))
	playertest.Demuxer(t, func() player.Demuxer { return open(t, b) }, newDecoder)
	if s := open(t, b).Streams()[0]; s.Frames != 8000 || s.Delay != 300 || s.Padding != 700 {
		t.Errorf("%+v", s)
	}
}

// Packets of any sizes and lengths are found by the table, also behind so many
// that not every mark in it is kept.
func TestTable(t *testing.T) {
	decoder := func(media.Stream) (player.AudioDecoder, error) { return counter{}, nil }
	cookie := join(u32(0), []byte{0, 16, 40, 10, 14, 1}, make([]byte, 10), u32(48000))
	for _, n := range []int{40, 70000} {
		packets, frames, total := counted(n)
		s := shape{48000, "alac", 0, 0, 0, 1, 0}
		b := tabled(s, cookie, total-30, 10, 20, packets, frames)
		playertest.Demuxer(t, func() player.Demuxer { return open(t, b) }, decoder)
		// All of one length, with the frames in a table.
		for i := range packets {
			packets[i] = packets[i][:3]
		}
		s.bytes = 3
		b = tabled(s, cookie, total, 0, 0, packets, frames)
		playertest.Demuxer(t, func() player.Demuxer { return open(t, b) }, decoder)
		// No table at all.
		for i := range packets {
			packets[i][2] = 7
		}
		s.frames = 7
		b = file(s.chunk(), chunk("kuki", cookie), data(join(packets...)))
		playertest.Demuxer(t, func() player.Demuxer { return open(t, b) }, decoder)
		if got := open(t, b).Streams()[0].Frames; got != int64(7*n) {
			t.Errorf("%d frames, want %d", got, 7*n)
		}
		// Nor a size of the file and of the sound.
		b = file(s.chunk(), chunk("kuki", cookie), sized("data", -1, u32(0), join(packets...)))
		d, err := caf.New(bytes.NewReader(b), -1)
		if err != nil {
			t.Fatal(err)
		}
		if got, errs := count(d); d.Streams()[0].Frames != -1 || got != 3*n || errs != 0 {
			t.Errorf("%+v: %d bytes, %d errors", d.Streams()[0], got, errs)
		}
	}
}

func TestCodecs(t *testing.T) {
	for _, c := range []struct {
		shape
		codec media.Codec
		bits  int
	}{
		{shape{8000, "lpcm", 0, 1, 1, 1, 8}, media.PCMS8, 8}, {shape{8000, "lpcm", 2, 1, 1, 1, 8}, media.PCMS8, 8},
		{shape{8000, "lpcm", 0, 2, 1, 1, 16}, media.PCMS16BE, 16}, {stereo16, media.PCMS16LE, 16},
		{shape{8000, "lpcm", 0, 3, 1, 1, 20}, media.PCMS24BE, 20}, {shape{8000, "lpcm", 2, 6, 1, 2, 24}, media.PCMS24LE, 24},
		{shape{8000, "lpcm", 0, 4, 1, 1, 24}, media.PCMS32BE, 24}, {shape{8000, "lpcm", 2, 8, 1, 2, 32}, media.PCMS32LE, 32},
		{shape{8000, "lpcm", 1, 4, 1, 1, 32}, media.PCMF32BE, 32}, {shape{8000, "lpcm", 3, 16, 1, 2, 64}, media.PCMF64LE, 32},
		{shape{8000, "alaw", 0, 2, 1, 2, 8}, media.PCMALaw, 16}, {shape{8000, "ulaw", 0, 1, 1, 1, 8}, media.PCMMuLaw, 16},
		{shape{22050.4, "ima4", 0, 68, 64, 2, 4}, media.ADPCMQT, 16},
	} {
		d := open(t, file(c.chunk(), data(sound(680))))
		s := d.Streams()[0]
		if s.Codec != c.codec || s.Audio.Bits != c.bits || s.Audio.Channels != c.channels || s.Audio.Rate != int(c.rate) || s.Frames != int64(680/c.bytes*c.frames) {
			t.Errorf("%+v: %+v", c.shape, s)
		}
	}
}

func TestSizes(t *testing.T) {
	body := join(u32(0), sound(2000))
	mono := shape{8000, "lpcm", 0, 2, 1, 1, 16}
	for name, c := range map[string]struct {
		chunk  []byte
		frames int64
		errs   int
	}{
		"right": {sized("data", 2004, body), 1000, 0}, "shorter": {sized("data", 1005, body), 500, 0},
		"open": {sized("data", -1, body), 1000, 0}, "cut off": {sized("data", 4004, body), 1000, 1}, "nothing": {sized("data", 0, body), 0, 0},
	} {
		d := open(t, file(mono.chunk(), c.chunk))
		if s := d.Streams()[0]; s.Frames != c.frames {
			t.Errorf("%s: %d frames, want %d", name, s.Frames, c.frames)
		}
		n, errs := count(d)
		if int64(n) != c.frames*2 || errs != c.errs {
			t.Errorf("%s: %d bytes read, %d errors", name, n, errs)
		}
	}
}

// count reads to the end: bytes, and errors that are damage.
func count(d player.Demuxer) (n, errs int) {
	var p media.Packet
	for {
		switch err := d.ReadPacket(&p); {
		case err == nil:
			n += len(p.Data)
		case err == io.EOF:
			return n, errs
		default:
			errs++
		}
	}
}

// What a broken packet table promises and does not hold is said once.
func TestBrokenTable(t *testing.T) {
	cookie := join(u32(9), []byte{0, 16, 40, 10, 14, 1}, make([]byte, 10), u32(48000))
	s := shape{48000, "alac", 0, 0, 9, 1, 0}
	packets, _, _ := counted(30)
	all := join(packets...)
	var sizes [][]byte
	for _, p := range packets {
		sizes = append(sizes, number(len(p)))
	}
	for name, c := range map[string]struct {
		table, sound []byte
		n, errs      int
	}{
		"good":            {pakt(30, 270, 0, 0, sizes...), all, len(all), 0},
		"short":           {pakt(30, 270, 0, 0, append(sizes[:29:29], []byte{0x80})...), all, len(all) - len(packets[29]), 1},
		"more than there": {pakt(1<<40, 270, 0, 0, sizes...), all, len(all), 0},
		"negative":        {pakt(-5, 270, 0, 0, sizes...), all, 0, 0},
		"cut off":         {pakt(30, 270, 0, 0, sizes...), all[:len(all)-1], len(all) - len(packets[29]), 1},
		"endless number":  {pakt(30, 270, 0, 0, append([][]byte{bytes.Repeat([]byte{0xff}, 30)}, sizes...)...), all, 0, 1},
		"huge packet":     {pakt(30, 270, 0, 0, append([][]byte{number(1<<20 + 1)}, sizes...)...), all, 0, 1},
	} {
		d := open(t, file(s.chunk(), chunk("kuki", cookie), c.table, data(c.sound)))
		if n, errs := count(d); n != c.n || errs != c.errs {
			t.Errorf("%s: %d bytes and %d errors, want %d and %d", name, n, errs, c.n, c.errs)
		}
		if err := d.Seek(0); err != nil {
			t.Error(err)
		}
		if n, errs := count(d); n != c.n || errs != 0 {
			t.Errorf("%s, again: %d bytes and %d errors", name, n, errs)
		}
	}
}

func TestTags(t *testing.T) {
	info := chunk("info", u32(5), []byte("title\x00Die Stücke\x00artist\x00歌手\x00track number\x003/12\x00recorded date\x002001\x00comments\x00words"))
	d := open(t, file(stereo16.chunk(), info, data(sound(40))))
	want := media.Tags{Title: "Die Stücke", Artist: "歌手", Track: 3, TrackTotal: 12, Date: "2001", Comment: "words"}
	if got := d.Tags(); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestRefused(t *testing.T) {
	good := data(sound(400))
	for name, c := range map[string]struct {
		file        []byte
		unsupported bool
		say         string
	}{
		"empty": {nil, false, "not a Core Audio"}, "head only": {[]byte("caff\x00\x01\x00\x00desc"), false, "cut off"},
		"version": {join([]byte("caff\x00\x02\x00\x00"), make([]byte, 60)), true, "another version"},
		"order":   {file(good, stereo16.chunk()), false, "begin with its description"},
		"no data": {file(stereo16.chunk()), false, "no data chunk"}, "rate": {file(shape{0, "lpcm", 0, 2, 1, 1, 16}.chunk(), good), false, "0 Hz"},
		"negative": {file(shape{-8000, "lpcm", 0, 2, 1, 1, 16}.chunk(), good), false, "0 Hz"},
		"channels": {file(shape{8000, "lpcm", 0, 2, 1, 0, 16}.chunk(), good), false, "0 channels"},
		"many":     {file(shape{8000, "lpcm", 0, 200, 1, 100, 16}.chunk(), good), true, "100 channels"},
		"fast":     {file(shape{1e9, "lpcm", 0, 2, 1, 1, 16}.chunk(), good), true, "Hz"},
		"width":    {file(shape{8000, "lpcm", 0, 3, 1, 2, 16}.chunk(), good), false, "in packets of 3 bytes"},
		"depth":    {file(shape{8000, "lpcm", 0, 2, 1, 1, 24}.chunk(), good), false, "24 bits in packets of 2"},
		"float":    {file(shape{8000, "lpcm", 1, 2, 1, 1, 16}.chunk(), good), true, "PCM of 16 bits in 2"},
		"wide":     {file(shape{8000, "lpcm", 0, 1 << 20, 1, 1, 16}.chunk(), good), true, "PCM of 16 bits"},
		"codec":    {file(shape{8000, "QDM2", 0, 2, 1, 1, 16}.chunk(), good), true, `"QDM2"`},
		"ALAC":     {file(shape{8000, "alac", 0, 0, 4096, 1, 16}.chunk(), good), false, "no ALAC"},
		"AAC":      {file(shape{8000, "aac ", 0, 0, 1024, 1, 16}.chunk(), good), false, "no AAC"},
		"FLAC":     {file(shape{8000, "flac", 0, 0, 4096, 1, 16}.chunk(), good), true, "without its configuration"},
		"Opus":     {file(shape{8000, "opus", 0, 0, 960, 1, 16}.chunk(), good), true, "8000 Hz"},
		"surround": {file(shape{48000, "opus", 0, 0, 960, 6, 16}.chunk(), good), true, "without a header"},
		"no table": {file(shape{48000, "opus", 0, 0, 960, 2, 16}.chunk(), good), false, "no table"},
		"large":    {file(shape{48000, "opus", 0, 1 << 30, 960, 2, 16}.chunk(), good), false, "packets of 1073741824 bytes"},
	} {
		_, err := caf.New(bytes.NewReader(c.file), int64(len(c.file)))
		var f *media.FormatError
		var u *media.UnsupportedError
		if err == nil || !strings.Contains(err.Error(), c.say) || errors.As(err, &u) != c.unsupported || errors.As(err, &f) == c.unsupported {
			t.Errorf("%s: a %T: %v, want %q in it", name, err, err, c.say)
		}
	}
}

// FuzzCAF opens, reads, seeks and reads again; packets lie within the file.
func FuzzCAF(f *testing.F) {
	f.Add(file(stereo16.chunk(), data(sound(100)), pakt(25, 20, 2, 3)))
	packets, frames, total := counted(12)
	cookie := join(u32(9), []byte{0, 16, 40, 10, 14, 1}, make([]byte, 10), u32(48000))
	f.Add(tabled(shape{48000, "alac", 0, 0, 0, 1, 0}, cookie, total, 1, 2, packets, frames))
	f.Add(tabled(shape{48000, "opus", 0, 0, 960, 2, 0}, nil, 960*12, 312, 0, packets, nil))
	f.Add(file(shape{8000, "ima4", 0, 34, 64, 1, 4}.chunk(), sized("data", -1, u32(0), sound(340))))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, size := range []int64{int64(len(b)), -1} {
			fuzzOne(t, b, size)
		}
	})
}

func fuzzOne(t *testing.T, b []byte, size int64) {
	d, err := caf.New(bytes.NewReader(b), size)
	var e *media.FormatError
	var u *media.UnsupportedError
	if err != nil {
		if !errors.As(err, &e) && !errors.As(err, &u) {
			t.Fatal(err)
		}
		return
	}
	s := d.Streams()[0]
	if s.Frames < -1 || s.Delay < 0 || s.Padding < 0 || s.Audio.Rate < 1 || s.Audio.Channels < 1 {
		t.Fatalf("%+v", s)
	}
	for range 2 {
		for _, p := range playertest.Packets(d, 1000) {
			if len(p.Data) > 0 && p.Pos+int64(len(p.Data)) > int64(len(b)) {
				t.Fatalf("%d bytes at %d of %d", len(p.Data), p.Pos, len(b))
			}
		}
		if err := d.Seek(s.Audio.Duration(s.Frames / 2)); err != nil {
			t.Fatal(err)
		}
	}
}
