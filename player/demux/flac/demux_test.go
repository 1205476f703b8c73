package flac_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"linnet/player"
	"linnet/player/demux/flac"
	format "linnet/player/internal/flac"
	"linnet/player/internal/flac/flactest"
	"linnet/player/media"
	"linnet/player/playertest"
)

// variable is a stream of blocks of different sizes.
func variable() *stream {
	s := newStream(format.Header{BlockSize: 1, Rate: 48000, Channels: 1, Bits: 24, Variable: true})
	for i := range 60 {
		s.add(16 + i*i*7919%700)
	}
	return s
}

// old is one as encoders made them before the header said what it counts.
func old() *stream {
	s := newStream(format.Header{Rate: 44100, Channels: 2, Bits: 16})
	s.old = true
	for i := range 40 {
		s.add(192 << (i % 3))
	}
	return s
}

// middle is a stream that was entered somewhere.
func middle() *stream {
	s := newStream(format.Header{Rate: 32000, Channels: 1, Bits: 8, Number: 1 << 30})
	for range 30 {
		s.add(256)
	}
	return s
}

// counts is a stream of changing blocks whose frames are merely counted.
func counts() *stream {
	s := newStream(format.Header{Rate: 44100, Channels: 1, Bits: 16})
	for i := range 30 {
		s.add(192 + 16*i)
	}
	return s
}

// seekTable is a seek table with an entry for every few frames, and some
// placeholders.
func (s *stream) seekTable(every int) flactest.Block {
	var b []byte
	pos := 0
	for i, f := range s.frames {
		if i%every == 0 {
			b = binary.BigEndian.AppendUint64(b, uint64(s.starts[i]))
			b = binary.BigEndian.AppendUint64(b, uint64(pos))
			b = binary.BigEndian.AppendUint16(b, 576)
		}
		pos += len(f)
	}
	for range 3 {
		b = binary.BigEndian.AppendUint64(b, 1<<64-1)
		b = append(b, make([]byte, 10)...)
	}
	return flactest.Block{Type: format.SeekTableBlock, Body: b}
}

// id3 is an ID3v2 tag with a title.
func id3() []byte {
	body := append([]byte("TIT2\x00\x00\x00\x04\x00\x00\x00"), "Tag"...)
	return append([]byte{'I', 'D', '3', 3, 0, 0, 0, 0, 0, byte(len(body))}, body...)
}

// A file is a stream and the bytes that it is in.
type file struct {
	s *stream
	b []byte
}

// good are files that are whole, in every way a file can be.
var good = sync.OnceValue(makeGood)

func makeGood() map[string]file {
	s, one, vary, old, middle := stereo16(40), stereo16(1), variable(), old(), middle()
	long := stereo16(120)
	padding := flactest.Block{Type: 1, Body: make([]byte, 5000)}
	bare := s.info()
	bare.Samples, bare.MinBlock, bare.MaxBlock = 0, 4096, 4096
	counted := counts()
	countInfo := counted.info()
	countInfo.MinBlock = 192
	wrongTable := s.seekTable(3)
	for i := range wrongTable.Body[:100] {
		wrongTable.Body[i] ^= byte(i) & 3
	}
	wide := newStream(format.Header{Rate: 96000, Channels: 6, Bits: 24})
	for range 4 {
		wide.add(4096)
	}
	return map[string]file{
		"plain":                {s, s.file()},
		"long":                 {long, long.file()},
		"long, with a table":   {long, long.file(long.seekTable(40))},
		"table":                {s, s.file(s.seekTable(5))},
		"broken table":         {s, s.file(wrongTable)},
		"frames of 300 kB":     {wide, wide.file()},
		"padding":              {s, s.file(padding)},
		"nothing known":        {s, flactest.File(bare, s.frames)},
		"variable":             {vary, vary.file()},
		"variable, old":        {old, old.file()},
		"counted, old":         {counted, flactest.File(countInfo, counted.frames)},
		"ID3 in front":         {s, append(id3(), s.file()...)},
		"ID3v1 behind":         {s, append(s.file(), append([]byte("TAG"), make([]byte, 125)...)...)},
		"junk in front":        {s, append([]byte("\xff\xf8 not a frame, nor fLaC"), s.file()...)},
		"only frames":          {s, s.bytes()},
		"from the middle":      {middle, middle.bytes()},
		"from within a frame":  {middle, append([]byte("the end of a frame"), middle.bytes()...)},
		"one frame":            {one, one.file()},
		"STREAMINFO elsewhere": {s, append([]byte("fLaC\x01\x00\x00\x02ab"), s.file(padding)[4:]...)},
		"wrong block length":   {s, append(append([]byte("fLaC"), s.file(padding)[4:42]...), append([]byte{0x84, 0xff, 0xff, 0}, s.bytes()...)...)},
	}
}

func TestGoodFiles(t *testing.T) {
	for name, f := range good() {
		t.Run(name, func(t *testing.T) {
			parts := readAll(t, openBytes(t, f.b))
			if len(parts) != 1 || len(parts[0].errs) > 0 || !slices.Equal(parts[0].sound, f.s.sound) {
				t.Fatalf("%d parts, %d samples, want %d; %v", len(parts), len(parts[0].sound), len(f.s.sound), parts[0].errs)
			}
			st := parts[0].stream
			if st.Audio != (media.AudioFormat{Rate: f.s.h.Rate, Channels: f.s.h.Channels, Bits: f.s.h.Bits}) || st.Frames != f.s.length() {
				t.Errorf("%+v, want %d frames", st, f.s.length())
			}
			if st.Estimated != strings.HasPrefix(name, "counted") {
				t.Errorf("estimated: %v", st.Estimated)
			}
		})
	}
}

// The size of the file need not be known.
func TestUnknownSize(t *testing.T) {
	s := stereo16(40)
	d, err := flac.New(bytes.NewReader(s.file()), -1)
	if err != nil {
		t.Fatal(err)
	}
	if st := d.Streams()[0]; st.Frames != s.length() || !st.Estimated {
		t.Errorf("%+v", st)
	}
	if parts := readAll(t, d); len(parts[0].errs) > 0 || !slices.Equal(parts[0].sound, s.sound) {
		t.Errorf("%v", parts[0].errs)
	}
}

func TestContract(t *testing.T) {
	for name, f := range good() {
		if name == "one frame" {
			continue // the contract is for a few
		}
		t.Run(name, func(t *testing.T) {
			playertest.Demuxer(t, func() player.Demuxer { return openBytes(t, f.b) }, newDecoder)
		})
	}
}

// Two hundred places in every file, and what is there is what straight reading
// gives.
func TestSeekAnywhere(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for name, f := range good() {
		d := openBytes(t, f.b)
		dec, _ := newDecoder(d.Streams()[0])
		var p media.Packet
		var buf []int32
		for range 200 {
			at := r.Int64N(f.s.length())
			if err := d.Seek(d.Streams()[0].Audio.Duration(at)); err != nil {
				t.Fatal(err)
			}
			if err := d.ReadPacket(&p); err != nil {
				t.Fatalf("%s: after Seek to %d: %v", name, at, err)
			}
			if i, ok := slices.BinarySearch(f.s.starts, p.PTS); !ok || p.PTS > at || i+1 < len(f.s.starts) && f.s.starts[i+1] <= at {
				t.Fatalf("%s: Seek to %d leads to %d", name, at, p.PTS)
			}
			buf, _ = dec.Decode(buf[:0], &p)
			ch := int64(f.s.h.Channels)
			if want := f.s.sound[p.PTS*ch:]; !slices.Equal(buf, want[:min(len(buf), len(want))]) {
				t.Fatalf("%s: other sound at %d", name, p.PTS)
			}
		}
	}
}

// A source that counts what is read of it.
type counter struct {
	*bytes.Reader
	n int64
}

func (c *counter) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.Reader.ReadAt(p, off)
	c.n += int64(n)
	return n, err
}

// Seeking in a long file reads little of it, with a table and without.
func TestSeekReadsLittle(t *testing.T) {
	s := newStream(format.Header{Rate: 44100, Channels: 1, Bits: 16})
	for range 1000 {
		s.addSound(flactest.Sound(s.random, 1, 1152, 16, 0, 2), flactest.Plan{Kind: flactest.Verbatim})
	}
	for _, b := range [][]byte{s.file(), s.file(s.seekTable(100))} {
		src := &counter{Reader: bytes.NewReader(b)}
		d, err := flac.New(src, int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		opened := src.n
		for i := range int64(20) {
			if err := d.Seek(d.Streams()[0].Audio.Duration(s.length() * i / 20)); err != nil {
				t.Fatal(err)
			}
		}
		if opened > 200<<10 || (src.n-opened)/20 > 500<<10 {
			t.Errorf("of %d bytes, opening reads %d and a seek %d", len(b), opened, (src.n-opened)/20)
		}
	}
}

// Where the sound changes, another link begins, and each is read and seeked in
// for itself.
func TestLinks(t *testing.T) {
	a := newStream(format.Header{Rate: 44100, Channels: 1, Bits: 16})
	b := newStream(format.Header{Rate: 44100, Channels: 2, Bits: 16, Number: 20})
	c := newStream(format.Header{Rate: 44100, Channels: 2, Bits: 24, Number: 40})
	e := newStream(format.Header{Rate: 22050, Channels: 2, Bits: 24})
	g := newStream(format.Header{Rate: 22050, Channels: 2, Bits: 24, Number: 0}) // numbers start over
	var frames [][]byte
	all := []*stream{a, b, c, e, g}
	for _, s := range all {
		for range 20 {
			s.add(576)
		}
		frames = append(frames, s.frames...)
	}
	parts := readAll(t, openBytes(t, flactest.File(a.info(), frames)))
	if len(parts) != len(all) {
		t.Fatalf("%d parts", len(parts))
	}
	for i, s := range all {
		if p := parts[i]; len(p.errs) > 0 || !slices.Equal(p.sound, s.sound) || p.stream.Audio.Bits != s.h.Bits || p.stream.Audio.Rate != s.h.Rate {
			t.Errorf("part %d: %d samples, %v", i, len(p.sound), p.errs)
		}
	}
	// Into the last link, and back within it.
	d := openBytes(t, flactest.File(a.info(), frames))
	var p media.Packet
	for range 4 {
		for {
			if err := d.ReadPacket(&p); errors.Is(err, media.ErrNewStreams) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, at := range []int64{0, 576*7 + 5, 576 * 20} {
		if err := d.Seek(d.Streams()[0].Audio.Duration(at)); err != nil {
			t.Fatal(err)
		}
		if err := d.ReadPacket(&p); err != nil || p.PTS != min(at/576, 19)*576 || !bytes.Equal(p.Data, g.frames[p.PTS/576]) {
			t.Errorf("Seek to %d in the last link leads to %d, %v", at, p.PTS, err)
		}
	}
}

// FLAC within FLAC: bytes of frames that are whole, with the very numbers that
// are expected next, as the sound of a verbatim subframe.
func TestFramesWithinFrames(t *testing.T) {
	outer := newStream(format.Header{Rate: 8000, Channels: 1, Bits: 8})
	inner := newStream(format.Header{Rate: 8000, Channels: 1, Bits: 8, Number: 1})
	for range 8 {
		inner.add(192)
	}
	payload := inner.bytes()
	for range 10 {
		sound := make([]int64, 4096)
		for i := range sound {
			sound[i] = int64(int8(payload[i%len(payload)]))
		}
		outer.addSound([][]int64{sound}, flactest.Plan{Kind: flactest.Verbatim})
	}
	if !bytes.Contains(outer.frames[0], inner.frames[0]) {
		t.Fatal("there is no frame within the frame")
	}
	parts := readAll(t, openBytes(t, outer.file()))
	if len(parts) != 1 || len(parts[0].errs) > 0 || !slices.Equal(parts[0].sound, outer.sound) {
		t.Errorf("%d parts, %v", len(parts), parts[0].errs)
	}
}

// STREAMINFO is not believed where the frames know better.
func TestWrongStreamInfo(t *testing.T) {
	s := stereo16(20)
	for name, change := range map[string]func(i *format.StreamInfo){
		"blocks":        func(i *format.StreamInfo) { i.MinBlock, i.MaxBlock = 16, 16 },
		"fewer samples": func(i *format.StreamInfo) { i.Samples = 1000 },
		"bits":          func(i *format.StreamInfo) { i.Bits = 24 },
		"channels":      func(i *format.StreamInfo) { i.Channels = 5 },
		"rate":          func(i *format.StreamInfo) { i.Rate = 1 },
		"frame size":    func(i *format.StreamInfo) { i.MinFrame, i.MaxFrame = 1, 2 },
	} {
		info := s.info()
		change(&info)
		parts := readAll(t, openBytes(t, flactest.File(info, s.frames)))
		if len(parts) != 1 || len(parts[0].errs) > 0 || !slices.Equal(parts[0].sound, s.sound) || parts[0].stream.Frames != s.length() {
			t.Errorf("%s: %+v, %v", name, parts[0].stream, parts[0].errs)
		}
	}
}

// What is no FLAC is refused, with the right kind of error.
func TestRefuses(t *testing.T) {
	for name, b := range map[string][]byte{
		"nothing": nil, "mark": []byte("fLaC"), "metadata": stereo16(3).file()[:42], "noise": bytes.Repeat([]byte{0xff, 0xf8, 1}, 5000),
		"zeros": make([]byte, 2<<20),
	} {
		_, err := flac.New(bytes.NewReader(b), int64(len(b)))
		var f *media.FormatError
		if !errors.As(err, &f) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMatch(t *testing.T) {
	s := stereo16(20)
	for name, c := range map[string]struct {
		head       []byte
		is, middle bool
	}{
		"file":    {s.file(), true, true},
		"frames":  {s.bytes(), false, true},
		"part":    {s.bytes()[100:], false, true},
		"junk":    {append([]byte("junk"), s.file()...), false, true},
		"mark":    {[]byte("it says fLaC in a text"), false, false},
		"MPEG":    {bytes.Repeat([]byte{0xff, 0xfb, 0x90, 0}, 400), false, false},
		"nothing": {nil, false, false},
	} {
		if is, middle := flac.Match(c.head), flac.MatchMiddle(c.head); is != c.is || middle != c.middle {
			t.Errorf("%s: %v, %v", name, is, middle)
		}
	}
}
