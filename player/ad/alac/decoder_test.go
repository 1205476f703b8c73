package alac_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"linnet/player"
	"linnet/player/ad/alac"
	"linnet/player/media"
	"linnet/player/playertest"
)

// wave is a signal of n samples of depth bits: a tone with noise, silence in the
// middle, and jumps from end to end.
func wave(seed uint64, depth, n int) []int32 {
	r := rand.New(rand.NewPCG(seed, 1))
	x := make([]int32, n)
	full := math.Ldexp(1, depth-1) - 1
	for i := range x {
		v := 0.6*math.Sin(float64(i)*0.05*float64(seed+1)) + 0.02*r.NormFloat64()
		switch {
		case i > n/3 && i < n/2:
			v = 0
		case i > n*7/8 && i%40 == 0:
			v = 1 - 2*float64(i/40%2)
		}
		x[i] = int32(min(max(v, -1), 1) * full)
	}
	return x
}

// kinds are the elements of a packet by its channels, and widths their
// channels.
var kinds = map[int][]int{1: {0}, 2: {1}, 3: {0, 1}, 4: {0, 1, 0}, 5: {0, 1, 1}, 6: {0, 1, 1, 3}, 7: {0, 1, 1, 0, 3}, 8: {0, 1, 1, 1, 3}}

// order is where Apple's channels stand in WAVE files' order.
var order = map[int][]int{1: {0}, 2: {0, 1}, 3: {2, 0, 1}, 4: {2, 0, 1, 3}, 5: {2, 0, 1, 3, 4}, 6: {2, 0, 1, 4, 5, 3},
	7: {2, 0, 1, 5, 6, 4, 3}, 8: {2, 6, 7, 0, 1, 4, 5, 3}}

// packet writes one of channels, in Apple's order, and returns the frames that
// it is of.
func packet(e element, depth, length int, channels [][]int32) (data []byte, frames []int32) {
	var w writer
	rest := channels
	for i, kind := range kinds[len(channels)] {
		e.kind = kind
		width := 1
		if kind == 1 {
			width = 2
		}
		if i == 1 { // data and nothing, which are stepped over
			w.bits(4, 3)
			w.bits(0, 4)
			w.bits(1, 1)
			w.bits(3, 8)
			for w.n%8 != 0 {
				w.bits(0, 1)
			}
			w.bits(0xabcdef, 24)
			w.bits(6, 3)
			w.bits(2, 4)
			w.bits(0xffff, 16)
		}
		w.element(e, depth, length, rest[:width]...)
		rest = rest[width:]
	}
	w.bits(7, 3)
	n := len(channels[0])
	frames = make([]int32, n*len(channels))
	for c, x := range channels {
		for i, v := range x {
			frames[i*len(channels)+order[len(channels)][c]] = v << (32 - depth)
		}
	}
	return w.b, frames
}

// What no encoder at hand writes: every depth, up to eight channels, all that
// an element may say.
func TestConstructed(t *testing.T) {
	elements := map[string]element{
		"raw":           {raw: true},
		"no filter":     {},
		"sums":          {coefs: make([]int16, 31), shift: 9},
		"order 4":       {coefs: []int16{160, -190, 170, -130}, shift: 6},
		"order 8":       {coefs: []int16{160, -190, 170, -130, 80, -25, 4, 2}, shift: 9, mixBits: 2, mixRes: 1},
		"order 30":      {coefs: slices.Repeat([]int16{90, -70, 30}, 10), shift: 9, mixBits: 2, mixRes: 2},
		"twice":         {coefs: []int16{100, -20}, shift: 8, again: true},
		"no shift":      {coefs: []int16{1, 0}, shift: 0},
		"a byte apart":  {coefs: []int16{160, -190, 170, -130}, shift: 8, shifted: 1, mixBits: 3, mixRes: 5},
		"two bytes":     {shifted: 2, coefs: []int16{300}, shift: 10, mixBits: 1, mixRes: -1},
		"mixed to side": {mixBits: 0, mixRes: 1},
	}
	waves := map[int][][]int32{}
	for _, depth := range []int{16, 20, 24, 32} {
		for c := range uint64(8) {
			waves[depth] = append(waves[depth], wave(c, depth, 200))
		}
	}
	for name, e := range elements {
		for _, depth := range []int{16, 20, 24, 32} {
			for channels := 1; channels <= 8; channels++ {
				if 8*e.shifted >= depth || depth-8*e.shifted > 31 && !e.raw && channels > 1 {
					continue
				}
				t.Run(fmt.Sprintf("%s %dx%d", name, depth, channels), func(t *testing.T) {
					const length = 200
					dec, err := alac.New(stream(depth, channels, length))
					if err != nil {
						t.Fatal(err)
					}
					for _, n := range []int{length, 33, 1} {
						var x [][]int32
						for c := range channels {
							x = append(x, waves[depth][c][:n])
						}
						data, want := packet(e, depth, length, x)
						got, err := dec.Decode(nil, &media.Packet{Data: data})
						if err != nil {
							t.Fatal(err)
						}
						playertest.SameSamples(t, got, want, channels)
					}
				})
			}
		}
	}
}

// A packet that is broken is silence of a packet's length.
func TestBroken(t *testing.T) {
	const length = 64
	whole, _ := packet(element{coefs: []int16{100}, shift: 8}, 16, length, [][]int32{wave(1, 16, length), wave(2, 16, length)})
	build := func(f func(w *writer)) []byte {
		var w writer
		f(&w)
		return append(w.b, make([]byte, 400)...)
	}
	for name, c := range map[string]struct {
		data []byte
		word string
	}{
		"nothing":         {nil, "cut off"},
		"half":            {whole[:len(whole)/2], "cut off"},
		"another element": {build(func(w *writer) { w.bits(2, 3) }), "cannot be there"},
		"an end":          {build(func(w *writer) { w.bits(7, 3) }), "cannot be there"},
		"a channel more":  {build(func(w *writer) { w.element(element{raw: true}, 16, length, wave(1, 16, length)); w.bits(1, 3) }), "more channels"},
		"too long":        {build(func(w *writer) { w.head(element{kind: 1}, length+1, length) }), "more samples"},
		"other lengths": {build(func(w *writer) {
			w.element(element{raw: true}, 16, length, wave(1, 16, length))
			w.element(element{raw: true}, 16, length, wave(1, 16, 5))
		}), "different lengths"},
		"all bits shifted": {build(func(w *writer) { w.head(element{kind: 1, shifted: 2}, length, length) }), "no bits"},
	} {
		dec, err := alac.New(stream(16, 2, length))
		if err != nil {
			t.Fatal(err)
		}
		got, err := dec.Decode([]int32{5}, &media.Packet{Data: c.data, Pos: 9})
		var fe *media.FormatError
		if !errors.As(err, &fe) || fe.Offset != 9 || !strings.Contains(err.Error(), c.word) {
			t.Errorf("%s: %v", name, err)
		}
		if len(got) != 1+2*length || got[0] != 5 || slices.Max(got[1:]) != 0 || slices.Min(got[1:]) != 0 {
			t.Errorf("%s: %d samples, not all silent", name, len(got))
		}
	}
}

func TestNew(t *testing.T) {
	for name, change := range map[string]func(s *media.Stream){
		"codec":    func(s *media.Stream) { s.Codec = media.AAC },
		"short":    func(s *media.Stream) { s.Config = s.Config[:23] },
		"version":  func(s *media.Stream) { s.Config[4] = 1 },
		"depth":    func(s *media.Stream) { s.Config[5] = 17 },
		"limit":    func(s *media.Stream) { s.Config[8] = 32 },
		"channels": func(s *media.Stream) { s.Config[9] = 9 },
		"others":   func(s *media.Stream) { s.Audio.Channels = 1 },
		"length":   func(s *media.Stream) { s.Config[0] = 1 },
		"no frame": func(s *media.Stream) { s.Config[2], s.Config[3] = 0, 0 },
	} {
		s := stream(16, 2, 4096)
		change(&s)
		_, err := alac.New(s)
		var fe *media.FormatError
		var ue *media.UnsupportedError
		if !errors.As(err, &fe) && !errors.As(err, &ue) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// constructedPackets are some of a stereo stream.
func constructedPackets() (s media.Stream, all []media.Packet) {
	const length = 256
	s = stream(24, 2, length)
	for i := range 14 {
		e := element{coefs: []int16{160, -190, 170, -130}, shift: 8, shifted: i % 2, mixBits: 2, mixRes: i % 3, raw: i%5 == 4}
		data, _ := packet(e, 24, length, [][]int32{wave(uint64(i), 24, length), wave(uint64(i+3), 24, length)})
		all = append(all, media.Packet{Data: data, PTS: int64(i * length), Key: true})
	}
	return s, all
}

func TestContractConstructed(t *testing.T) {
	s, packets := constructedPackets()
	playertest.AudioDecoder(t, func() player.AudioDecoder {
		dec, err := alac.New(s)
		if err != nil {
			t.Fatal(err)
		}
		return dec
	}, s.Audio, packets)
}

// FuzzDecode decodes anything: the errors are of the one kind, and no packet is
// longer than it may be.
func FuzzDecode(f *testing.F) {
	_, packets := constructedPackets()
	for i, p := range packets {
		f.Add(uint8(i), p.Data)
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		depth, channels := []int{16, 20, 24, 32}[which%4], int(which>>2)%8+1
		if which < 14 {
			depth, channels = 24, 2
		}
		dec, err := alac.New(stream(depth, channels, 256))
		if err != nil {
			t.Fatal(err)
		}
		got, err := dec.Decode(nil, &media.Packet{Data: data})
		var fe *media.FormatError
		if err != nil && !errors.As(err, &fe) || len(got) > 256*channels || len(got)%channels != 0 {
			t.Fatalf("%d samples, %v", len(got), err)
		}
	})
}
