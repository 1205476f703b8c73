package flac_test

import (
	"math/rand/v2"
	"testing"

	"linnet/player/internal/flac"
	"linnet/player/internal/flac/flactest"
)

// Every header that can be written is read as it was written.
func TestHeader(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	sizes := []int{1, 2, 16, 192, 255, 256, 257, 576, 1000, 1152, 2304, 4096, 4608, 16384, 32768, 65535}
	rates := []int{0, 1, 8000, 11025, 22050, 44100, 48000, 88200, 96000, 176400, 192000, 255000, 65535, 384000, 655350}
	depths := []int{0, 8, 12, 16, 20, 24, 32}
	for range 20000 {
		h := flac.Header{Number: r.Int64N(1 << r.IntN(32)), BlockSize: sizes[r.IntN(len(sizes))], Rate: rates[r.IntN(len(rates))],
			Channels: 1 + r.IntN(8), Bits: depths[r.IntN(len(depths))], Variable: r.IntN(2) == 0}
		if h.Variable {
			h.Number = r.Int64N(1 << r.IntN(37))
		}
		if h.Channels == 2 {
			h.Stereo = flac.Stereo(r.IntN(4))
		}
		b := flactest.AppendHeader(nil, h)
		h.Size = len(b)
		if len(b) > flac.MaxHeaderSize {
			t.Fatalf("%+v takes %d bytes", h, len(b))
		}
		got, ok := flac.ParseHeader(append(b, 1, 2, 3)[:len(b)])
		if !ok || got != h {
			t.Fatalf("% x: %v\n got %+v\nwant %+v", b, ok, got, h)
		}
		for i := range b {
			if _, ok := flac.ParseHeader(b[:i]); ok {
				t.Fatalf("% x: a header of %d bytes", b, i)
			}
			bad := append([]byte(nil), b...)
			bad[i] ^= 1 << r.IntN(8)
			if h, ok := flac.ParseHeader(bad); ok && h.Size == len(b) {
				t.Fatalf("% x is a header with a wrong bit: %+v", bad, h)
			}
		}
	}
}

// What RFC 9639 reserves or forbids is no header, though its CRC-8 is right.
func TestReserved(t *testing.T) {
	good := flactest.AppendHeader(nil, flac.Header{BlockSize: 4096, Rate: 44100, Channels: 2, Bits: 16})
	for name, change := range map[string]func(b []byte) []byte{
		"sync code":               func(b []byte) []byte { b[1] |= 2; return b },
		"block size 0":            func(b []byte) []byte { b[2] &= 0x0f; return b },
		"rate 15":                 func(b []byte) []byte { b[2] |= 0x0f; return b },
		"channels 11":             func(b []byte) []byte { b[3] |= 0xb0; return b },
		"channels 15":             func(b []byte) []byte { b[3] |= 0xf0; return b },
		"depth 3":                 func(b []byte) []byte { b[3] = b[3]&^0xe | 3<<1; return b },
		"reserved bit":            func(b []byte) []byte { b[3] |= 1; return b },
		"number of a middle byte": func(b []byte) []byte { b[4] = 0x80; return b },
		"number of 8 bytes":       func(b []byte) []byte { b[4] = 0xff; return b },
		"number that breaks off":  func(b []byte) []byte { return append(b[:4], 0xe1, 0x80, 0x10, 0) },
		"block of 65536": func(b []byte) []byte {
			b[2] = b[2]&0x0f | 0x70
			return append(b[:5], 0xff, 0xff, 0)
		},
		"rate of 0 kHz": func(b []byte) []byte {
			b[2] = b[2]&0xf0 | 12
			return append(b[:5], 0, 0)
		},
	} {
		b := change(append([]byte(nil), good...))
		b[len(b)-1] = flac.CRC8(b[:len(b)-1])
		if h, ok := flac.ParseHeader(append(b, make([]byte, 8)...)); ok {
			t.Errorf("%s: %+v", name, h)
		}
	}
}

func TestStreamInfo(t *testing.T) {
	want := flac.StreamInfo{MinBlock: 16, MaxBlock: 65535, MinFrame: 1<<24 - 1, MaxFrame: 0x123456, Rate: 655350, Channels: 8,
		Bits: 32, Samples: 1<<36 - 1, MD5: [16]byte{1, 2, 15: 16}}
	b := want.Append(nil)
	if got, ok := flac.ParseStreamInfo(b); !ok || got != want || len(b) != flac.StreamInfoSize {
		t.Errorf("%d bytes: %v %+v", len(b), ok, got)
	}
	if _, ok := flac.ParseStreamInfo(b[:33]); ok {
		t.Error("33 bytes are enough")
	}
	want.Bits = 3
	if _, ok := flac.ParseStreamInfo(want.Append(nil)); ok {
		t.Error("samples of 3 bits")
	}
}

// The wrappings of the containers that carry FLAC.
func TestFindStreamInfo(t *testing.T) {
	info := flac.StreamInfo{MinBlock: 16, MaxBlock: 16, Rate: 8000, Channels: 1, Bits: 8}
	body := info.Append(nil)
	block := append([]byte{0x80, 0, 0, 34}, body...)
	behind := append([]byte{4, 0, 0, 2, 1, 2}, block...)
	for name, b := range map[string][]byte{
		"bare": body, "block": block, "native": append([]byte("fLaC"), block...), "behind another": behind,
		"native, behind another": append([]byte("fLaC"), behind...),
	} {
		if got := flac.FindStreamInfo(b); string(got) != string(body) {
			t.Errorf("%s: % x", name, got)
		}
		for i := range len(b) - 1 {
			if got := flac.FindStreamInfo(b[:i]); got != nil && string(got) != string(body) && i != flac.StreamInfoSize {
				t.Errorf("%s, %d bytes: % x", name, i, got)
			}
		}
	}
}
