package wav_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"

	"linnet/player/demux/wav"
	"linnet/player/media"
	"linnet/player/playertest"
)

func TestFormats(t *testing.T) {
	for _, c := range []struct {
		name  string
		fmt   []byte
		codec media.Codec
		align int
		bits  int
	}{
		{"12 in 16", waveFormat(1, 2, 44100, 4, 12), media.PCMS16LE, 4, 12},
		{"20 in 24", waveFormat(1, 2, 44100, 6, 20), media.PCMS24LE, 6, 20},
		{"24 in 32", waveFormat(1, 2, 44100, 8, 24), media.PCMS32LE, 8, 24},
		{"block size 0", waveFormat(1, 2, 44100, 0, 16), media.PCMS16LE, 4, 16},
		{"block size wrong", waveFormat(1, 2, 44100, 1, 16), media.PCMS16LE, 4, 16},
		{"block size odd", waveFormat(1, 2, 44100, 5, 16), media.PCMS16LE, 4, 16},
		{"no width", waveFormat(1, 2, 44100, 4, 0)[:14], media.PCMS16LE, 4, 16},
		{"no width, no block size", waveFormat(1, 1, 44100, 0, 0), media.PCMU8, 1, 8},
		{"extensible", waveFormat(0xfffe, 2, 44100, 6, 24, extensible(24, 1)...), media.PCMS24LE, 6, 24},
		{"extensible, 20 valid", waveFormat(0xfffe, 2, 44100, 6, 24, extensible(20, 1)...), media.PCMS24LE, 6, 20},
		{"extensible, 24 of 32 valid", waveFormat(0xfffe, 2, 44100, 8, 32, extensible(24, 1)...), media.PCMS32LE, 8, 24},
		{"extensible, 99 valid", waveFormat(0xfffe, 2, 44100, 8, 32, extensible(99, 1)...), media.PCMS32LE, 8, 32},
		{"extensible float", waveFormat(0xfffe, 2, 44100, 8, 32, extensible(32, 3)...), media.PCMF32LE, 8, 32},
		{"extensible mu-law", waveFormat(0xfffe, 2, 8000, 2, 8, extensible(8, 7)...), media.PCMMuLaw, 2, 16},
		{"float without block size", waveFormat(3, 2, 44100, 0, 64), media.PCMF64LE, 16, 32},
		{"IMA", waveFormat(0x11, 2, 44100, 1024, 4, 0xf9, 3), media.ADPCMIMA, 1024, 16},
		{"MS", waveFormat(2, 1, 44100, 512, 4), media.ADPCMMS, 512, 16},
	} {
		var b fileBuilder
		d := open(t, b.chunk("fmt ", c.fmt).chunk("data", noise(4096)).riff("RIFF"))
		s := d.Streams()[0]
		if s.Codec != c.codec || s.BlockAlign != c.align || s.Audio.Bits != c.bits {
			t.Errorf("%s: %s, blocks of %d bytes, %d bits; want %s, %d, %d",
				c.name, s.Codec, s.BlockAlign, s.Audio.Bits, c.codec, c.align, c.bits)
		}
	}
}

func TestRefused(t *testing.T) {
	data := noise(64)
	file := func(format []byte) []byte {
		var b fileBuilder
		return b.chunk("fmt ", format).chunk("data", data).riff("RIFF")
	}
	var noFormat, noData, bare fileBuilder
	guid := extensible(16, 1)
	guid[10]++
	for _, c := range []struct {
		name        string
		file        []byte
		unsupported bool
		say         string
	}{
		{"empty", nil, false, "not a RIFF/WAVE"},
		{"other", []byte("RIFF\x04\x00\x00\x00AVI LIST"), false, "not a RIFF/WAVE"},
		{"head only", bare.riff("RIFF"), false, "no fmt"},
		{"no fmt", noFormat.chunk("data", data).riff("RIFF"), false, "no fmt"},
		{"no data", noData.chunk("fmt ", waveFormat(1, 1, 8000, 1, 8)).riff("RIFF"), false, "no data"},
		{"RIFX with IMA", rifx(0x11, 1, 256, 4, data), true, "RIFX"},
		{"RIFX extensible, short", rifx(0xfffe, 2, 4, 16, data), false, "too short"},
		{"RIFX cut", rifx(1, 1, 2, 16, nil)[:30], false, "fmt chunk too short"},
		{"fmt short", file(waveFormat(1, 1, 8000, 1, 8)[:12]), false, "fmt chunk too short"},
		{"no channels", file(waveFormat(1, 0, 8000, 1, 8)), false, "no channels"},
		{"65 channels", file(waveFormat(1, 65, 8000, 65, 8)), true, "65 channels"},
		{"no rate", file(waveFormat(1, 1, 0, 1, 8)), false, "rate 0"},
		{"rate", file(waveFormat(1, 1, 1<<31-1, 1, 8)), true, "rate 2147483647"},
		{"PCM 48", file(waveFormat(1, 1, 8000, 6, 48)), true, "48 bits"},
		{"float 16", file(waveFormat(3, 1, 8000, 2, 16)), true, "16 bits"},
		{"IMA 3 bits", file(waveFormat(0x11, 1, 8000, 256, 3)), true, "3 bits"},
		{"IMA block", file(waveFormat(0x11, 2, 8000, 7, 4)), false, "blocks of 7 bytes"},
		{"MS block", file(waveFormat(2, 2, 8000, 13, 4)), false, "blocks of 13 bytes"},
		{"MS 3 channels", file(waveFormat(2, 3, 8000, 512, 4)), true, "3 channels"},
		{"WMA", file(waveFormat(0x161, 2, 44100, 1, 0)), true, "0x0161 (Windows Media Audio)"},
		{"MP3 without a frame", file(waveFormat(0x55, 2, 44100, 1, 0)), false, "no MPEG audio frame"},
		{"unknown", file(waveFormat(0x4242, 2, 44100, 1, 0)), true, "0x4242"},
		{"extensible short", file(waveFormat(0xfffe, 2, 44100, 4, 16, 1, 2, 3)), false, "too short"},
		{"extensible GUID", file(waveFormat(0xfffe, 2, 44100, 4, 16, guid...)), true, "sub-format"},
	} {
		d, err := wav.New(bytes.NewReader(c.file), int64(len(c.file)), mpegWithin)
		var f *media.FormatError
		var u *media.UnsupportedError
		switch {
		case err == nil:
			t.Errorf("%s: taken as %+v", c.name, d.Streams()[0])
		case !strings.Contains(err.Error(), c.say):
			t.Errorf("%s: %v, want %q in it", c.name, err, c.say)
		case errors.As(err, &u) != c.unsupported || errors.As(err, &f) == c.unsupported:
			t.Errorf("%s: a %T: %v", c.name, err, err)
		}
	}
}

// rifx is a file whose numbers are big-endian.
func rifx(tag, channels, align, bits int, data []byte) []byte {
	be := binary.BigEndian
	b := append([]byte("RIFX"), 0, 0, 0, 0)
	b = be.AppendUint32(append(b, "WAVEfmt "...), 16)
	b = be.AppendUint16(be.AppendUint16(b, uint16(tag)), uint16(channels))
	b = be.AppendUint32(be.AppendUint32(b, 8000), uint32(8000*align))
	b = be.AppendUint16(be.AppendUint16(b, uint16(align)), uint16(bits))
	b = be.AppendUint32(append(b, "data"...), uint32(len(data)))
	b = append(b, data...)
	be.PutUint32(b[4:], uint32(len(b)-8))
	return b
}

func TestRIFX(t *testing.T) {
	for _, c := range []struct {
		tag, align, bits int
		codec            media.Codec
	}{
		{1, 1, 8, media.PCMU8}, {1, 2, 16, media.PCMS16BE}, {1, 3, 24, media.PCMS24BE}, {1, 4, 32, media.PCMS32BE},
		{3, 4, 32, media.PCMF32BE}, {3, 8, 64, media.PCMF64BE}, {6, 1, 8, media.PCMALaw}, {7, 1, 8, media.PCMMuLaw},
	} {
		data := noise(100 * c.align)
		d := open(t, rifx(c.tag, 1, c.align, c.bits, data))
		if s := d.Streams()[0]; s.Codec != c.codec || s.Frames != 100 || s.Audio.Rate != 8000 {
			t.Errorf("format %d of %d bits: %+v", c.tag, c.bits, s)
		}
		if p := playertest.Packets(d, 9); len(p) != 1 || !bytes.Equal(p[0].Data, data) {
			t.Errorf("format %d of %d bits: %d packets", c.tag, c.bits, len(p))
		}
	}
}

// SoX's way to write 24 bits in RIFX.
func TestRIFXExtensible(t *testing.T) {
	const head = "RIFX\x00\x00\x00\x44WAVEfmt \x00\x00\x00\x28\xff\xfe\x00\x01\x00\x00\x1f\x40\x00\x00\x5d\xc0\x00\x03\x00\x18" +
		"\x00\x16\x00\x18\x00\x00\x00\x04\x00\x01\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71data\x00\x00\x00\x06"
	s := open(t, []byte(head+"abcdef")).Streams()[0]
	if s.Codec != media.PCMS24BE || s.Frames != 2 || s.Audio.Bits != 24 {
		t.Errorf("%+v", s)
	}
}

// Where the sound ends, when the sizes do not agree with the file.
func TestSizes(t *testing.T) {
	format := waveFormat(1, 1, 8000, 2, 16)
	data := noise(2000)
	plain := func(riff string, size uint32, rest ...string) []byte {
		var b fileBuilder
		b.chunk("fmt ", format).sized("data", size, data)
		for _, r := range rest {
			b.chunk(r, noise(20))
		}
		return b.riff(riff)
	}
	unfinished := plain("RIFF", 0)
	binary.LittleEndian.PutUint32(unfinished[4:], 0)
	ds64 := make([]byte, 28)
	binary.LittleEndian.PutUint64(ds64[8:], 1600)
	var wide, cut fileBuilder
	wide.chunk("ds64", ds64).chunk("fmt ", format).sized("data", 1<<32-1, data)
	cut.chunk("fmt ", format).sized("data", 2000, data[:1501])
	var empty, wordy fileBuilder
	for _, c := range []struct {
		name   string
		file   []byte
		frames int64
	}{
		{"right", plain("RIFF", 2000, "tail"), 1000},
		{"short", plain("RIFF", 1000), 500},
		{"all ones", plain("RIFF", 1<<32-1), 1000},
		{"larger than the file", plain("RIFF", 1<<31), 1000},
		{"zero and unfinished", unfinished, 1000},
		{"zero and finished", empty.chunk("fmt ", format).chunk("data", nil).chunk("tail", data).riff("RIFF"), 0},
		{"zero, but the RIFF size right", plain("RIFF", 0), 1000},
		{"zero and tagged", wordy.chunk("fmt ", format).chunk("data", nil).chunk("LIST", []byte("INFO")).riff("RIFF"), 0},
		{"behind a tag", append(id3(), plain("RIFF", 1000)...), 500},
		{"empty behind a tag", append(id3(), empty.riff("RIFF")...), 0},
		{"RF64", wide.riff("RF64"), 800},
		{"BW64", wide.riff("BW64"), 800},
		{"ds64 in RIFF", wide.riff("RIFF"), 1000},
		{"cut in a frame", cut.riff("RIFF")[:12+24+8+1501], 750},
	} {
		d := open(t, c.file)
		if got := d.Streams()[0].Frames; got != c.frames {
			t.Errorf("%s: %d frames, want %d", c.name, got, c.frames)
		}
		n := 0
		for _, p := range playertest.Packets(d, 100) {
			n += len(p.Data)
		}
		if int64(n) != 2*c.frames {
			t.Errorf("%s: packets of %d bytes for %d frames", c.name, n, c.frames)
		}
	}
}

// A file whose size is not known ahead, as from a pipe that was buffered.
func TestUnknownSize(t *testing.T) {
	var b fileBuilder
	file := b.chunk("fmt ", waveFormat(1, 1, 8000, 2, 16)).sized("data", 1<<32-1, noise(5001)[:5001]).riff("RIFF")
	file = file[:len(file)-1] // without the padding: half a frame is left
	d, err := wav.New(bytes.NewReader(file), -1, mpegWithin)
	if err != nil {
		t.Fatal(err)
	}
	if n := d.Streams()[0].Frames; n != -1 {
		t.Errorf("%d frames, want -1", n)
	}
	n := 0
	for _, p := range playertest.Packets(d, 100) {
		n += len(p.Data)
	}
	if n != 5000 {
		t.Errorf("%d bytes in packets, want 5000", n)
	}
	if err := d.Seek(1 << 62); err != nil {
		t.Error(err)
	}
	if err := d.ReadPacket(new(media.Packet)); err != io.EOF {
		t.Errorf("far behind the end: %v, want io.EOF", err)
	}
}

// The fact chunk trims what the last block of ADPCM was filled up with, and
// is not believed when it says anything else.
func TestFact(t *testing.T) {
	const perBlock = 505 // of 256 bytes, mono
	for fact, want := range map[uint32]int64{0: 4 * perBlock, 1999: 1999, 4 * perBlock: 4 * perBlock, 5000: 4 * perBlock, 100: 4 * perBlock} {
		var b fileBuilder
		b.chunk("fmt ", waveFormat(0x11, 1, 8000, 256, 4)).chunk("fact", binary.LittleEndian.AppendUint32(nil, fact))
		s := open(t, b.chunk("data", noise(1024)).riff("RIFF")).Streams()[0]
		if s.Frames != want || s.Frames+s.Padding != 4*perBlock {
			t.Errorf("fact %d: %d frames and %d of padding, want %d of %d", fact, s.Frames, s.Padding, want, 4*perBlock)
		}
	}
}

func TestTags(t *testing.T) {
	text := func(id, s string) []byte {
		var b fileBuilder
		return b.chunk(id, append([]byte(s), 0)).Bytes()
	}
	var list []byte
	list = append(list, "INFO"...)
	for _, kv := range [][2]string{
		{"INAM", "红雀 at dawn"}, {"IART", "Caf\xe9"}, {"IPRD", " Perch "}, {"IGNR", "Folk"},
		{"ICRD", "2026"}, {"ICMT", "odd"}, {"ITRK", "3/12"}, {"IXXX", "?"},
	} {
		list = append(list, text(kv[0], kv[1])...)
	}
	want := media.Tags{Title: "红雀 at dawn", Artist: "Café", Album: "Perch", Genre: "Folk", Date: "2026", Comment: "odd", Track: 3, TrackTotal: 12}
	format := waveFormat(1, 1, 8000, 1, 8)
	var before, behind fileBuilder
	before.chunk("fmt ", format).chunk("LIST", list).chunk("data", noise(99))
	behind.chunk("fmt ", format).chunk("data", noise(99)).chunk("LIST", []byte("adtlxx")).chunk("LIST", list)
	for name, b := range map[string]*fileBuilder{"before": &before, "behind": &behind} {
		if got := open(t, b.riff("RIFF")).Tags(); got != want {
			t.Errorf("%s the data: %+v, want %+v", name, got, want)
		}
	}
}

type failing struct{ io.ReaderAt }

var errDisk = errors.New("the disk is gone")

func (f failing) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > 40000 {
		p = p[:max(0, 40000-off)]
		n, _ := f.ReaderAt.ReadAt(p, off)
		return n, errDisk
	}
	return f.ReaderAt.ReadAt(p, off)
}

// A disk that fails gives its own error, and keeps giving it.
func TestReadError(t *testing.T) {
	file := pcmFile(1, 2, 44100, 4, 16, 100000)
	d, err := wav.New(failing{bytes.NewReader(file)}, int64(len(file)), mpegWithin)
	if err != nil {
		t.Fatal(err)
	}
	packets := playertest.Packets(d, 100)
	last := packets[len(packets)-1]
	if end := last.Pos + int64(len(last.Data)); end < 40000-4 || end > 40000 {
		t.Errorf("read up to %d of the 40000 bytes that can be", end)
	}
	for range 3 {
		if err := d.ReadPacket(new(media.Packet)); !errors.Is(err, errDisk) {
			t.Errorf("%v, want the disk's error", err)
		}
	}
	if err := d.Seek(0); err != nil {
		t.Error(err)
	}
	if err := d.ReadPacket(new(media.Packet)); err != nil {
		t.Errorf("after a Seek to what can be read: %v", err)
	}
	var late fileBuilder
	file = late.chunk("junk", noise(50000)).chunk("fmt ", waveFormat(1, 1, 8000, 1, 8)).chunk("data", noise(9)).riff("RIFF")
	if _, err := wav.New(failing{bytes.NewReader(file)}, int64(len(file)), mpegWithin); !errors.Is(err, errDisk) || !strings.Contains(err.Error(), "demux/wav") {
		t.Errorf("a failure before the headers: %v", err)
	}
}

// A file that lacks some of its data says so at its end; sizes that a pipe's
// writer made up do not count.
func TestCutOff(t *testing.T) {
	data := noise(2000)
	for _, c := range []struct {
		claim uint32
		cut   bool
	}{{2000, false}, {2002, true}, {1 << 20, true}, {0x7ffff024, false}, {1 << 31, false}, {1<<32 - 1, false}} {
		var b fileBuilder
		file := b.chunk("fmt ", waveFormat(1, 1, 8000, 2, 16)).sized("data", c.claim, data).riff("RIFF")
		d := open(t, file)
		var p media.Packet
		if err := d.ReadPacket(&p); err != nil || len(p.Data) != 2000 {
			t.Fatalf("%d: %d bytes, %v", c.claim, len(p.Data), err)
		}
		err := d.ReadPacket(&p)
		var f *media.FormatError
		if cut := errors.As(err, &f); cut != c.cut || cut && f.Offset != int64(len(file)) {
			t.Errorf("%d: %v", c.claim, err)
		}
	}
}

// INFO texts say no encoding: what programs put there is their system's, and
// what a terminal would obey is left out.
func TestTextIsCleaned(t *testing.T) {
	for raw, want := range map[string]string{
		"a\x1b[2Jb\nc\x00d": "a[2Jb c", "caf\xe9": "café", "题目": "题目",
		"\xd4\xc2\xc1\xc1\xb4\xfa\xb1\xed": "月亮代表",
	} {
		item := binary.LittleEndian.AppendUint32([]byte("INFOINAM"), uint32(len(raw)))
		var b fileBuilder
		b.chunk("LIST", append(item, raw...)).chunk("fmt ", waveFormat(1, 1, 8000, 2, 16)).chunk("data", noise(20))
		if got := open(t, b.riff("RIFF")).Tags().Title; got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
	}
}

// ID3v2 tags, in a chunk or in front of the file, fill in what the texts of LIST leave open.
func TestID3(t *testing.T) {
	var chunk, front fileBuilder
	for b, tag := range map[*fileBuilder][]byte{&chunk: id3(), &front: nil} {
		b.chunk("fmt ", waveFormat(1, 1, 8000, 2, 16)).chunk("LIST", []byte("INFOINAM\x03\x00\x00\x00own\x00"))
		b.chunk("data", noise(8)).chunk("id3 ", tag)
	}
	want := media.Tags{Title: "own", Genre: "ab"}
	for where, file := range map[string][]byte{"in a chunk": chunk.riff("RIFF"), "in front": append(id3(), front.riff("RIFF")...)} {
		d := open(t, file)
		if got := d.Tags(); got != want {
			t.Errorf("%s: %+v, want %+v", where, got, want)
		}
		if p := playertest.Packets(d, 9); len(p) != 1 || len(p[0].Data) != 8 {
			t.Errorf("%s: %d packets", where, len(p))
		}
	}
}
