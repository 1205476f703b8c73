package adpcm_test

import (
	"bytes"
	"crypto/md5"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"slices"
	"testing"

	"linnet/player"
	"linnet/player/ad/adpcm"
	"linnet/player/media"
	"linnet/player/playertest"
)

func stream(codec media.Codec, channels, block int) media.Stream {
	return media.Stream{Codec: codec, BlockAlign: block, Audio: media.AudioFormat{Rate: 44100, Channels: channels, Bits: 16}}
}

func newDecoder(t testing.TB, s media.Stream) *adpcm.Decoder {
	t.Helper()
	d, err := adpcm.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// noise is n blocks of noise whose headers are good.
func noise(s media.Stream, n int, seed uint32) []byte {
	b := make([]byte, n*s.BlockAlign)
	for i := range b {
		seed = seed*1664525 + 1013904223
		b[i] = byte(seed >> 24)
	}
	for at := 0; at < len(b); at += s.BlockAlign {
		for c := range s.Audio.Channels {
			switch s.Codec {
			case media.ADPCMMS:
				b[at+c] %= 7
			case media.ADPCMIMA:
				b[at+4*c+2] %= 89
			default:
				b[at+34*c+1] &= 0xbf
			}
		}
	}
	return b
}

var shapes = []media.Stream{
	stream(media.ADPCMIMA, 1, 256), stream(media.ADPCMIMA, 2, 2048), stream(media.ADPCMIMA, 6, 240), stream(media.ADPCMIMA, 2, 8),
	stream(media.ADPCMMS, 1, 256), stream(media.ADPCMMS, 2, 2048), stream(media.ADPCMMS, 2, 14), stream(media.ADPCMMS, 1, 7),
	stream(media.ADPCMQT, 1, 34), stream(media.ADPCMQT, 2, 68), stream(media.ADPCMQT, 6, 204),
}

func TestContract(t *testing.T) {
	for _, s := range shapes {
		var packets []media.Packet
		for i := range 12 {
			packets = append(packets, media.Packet{Data: noise(s, 1+i%3, uint32(i))})
		}
		playertest.AudioDecoder(t, func() player.AudioDecoder { return newDecoder(t, s) }, s.Audio, packets)
	}
}

// The samples of noise, by their hash: the same on every target.
func TestGolden(t *testing.T) {
	want := []string{
		"af48172064a2e5ca880b29c6a9f859e9",
		"578742711e99f10eefec5ea6b7ea78b0",
		"6a13ec47bf5a906b56efa463daf6c3db",
		"27c20298cd1df1e1a44394b7250e9b34",
		"c9519af07c23247fcee10c371d7d41f9",
		"31501eedadb0841036050ccc279f1a33",
		"b22e3ba8b7d6e541fb34d9fc259ad32d",
		"a758598f5692485b4dd0b3fcb0dc7be1",
		"39d9671770ab54779de3dd2a1bd34afa",
		"d486603cb6997969c9b0ad3a2c3262d9",
		"5002538c96fe29e4bb52bb66e2223c22",
	}
	for i, s := range shapes {
		got, err := newDecoder(t, s).Decode(nil, &media.Packet{Data: noise(s, 50, 4711)})
		if err != nil {
			t.Fatal(err)
		}
		h := md5.New()
		binary.Write(h, binary.LittleEndian, got)
		if sum := hex.EncodeToString(h.Sum(nil)); i >= len(want) || sum != want[i] {
			t.Errorf("%s, %d channels, blocks of %d: %s", s.Codec, s.Audio.Channels, s.BlockAlign, sum)
		}
	}
}

// A block of IMA ADPCM, worked out by hand: step 7 (index 0), code 7 adds
// 15*7/8 = 13 and goes to step 16 (index 8); code 15 takes 15*16/8 = 30 away
// and goes to step 34 (index 16); code 0 adds 34/8 = 4 and goes to index 15.
func TestIMAByHand(t *testing.T) {
	block := []byte{0xe8, 0x03, 0, 0, 0xf7, 0x00, 0x00, 0x00}
	got, err := newDecoder(t, stream(media.ADPCMIMA, 1, 8)).Decode(nil, &media.Packet{Data: block})
	if err != nil {
		t.Fatal(err)
	}
	want := []int32{1000, 1013, 983, 987, 990, 993, 996, 998, 1000}
	for i := range want {
		want[i] <<= 16
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// A block of QuickTime's, worked out by hand: the sample 1024 and step 7; code 7
// adds 0+7+3+1 = 11; code 15 takes 2+16+8+4 = 30 away at step 16; code 0 adds
// 34/8 = 4 and 31/8 = 3.
func TestQTByHand(t *testing.T) {
	block := append([]byte{0x04, 0x00, 0xf7, 0x00}, make([]byte, 30)...)
	got, err := newDecoder(t, stream(media.ADPCMQT, 1, 34)).Decode(nil, &media.Packet{Data: block})
	if err != nil || len(got) != 64 {
		t.Fatalf("%d samples, %v", len(got), err)
	}
	for i, want := range []int32{1035, 1005, 1009, 1012} {
		if got[i] != want<<16 {
			t.Errorf("sample %d: %d, want %d", i, got[i]>>16, want)
		}
	}
}

// A decoder of QuickTime's ADPCM goes on from where it was: after a Reset, only
// what a head does not say is missing, the same of every sample.
func TestQTGoesOn(t *testing.T) {
	const blocks = 40
	s := stream(media.ADPCMQT, 1, 34)
	data := quickTime(blocks)
	all, err := newDecoder(t, s).Decode(nil, &media.Packet{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	worst := int32(0)
	for from := 1; from < blocks; from++ {
		got, err := newDecoder(t, s).Decode(nil, &media.Packet{Data: data[34*from:]})
		if err != nil {
			t.Fatal(err)
		}
		off := (all[64*from] - got[0]) >> 16
		if worst = max(worst, off); off < 0 || off > 127 {
			t.Fatalf("block %d is off by %d", from, off)
		}
		for i, v := range got {
			if all[64*from+i]-v != off<<16 {
				t.Fatalf("from block %d sample %d is off by %d, the first by %d", from, i, (all[64*from+i]-v)>>16, off)
			}
		}
	}
	if worst == 0 {
		t.Error("no block began where its head has no room for")
	}
	// A head that says something else is believed.
	data[34*20] ^= 0x40
	jump, err := newDecoder(t, s).Decode(nil, &media.Packet{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	if d := (jump[64*20] - all[64*20]) >> 16; d > -16000 && d < 16000 {
		t.Errorf("a head that is 16384 away moved the sound by %d", d)
	}
}

// quickTime is blocks of soft noise of one channel, with the heads that an
// encoder gives them, whose decoder goes on: codes so small that the step stays
// 7.
func quickTime(blocks int) (all []byte) {
	sample, seed := int32(0), uint32(3)
	for range blocks {
		all = binary.BigEndian.AppendUint16(all, uint16(sample)&0xff80)
		for range 32 {
			b := byte(0)
			for shift := range 2 {
				seed = seed*1664525 + 1013904223
				code := byte(seed >> 30)
				d := int32([]int{0, 1, 3, 4}[code])
				if sample > 8000 || sample > 0 && seed>>29&1 == 1 {
					d, code = -d, code|8
				}
				sample += d
				b |= code << (4 * shift)
			}
			all = append(all, b)
		}
	}
	return all
}

// A block of Microsoft ADPCM, worked out by hand: predictor 1 goes straight
// on; the step is 16 and shrinks to no less than that.
func TestMSByHand(t *testing.T) {
	block := []byte{1, 16, 0, 110, 0, 100, 0, 0x1f}
	got, err := newDecoder(t, stream(media.ADPCMMS, 1, 8)).Decode(nil, &media.Packet{Data: block})
	if err != nil {
		t.Fatal(err)
	}
	want := []int32{100 << 16, 110 << 16, (120 + 16) << 16, (136 + 26 - 16) << 16}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Coefficients in the stream's Config take the place of the standard ones.
func TestMSCoefficients(t *testing.T) {
	s := stream(media.ADPCMMS, 1, 8)
	s.Config = []byte{0, 0, 0, 1} // the sample before the last, as it is
	got, err := newDecoder(t, s).Decode(nil, &media.Packet{Data: []byte{0, 16, 0, 110, 0, 100, 0, 0}})
	if err != nil {
		t.Fatal(err)
	}
	if want := []int32{100 << 16, 110 << 16, 100 << 16, 110 << 16}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if _, err := newDecoder(t, s).Decode(nil, &media.Packet{Data: []byte{1, 16, 0, 110, 0, 100, 0, 0}}); err == nil {
		t.Error("predictor 1 of 1 was taken")
	}
}

// A damaged block is silence of its length; the others are as they were.
func TestConcealed(t *testing.T) {
	for _, s := range []media.Stream{stream(media.ADPCMIMA, 2, 64), stream(media.ADPCMMS, 2, 64)} {
		good := noise(s, 3, 1)
		want, err := newDecoder(t, s).Decode(nil, &media.Packet{Data: good})
		if err != nil {
			t.Fatal(err)
		}
		bad := bytes.Clone(good)
		copy(bad[64:], []byte{99, 99, 99, 99, 99, 99, 99})
		got, err := newDecoder(t, s).Decode(nil, &media.Packet{Data: bad, Pos: 5000})
		var f *media.FormatError
		if !errors.As(err, &f) || f.Offset != 5064 {
			t.Errorf("%s: %v, want a FormatError at 5064", s.Codec, err)
		}
		clear(want[len(want)/3 : len(want)/3*2])
		playertest.SameSamples(t, got, want, 2)
	}
}

func TestRefused(t *testing.T) {
	for _, s := range []media.Stream{
		stream(media.MP3, 1, 256), stream(media.ADPCMMS, 3, 256), stream(media.ADPCMIMA, 65, 4096), stream(media.ADPCMIMA, 0, 256),
	} {
		var u *media.UnsupportedError
		if _, err := adpcm.New(s); !errors.As(err, &u) {
			t.Errorf("%s of %d channels: %v, want an UnsupportedError", s.Codec, s.Audio.Channels, err)
		}
	}
	if _, err := adpcm.New(stream(media.ADPCMQT, 0, 34)); err == nil {
		t.Error("QuickTime's ADPCM of no channels is taken")
	}
	var f *media.FormatError
	if _, err := adpcm.New(stream(media.ADPCMIMA, 2, 7)); !errors.As(err, &f) {
		t.Errorf("blocks of 7 bytes: %v, want a FormatError", err)
	}
}

// FuzzADPCM decodes anything as anything: whole frames, as many as the blocks
// are long, and no error but for damage.
func FuzzADPCM(f *testing.F) {
	codecs := []media.Codec{media.ADPCMIMA, media.ADPCMMS, media.ADPCMQT}
	for i, s := range shapes {
		f.Add(slices.Index(codecs, s.Codec), uint8(s.Audio.Channels), uint16(s.BlockAlign), noise(s, 2, uint32(i)), []byte(nil))
	}
	f.Add(1, uint8(1), uint16(32), []byte{0, 255, 127, 255, 127, 255, 127, 0x88, 0x88, 0x88}, []byte{0xff, 0x7f, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, codec int, channels uint8, block uint16, data, config []byte) {
		s := stream(codecs[uint(codec)%uint(len(codecs))], int(channels), int(block))
		s.Config = config
		d, err := adpcm.New(s)
		if err != nil {
			return
		}
		got, err := d.Decode(nil, &media.Packet{Data: data})
		var fe *media.FormatError
		if err != nil && !errors.As(err, &fe) {
			t.Fatal(err)
		}
		if len(got)%s.Audio.Channels != 0 || len(got) > 4*len(data)+s.Audio.Channels {
			t.Fatalf("%d samples of %d channels from %d bytes", len(got), channels, len(data))
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	for _, s := range []media.Stream{stream(media.ADPCMIMA, 2, 2048), stream(media.ADPCMMS, 2, 2048)} {
		b.Run(string(s.Codec), func(b *testing.B) {
			d := newDecoder(b, s)
			p := media.Packet{Data: noise(s, 1, 1)}
			dst := make([]int32, 0, 8192)
			b.SetBytes(2048)
			for b.Loop() {
				if _, err := d.Decode(dst, &p); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
