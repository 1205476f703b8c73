package fourcc

import (
	"testing"

	"linnet/player/media"
)

func TestCodec(t *testing.T) {
	for code, want := range map[string]media.Codec{"xvid": media.MPEG4, "XVID": media.MPEG4, "MjPg": media.MJPEG, "\x02\x00\x00\x10": media.MPEG2Video, "none": "", "": ""} {
		if c, ok := Codec(code); c != want || ok != (want != "") {
			t.Errorf("%q: %q, %v", code, c, ok)
		}
	}
	if n := Name("VP8 \x00"); n != "vp8" {
		t.Errorf("named %q", n)
	}
}

// Pictures of H.263 are told apart by their first bytes.
func TestH263(t *testing.T) {
	for _, c := range []struct {
		first string
		want  media.Codec
		key   bool
		short bool
	}{
		{"\x00\x00\x80\x02\x08\x00", media.MPEG4, true, true},  // QCIF
		{"\x00\x00\x83\xfe\x0e\x04", media.MPEG4, false, true}, // CIF, predicted
		{"\x00\x00\x80\x02\x1c\x00", "h263", true, true},       // PLUSPTYPE
		{"\x00\x00\x80\x02\x00\x00", "h263", true, true},       // a forbidden size
		{"\x00\x00\x80\x02\x09\x00", "h263", true, true},       // vectors without limits
		{"\x00\x00\x80\x02\x08\x80", "h263", true, true},       // arithmetic coding
		{"\x00\x00\x01\xb6\x08\x00", "h263", false, false},
		{"\x00\x00\x80\x02\x08", "h263", false, false},
		{"", "h263", false, false},
	} {
		if got := H263([]byte(c.first)); got != c.want {
			t.Errorf("%q: %q, want %q", c.first, got, c.want)
		}
		if key, short := ShortKey([]byte(c.first)); key != c.key || short != c.short {
			t.Errorf("%q: %v, %v, want %v, %v", c.first, key, short, c.key, c.short)
		}
	}
}
