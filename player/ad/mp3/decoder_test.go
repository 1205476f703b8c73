package mp3

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"linnet/player/internal/mpa"
	"linnet/player/media"
)

// The seam that the player declares.
var _ interface {
	Decode(dst []int32, p *media.Packet) ([]int32, error)
	Reset()
} = (*Decoder)(nil)

func stereo(codec media.Codec) media.Stream {
	return media.Stream{Kind: media.Audio, Codec: codec, Audio: media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}}
}

func TestNew(t *testing.T) {
	for _, s := range []media.Stream{
		{Codec: media.PCMS16LE, Audio: media.AudioFormat{Rate: 44100, Channels: 2}},
		{Codec: media.MP3, Audio: media.AudioFormat{Rate: 44100, Channels: 6}},
		{Codec: media.MP3},
	} {
		_, err := New(s)
		var u *media.UnsupportedError
		if !errors.As(err, &u) || u.Stage != "ad/mp3" {
			t.Errorf("%v: %v", s, err)
		}
	}
}

func TestNoAllocations(t *testing.T) {
	for name, fs := range testStreams(t) {
		d, err := New(streamOf(t, fs))
		if err != nil {
			t.Fatal(err)
		}
		var dst []int32
		var p media.Packet
		n := testing.AllocsPerRun(2, func() {
			for _, f := range fs {
				p.Data = f
				dst, err = d.Decode(dst[:0], &p)
				if err != nil {
					t.Fatal(err)
				}
			}
		})
		if n != 0 {
			t.Errorf("%s: %g allocations", name, n)
		}
	}
}

// Samples are appended: what stands in dst before stays, whatever its
// capacity.
func TestAppends(t *testing.T) {
	fs := testStreams(t)["joint44.mp3"]
	whole, _ := decode(t, fs)
	d, _ := New(streamOf(t, fs))
	var got []int32
	for i, f := range fs {
		before := append(make([]int32, 0, 7*i), 1, 2, 3)
		out, err := d.Decode(before, &media.Packet{Data: f})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(out[:3], []int32{1, 2, 3}) {
			t.Fatal("what was in dst is gone")
		}
		got = append(got, out[3:]...)
	}
	if !slices.Equal(got, whole) {
		t.Error("the samples depend on dst")
	}
}

func TestResetIsAFreshStart(t *testing.T) {
	for name, fs := range testStreams(t) {
		want, _ := decode(t, fs)
		d, _ := New(streamOf(t, fs))
		for _, f := range fs[:len(fs)/2] {
			d.Decode(nil, &media.Packet{Data: f})
		}
		d.Reset()
		var got []int32
		for _, f := range fs {
			got, _ = d.Decode(got, &media.Packet{Data: f})
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: other samples after Reset", name)
		}
	}
}

// A stream that is entered in the middle begins with silence where main data
// are missing, without an error, and is right as soon as its filters are
// filled.
func TestStartInTheMiddle(t *testing.T) {
	fs := testStreams(t)["joint44.mp3"]
	whole, _ := decode(t, fs)
	const settled = 4
	from := 2
	for lackMain(fs[from:]) == 0 {
		from++
	}
	got, errs := decode(t, fs[from:])
	if len(errs) > 0 {
		t.Error(errs[0])
	}
	n := 1152 * 2
	if len(got) != len(whole)-from*n {
		t.Fatalf("%d samples", len(got))
	}
	if slices.ContainsFunc(got[:n], func(v int32) bool { return v != 0 }) {
		t.Error("the first frame needs main data from before and is not silent")
	}
	if !slices.Equal(got[settled*n:], whole[(from+settled)*n:]) {
		t.Error("the samples do not become those of the whole stream")
	}
}

// A lost or damaged frame costs an error and its own sound; soon behind it
// everything is as it was.
func TestDamage(t *testing.T) {
	damage := map[string]func([]byte) []byte{
		"no header":       func(f []byte) []byte { f[0] = 0; return f },
		"only a header":   func(f []byte) []byte { return f[:4] },
		"cut in the side": func(f []byte) []byte { return f[:20] },
		"empty":           func(f []byte) []byte { return nil },
		"wrong CRC":       func(f []byte) []byte { f[4] ^= 1; return f },
		"too long":        func(f []byte) []byte { return append(f, make([]byte, maxFrame)...) },
	}
	for name, fs := range testStreams(t) {
		whole, _ := decode(t, fs)
		h, _ := mpa.ParseHeader(fs[0])
		n := len(whole) / len(fs)
		for what, spoil := range damage {
			if !h.CRC && what == "wrong CRC" {
				continue
			}
			hurt := slices.Clone(fs)
			const at, settled = 5, 10
			hurt[at] = spoil(slices.Clone(fs[at]))
			got, errs := decode(t, hurt)
			var bad *media.FormatError
			if len(errs) == 0 || !errors.As(errs[0], &bad) || bad.Stage != "ad/mp3" {
				t.Errorf("%s, %s: errors %v", name, what, errs)
			}
			if len(got) != len(whole) {
				t.Errorf("%s, %s: %d samples, want %d", name, what, len(got), len(whole))
				continue
			}
			if !slices.Equal(got[:at*n], whole[:at*n]) {
				t.Errorf("%s, %s: frames before changed", name, what)
			}
			if len(fs) > settled && !slices.Equal(got[settled*n:], whole[settled*n:]) {
				t.Errorf("%s, %s: frames behind changed", name, what)
			}
		}
	}
}

func TestOffsetInError(t *testing.T) {
	d, _ := New(stereo(media.MP3))
	out, err := d.Decode(nil, &media.Packet{Data: []byte("nonsense"), Pos: 4711})
	var f *media.FormatError
	if !errors.As(err, &f) || f.Offset != 4711 {
		t.Errorf("%v", err)
	}
	if len(out) != 0 {
		t.Error("sound out of nothing")
	}
}

// Channels are brought to the stream's number.
func TestChannels(t *testing.T) {
	fs := testStreams(t)["joint44.mp3"]
	both, _ := decode(t, fs)
	s := streamOf(t, fs)
	s.Audio.Channels = 1
	d, _ := New(s)
	var mono []int32
	for _, f := range fs {
		mono, _ = d.Decode(mono, &media.Packet{Data: f})
	}
	if len(mono) != len(both)/2 {
		t.Fatalf("%d samples of mono for %d of stereo", len(mono), len(both))
	}
	for i, m := range mono {
		if mean := (int64(both[2*i]) + int64(both[2*i+1])) / 2; max(mean-int64(m), int64(m)-mean) > 1 {
			t.Fatalf("sample %d is %d, the mean %d", i, m, mean)
		}
	}

	fs = testStreams(t)["mono32.mp3"]
	one, _ := decode(t, fs)
	d, _ = New(stereo(media.MP3))
	var doubled []int32
	for _, f := range fs {
		doubled, _ = d.Decode(doubled, &media.Packet{Data: f})
	}
	for i, v := range one {
		if doubled[2*i] != v || doubled[2*i+1] != v {
			t.Fatalf("sample %d is not doubled", i)
		}
	}
}

// Random damage must only give errors, and whole frames.
func TestFlippedBits(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for name, fs := range testStreams(t) {
		d, _ := New(streamOf(t, fs))
		want := 0
		for range 20 {
			for _, f := range fs {
				f = slices.Clone(f)
				for range 1 + rng.IntN(8) {
					f[4+rng.IntN(len(f)-4)] ^= 1 << rng.IntN(8)
				}
				h, _ := mpa.ParseHeader(f)
				out, err := d.Decode(nil, &media.Packet{Data: f})
				var bad *media.FormatError
				if err != nil && !errors.As(err, &bad) {
					t.Fatalf("%s: %v", name, err)
				}
				if len(out) != h.Samples()*d.channels {
					t.Fatalf("%s: %d samples", name, len(out))
				}
				want++
			}
		}
		if want == 0 {
			t.Errorf("%s: no frames", name)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, fs := range testStreams(f) {
		var data []byte
		for _, frame := range fs[:min(4, len(fs))] {
			data = append(data, frame...)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		fs := append(frames(data[:min(len(data), 1<<13)]), data)
		d, err := New(stereo(media.MP3))
		if err != nil {
			t.Fatal(err)
		}
		for _, frame := range fs {
			out, err := d.Decode(nil, &media.Packet{Data: frame})
			var bad *media.FormatError
			if err != nil && !errors.As(err, &bad) {
				t.Fatal(err)
			}
			if h, ok := mpa.ParseHeader(frame); ok && len(frame) <= maxFrame && len(out) != 2*h.Samples() {
				t.Fatalf("%d samples", len(out))
			}
		}
	})
}

// When bytes are lost, the frames that need them say so and stay silent; they
// are not decoded from what happens to be there.
func TestLostMainData(t *testing.T) {
	fs := testStreams(t)["joint44.mp3"]
	at := 5
	for lackMain(fs[at+1:]) == 0 {
		at++
	}
	hurt := slices.Clone(fs)
	hurt[at] = []byte("lost")
	if _, errs := decode(t, hurt); len(errs) < 2 {
		t.Errorf("errors: %v", errs)
	}
	hurt[at] = fs[at][:len(fs[at])-10]
	if _, errs := decode(t, hurt); len(errs) < 1 {
		t.Error("no error behind a short frame")
	}
}
