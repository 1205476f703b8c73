package opus

import (
	"bytes"
	"testing"

	"linnet/player/media"
)

// TestPackets goes through the codes of RFC 6716 clause 3.2, and what breaks
// the rules of clause 3.4.
func TestPackets(t *testing.T) {
	long := append([]byte{0xf8 | 2, 252, 1}, make([]byte, 300)...)
	for _, c := range []struct {
		name      string
		data      []byte
		delimited bool
		want      []int // lengths of the frames; nil for an error
		rest      int
	}{
		{"nothing", nil, false, nil, 0},
		{"one empty frame", []byte{0xf8}, false, []int{0}, 0},
		{"one frame", []byte{0xf8, 1, 2, 3}, false, []int{3}, 0},
		{"one frame too long", make([]byte, 1277), false, nil, 0},
		{"the longest frame", make([]byte, 1276), false, []int{1275}, 0},
		{"two equal", []byte{0xf9, 1, 2, 3, 4}, false, []int{2, 2}, 0},
		{"two equal, odd", []byte{0xf9, 1, 2, 3}, false, nil, 0},
		{"two", []byte{0xfa, 1, 2, 3, 4}, false, []int{1, 2}, 0},
		{"two, the second empty", []byte{0xfa, 3, 2, 3, 4}, false, []int{3, 0}, 0},
		{"two, the first too long", []byte{0xfa, 4, 2, 3, 4}, false, nil, 0},
		{"two, a long length", long, false, []int{256, 44}, 0},
		{"two, half a length", []byte{0xfa, 252}, false, nil, 0},
		{"two, no length", []byte{0xfa}, false, nil, 0},
		{"no count", []byte{0xfb}, false, nil, 0},
		{"none", []byte{0xfb, 0}, false, nil, 0},
		{"three equal", []byte{0xfb, 3, 1, 2, 3}, false, []int{1, 1, 1}, 0},
		{"three equal, one left", []byte{0xfb, 3, 1, 2, 3, 4}, false, nil, 0},
		{"three", []byte{0xfb, 0x83, 1, 0, 1, 2, 3}, false, []int{1, 0, 2}, 0},
		{"three, too short", []byte{0xfb, 0x83, 1, 3, 1, 2, 3}, false, nil, 0},
		{"padding", []byte{0xfb, 0x42, 2, 1, 2, 0, 0}, false, []int{1, 1}, 0},
		{"padding of padding", append([]byte{0xfb, 0x42, 255, 0, 1, 2}, make([]byte, 254)...), false, []int{1, 1}, 0},
		{"only padding", []byte{0xfb, 0x41, 2, 0, 0}, false, []int{0}, 0},
		{"too much padding", []byte{0xfb, 0x41, 3, 0, 0}, false, nil, 0},
		{"endless padding", []byte{0xfb, 0x41, 255, 255, 255}, false, nil, 0},
		{"48 of 2.5 ms", append([]byte{0xe3, 48}, make([]byte, 48)...), false, make48(), 0},
		{"49 of 2.5 ms", append([]byte{0xe3, 49}, make([]byte, 49)...), false, nil, 0},
		{"140 ms", []byte{0xfb, 7}, false, nil, 0},
		{"120 ms of SILK", []byte{0x1b, 2, 1, 2}, false, []int{1, 1}, 0},
		{"180 ms of SILK", []byte{0x1b, 3, 1, 2, 3}, false, nil, 0},

		{"delimited", []byte{0xf8, 2, 1, 2, 9}, true, []int{2}, 1},
		{"delimited, short", []byte{0xf8, 2, 1}, true, nil, 0},
		{"delimited, two equal", []byte{0xf9, 1, 1, 2, 9, 9}, true, []int{1, 1}, 2},
		{"delimited, two", []byte{0xfa, 1, 2, 1, 2, 3, 9}, true, []int{1, 2}, 1},
		{"delimited, three", []byte{0xfb, 0x83, 1, 0, 2, 1, 2, 3, 9}, true, []int{1, 0, 2}, 1},
		{"delimited, padding", []byte{0xfb, 0x41, 2, 1, 5, 0, 0, 9}, true, []int{1}, 1},
		{"delimited, long", []byte{0xf8, 255, 255}, true, nil, 0},
	} {
		var p packet
		rest, e := p.parse(c.data, c.delimited)
		if (e != "") != (c.want == nil) {
			t.Errorf("%s: %q", c.name, e)
			continue
		}
		if e != "" {
			continue
		}
		if p.count != len(c.want) || len(rest) != c.rest {
			t.Errorf("%s: %d frames, %d bytes behind", c.name, p.count, len(rest))
			continue
		}
		for i, n := range c.want {
			if len(p.frames[i]) != n {
				t.Errorf("%s: frame %d has %d bytes, want %d", c.name, i, len(p.frames[i]), n)
			}
		}
	}
}

func make48() (n []int) {
	for range 48 {
		n = append(n, 1)
	}
	return n
}

// TestFirstByte holds all configurations against table 2 of RFC 6716.
func TestFirstByte(t *testing.T) {
	for config, want := range []packet{
		0: {mode: silkOnly, kHz: 8, end: 13, size: 480}, 3: {mode: silkOnly, kHz: 8, end: 13, size: 2880},
		5: {mode: silkOnly, kHz: 12, end: 17, size: 960}, 10: {mode: silkOnly, kHz: 16, end: 17, size: 1920},
		12: {mode: hybrid, kHz: 16, end: 19, size: 480}, 15: {mode: hybrid, kHz: 16, end: 21, size: 960},
		16: {mode: celtOnly, end: 13, size: 120}, 21: {mode: celtOnly, end: 17, size: 240},
		26: {mode: celtOnly, end: 19, size: 480}, 31: {mode: celtOnly, end: 21, size: 960},
	} {
		if want.mode == 0 {
			continue
		}
		for stereo := range 2 {
			var p packet
			p.head(byte(config<<3 | stereo<<2))
			if p.mode != want.mode || p.kHz != want.kHz || p.end != want.end || p.size != want.size || p.stereo != (stereo == 1) {
				t.Errorf("configuration %d: %+v", config, p)
			}
		}
	}
}

func opusHead(channels, family byte, gain int16, table ...byte) []byte {
	b := append([]byte("OpusHead\x01"), channels, 0, 0, 0, 0, 0, 0, byte(gain), byte(gain>>8), family)
	return append(b, table...)
}

// TestHeads reads headers, RFC 7845 clause 5.1.
func TestHeads(t *testing.T) {
	for _, c := range []struct {
		name    string
		b       []byte
		mapping []byte // nil for an error
	}{
		{"mono", opusHead(1, 0, 0), []byte{0}},
		{"stereo", opusHead(2, 0, 0), []byte{0, 1}},
		{"three without a mapping", opusHead(3, 0, 0), nil},
		{"none", opusHead(0, 0, 0), nil},
		{"5.1", opusHead(6, 1, 0, 4, 2, 0, 4, 1, 2, 3, 5), []byte{0, 1, 4, 5, 2, 3}},
		{"discrete", opusHead(3, 255, 0, 3, 0, 2, 1, 0), []byte{2, 1, 0}},
		{"a silent channel", opusHead(2, 255, 0, 1, 0, 0, 255), []byte{0, 255}},
		{"ambisonics", opusHead(4, 2, 0, 4, 0, 0, 1, 2, 3), nil},
		{"9 channels", opusHead(9, 255, 0, 9, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8), nil},
		{"a wrong channel", opusHead(2, 1, 0, 1, 0, 0, 1), nil},
		{"no streams", opusHead(1, 1, 0, 0, 0, 255), nil},
		{"too many pairs", opusHead(1, 1, 0, 1, 2, 0), nil},
		{"cut off", opusHead(6, 1, 0, 4, 2, 0, 4, 1), nil},
		{"another version", append([]byte("OpusHead\x10"), opusHead(1, 0, 0)[9:]...), nil},
		{"something else", bytes.Repeat([]byte("x"), 19), nil},
	} {
		h, err := parseHead(c.b)
		if (err != nil) != (c.mapping == nil) {
			t.Errorf("%s: %v", c.name, err)
		} else if err == nil && !bytes.Equal(h.mapping[:h.channels], c.mapping) {
			t.Errorf("%s: mapping %v, want %v", c.name, h.mapping, c.mapping)
		}
	}
}

// TestMapping has a packet of two streams come out on all channels that the
// header says, and with its gain.
func TestMapping(t *testing.T) {
	sound := []byte{0xf8, 0x7f, 0x35, 0x81, 0x22, 0x19, 0xe4, 0x90, 0x33, 0x41, 0x55, 0x66, 0x12, 0x99, 0xab, 0xcd}
	both := append([]byte{sound[0], byte(len(sound) - 1)}, sound[1:]...)
	both = append(both, 0xf8, 0xff, 0xfe) // a silent frame
	plain := decodeOne(t, opusHead(1, 0, 0), 1, sound)
	got := decodeOne(t, opusHead(4, 255, 0, 2, 0, 0, 1, 255, 0), 4, both)
	half := decodeOne(t, opusHead(1, 0, -1541), 1, sound) // -6.02 dB
	loud := false
	for i, v := range plain {
		loud = loud || v>>16 > 100
		if f := got[4*i:]; f[0] != v || f[1] != 0 || f[2] != 0 || f[3] != v {
			t.Fatalf("frame %d: %v, want %d on two channels", i, f[:4], v)
		}
		if d := half[i]>>16 - v>>17; d < -20 || d > 20 {
			t.Fatalf("sample %d: %d with a gain of a half, %d without", i, half[i]>>16, v>>16)
		}
	}
	if !loud {
		t.Error("there is nothing to hear")
	}
}

func decodeOne(t *testing.T, config []byte, channels int, data []byte) []int32 {
	t.Helper()
	d, err := New(media.Stream{Codec: media.Opus, Config: config, Audio: media.AudioFormat{Rate: 48000, Channels: channels, Bits: 16}})
	if err != nil {
		t.Fatal(err)
	}
	out, err := d.Decode(nil, &media.Packet{Data: data})
	if err != nil || len(out) != 960*channels {
		t.Fatalf("%d samples, %v", len(out), err)
	}
	return out
}
