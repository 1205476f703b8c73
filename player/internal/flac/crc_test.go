package flac

import (
	"math/rand/v2"
	"testing"
)

// slowCRC divides bit by bit, as the checksum is defined.
func slowCRC(b []byte, width int, poly uint32) (crc uint32) {
	for _, v := range b {
		for bit := 7; bit >= 0; bit-- {
			top := crc>>(width-1)&1 ^ uint32(v)>>bit&1
			crc = crc << 1 & (1<<width - 1)
			if top != 0 {
				crc ^= poly
			}
		}
	}
	return crc
}

func noise(random *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		if b[i] = byte(random.Uint32()); random.IntN(4) == 0 {
			b[i] = []byte{0xff, 0xf8, 0xf9}[random.IntN(3)]
		}
	}
	return b
}

func TestCRC(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 700 {
		n := round
		if round >= 70 {
			n = random.IntN(4000)
		}
		b := noise(random, n+3)[round%4:][:n]
		if got, want := CRC8(b), slowCRC(b, 8, 0x07); uint32(got) != want {
			t.Errorf("CRC-8 of %d bytes: %#x, want %#x", n, got, want)
		}
		if got, want := CRC16(CRC16(0, b[:n/3]), b[n/3:]), slowCRC(b, 16, 0x8005); uint32(got) != want {
			t.Errorf("CRC-16 of %d bytes: %#x, want %#x", n, got, want)
		}
	}
}

// It stops at every sync code, and nowhere else but at the last byte.
func TestScanSync(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for round := range 3000 {
		b := noise(random, round%40)
		crc := uint16(0)
		for at := 0; ; {
			n, next := ScanSync(crc, b[at:])
			want := min(1, max(len(b)-at-1, 0))
			for at+want < len(b)-1 && !Sync(b[at+want:]) {
				want++
			}
			if n != want || next != CRC16(crc, b[at:at+n]) {
				t.Fatalf("% x: from %d %d bytes, want %d; CRC %#x", b, at, n, want, next)
			}
			if at, crc = at+n, next; n == 0 {
				break
			}
		}
	}
}

// The kernels of this machine, which may be assembly, are the generic ones, at
// every place in a word.
func TestKernelsAreTheGenericOnes(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for round := range 2000 {
		b := noise(random, round%300+4)
		b = b[toBorder(b):]
		var got, want [16]uint32
		for i := range got {
			got[i] = random.Uint32()
		}
		want = got
		divide(&got, b)
		divideGeneric(&want, b)
		if got != want {
			t.Fatalf("%d bytes divide to %#x, want %#x", len(b), got, want)
		}
		b = noise(random, 4+round%300)
		for i := range b {
			if i%3 > 0 && round%2 > 0 {
				b[i] &= 0x7f
			}
		}
		b = b[round%4:]
		if got, want := findSync(b), findSyncGeneric(b); got != want {
			t.Fatalf("% x: a sync code at %d, want %d", b, got, want)
		}
	}
}
