package caf_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"testing"

	"linnet/player"
	"linnet/player/ad/aac"
	"linnet/player/ad/adpcm"
	"linnet/player/ad/alac"
	"linnet/player/ad/flac"
	"linnet/player/ad/mp3"
	"linnet/player/ad/opus"
	"linnet/player/ad/pcm"
	"linnet/player/demux/caf"
	"linnet/player/media"
	"linnet/player/playertest"
)

func u16(v int) []byte                          { return binary.BigEndian.AppendUint16(nil, uint16(v)) }
func u32(v int) []byte                          { return binary.BigEndian.AppendUint32(nil, uint32(v)) }
func u64[T ~int | ~int64 | ~uint64](v T) []byte { return binary.BigEndian.AppendUint64(nil, uint64(v)) }

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// chunk is one that has the size that it says.
func chunk(kind string, body ...[]byte) []byte { b := join(body...); return sized(kind, len(b), b) }

func sized(kind string, size int, body ...[]byte) []byte {
	return join([]byte(kind), u64(size), join(body...))
}

// A shape is what the first chunk says.
type shape struct {
	rate     float64
	form     string
	flags    int
	bytes    int
	frames   int
	channels int
	bits     int
}

func (s shape) chunk() []byte {
	return chunk("desc", u64(math.Float64bits(s.rate)), []byte(s.form), u32(s.flags), u32(s.bytes), u32(s.frames), u32(s.channels), u32(s.bits))
}

func file(chunks ...[]byte) []byte { return join([]byte("caff"), u16(1), u16(0), join(chunks...)) }

// data is the sound, behind its edit count.
func data(sound []byte) []byte { return chunk("data", u32(0), sound) }

// number is one of the packet table: seven bits a byte.
func number(v int) []byte {
	b := []byte{byte(v & 0x7f)}
	for v >>= 7; v > 0; v >>= 7 {
		b = append([]byte{byte(v&0x7f | 0x80)}, b...)
	}
	return b
}

// pakt is a packet table of packets numbers of sizes, frames, or both.
func pakt(packets int64, valid, priming, remainder int, numbers ...[]byte) []byte {
	return chunk("pakt", u64(packets), u64(valid), u32(priming), u32(remainder), join(numbers...))
}

// tabled is a file of packets.
func tabled(s shape, cookie []byte, valid, priming, remainder int, packets [][]byte, frames []int) []byte {
	var numbers [][]byte
	for i, p := range packets {
		if s.bytes == 0 {
			numbers = append(numbers, number(len(p)))
		}
		if s.frames == 0 {
			numbers = append(numbers, number(frames[i]))
		}
	}
	chunks := [][]byte{s.chunk(), pakt(int64(len(packets)), valid, priming, remainder, numbers...), data(join(packets...))}
	if cookie != nil {
		chunks = append(chunks, chunk("kuki", cookie))
	}
	return file(chunks...)
}

func open(t testing.TB, b []byte) *caf.Demuxer {
	t.Helper()
	d, err := caf.New(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func newDecoder(s media.Stream) (player.AudioDecoder, error) {
	switch s.Codec {
	case media.AAC:
		return aac.New(s)
	case media.ALAC:
		return alac.New(s)
	case media.FLAC:
		return flac.New(s)
	case media.MP2, media.MP3:
		return mp3.New(s)
	case media.Opus:
		return opus.New(s)
	case media.ADPCMQT:
		d, err := adpcm.New(s)
		return playertest.Blockwise(d, s.BlockAlign), err
	}
	return pcm.New(s)
}

// counter is a decoder whose packets say how many frames they are.
type counter struct{}

func (counter) Reset() {}

func (counter) Decode(dst []int32, p *media.Packet) ([]int32, error) {
	for i := range int(p.Data[2]) {
		dst = append(dst, int32(p.Data[0])<<24|int32(p.Data[1])<<16|int32(i))
	}
	return dst, nil
}

// counted are n packets for a counter, of sizes and frames that change.
func counted(n int) (packets [][]byte, frames []int, total int) {
	for i := range n {
		f := 1 + (i%9)*(i%9)%9
		packets = append(packets, append([]byte{byte(i >> 8), byte(i), byte(f)}, make([]byte, i%200)...))
		frames = append(frames, f)
		total += f
	}
	return packets, frames, total
}
