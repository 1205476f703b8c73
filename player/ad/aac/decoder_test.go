package aac

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	syntax "linnet/player/internal/aac"
	"linnet/player/internal/bits"
	"linnet/player/media"
)

// newTestDecoder is one for two channels at 44100 Hz.
func newTestDecoder(t testing.TB) *Decoder {
	t.Helper()
	d, err := New(media.Stream{Codec: media.AAC, Config: []byte{0x12, 0x10}, Audio: media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A writer writes fields, each a value and a width.
type writer struct {
	b []byte
	n int
}

func (w *writer) put(fields ...int) *writer {
	for i := 0; i < len(fields); i += 2 {
		for k := fields[i+1] - 1; k >= 0; k-- {
			if w.n%8 == 0 {
				w.b = append(w.b, 0)
			}
			w.b[w.n/8] |= byte(fields[i]>>k&1) << (7 - w.n%8)
			w.n++
		}
	}
	return w
}

// kinds of elements, with a tag of 0.
func (w *writer) element(kind syntax.Kind) *writer { return w.put(int(kind), 3, 0, 4) }

// silent is a channel without lines; with windows where it has its own.
func (w *writer) silent(own bool) *writer {
	w.put(100, 8)
	if own {
		w.put(0, 1, onlyLong, 2, 0, 1, 0, 6, 0, 1)
	}
	return w.put(0, 3)
}

// pair is a channel pair of its own windows without lines.
func (w *writer) pair() *writer { return w.element(syntax.CPE).put(0, 1).silent(true).silent(true) }

func (w *writer) end() []byte { return append(w.put(int(syntax.END), 3).b, 0, 0, 0, 0) }

// What a raw data block may hold beside the sound is stepped over.
func TestElements(t *testing.T) {
	for name, w := range map[string]*writer{
		"a pair":        new(writer).pair(),
		"one for both":  new(writer).element(syntax.CPE).put(1, 1, 0, 1, onlyLong, 2, 0, 1, 0, 6, 0, 1, 0, 2).silent(false).silent(false),
		"data":          new(writer).element(syntax.DSE).put(0, 1, 3, 8, 0xffffff, 24).pair(),
		"data, aligned": new(writer).put(int(syntax.FIL), 3, 0, 4).element(syntax.DSE).put(1, 1, 2, 8, 0, 1, 0xffff, 16).pair(),
		"much data":     new(writer).element(syntax.DSE).put(0, 1, 255, 8, 2, 8).put(slices.Repeat([]int{0xff, 8}, 257)...).pair(),
		"fill":          new(writer).put(int(syntax.FIL), 3, 2, 4, 0xffff, 16).pair(),
		"much fill":     new(writer).put(int(syntax.FIL), 3, 15, 4, 3, 8).put(slices.Repeat([]int{0xd5, 8}, 17)...).pair(),
		"a program":     new(writer).put(int(syntax.PCE), 3, 0, 4, 1, 2, 4, 4, 1, 4, 0, 4, 0, 4, 0, 2, 0, 3, 0, 4, 0, 3, 1, 1, 0, 4, 0, 6, 0, 8).pair(),
		"coupling":      new(writer).pair().element(syntax.CCE).put(0, 1, 0, 3, 1, 1, 0, 4, 3, 2, 0, 1, 0, 1, 0, 2).silent(true).put(0, 1),
	} {
		d := newTestDecoder(t)
		got, err := d.Decode(nil, &media.Packet{Data: w.end()})
		if err != nil || len(got) != 2048 || slices.Max(got) != 0 || slices.Min(got) != 0 {
			t.Errorf("%s: %d samples, %v", name, len(got), err)
		}
	}
}

// Each fault is found, told, and heard as the end of what was.
func TestFaults(t *testing.T) {
	channel := func(fields ...int) *writer {
		return new(writer).element(syntax.CPE).put(0, 1, 100, 8).put(fields...).put(0, 200)
	}
	long := []int{0, 1, onlyLong, 2, 0, 1}
	short := []int{0, 1, eightShort, 2, 0, 1}
	with := func(head []int, fields ...int) *writer { return channel(append(slices.Clone(head), fields...)...) }
	for word, w := range map[string]*writer{
		"cut off":                   new(writer).element(syntax.CPE).put(0, 1),
		"a channel is missing":      new(writer),
		"does not have":             new(writer).element(syntax.SCE).silent(true),
		"prediction":                with(long, 0, 6, 1, 1),
		"more scale factor bands":   with(long, 50, 6, 0, 1),
		"behind the last scale":     with(long, 2, 6, 0, 1, 1, 4, 3, 5),
		"reserved codebook":         with(long, 2, 6, 0, 1, 12, 4, 2, 5),
		"out of range":              channel(0, 1, onlyLong, 2, 0, 1, 3, 6, 0, 1, 1, 4, 3, 5, 0x7fff3, 19, 0x7fff3, 19, 0x7fff3, 19),
		"pulses in short windows":   with(short, 0, 4, 0, 7, 1, 1),
		"pulses behind the last sc": with(long, 0, 6, 0, 1, 1, 1, 0, 2, 63, 6),
		"pulses behind the last li": with(long, 0, 6, 0, 1, 1, 1, 3, 2, 48, 6, 31, 5, 0, 4, 31, 5, 0, 4, 31, 5, 0, 4, 31, 5, 0, 4),
		"too high an order":         with(long, 0, 6, 0, 1, 0, 1, 1, 1, 1, 2, 0, 1, 9, 6, 13, 5),
		"gain control":              with(long, 0, 6, 0, 1, 0, 1, 0, 1, 1, 1),
		"more bits than":            with(long, 1, 6, 0, 1, 11, 4, 1, 5, 0, 1, 0, 3, 4, 5, 0, 2, 0x1ff, 9),
		"reserved kind":             new(writer).element(syntax.CPE).put(1, 1, 0, 1, onlyLong, 2, 0, 1, 0, 6, 0, 1, 3, 2),
		"program config":            new(writer).put(int(syntax.PCE), 3, 0, 4),
	} {
		d := newTestDecoder(t)
		for c := range d.channels {
			for i := range d.channels[c].overlap.long {
				d.channels[c].overlap.long[i] = 1 << 20
			}
		}
		data := w.b
		if word == "a channel is missing" {
			data = w.end()
		}
		got, err := d.Decode(nil, &media.Packet{Data: data, Pos: 77})
		var fe *media.FormatError
		if !errors.As(err, &fe) || fe.Offset != 77 || !strings.Contains(err.Error(), word) {
			t.Errorf("%q: %v", word, err)
		}
		if len(got) != 2048 || slices.Max(got) == 0 && slices.Min(got) == 0 {
			t.Errorf("%q: %d samples, or nothing fades", word, len(got))
		}
		if got, err = d.Decode(got[:0], &media.Packet{Data: new(writer).pair().end()}); err != nil || slices.Max(got) != 0 {
			t.Errorf("%q: after it %v, and not silent", word, err)
		}
	}
}

func TestNew(t *testing.T) {
	for name, s := range map[string]media.Stream{
		"codec":    {Codec: media.MP3},
		"config":   {Codec: media.AAC, Config: []byte{0x0a, 0x10}, Audio: media.AudioFormat{Channels: 2}},
		"channels": {Codec: media.AAC, Config: []byte{0x12, 0x10}, Audio: media.AudioFormat{Channels: 1}},
	} {
		_, err := New(s)
		var fe *media.FormatError
		var ue *media.UnsupportedError
		if !errors.As(err, &fe) && !errors.As(err, &ue) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Packets that are not the ADTS frames that they should be.
func TestBrokenADTS(t *testing.T) {
	d, err := New(media.Stream{Codec: media.AAC, Audio: media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}})
	if err != nil {
		t.Fatal(err)
	}
	var fe *media.FormatError
	if got, err := d.Decode(nil, &media.Packet{Data: []byte("nothing")}); !errors.As(err, &fe) || len(got) != 0 {
		t.Errorf("%d samples, %v", len(got), err)
	}
	mono := []byte{0xff, 0xf1, 0x50, 0x40, 0x01, 0x3f, 0xfc, 0, 0}
	if got, err := d.Decode(nil, &media.Packet{Data: mono}); !errors.As(err, &fe) || len(got) != 0 {
		t.Errorf("one channel in a stream of two: %d samples, %v", len(got), err)
	}
	block := new(writer).pair().end()
	size := 7 + 4 + 2*(len(block)+2)
	frame := []byte{0xff, 0xf0, 0x50, 0x80 | byte(size>>11), byte(size >> 3), byte(size<<5) | 0x1f, 0xfd, 0, 0, 0, 0}
	frame = append(frame, block[:len(block)-4]...)
	frame = append(frame, 0xcc, 0xcc)
	frame = append(frame, block[:len(block)-4]...)
	frame = append(frame, 0xcc, 0xcc, 0, 0, 0, 0)
	size = len(frame)
	frame[4], frame[5] = byte(size>>3), byte(size<<5)|0x1f
	if got, err := d.Decode(nil, &media.Packet{Data: frame}); err != nil || len(got) != 2*2048 {
		t.Errorf("two blocks: %d samples, %v", len(got), err)
	}
	if got, err := d.Decode(nil, &media.Packet{Data: []byte("nothing")}); !errors.As(err, &fe) || len(got) != 2048 {
		t.Errorf("%d samples, %v", len(got), err)
	}
}

// Noise has the energy that it is to have.
func TestNoise(t *testing.T) {
	s := random(9)
	for _, n := range []int{4, 8, 32, 96, 128} {
		for _, energy := range []int{-40, 0, 13, 50, 77, 98} {
			x := make([]int32, n)
			s.noise(x, energy, lineBits)
			sum := 0.
			for _, v := range x {
				sum += float64(v) * float64(v)
			}
			want := math.Exp2(float64(energy)/4 + lineBits)
			if got := math.Sqrt(sum); math.Abs(got-want) > want/2000+0.5*math.Sqrt(float64(n)) {
				t.Errorf("%d lines of energy %d: norm %.1f, want %.1f", n, energy, got, want)
			}
		}
	}
}

func TestRoot(t *testing.T) {
	for x := uint64(1 << 30); x < 1<<32; x += 99991 {
		if r := uint64(root(uint32(x))); r*r > x || (r+1)*(r+1) <= x {
			t.Fatalf("root of %d: %d", x, r)
		}
	}
}

// Intensity stereo is the left channel times 2^(-position/4), of either sign.
func TestIntensity(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for position := -40; position <= 100; position++ {
		left, right := make([]int32, 16), make([]int32, 16)
		for i := range left {
			left[i] = int32(r.NormFloat64() * (1 << 17))
		}
		intensity(right, left, position, position%2 == 0)
		for i, v := range left {
			want := float64(v) * math.Exp2(-float64(position)/4)
			if position%2 == 0 {
				want = -want
			}
			want = min(max(want, -maxLine), maxLine)
			if math.Abs(float64(right[i])-want) > 2+math.Exp2(-float64(position)/4)*2 {
				t.Fatalf("position %d: %d of %d, want %.1f", position, right[i], v, want)
			}
		}
	}
}

// Middle and side, and the sign of intensity stereo, by what the mask says.
func TestJoinStereo(t *testing.T) {
	d := newTestDecoder(t)
	l, r := &d.channels[0], &d.channels[1]
	for _, kind := range []int{0, 1, 2} {
		for _, book := range []uint8{1, bookNoise, bookIntensity, bookInPhase} {
			l.windows = windows{maxBand: 1, groups: 1, length: [8]int{1}, bands: d.bands.long}
			r.windows = l.windows
			l.book[0], r.book[0], r.factor[0] = 1, book, 0
			l.spectrum[0], r.spectrum[0] = 1000, 300
			w := new(writer).put(kind, 2, 1, 1)
			in := bits.NewReader(append(w.b, 0))
			if msg := d.mid.read(&in, &l.windows); msg != "" {
				t.Fatal(msg)
			}
			joinStereo(l, r, &d.mid)
			wantL, wantR := int32(1000), int32(300)
			switch {
			case book == bookInPhase && kind != 1 || book == bookIntensity && kind == 1:
				wantR = 1000
			case book >= bookIntensity:
				wantR = -1000
			case book == 1 && kind > 0:
				wantL, wantR = 1300, 700
			}
			if abs(l.spectrum[0]-wantL) > 0 || abs(r.spectrum[0]-wantR) > 2 {
				t.Errorf("mask %d, codebook %d: %d and %d, want %d and %d", kind, book, l.spectrum[0], r.spectrum[0], wantL, wantR)
			}
		}
	}
}

func abs(x int32) int32 { return max(x, -x) }

// Pulses make lines larger; a line of 0 becomes negative.
func TestPulses(t *testing.T) {
	w := new(writer).put(2, 2, 1, 6, 0, 5, 3, 4, 1, 5, 4, 4, 1, 5, 5, 4)
	r := bits.NewReader(append(w.b, 0))
	var p pulses
	if msg := p.read(&r, long48); msg != "" {
		t.Fatal(msg)
	}
	x := [frameLength]int32{4: 10, 5: -10}
	p.apply(&x)
	if x[4] != 13 || x[5] != -14 || x[6] != -5 {
		t.Errorf("%d", x[4:7])
	}
}

// Slopes that do not fit together meet as short ones, and nothing breaks.
func TestAnySequence(t *testing.T) {
	d := newTestDecoder(t)
	r := rand.New(rand.NewPCG(7, 8))
	out := make([]int32, 2*frameLength)
	for range 200 {
		c := &d.channels[0]
		c.sequence, c.kbd = r.IntN(4), r.IntN(2) == 0
		randomLines(r, c)
		d.bank.synthesize(out, 2, c)
	}
}
