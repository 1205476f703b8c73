package charset

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// same compares with what x/text decodes.
func same(t *testing.T, c Charset, b []byte) {
	t.Helper()
	want, err := encoders[c].NewDecoder().Bytes(b)
	if err != nil {
		t.Fatal(err)
	}
	got := c.String(b)
	if got == string(want) {
		return
	}
	at := 0
	for at < len(got) && at < len(want) && got[at] == want[at] {
		at++
	}
	t.Errorf("%s, %d bytes: from %d on %q, want %q", c, len(b), at, got[at:min(at+20, len(got))], want[at:min(at+20, len(want))])
}

// TestPairs: each pair of bytes is what x/text says, valid or not, in the middle of
// text and at its end.
func TestPairs(t *testing.T) {
	for c := range encoders {
		if c == UTF8 {
			continue
		}
		var all []byte
		for n := range 1 << 16 {
			all = append(all, byte(n>>8), byte(n), ' ')
		}
		same(t, c, all)
		for n := 0x80; n < 1<<16; n += 7 {
			same(t, c, []byte{byte(n >> 8), byte(n)})
		}
	}
}

// TestFourBytes: all that GB 18030 has in four bytes, and what looks like it.
func TestFourBytes(t *testing.T) {
	var all []byte
	for n := range 126 * 10 * 126 * 10 {
		all = append(all, byte(0x81+n/12600), byte('0'+n/1260%10), byte(0x81+n/10%126), byte('0'+n%10))
	}
	same(t, GB18030, all)
	for _, b := range []string{"\x810", "\x810\x81", "\x810\x80\x30", "\x810\xff0", "\x81:\x810", "\x810\x81:", "\xff0\x810", "\x81?\x810"} {
		same(t, GB18030, []byte(b+"A"))
		same(t, GB18030, []byte(b))
	}
}

// TestNoise is whatever bytes, of which many are above 80.
func TestNoise(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for c := range encoders {
		if c == UTF8 {
			continue
		}
		for range 300 {
			b := make([]byte, r.IntN(200))
			for i := range b {
				b[i] = byte(r.IntN(256)) | byte(r.IntN(2))<<7
			}
			same(t, c, b)
			same(t, c, bytes.Repeat(b, 2))
		}
	}
}
