package mp4_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/demux/mp4"
	"linnet/player/media"
	"linnet/player/playertest"
)

func open(t testing.TB, b []byte) *mp4.Demuxer {
	t.Helper()
	d, err := mp4.New(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// counter gives frames that tell which packet they are of, and which the one
// before was: what a seek has to warm up.
type counter struct{ last int32 }

func (c *counter) Decode(dst []int32, p *media.Packet) ([]int32, error) {
	n := int32(binary.BigEndian.Uint16(p.Data))
	for range 1024 {
		dst = append(dst, n, c.last)
	}
	c.last = n
	return dst, nil
}

func (c *counter) Reset() { c.last = -1 }

func newCounter(media.Stream) (player.AudioDecoder, error) { return &counter{-1}, nil }

// All forms of the tables, moov in front and behind.
func TestContract(t *testing.T) {
	forms := map[string]*builder{}
	for i, front := range []bool{false, true} {
		for _, wide := range []bool{false, true} {
			for _, narrow := range []int{0, 4, 8, 16} {
				b := aacTrack(100 + 13*i)
				b.front, b.wide, b.narrow = front, wide, narrow
				if narrow == 4 {
					b.samples = numbered(len(b.samples), 5)
				}
				b.edits = [][2]int{{2322, 1024}}
				forms[fmt.Sprintf("front %v, wide %v, stz2 %d", front, wide, narrow)] = b
			}
		}
	}
	one := aacTrack(60)
	one.perChunk = 1
	forms["a packet in each chunk"] = one
	all := aacTrack(60)
	all.perChunk = 60
	forms["all in one chunk"] = all
	for name, b := range forms {
		t.Run(name, func(t *testing.T) {
			file := b.file()
			playertest.Demuxer(t, func() player.Demuxer { return open(t, file) }, newCounter)
		})
	}
}

// The length, delay and padding by edit lists, by the last packet's duration,
// and by iTunes's comment.
func TestTrim(t *testing.T) {
	smpb := func(s string) []byte {
		return box("udta", full("meta", 0, 0, full("hdlr", 0, 0, make([]byte, 21)), box("ilst", box("----",
			full("mean", 0, 0, []byte("com.apple.iTunes")), full("name", 0, 0, []byte("iTunSMPB")), box("data", u32(1), u32(0), []byte(s))))))
	}
	const n = 50
	for name, c := range map[string]struct {
		change                 func(b *builder)
		delay, frames, padding int64
	}{
		"none":               {func(*builder) {}, 0, n * 1024, 0},
		"short last packet":  {func(b *builder) { b.durations[n-1] = 100 }, 0, n*1024 - 924, 924},
		"delay":              {func(b *builder) { b.edits = [][2]int{{0, 2112}} }, 2112, n*1024 - 2112, 0},
		"delay, coarse":      {func(b *builder) { b.edits = [][2]int{{1113, 2112}} }, 2112, n*1024 - 2112, 0},
		"cut short":          {func(b *builder) { b.edits = [][2]int{{500, 2112}} }, 2112, 22050, n*1024 - 2112 - 22050},
		"exact clock":        {func(b *builder) { b.movie, b.edits = 44100, [][2]int{{40000, 1024}} }, 1024, 40000, n*1024 - 41024},
		"silence in front":   {func(b *builder) { b.edits = [][2]int{{20, -1}, {500, 1024}} }, 1024, 22050, n*1024 - 1024 - 22050},
		"two that follow":    {func(b *builder) { b.edits = [][2]int{{500, 1024}, {100, 23074}} }, 1024, 26460, n*1024 - 1024 - 26460},
		"two that do not":    {func(b *builder) { b.edits = [][2]int{{500, 1024}, {100, 0}} }, 0, n * 1024, 0},
		"behind the end":     {func(b *builder) { b.edits = [][2]int{{500, 1 << 30}} }, n * 1024, 0, 0},
		"iTunes":             {func(b *builder) { b.extra = smpb(" 00000000 00000840 000001C0 000000000000BE00 00000000") }, 0x840, 0xbe00, n*1024 - 0x840 - 0xbe00},
		"iTunes, impossible": {func(b *builder) { b.extra = smpb(" 00000000 00000840 000001C0 00000000000FBE00 00000000") }, 0, n * 1024, 0},
		"another clock": {func(b *builder) {
			b.timescale = 1000
			for i := range b.durations {
				b.durations[i] = 23
			}
		}, 0, n * 1024, 0},
	} {
		b := aacTrack(n)
		c.change(b)
		s := open(t, b.file()).Streams()[0]
		if s.Delay != c.delay || s.Frames != c.frames || s.Padding != c.padding || s.Estimated {
			t.Errorf("%s: delay %d, frames %d, padding %d; want %d, %d, %d", name, s.Delay, s.Frames, s.Padding, c.delay, c.frames, c.padding)
		}
	}
}

// Every coding that has a decoder here, and what QuickTime calls it.
func TestEntries(t *testing.T) {
	version2 := func(flags, bits int) []byte {
		e := pcmEntry("lpcm", 3, 16, 1)
		e[17] = 2 // version
		return box("lpcm", e[8:], u32(72), []byte{0x40, 0xe5, 0x88, 0x80, 0, 0, 0, 0}, u32(2), u32(0x7f000000), u32(bits), u32(flags), u32(2*bits/8), u32(1))
	}
	in24 := pcmEntry("in24", 2, 16, 44100)
	alac := join(u32(4096), []byte{0, 24, 40, 10, 14, 2}, u16(255), u32(0), u32(0), u32(96000))
	opus := join([]byte{0, 2}, u16(312), u32(48000), u16(0), []byte{0})
	flac := join([]byte{0x80, 0, 0, 34}, u16(4096), u16(4096), make([]byte, 6), []byte{0x0a, 0xc4, 0x42, 0xf0}, make([]byte, 20))
	for name, c := range map[string]struct {
		entry          []byte
		codec          media.Codec
		rate, channels int
		bits, block    int
		config         int // length
	}{
		"twos":       {pcmEntry("twos", 2, 16, 44100), media.PCMS16BE, 44100, 2, 16, 4, 0},
		"twos 8":     {pcmEntry("twos", 1, 8, 22050), media.PCMS8, 22050, 1, 8, 1, 0},
		"sowt":       {pcmEntry("sowt", 2, 16, 44100), media.PCMS16LE, 44100, 2, 16, 4, 0},
		"raw":        {pcmEntry("raw ", 1, 8, 8000), media.PCMU8, 8000, 1, 8, 1, 0},
		"in24":       {in24, media.PCMS24BE, 44100, 2, 24, 6, 0},
		"in24 enda":  {box("in24", in24[8:], box("wave", box("enda", u16(1)))), media.PCMS24LE, 44100, 2, 24, 6, 0},
		"in32":       {pcmEntry("in32", 2, 16, 44100), media.PCMS32BE, 44100, 2, 32, 8, 0},
		"fl32":       {pcmEntry("fl32", 2, 16, 44100), media.PCMF32BE, 44100, 2, 32, 8, 0},
		"fl64 enda":  {box("fl64", pcmEntry("fl64", 1, 16, 44100)[8:], box("wave", box("enda", u16(1)))), media.PCMF64LE, 44100, 1, 32, 8, 0},
		"alaw":       {pcmEntry("alaw", 1, 16, 8000), media.PCMALaw, 8000, 1, 16, 1, 0},
		"ulaw":       {pcmEntry("ulaw", 2, 16, 8000), media.PCMMuLaw, 8000, 2, 16, 2, 0},
		"lpcm":       {version2(4, 24), media.PCMS24LE, 44100, 2, 24, 6, 0},
		"lpcm big":   {version2(2|4, 16), media.PCMS16BE, 44100, 2, 16, 4, 0},
		"lpcm float": {version2(1, 32), media.PCMF32LE, 44100, 2, 32, 8, 0},
		"ipcm":       {box("ipcm", pcmEntry("ipcm", 2, 16, 48000)[8:], full("pcmC", 0, 0, []byte{1, 24})), media.PCMS24LE, 48000, 2, 24, 6, 0},
		"fpcm":       {box("fpcm", pcmEntry("fpcm", 2, 16, 48000)[8:], full("pcmC", 0, 0, []byte{0, 64})), media.PCMF64BE, 48000, 2, 32, 16, 0},
		"aac":        {mp4a(0x12, 0x10), media.AAC, 44100, 2, 16, 0, 2},
		"HE-AAC":     {mp4a(0x2b, 0x92, 0x08, 0x00), media.AAC, 22050, 2, 16, 0, 4},
		"mp3":        {pcmEntry(".mp3", 2, 16, 44100), media.MP3, 44100, 2, 16, 0, 0},
		"alac":       {box("alac", pcmEntry("alac", 2, 16, 44100)[8:], full("alac", 0, 0, alac)), media.ALAC, 96000, 2, 24, 0, 24},
		"alac, old":  {box("alac", pcmEntry("alac", 2, 16, 44100)[8:], box("wave", box("frma", []byte("alac")), full("alac", 0, 0, alac))), media.ALAC, 96000, 2, 24, 0, 24},
		"opus":       {box("Opus", pcmEntry("Opus", 2, 16, 48000)[8:], box("dOps", opus)), media.Opus, 48000, 2, 16, 0, 19},
		"flac":       {box("fLaC", pcmEntry("fLaC", 2, 16, 44100)[8:], full("dfLa", 0, 0, flac)), media.FLAC, 44100, 2, 16, 0, 34},
	} {
		b := aacTrack(20)
		b.entry = c.entry
		d, err := mp4.New(bytes.NewReader(b.file()), int64(len(b.file())))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		s := d.Streams()[0]
		if s.Codec != c.codec || s.Audio != (media.AudioFormat{Rate: c.rate, Channels: c.channels, Bits: c.bits}) || s.BlockAlign != c.block || len(s.Config) != c.config {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// ISO's own version 1 of an entry has no fields of QuickTime's, but a box with the rate.
func TestRateBox(t *testing.T) {
	version1 := func(form string, boxes ...[]byte) []byte {
		e := pcmEntry(form, 2, 16, 0)
		e[17] = 1
		return box(form, e[8:], join(boxes...))
	}
	srat := full("srat", 0, 0, u32(192000))
	alac := join(u32(4096), []byte{0, 24, 40, 10, 14, 2}, u16(255), u32(0), u32(0), u32(192000))
	for name, entry := range map[string][]byte{
		"PCM":         version1("ipcm", full("pcmC", 0, 0, []byte{1, 24}), srat),
		"ALAC":        version1("alac", srat, full("alac", 0, 0, alac)),
		"another way": version1("alac", full("alac", 0, 0, alac), full("srat", 0, 0, u32(96000))),
	} {
		b := aacTrack(20)
		b.entry, b.iso = entry, 1
		d, err := mp4.New(bytes.NewReader(b.file()), int64(len(b.file())))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if a := d.Streams()[0].Audio; a.Rate != 192000 || a.Channels != 2 || a.Bits != 24 {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

func TestRefused(t *testing.T) {
	for name, c := range map[string]struct {
		change func(b *builder)
		word   string
	}{
		"AC-3":        {func(b *builder) { b.entry = pcmEntry("ac-3", 2, 16, 48000) }, "ac3"},
		"PCM of 40":   {func(b *builder) { b.entry = pcmEntry("twos", 2, 40, 48000) }, "40 bits"},
		"AAC Main":    {func(b *builder) { b.entry = mp4a(0x0a, 0x10) }, "AAC Main"},
		"960 samples": {func(b *builder) { b.entry = mp4a(0x12, 0x14) }, "960"},
		"no clock":    {func(b *builder) { b.timescale = 0 }, "clock"},
		"no entry":    {func(b *builder) { b.entry = nil }, "no sample description"},
		"no rate":     {func(b *builder) { b.entry = pcmEntry("twos", 2, 16, 0) }, "rate 0"},
		"no channels": {func(b *builder) { b.entry = pcmEntry("twos", 0, 16, 8000) }, "no channels"},
		"much time":   {func(b *builder) { b.durations[3] = -1; b.durations = append(b.durations, b.durations...) }, ""},
	} {
		b := aacTrack(20)
		c.change(b)
		file := b.file()
		_, err := mp4.New(bytes.NewReader(file), int64(len(file)))
		typed(t, name, err, c.word)
	}
	for name, file := range map[string][]byte{
		"no moov":    box("ftyp", make([]byte, 8)),
		"empty moov": join(box("ftyp", make([]byte, 8)), box("moov")),
		"nothing":    nil,
		"cut":        aacTrack(20).file()[:100],
	} {
		_, err := mp4.New(bytes.NewReader(file), int64(len(file)))
		typed(t, name, err, " ")
	}
}

// typed wants an error of the kinds there are, with a word in it.
func typed(t *testing.T, name string, err error, word string) {
	t.Helper()
	var fe *media.FormatError
	var ue *media.UnsupportedError
	if word != "" && (!errors.As(err, &fe) && !errors.As(err, &ue) || !strings.Contains(err.Error(), word)) {
		t.Errorf("%s: %v", name, err)
	}
}

// readAll reads to the end and counts packets and errors.
func readAll(t *testing.T, d *mp4.Demuxer) (packets int, errs []error) {
	t.Helper()
	var p media.Packet
	for range 100000 {
		switch err := d.ReadPacket(&p); {
		case err == io.EOF:
			return packets, errs
		case err != nil:
			errs = append(errs, err)
		default:
			packets++
		}
	}
	t.Fatal("no end")
	return 0, nil
}

// Files that are cut, or whose index is wrong, play as far as they go and say
// so once.
func TestDamage(t *testing.T) {
	cut := aacTrack(50)
	cut.front = true
	whole := cut.file()
	short := aacTrack(50)
	short.perChunk = 50
	file := short.file()
	for name, c := range map[string]struct {
		file    []byte
		packets int
		word    string
	}{
		"cut in a packet":  {whole[:len(whole)-15], 48, "cut off"},
		"cut at a packet":  {whole[:len(whole)-len(cut.samples[49])], 49, "cut off"},
		"no chunks":        {bytes.Replace(file, join([]byte("stco"), u32(0), u32(1)), join([]byte("stco"), u32(0), u32(0)), 1), 0, "does not say"},
		"no stsc":          {bytes.Replace(file, []byte("stsc"), []byte("xxxx"), 1), 0, "does not say"},
		"a chunk far away": {bytes.Replace(file, join([]byte("stco"), u32(0), u32(1), u32(24)), join([]byte("stco"), u32(0), u32(1), u32(-1<<31)), 1), 0, "cut off"},
		"huge packet":      {bytes.Replace(file, join(u32(10), u32(11), u32(12)), join(u32(10), u32(1<<30), u32(12)), 1), 1, "1073741824 bytes"},
	} {
		d := open(t, c.file)
		n, errs := readAll(t, d)
		if n != c.packets || len(errs) == 0 || !strings.Contains(errs[0].Error(), c.word) {
			t.Errorf("%s: %d packets, want %d; %v", name, n, c.packets, errs)
		}
		for _, err := range errs {
			typed(t, name, err, " ")
		}
	}
}

// A track of three hours does not bring its tables into memory.
func TestMemory(t *testing.T) {
	const n = 3 * 3600 * 43
	b := &builder{timescale: 44100, movie: 1000, entry: mp4a(0x12, 0x10), perChunk: 1}
	b.samples = make([][]byte, n)
	one := u32(0x01020304)
	for i := range b.samples {
		b.samples[i] = one
	}
	b.durations = nil
	var file bytes.Buffer
	tables := func(offset int) []byte {
		sizes, places := bytes.Repeat(u32(4), n), make([]byte, 0, 4*n)
		for i := range n {
			places = binary.BigEndian.AppendUint32(places, uint32(offset+4*i))
		}
		return join(full("stsd", 0, 0, u32(1), b.entry), full("stts", 0, 0, u32(1), u32(n), u32(1024)), full("stsc", 0, 0, u32(1), u32(1), u32(1), u32(1)),
			full("stsz", 0, 0, u32(0), u32(n), sizes), full("stco", 0, 0, u32(n), places))
	}
	file.Write(box("mdat", bytes.Join(b.samples, nil)))
	file.Write(box("moov", full("mvhd", 0, 0, make([]byte, 8), u32(1000), make([]byte, 84)), b.trak(tables(8))))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	d := open(t, file.Bytes())
	var p media.Packet
	for _, at := range []int64{n - 5, 17, n / 2} {
		if err := d.Seek(d.Streams()[0].Audio.Duration(at * 1024)); err != nil {
			t.Fatal(err)
		}
		if err := d.ReadPacket(&p); err != nil || p.PTS != (at-1)*1024 || p.Pos != 8+4*(at-1) {
			t.Errorf("seek to packet %d: %v, PTS %d at byte %d", at, err, p.PTS, p.Pos)
		}
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 100<<10 {
		t.Errorf("%d bytes allocated", used)
	}
}

func TestOtherTracks(t *testing.T) {
	b := aacTrack(20)
	chapters := bytes.Replace(bytes.Replace(b.trak(b.tables(24)), []byte("soun"), []byte("text"), 1), join(make([]byte, 8), u32(7)), join(make([]byte, 8), u32(9)), 1)
	video := bytes.Replace(bytes.Replace(chapters, []byte("text"), []byte("vide"), 1), u32(9), u32(8), 1)
	b.extra = join(video, chapters)
	d := open(t, b.file())
	if s := d.Streams(); len(s) != 3 || s[0].Kind != media.Audio || s[1].Kind != media.Video || s[2].Kind != media.Subtitle {
		t.Errorf("%+v", s)
	}
	if n, errs := readAll(t, d); n != 20 || errs != nil {
		t.Errorf("%d packets, %v", n, errs)
	}
	// Where the track says that the text is its chapters, it is not listed.
	ref := box("tref", box("chap", u32(9)))
	trak := b.trak(b.tables(24))
	moov := box("moov", full("mvhd", 0, 0, make([]byte, 8), u32(1000), make([]byte, 84)), box("trak", trak[8:], ref), chapters)
	file := join(box("ftyp", []byte("M4A \x00\x00\x00\x00")), box("mdat", join(b.samples...)), moov)
	if s := open(t, file).Streams(); len(s) != 1 {
		t.Errorf("%+v", s)
	}
}

func TestSeekTimes(t *testing.T) {
	d := open(t, aacTrack(20).file())
	var p media.Packet
	for at, want := range map[time.Duration]int64{-time.Hour: 0, 0: 0, time.Hour: 18 * 1024, 1 << 62: 18 * 1024} {
		if err := d.Seek(at); err != nil {
			t.Fatal(err)
		}
		if err := d.ReadPacket(&p); err != nil || p.PTS != want {
			t.Errorf("seek to %v: %v, PTS %d, want %d", at, err, p.PTS, want)
		}
	}
}

type broken struct{ b []byte }

func (b broken) ReadAt(p []byte, off int64) (int, error) {
	if off >= 1024 {
		return 0, io.ErrClosedPipe
	}
	return bytes.NewReader(b.b).ReadAt(p[:min(len(p), int(1024-off))], off)
}

func TestSourceFails(t *testing.T) {
	b := aacTrack(200)
	file := b.file()
	if _, err := mp4.New(broken{file}, int64(len(file))); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("open: %v", err)
	}
}

// The loudness stands in items with names of their own.
func TestReplayGain(t *testing.T) {
	item := func(name, value string) []byte {
		return box("----", full("mean", 0, 0, []byte("com.apple.iTunes")), full("name", 0, 0, []byte(name)), box("data", u32(1), u32(0), []byte(value)))
	}
	b := aacTrack(10)
	b.extra = box("udta", full("meta", 0, 0, full("hdlr", 0, 0, make([]byte, 21)), box("ilst",
		item("replaygain_track_gain", "-7.25 dB"), item("replaygain_track_peak", "0.5"), item("REPLAYGAIN_ALBUM_GAIN", "+1 dB"))))
	want := media.ReplayGain{Track: media.Loudness{Known: true, Gain: -725, Peak: 1 << 23}, Album: media.Loudness{Known: true, Gain: 100}}
	if got := open(t, b.file()).Tags().ReplayGain; got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// A packet of the index may have many frames of PCM; the longer each is, the fewer of
// them are given at once.
func TestFramesOfPCM(t *testing.T) {
	const packets, frames = 600, 1024
	b := &builder{timescale: 44100, movie: 44100, entry: pcmEntry("sowt", 2, 16, 44100), perChunk: packets}
	for range packets {
		b.samples, b.durations = append(b.samples, make([]byte, 4*frames)), append(b.durations, frames)
	}
	file := b.file()
	i := bytes.Index(file, []byte("stsz"))
	copy(file[i+8:], u32(4*frames)) // one size for all
	i = bytes.Index(file, []byte("stts"))
	copy(file[i+8:], join(u32(1), u32(packets), u32(frames)))
	d := open(t, file)
	if s := d.Streams()[0]; s.Frames != packets*frames {
		t.Errorf("%+v", s)
	}
	next := int64(0)
	for _, p := range playertest.Packets(d, packets+1) {
		if p.PTS != next || len(p.Data) > 64<<10 {
			t.Fatalf("a packet of %d bytes at frame %d, want %d", len(p.Data), p.PTS, next)
		}
		next += int64(len(p.Data) / 4)
	}
	if next != packets*frames {
		t.Errorf("%d frames", next)
	}
}

// QuickTime's own files count the frames of ADPCM, not its blocks.
func TestFramesOfBlocks(t *testing.T) {
	const blocks = 40
	entry := pcmEntry("ima4", 2, 16, 22050)
	b := &builder{timescale: 22050, movie: 600, entry: entry, perChunk: 7}
	for i := range blocks {
		b.samples = append(b.samples, append(u16(i<<7), make([]byte, 66)...))
		b.durations = append(b.durations, 64)
	}
	d := open(t, b.file())
	want := playertest.Packets(d, blocks)
	counts := b.file()
	set := func(name string, at int, values ...int) {
		i := bytes.Index(counts, []byte(name)) + at
		for k, v := range values {
			copy(counts[i+4*k:], u32(v))
		}
	}
	set("stsz", 8, 1, blocks*64)         // of one byte each
	set("stts", 8, 1, blocks*64, 1)      // one tick each
	set("stsc", 12, 1, 7*64, 1, 6, 5*64) // in five chunks of seven blocks, and one of five
	d = open(t, counts)
	if s := d.Streams()[0]; s.Codec != media.ADPCMQT || s.Frames != blocks*64 || s.BlockAlign != 68 {
		t.Errorf("%+v", s)
	}
	var sound, all []byte
	for _, p := range want {
		sound = append(sound, p.Data...)
	}
	for _, p := range playertest.Packets(d, blocks) {
		if at := p.PTS / 64 * 68; at != int64(len(all)) {
			t.Errorf("a packet at frame %d behind %d bytes", p.PTS, len(all))
		}
		all = append(all, p.Data...)
	}
	if !bytes.Equal(all, sound) || len(all) != blocks*68 {
		t.Errorf("%d bytes, want %d", len(all), len(sound))
	}
	if err := d.Seek(d.Streams()[0].Audio.Duration(64*22 + 5)); err != nil {
		t.Fatal(err)
	}
	if p := playertest.Packets(d, 1)[0]; p.PTS != 64*22 || !bytes.Equal(p.Data[:68], sound[68*22:][:68]) {
		t.Errorf("after a seek: a packet at frame %d", p.PTS)
	}
}
