package wav_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"testing"

	"linnet/player"
	"linnet/player/ad/adpcm"
	"linnet/player/ad/mp3"
	"linnet/player/ad/pcm"
	"linnet/player/demux/mpa"
	"linnet/player/demux/wav"
	"linnet/player/media"
)

// A fileBuilder makes WAVE files chunk by chunk.
type fileBuilder struct{ bytes.Buffer }

func (b *fileBuilder) chunk(id string, body []byte) *fileBuilder {
	return b.sized(id, uint32(len(body)), body)
}

// sized writes a chunk that claims another size than it has.
func (b *fileBuilder) sized(id string, size uint32, body []byte) *fileBuilder {
	b.WriteString(id)
	binary.Write(b, binary.LittleEndian, size)
	b.Write(body)
	if len(body)%2 == 1 {
		b.WriteByte(0)
	}
	return b
}

// riff closes the file with its head.
func (b *fileBuilder) riff(id string) []byte {
	var f fileBuilder
	f.WriteString(id)
	binary.Write(&f, binary.LittleEndian, uint32(b.Len()+4))
	f.WriteString("WAVE")
	f.Write(b.Bytes())
	return f.Bytes()
}

// id3 is an ID3v2 tag with a title and a genre.
func id3() []byte {
	return []byte("ID3\x03\x00\x00\x00\x00\x00\x1aTIT2\x00\x00\x00\x03\x00\x00\x00hiTCON\x00\x00\x00\x03\x00\x00\x00ab")
}

// waveFormat is a WAVEFORMATEX; without extra, a PCMWAVEFORMAT.
func waveFormat(tag, channels, rate, align, bits int, extra ...byte) []byte {
	var b bytes.Buffer
	le := binary.LittleEndian
	for _, v := range []any{uint16(tag), uint16(channels), uint32(rate), uint32(rate * align), uint16(align), uint16(bits)} {
		binary.Write(&b, le, v)
	}
	if len(extra) > 0 {
		binary.Write(&b, le, uint16(len(extra)))
		b.Write(extra)
	}
	return b.Bytes()
}

// extensible is the extra part of a WAVEFORMATEXTENSIBLE.
func extensible(valid, tag int) []byte {
	b := []byte{byte(valid), 0, 3, 0, 0, 0, byte(tag), byte(tag >> 8)}
	return append(b, "\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71"...)
}

// noise is n bytes that differ.
func noise(n int) []byte {
	b := make([]byte, n)
	x := uint32(n) | 1
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return b
}

func open(t testing.TB, file []byte) *wav.Demuxer {
	t.Helper()
	d, err := wav.New(bytes.NewReader(file), int64(len(file)), mpegWithin)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// mpegWithin is a wav.FrameOpener.
func mpegWithin(src io.ReaderAt, size, from, to int64) (wav.Sound, error) {
	return mpa.NewWithin(src, size, from, to)
}

func newDecoder(s media.Stream) (player.AudioDecoder, error) {
	if s.Codec == media.ADPCMIMA || s.Codec == media.ADPCMMS {
		return adpcm.New(s)
	}
	if s.Codec == media.MP3 || s.Codec == media.MP2 || s.Codec == media.MP1 {
		return mp3.New(s)
	}
	return pcm.New(s)
}
