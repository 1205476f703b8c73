package esds

import (
	"bytes"
	"testing"
)

func descriptor(tag byte, body ...byte) []byte {
	return append([]byte{tag, 0x80, 0x80, 0x80, byte(len(body))}, body...)
}

func config(object byte, setting ...byte) []byte {
	return descriptor(tagDecoderConfig, append([]byte{object, 0x15, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0x77, 0}, descriptor(tagDecoderSetting, setting...)...)...)
}

func TestParse(t *testing.T) {
	plain := descriptor(tagES, append([]byte{0, 1, 0}, config(0x40, 0x12, 0x10)...)...)
	flags := descriptor(tagES, append([]byte{0, 1, 0xe0, 0, 2, 3, 'u', 'r', 'l', 0, 4}, config(0x6b)...)...)
	for _, c := range []struct {
		name     string
		b        []byte
		aac, mp3 bool
		setting  []byte
	}{
		{"AAC", plain, true, false, []byte{0x12, 0x10}},
		{"something in front", append(descriptor(9, 1, 2), plain...), true, false, []byte{0x12, 0x10}},
		{"flags", flags, false, true, nil},
		{"setting cut off", plain[:len(plain)-1], true, false, []byte{0x12}},
	} {
		d, ok := Parse(c.b)
		if !ok || d.IsAAC() != c.aac || d.IsMP3() != c.mp3 || d.BitRate != 96000 || !bytes.Equal(d.Setting, c.setting) {
			t.Errorf("%s: %+v, %v", c.name, d, ok)
		}
	}
	for n := range 25 {
		if d, ok := Parse(plain[:n]); ok {
			t.Errorf("cut to %d bytes: %+v", n, d)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(descriptor(tagES, append([]byte{0, 1, 0xe0, 0, 2, 3, 'u', 'r', 'l', 0, 4}, config(0x66, 1, 2, 3)...)...))
	f.Fuzz(func(t *testing.T, b []byte) {
		if d, ok := Parse(b); ok && (len(d.Setting) > len(b) || d.BitRate < 0) {
			t.Fatalf("%+v", d)
		}
	})
}
