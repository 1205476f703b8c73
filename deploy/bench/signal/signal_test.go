package signal

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"testing"
)

func make16(t *testing.T, seconds int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, seconds); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestSameEverywhere has the hash of the first seconds: figures of two machines
// are figures of the same music.
func TestSameEverywhere(t *testing.T) {
	const want = "ef13a58e0a11d0ddd7c61e7e4412994ca3fec369a3f664f73dd751fe686f88a3"
	sum := sha256.Sum256(make16(t, 5))
	if got := hex.EncodeToString(sum[:]); got != want {
		t.Errorf("5 s have the hash %s", got)
	}
}

func TestFile(t *testing.T) {
	b := make16(t, 2)
	if len(b) != 44+2*4*Rate {
		t.Fatalf("%d bytes", len(b))
	}
	le := binary.LittleEndian
	if string(b[:4]) != "RIFF" || int(le.Uint32(b[4:])) != len(b)-8 || int(le.Uint32(b[40:])) != len(b)-44 {
		t.Errorf("the header is % x", b[:44])
	}
}

func TestLongerBeginsWithShorter(t *testing.T) {
	if short, long := make16(t, 2), make16(t, 3); !bytes.Equal(short[44:], long[44:len(short)]) {
		t.Error("2 s are not how 3 s begin")
	}
}

// TestIsMusicToAnEncoder looks at what makes encoders work: both channels sound,
// differ, have something in common, and never clip.
func TestIsMusicToAnEncoder(t *testing.T) {
	b := make16(t, 20)[44:]
	for from := 0; from < len(b); from += len(b) / 4 {
		var ll, rr, lr float64
		peak := int16(0)
		for i := from; i < from+len(b)/4; i += 4 {
			l, r := int16(binary.LittleEndian.Uint16(b[i:])), int16(binary.LittleEndian.Uint16(b[i+2:]))
			ll, rr, lr = ll+float64(l)*float64(l), rr+float64(r)*float64(r), lr+float64(l)*float64(r)
			peak = max(peak, l, r, -l, -r)
		}
		frames := float64(len(b) / 16)
		for _, power := range []float64{ll, rr} {
			if db := 10 * math.Log10(power/frames/(1<<30)); db < -24 || db > -14 {
				t.Errorf("a channel has %.1f dB of full scale", db)
			}
		}
		if c := lr / math.Sqrt(ll*rr); c < 0.3 || c > 0.97 {
			t.Errorf("the channels correlate by %.2f", c)
		}
		if peak == 32767 {
			t.Error("it clips")
		}
	}
}
