package pcm_test

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"testing"

	"linnet/player"
	"linnet/player/ad/pcm"
	"linnet/player/media"
	"linnet/player/playertest"
)

var codecs = []struct {
	codec media.Codec
	width int
}{
	{media.PCMU8, 1}, {media.PCMS8, 1}, {media.PCMS16LE, 2}, {media.PCMS16BE, 2}, {media.PCMS24LE, 3},
	{media.PCMS24BE, 3}, {media.PCMS32LE, 4}, {media.PCMS32BE, 4}, {media.PCMF32LE, 4}, {media.PCMF32BE, 4},
	{media.PCMF64LE, 8}, {media.PCMF64BE, 8}, {media.PCMALaw, 1}, {media.PCMMuLaw, 1},
}

func newDecoder(t testing.TB, codec media.Codec, channels int) *pcm.Decoder {
	t.Helper()
	d, err := pcm.New(media.Stream{Codec: codec, Audio: media.AudioFormat{Rate: 44100, Channels: channels, Bits: 16}})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func decode(t testing.TB, codec media.Codec, data ...byte) []int32 {
	t.Helper()
	got, err := newDecoder(t, codec, 1).Decode(nil, &media.Packet{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestContract(t *testing.T) {
	for _, c := range codecs {
		for _, channels := range []int{1, 2, 7} {
			var packets []media.Packet
			for i := range 12 {
				p := media.Packet{Data: make([]byte, c.width*channels*(100+i))}
				for j := range p.Data {
					p.Data[j] = byte(j * (j + i) * 31)
				}
				packets = append(packets, p)
			}
			format := media.AudioFormat{Rate: 44100, Channels: channels, Bits: 16}
			playertest.AudioDecoder(t, func() player.AudioDecoder { return newDecoder(t, c.codec, channels) }, format, packets)
		}
	}
}

func TestLinear(t *testing.T) {
	for _, c := range []struct {
		codec media.Codec
		data  []byte
		want  []int32
	}{
		{media.PCMU8, []byte{0, 0x80, 0xff, 0x7f}, []int32{math.MinInt32, 0, 0x7f000000, -1 << 24}},
		{media.PCMS8, []byte{0x80, 0, 0x7f, 0xff}, []int32{math.MinInt32, 0, 0x7f000000, -1 << 24}},
		{media.PCMS16LE, []byte{0x34, 0x12, 0, 0x80}, []int32{0x12340000, math.MinInt32}},
		{media.PCMS16BE, []byte{0x12, 0x34, 0x80, 0}, []int32{0x12340000, math.MinInt32}},
		{media.PCMS24LE, []byte{0x56, 0x34, 0x12, 0xff, 0xff, 0xff}, []int32{0x12345600, -0x100}},
		{media.PCMS24BE, []byte{0x12, 0x34, 0x56, 0xff, 0xff, 0xff}, []int32{0x12345600, -0x100}},
		{media.PCMS32LE, []byte{0x78, 0x56, 0x34, 0x12, 0xff, 0xff, 0xff, 0xff}, []int32{0x12345678, -1}},
		{media.PCMS32BE, []byte{0x12, 0x34, 0x56, 0x78, 0xff, 0xff, 0xff, 0xff}, []int32{0x12345678, -1}},
		{media.PCMALaw, []byte{0xd5, 0x55, 0xaa, 0x2a}, []int32{8 << 16, -8 << 16, 32256 << 16, -32256 << 16}},
		{media.PCMMuLaw, []byte{0xff, 0x7f, 0x80, 0x00}, []int32{0, 0, 32124 << 16, -32124 << 16}},
	} {
		if got := decode(t, c.codec, c.data...); !slices.Equal(got, c.want) {
			t.Errorf("%s: %#x is %#x, want %#x", c.codec, c.data, got, c.want)
		}
	}
}

// reference is the conversion in floating point: doubles hold all of it.
func reference(v float64) int32 {
	if math.IsNaN(v) {
		return 0
	}
	return int32(min(max(math.RoundToEven(v*(1<<31)), math.MinInt32), math.MaxInt32))
}

// interesting are values around every power of two, ties, and the extremes.
func interesting() []float64 {
	values := []float64{0, math.Copysign(0, -1), math.Inf(1), math.NaN(), math.SmallestNonzeroFloat32, math.SmallestNonzeroFloat64, math.MaxFloat32, math.MaxFloat64}
	for e := -40; e <= 3; e++ {
		for _, m := range []float64{1, 1.5, 1.25, 1.75, 1 + 1.0/(1<<23), 2 - 1.0/(1<<23), 1 + 1.0/(1<<52), 2 - 1.0/(1<<52), 1.3333333333333} {
			values = append(values, math.Ldexp(m, e))
		}
	}
	for i := range 200 {
		values = append(values, (float64(i)+0.5)/(1<<31), (float64(1<<30+i)+0.5)/(1<<31))
	}
	x := uint64(1)
	for range 6000 {
		x = x*6364136223846793005 + 1442695040888963407
		values = append(values, float64(int64(x))/(1<<63))
	}
	for _, v := range values {
		values = append(values, -v)
	}
	return values
}

func TestFloat(t *testing.T) {
	for _, v := range interesting() {
		want := reference(v)
		b := binary.LittleEndian.AppendUint64(nil, math.Float64bits(v))
		if got := decode(t, media.PCMF64LE, b...); got[0] != want {
			t.Errorf("f64le %v is %d, want %d", v, got[0], want)
		}
		b = binary.BigEndian.AppendUint64(nil, math.Float64bits(v))
		if got := decode(t, media.PCMF64BE, b...); got[0] != want {
			t.Errorf("f64be %v is %d, want %d", v, got[0], want)
		}
		want = reference(float64(float32(v)))
		b = binary.LittleEndian.AppendUint32(nil, math.Float32bits(float32(v)))
		if got := decode(t, media.PCMF32LE, b...); got[0] != want {
			t.Errorf("f32le %v is %d, want %d", float32(v), got[0], want)
		}
		b = binary.BigEndian.AppendUint32(nil, math.Float32bits(float32(v)))
		if got := decode(t, media.PCMF32BE, b...); got[0] != want {
			t.Errorf("f32be %v is %d, want %d", float32(v), got[0], want)
		}
	}
}

func TestPieceOfAFrame(t *testing.T) {
	got, err := newDecoder(t, media.PCMS16LE, 2).Decode(nil, &media.Packet{Data: []byte{0, 1, 0, 2, 0, 3, 0}, Pos: 1000})
	var f *media.FormatError
	if !errors.As(err, &f) || f.Offset != 1004 {
		t.Errorf("%v, want a FormatError at 1004", err)
	}
	if !slices.Equal(got, []int32{1 << 24, 2 << 24}) {
		t.Errorf("%#x", got)
	}
}

func TestRefused(t *testing.T) {
	for _, s := range []media.Stream{{Codec: media.MP3, Audio: media.AudioFormat{Channels: 2}}, {Codec: media.PCMS16LE}} {
		var u *media.UnsupportedError
		if _, err := pcm.New(s); !errors.As(err, &u) {
			t.Errorf("%+v: %v, want an UnsupportedError", s, err)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	for _, c := range codecs {
		b.Run(string(c.codec), func(b *testing.B) {
			d := newDecoder(b, c.codec, 2)
			p := media.Packet{Data: make([]byte, c.width*2048)}
			dst := make([]int32, 0, 2048)
			b.SetBytes(2048)
			for b.Loop() {
				if _, err := d.Decode(dst, &p); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
