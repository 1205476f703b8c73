package mpa

import "testing"

func TestParseHeader(t *testing.T) {
	for _, c := range []struct {
		bytes                         [4]byte
		version                       Version
		layer, bitRate, rate          int
		channels, samples, size, side int
		crc                           bool
	}{
		{[4]byte{0xff, 0xfb, 0x90, 0x64}, MPEG1, 3, 128000, 44100, 2, 1152, 417, 32, false},
		{[4]byte{0xff, 0xfb, 0x92, 0x60}, MPEG1, 3, 128000, 44100, 2, 1152, 418, 32, false},
		{[4]byte{0xff, 0xfa, 0xe8, 0xc0}, MPEG1, 3, 320000, 32000, 1, 1152, 1440, 17, true},
		{[4]byte{0xff, 0xf3, 0x80, 0xc4}, MPEG2, 3, 64000, 22050, 1, 576, 208, 9, false},
		{[4]byte{0xff, 0xe3, 0x18, 0xc4}, MPEG25, 3, 8000, 8000, 1, 576, 72, 9, false},
		{[4]byte{0xff, 0xe3, 0x18, 0x44}, MPEG25, 3, 8000, 8000, 2, 576, 72, 17, false},
		{[4]byte{0xff, 0xfd, 0xe4, 0x00}, MPEG1, 2, 384000, 48000, 2, 1152, 1152, 32, false},
		{[4]byte{0xff, 0xe5, 0xea, 0x00}, MPEG25, 2, 160000, 8000, 2, 1152, MaxFrameSize, 17, false},
		{[4]byte{0xff, 0xff, 0xc2, 0x04}, MPEG1, 1, 384000, 44100, 2, 384, 420, 32, false},
		{[4]byte{0xff, 0xfb, 0x00, 0x00}, MPEG1, 3, 0, 44100, 2, 1152, 0, 32, false},
	} {
		h, ok := ParseHeader(c.bytes[:])
		if !ok {
			t.Errorf("% x refused", c.bytes)
			continue
		}
		if h.Version != c.version || h.Layer != c.layer || h.BitRate != c.bitRate || h.Rate != c.rate || h.CRC != c.crc {
			t.Errorf("% x: %+v", c.bytes, h)
		}
		if h.Channels() != c.channels || h.Samples() != c.samples || h.FrameSize() != c.size || h.SideInfoSize() != c.side {
			t.Errorf("% x: %d channels, %d samples, %d bytes, %d of side information",
				c.bytes, h.Channels(), h.Samples(), h.FrameSize(), h.SideInfoSize())
		}
	}
}

func TestParseHeaderRefuses(t *testing.T) {
	for what, b := range map[string][]byte{
		"too short":              {0xff, 0xfb, 0x90},
		"no sync word":           {0xff, 0xdb, 0x90, 0},
		"reserved version":       {0xff, 0xeb, 0x90, 0},
		"reserved layer":         {0xff, 0xf9, 0x90, 0},
		"forbidden bit rate":     {0xff, 0xfb, 0xf0, 0},
		"reserved sampling rate": {0xff, 0xfb, 0x9c, 0},
	} {
		if _, ok := ParseHeader(b); ok {
			t.Errorf("%s: % x is taken", what, b)
		}
	}
}

// No header announces a larger frame than MaxFrameSize.
func TestMaxFrameSize(t *testing.T) {
	largest := 0
	for b := range 1 << 16 {
		h, ok := ParseHeader([]byte{0xff, byte(b >> 8), byte(b), 0})
		if ok {
			largest = max(largest, h.FrameSize())
		}
	}
	if largest != MaxFrameSize {
		t.Errorf("the largest frame has %d bytes", largest)
	}
}

func TestSameStream(t *testing.T) {
	parse := func(b ...byte) *Header { h, _ := ParseHeader(b); return &h }
	a := parse(0xff, 0xfb, 0x90, 0x64)
	for b, want := range map[*Header]bool{
		parse(0xff, 0xfa, 0xa2, 0xc0): true,
		parse(0xff, 0xfb, 0x94, 0x64): false,
		parse(0xff, 0xfd, 0x90, 0x64): false,
		parse(0xff, 0xf3, 0x90, 0x64): false,
	} {
		if a.SameStream(b) != want {
			t.Errorf("%+v and %+v", a, b)
		}
	}
}
