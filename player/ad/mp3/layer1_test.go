package mp3

import (
	"math"
	"math/rand/v2"
	"testing"

	"linnet/player/internal/mpa"
	"linnet/player/media"
)

// bitWriter makes bit streams.
type bitWriter struct {
	data []byte
	free int // bits of the last byte
}

func (w *bitWriter) put(v, n int) {
	for i := n - 1; i >= 0; i-- {
		if w.free == 0 {
			w.data, w.free = append(w.data, 0), 8
		}
		w.free--
		w.data[len(w.data)-1] |= byte(v>>i&1) << w.free
	}
}

// layer1Frame makes a frame of 448 kbit/s with random contents.
func layer1Frame(rng *rand.Rand, mode mpa.Mode, modeExt int) []byte {
	w := bitWriter{}
	w.put(0xfff, 12)
	w.put(0b1111, 4) // MPEG-1, Layer I, no CRC
	w.put(0b1110, 4) // 448 kbit/s
	w.put(0b1000, 4) // 32000 Hz
	w.put(int(mode), 2)
	w.put(modeExt, 2)
	w.put(0, 4)
	channels, bound := 2, 32
	switch mode {
	case mpa.Mono:
		channels = 1
	case mpa.JointStereo:
		bound = 4 * (modeExt + 1)
	}
	coded := func(sb int) int {
		if sb < bound {
			return channels
		}
		return 1
	}
	var alloc [2][32]int
	for sb := range 32 {
		for ch := range coded(sb) {
			alloc[ch][sb] = rng.IntN(8)
			if sb == 0 {
				alloc[ch][sb] = 14
			}
			w.put(alloc[ch][sb], 4)
		}
		if coded(sb) < channels {
			alloc[1][sb] = alloc[0][sb]
		}
	}
	for sb := range 32 {
		for ch := range channels {
			if alloc[ch][sb] != 0 {
				w.put(15+rng.IntN(48), 6)
			}
		}
	}
	for range 12 {
		for sb := range 32 {
			for ch := range coded(sb) {
				if a := alloc[ch][sb]; a != 0 {
					w.put(rng.IntN(1<<(a+1)-1), a+1)
				}
			}
		}
	}
	h, _ := mpa.ParseHeader(w.data)
	if len(w.data) > h.FrameSize() {
		panic("the random frame is too long")
	}
	return append(w.data, make([]byte, h.FrameSize()-len(w.data))...)
}

func TestLayer1(t *testing.T) {
	needsFloat(t)
	rng := rand.New(rand.NewPCG(17, 18))
	for _, mode := range []mpa.Mode{mpa.Stereo, mpa.JointStereo, mpa.DualChannel, mpa.Mono} {
		var fs [][]byte
		for i := range 8 {
			fs = append(fs, layer1Frame(rng, mode, i%4))
		}
		got, errs := decode(t, fs)
		if len(errs) > 0 {
			t.Fatal(errs[0])
		}
		rms, peak := noise(got, refDecode(t, fs))
		if rms > math.Exp2(-22) || peak > math.Exp2(-19) {
			t.Errorf("mode %d: rms 2^%.2f, peak 2^%.2f of full scale", mode, math.Log2(rms), math.Log2(peak))
		}
	}
}

func TestLayer1ForbiddenAllocation(t *testing.T) {
	f := layer1Frame(rand.New(rand.NewPCG(19, 20)), mpa.Stereo, 0)
	f[4] |= 0xf0
	d, _ := New(stereo(media.MP1))
	out, err := d.Decode(nil, &media.Packet{Data: f})
	if err == nil || len(out) != 2*384 {
		t.Errorf("%d samples, %v", len(out), err)
	}
}

// A check word is believed from the first right one on.
func TestProtection(t *testing.T) {
	header, data := []byte{0xff, 0xfc, 0xa8, 0}, []byte{1, 2, 3, 4, 5}
	word := checkWord(checkWord(0xffff, header[2:], 16), data, 35)
	p := protection{present: true, word: word ^ 1}
	if !p.check(header, data, 35) {
		t.Error("a wrong word condemns a frame before any right one")
	}
	p.word = word
	if !p.check(header, data, 35) {
		t.Error("the right word does not match")
	}
	p.word ^= 1
	if p.check(header, data, 35) {
		t.Error("a wrong word passes")
	}
	data[4] ^= 0x10 // behind the 35 bits
	p.word ^= 1
	if !p.check(header, data, 35) {
		t.Error("an unprotected bit matters")
	}
	p.present = false
	p.word ^= 1
	if !p.check(header, data, 35) {
		t.Error("an absent word is checked")
	}
}
