package aiff_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"math/bits"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linnet/player"
	"linnet/player/ad/adpcm"
	"linnet/player/ad/pcm"
	"linnet/player/demux/aiff"
	"linnet/player/media"
	"linnet/player/playertest"
)

// A fileBuilder makes AIFF files chunk by chunk.
type fileBuilder struct{ bytes.Buffer }

func (b *fileBuilder) chunk(id string, body []byte) *fileBuilder {
	return b.sized(id, uint32(len(body)), body)
}

// sized writes a chunk that claims another size than it has.
func (b *fileBuilder) sized(id string, size uint32, body []byte) *fileBuilder {
	b.WriteString(id)
	binary.Write(b, binary.BigEndian, size)
	b.Write(body)
	if len(body)%2 == 1 {
		b.WriteByte(0)
	}
	return b
}

func (b *fileBuilder) form(kind string) []byte {
	var f fileBuilder
	f.WriteString("FORM")
	binary.Write(&f, binary.BigEndian, uint32(b.Len()+4))
	f.WriteString(kind)
	f.Write(b.Bytes())
	return f.Bytes()
}

// extended is a positive number as an 80-bit float.
func extended(v uint64) []byte {
	shift := bits.LeadingZeros64(v)
	b := binary.BigEndian.AppendUint16(nil, uint16(16383+63-shift))
	return binary.BigEndian.AppendUint64(b, v<<shift)
}

func common(channels, frames, bits int, rate []byte, kind string) []byte {
	b := binary.BigEndian.AppendUint16(nil, uint16(channels))
	b = binary.BigEndian.AppendUint32(b, uint32(frames))
	b = binary.BigEndian.AppendUint16(b, uint16(bits))
	b = append(b, rate...)
	if kind != "" {
		b = append(b, kind...)
		b = append(b, 0, 0)
	}
	return b
}

// sound is the body of an SSND chunk with n bytes of noise behind offset
// bytes of something else.
func sound(n, offset int) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(offset))
	b = append(b, 0, 0, 0, 0)
	b = append(b, make([]byte, offset)...)
	return append(b, noise(n)...)
}

func noise(n int) []byte {
	b := make([]byte, n)
	x := uint32(n) | 1
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return b
}

func open(t testing.TB, file []byte) *aiff.Demuxer {
	t.Helper()
	d, err := aiff.New(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func newDecoder(s media.Stream) (player.AudioDecoder, error) {
	if s.Codec == media.ADPCMQT {
		return adpcm.New(s)
	}
	return pcm.New(s)
}

func TestContract(t *testing.T) {
	var plain, swapped, late fileBuilder
	plain.chunk("COMM", common(2, 9000, 16, extended(44100), "")).chunk("SSND", sound(36000, 0))
	swapped.chunk("COMM", common(3, 5000, 24, extended(192000), "sowt")).chunk("SSND", sound(45000, 6))
	late.chunk("SSND", sound(9001, 0)).chunk("COMM", common(1, 9001, 8, extended(8000), "alaw"))
	for name, file := range map[string][]byte{
		"plain": plain.form("AIFF"), "sowt, offset": swapped.form("AIFC"), "COMM behind": late.form("AIFC"),
	} {
		t.Run(name, func(t *testing.T) {
			playertest.Demuxer(t, func() player.Demuxer { return open(t, file) }, newDecoder)
		})
	}
}

func TestAgainstFFmpeg(t *testing.T) {
	codecs := []string{
		"pcm_s8", "pcm_s16be", "pcm_s24be", "pcm_s32be", "pcm_s16le", "pcm_f32be", "pcm_f64be", "pcm_alaw", "pcm_mulaw",
	}
	for _, shape := range [][2]int{{44100, 2}, {8000, 1}, {96000, 6}} {
		codecs := codecs
		if shape[1] <= 2 {
			codecs = append(codecs[:len(codecs):len(codecs)], "adpcm_ima_qt")
		}
		src := "aevalsrc=" + strings.TrimSuffix(strings.Repeat("1.2*random(0)*sin(900*t*t)|", shape[1]), "|")
		args, dir := []string{"-f", "lavfi", "-i", fmt.Sprintf("%s:s=%d:d=0.4", src, shape[0])}, t.TempDir()
		var files []string
		for i, codec := range codecs {
			files = append(files, filepath.Join(dir, codec+".aiff"))
			args = append(args, "-c:a", codec, files[i])
		}
		playertest.FFmpeg(t, args...)
		for i, want := range playertest.FFmpegSamples(t, files...) {
			t.Run(fmt.Sprintf("%s %dx%d", codecs[i], shape[0], shape[1]), func(t *testing.T) {
				b, err := os.ReadFile(files[i])
				if err != nil {
					t.Fatal(err)
				}
				d := open(t, b)
				if s := d.Streams()[0]; string(s.Codec) != codecs[i] || s.Audio.Rate != shape[0] || s.Audio.Channels != shape[1] {
					t.Errorf("stream %+v", s)
				}
				got, err := playertest.Samples(d, newDecoder)
				if err != nil || len(got) == 0 {
					t.Fatalf("%d samples, %v", len(got), err)
				}
				playertest.SameSamples(t, got, want, shape[1])
			})
		}
	}
}

func TestFormats(t *testing.T) {
	for _, c := range []struct {
		kind  string
		bits  int
		codec media.Codec
		keep  int
	}{
		{"NONE", 16, media.PCMS16BE, 16}, {"NONE", 12, media.PCMS16BE, 12}, {"twos", 20, media.PCMS24BE, 20},
		{"NONE", 1, media.PCMS8, 1}, {"sowt", 8, media.PCMS8, 8}, {"sowt", 24, media.PCMS24LE, 24}, {"sowt", 32, media.PCMS32LE, 32},
		{"in24", 0, media.PCMS24BE, 24}, {"in32", 16, media.PCMS32BE, 32}, {"raw ", 8, media.PCMU8, 8},
		{"fl32", 32, media.PCMF32BE, 32}, {"FL64", 64, media.PCMF64BE, 32}, {"ALAW", 16, media.PCMALaw, 16}, {"ulaw", 16, media.PCMMuLaw, 16},
	} {
		var b fileBuilder
		s := open(t, b.chunk("COMM", common(2, 100, c.bits, extended(48000), c.kind)).chunk("SSND", sound(4000, 0)).form("AIFC")).Streams()[0]
		if s.Codec != c.codec || s.Audio.Bits != c.keep || s.Audio.Rate != 48000 || s.Frames != 100 {
			t.Errorf("%s of %d bits: %+v", c.kind, c.bits, s)
		}
	}
}

func TestRates(t *testing.T) {
	for _, c := range []struct {
		bytes string
		want  int
	}{
		{"\x40\x0e\xac\x44\x00\x00\x00\x00\x00\x00", 44100},
		{"\x40\x0d\xac\x44\x00\x00\x00\x00\x00\x00", 22050},
		{"\x40\x0d\xad\xdd\x17\x45\xd1\x74\x5d\x17", 22255}, // 22254.545 Hz of the first Macintosh
		{"\x3f\xff\x80\x00\x00\x00\x00\x00\x00\x00", 1},
		{"\x3f\xfe\x80\x00\x00\x00\x00\x00\x00\x00", 1}, // a half, rounded up
		{"\x3f\xfd\xff\xff\xff\xff\xff\xff\xff\xff", 0},
		{"\x40\x0e\x00\x00\x00\x00\x00\x00\x00\x00", 0},
		{"\xc0\x0e\xac\x44\x00\x00\x00\x00\x00\x00", 0},
		{"\x7f\xff\x80\x00\x00\x00\x00\x00\x00\x00", 0},
		{"\x40\x20\x80\x00\x00\x00\x00\x00\x00\x00", 0},
	} {
		var b fileBuilder
		b.chunk("COMM", common(1, 10, 8, []byte(c.bytes), "")).chunk("SSND", sound(10, 0))
		d, err := aiff.New(bytes.NewReader(b.form("AIFF")), -1)
		switch {
		case c.want == 0 && err == nil:
			t.Errorf("%x taken as %d Hz", c.bytes, d.Streams()[0].Audio.Rate)
		case c.want != 0 && err != nil:
			t.Errorf("%x: %v", c.bytes, err)
		case c.want != 0 && d.Streams()[0].Audio.Rate != c.want:
			t.Errorf("%x is %d Hz, want %d", c.bytes, d.Streams()[0].Audio.Rate, c.want)
		}
	}
}

func TestSizes(t *testing.T) {
	for _, c := range []struct {
		name    string
		claimed int    // frames in COMM
		size    uint32 // of SSND
		frames  int64
	}{
		{"right", 1000, 8 + 2000, 1000},
		{"COMM shorter", 600, 8 + 2000, 600},
		{"SSND shorter", 1000, 8 + 1001, 500},
		{"COMM empty", 0, 8 + 2000, 1000},
		{"SSND huge", 2000, math.MaxUint32, 1000},
		{"SSND zero", 1000, 0, 1000},
	} {
		var b fileBuilder
		b.chunk("COMM", common(1, c.claimed, 16, extended(8000), "")).sized("SSND", c.size, sound(2000, 0))
		d := open(t, b.form("AIFF"))
		n := 0
		for _, p := range playertest.Packets(d, 100) {
			n += len(p.Data)
		}
		if f := d.Streams()[0].Frames; f != c.frames || int64(n) != 2*c.frames {
			t.Errorf("%s: %d frames and %d bytes of packets, want %d frames", c.name, f, n, c.frames)
		}
	}
}

func TestRefused(t *testing.T) {
	file := func(common []byte) []byte {
		var b fileBuilder
		return b.chunk("COMM", common).chunk("SSND", sound(100, 0)).form("AIFC")
	}
	rate := extended(44100)
	var none, noSound, noCommon, short fileBuilder
	for _, c := range []struct {
		name        string
		file        []byte
		unsupported bool
		say         string
	}{
		{"empty", nil, false, "not an AIFF"},
		{"8SVX", none.form("8SVX"), false, "not an AIFF"},
		{"head only", none.form("AIFF"), false, "no COMM"},
		{"no SSND", noSound.chunk("COMM", common(1, 1, 8, rate, "")).form("AIFF"), false, "no SSND"},
		{"no COMM", noCommon.chunk("SSND", sound(9, 0)).form("AIFF"), false, "no COMM"},
		{"SSND short", short.chunk("COMM", common(1, 1, 8, rate, "")).chunk("SSND", noise(7)).form("AIFF"), false, "SSND chunk too short"},
		{"COMM short", file(common(1, 1, 8, rate, "")), false, "COMM chunk too short"},
		{"no channels", file(common(0, 1, 8, rate, "NONE")), false, "0 channels"},
		{"99 channels", file(common(99, 1, 8, rate, "NONE")), true, "99 channels"},
		{"rate", file(common(1, 1, 8, extended(1e9), "NONE")), true, "1000000000 Hz"},
		{"33 bits", file(common(1, 1, 33, rate, "NONE")), true, "33 bits"},
		{"0 bits", file(common(1, 1, 0, rate, "sowt")), true, "0 bits"},
		{"MAC3", file(common(1, 1, 16, rate, "MAC3")), true, `"MAC3"`},
	} {
		d, err := aiff.New(bytes.NewReader(c.file), int64(len(c.file)))
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

func TestTags(t *testing.T) {
	var b fileBuilder
	b.chunk("NAME", []byte("红雀")).chunk("COMM", common(1, 9, 8, extended(8000), "")).chunk("SSND", sound(9, 0))
	b.chunk("AUTH", []byte("Caf\xe9 ")).chunk("ANNO", []byte("first")).chunk("ANNO", []byte("second")).chunk("APPL", noise(9))
	want := media.Tags{Title: "红雀", Artist: "Café", Comment: "first"}
	if got := open(t, b.form("AIFF")).Tags(); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// ID3v2 tags, in a chunk or in front of the file, fill in what the text chunks leave open.
func TestID3(t *testing.T) {
	var chunk, front fileBuilder
	for b, tag := range map[*fileBuilder][]byte{&chunk: id3(), &front: nil} {
		b.chunk("NAME", []byte("own")).chunk("COMM", common(1, 8, 8, extended(8000), ""))
		b.chunk("SSND", sound(8, 0)).chunk("ID3 ", tag)
	}
	want := media.Tags{Title: "own", Genre: "ab"}
	for where, file := range map[string][]byte{"in a chunk": chunk.form("AIFF"), "in front": append(id3(), front.form("AIFF")...)} {
		d := open(t, file)
		if got := d.Tags(); got != want {
			t.Errorf("%s: %+v, want %+v", where, got, want)
		}
		if p := playertest.Packets(d, 9); len(p) != 1 || len(p[0].Data) != 8 {
			t.Errorf("%s: %d packets", where, len(p))
		}
	}
}

// id3 is an ID3v2 tag with a title and a genre.
func id3() []byte {
	return []byte("ID3\x03\x00\x00\x00\x00\x00\x1aTIT2\x00\x00\x00\x03\x00\x00\x00hiTCON\x00\x00\x00\x03\x00\x00\x00ab")
}

func TestMatch(t *testing.T) {
	for head, want := range map[string]bool{
		"FORM\x00\x00\x00\x00AIFF": true, "FORM\x00\x00\x00\x00AIFCCOMM": true,
		"FORM\x00\x00\x00\x00ILBM": false, "RIFF\x00\x00\x00\x00AIFF": false, "FORM\x00\x00\x00\x00AIF": false,
	} {
		if aiff.Match([]byte(head)) != want {
			t.Errorf("Match(%q) is %v", head, !want)
		}
	}
}

// FuzzAIFF opens and plays anything: it ends, and the errors have their types.
func FuzzAIFF(f *testing.F) {
	var plain, swapped fileBuilder
	f.Add(plain.chunk("COMM", common(2, 50, 16, extended(44100), "")).chunk("SSND", sound(200, 0)).chunk("NAME", noise(5)).form("AIFF"))
	f.Add(swapped.chunk("SSND", sound(99, 3)).chunk("COMM", common(3, 11, 24, extended(8000), "sowt")).form("AIFC"))
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, size := range []int64{int64(len(file)), -1} {
			d, err := aiff.New(bytes.NewReader(file), size)
			var fe *media.FormatError
			var ue *media.UnsupportedError
			if err != nil {
				if !errors.As(err, &fe) && !errors.As(err, &ue) {
					t.Fatalf("untyped error %v", err)
				}
				continue
			}
			if err := d.Seek(d.Streams()[0].Audio.Duration(7)); err != nil {
				t.Fatal(err)
			}
			if _, err := playertest.Samples(d, newDecoder); err != nil {
				t.Fatal(err)
			}
			if err := d.ReadPacket(new(media.Packet)); err != io.EOF {
				t.Fatalf("at the end: %v", err)
			}
		}
	})
}

// A file that lacks some of its samples says so at its end.
func TestCutOff(t *testing.T) {
	for _, c := range []struct {
		claim uint32
		cut   bool
	}{{2000, false}, {2002, true}, {1 << 20, true}, {0x7f000000 - 8, false}, {1<<32 - 1 - 8, false}} {
		var b fileBuilder
		frames := int(c.claim) / 2
		file := b.chunk("COMM", common(1, frames, 16, extended(8000), "")).sized("SSND", c.claim+8, sound(2000, 0)).form("AIFF")
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
