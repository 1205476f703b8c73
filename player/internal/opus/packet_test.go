package opus

import "testing"

// One packet of each kind of length, RFC 6716 table 2 and clause 3.2.
func TestFrames(t *testing.T) {
	for _, c := range []struct {
		packet []byte
		want   int64
	}{
		{nil, 0}, {[]byte{0}, 480}, {[]byte{1 << 3}, 960}, {[]byte{2 << 3}, 1920}, {[]byte{3 << 3}, 2880}, {[]byte{11 << 3}, 2880},
		{[]byte{12 << 3}, 480}, {[]byte{15 << 3}, 960}, {[]byte{16 << 3}, 120}, {[]byte{17 << 3}, 240}, {[]byte{30 << 3}, 480}, {[]byte{31 << 3}, 960},
		{[]byte{31<<3 | 1}, 1920}, {[]byte{31<<3 | 2}, 1920}, {[]byte{31<<3 | 3}, 0}, {[]byte{31<<3 | 3, 0}, 0}, {[]byte{31<<3 | 3, 6}, 5760},
		{[]byte{31<<3 | 3, 7}, 0}, {[]byte{16<<3 | 3, 0x80 | 48}, 5760}, {[]byte{3<<3 | 3, 3}, 0},
	} {
		if got := Frames(c.packet); got != c.want {
			t.Errorf("%v: %d frames, want %d", c.packet, got, c.want)
		}
	}
}
