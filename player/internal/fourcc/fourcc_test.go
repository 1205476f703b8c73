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
