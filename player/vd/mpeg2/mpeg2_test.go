package mpeg2

import (
	"bytes"
	"crypto/md5"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"linnet/player/internal/mpegvideo"
	"linnet/player/media"
	"linnet/player/playertest"
)

// packets cuts an elementary stream.
func packets(stream []byte) (all []media.Packet) {
	var c mpegvideo.Cutter
	c.Write(stream, 0, mpegvideo.NoTime)
	for {
		u, ok := c.Next(true)
		if !ok {
			return all
		}
		if u.Pictures > 0 {
			all = append(all, media.Packet{Data: bytes.Clone(u.Data), Pos: u.Pos, PTS: int64(len(all))})
		}
	}
}

// pixels are a picture's samples, plane by plane.
func pixels(p *media.Picture) (all []byte) {
	for i := range 3 {
		s, stride, width, height := p.Plane(i)
		for y := range height {
			all = append(all, s[y*stride:][:width]...)
		}
	}
	return all
}

// decodeAll decodes packets; damage is an error of the test unless it is
// expected.
func decodeAll(t testing.TB, d *Decoder, all []media.Packet, damaged bool) (pictures [][]byte) {
	t.Helper()
	take := func(p *media.Packet) bool {
		pic, err := d.Decode(p)
		var f *media.FormatError
		if err != nil && (!damaged || !errors.As(err, &f)) {
			t.Fatal(err)
		}
		if pic != nil {
			pictures = append(pictures, pixels(pic))
		}
		return pic != nil
	}
	for i := range all {
		take(&all[i])
	}
	for take(nil) {
	}
	return pictures
}

func newDecoder(t testing.TB) *Decoder {
	t.Helper()
	d, err := New(media.Stream{Kind: media.Video, Codec: media.MPEG2Video})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestRandomStreams has FFmpeg decode streams of macroblocks of all kinds: in
// frames and fields, with field, 16x8 and dual prime prediction, all scans
// and tables.
func TestRandomStreams(t *testing.T) {
	for seed := range uint64(12) {
		stream := randomStream(seed, 10)
		file := filepath.Join(t.TempDir(), "random.m2v")
		if err := os.WriteFile(file, stream, 0o600); err != nil {
			t.Fatal(err)
		}
		want := playertest.FFmpeg(t, "-flags", "bitexact", "-idct", "simple", "-f", "mpegvideo", "-i", file, "-vsync", "0", "-f", "rawvideo", "-")
		got := bytes.Join(decodeAll(t, newDecoder(t), packets(stream), false), nil)
		if len(got) != len(want) {
			t.Fatalf("seed %d: %d pictures, FFmpeg has %d", seed, len(got)/(testWidth*testHeight*3/2), len(want)/(testWidth*testHeight*3/2))
		}
		for i := range got {
			if got[i] != want[i] {
				const size = testWidth * testHeight * 3 / 2
				at := i % size
				t.Fatalf("seed %d: picture %d: sample %d (line %d, column %d): %d, FFmpeg has %d", seed, i/size, at, at/testWidth, at%testWidth, got[i], want[i])
			}
		}
	}
}

// TestGolden ties all machines to one another.
func TestGolden(t *testing.T) {
	const want = "457c57af0dc6390dfcd876a6e4a54f42"
	h := md5.New()
	for _, p := range decodeAll(t, newDecoder(t), packets(randomStream(1, 20)), false) {
		h.Write(p)
	}
	if got := fmt.Sprintf("%x", h.Sum(nil)); got != want {
		t.Errorf("the pictures' sum is %s, want %s", got, want)
	}
}

// A stream that is entered anew shows the same from its first reference on,
// and one that ends within a frame shows what there is.
func TestReset(t *testing.T) {
	all := packets(randomStream(2, 12))
	d := newDecoder(t)
	want := decodeAll(t, d, all, false)
	for range 2 {
		d.Reset()
		got := decodeAll(t, d, all, false)
		if !equal(got, want) {
			t.Fatal("other pictures after Reset")
		}
	}
	d.Reset()
	if got := decodeAll(t, d, all[len(all)/2:], true); len(got) > len(want)/2+1 {
		t.Errorf("%d pictures of half a stream without a picture I", len(got))
	}
}

func equal(a, b [][]byte) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !bytes.Equal(a[i], b[i]) {
			return false
		}
	}
	return true
}

// loneStream is a picture I, a lone field of a P and two whole P.
func loneStream() []byte {
	e := &encoder{random: rand.New(rand.NewPCG(4, 13818))}
	e.header()
	for i, s := range []mpegvideo.Structure{mpegvideo.Frame, mpegvideo.BottomField, mpegvideo.Frame, mpegvideo.Frame} {
		p := e.randomPicture(mpegvideo.P, i)
		if i == 0 {
			p.Type = mpegvideo.I
		}
		if p.Structure = s; s != mpegvideo.Frame {
			p.FrameOnly, p.TopFirst = false, false
		}
		e.picture(p)
	}
	return e.bits
}

// A field whose other one is lost is shown in its place, twice as high, and no
// picture is lost by it.
func TestLoneField(t *testing.T) {
	got := decodeAll(t, newDecoder(t), packets(loneStream()), false)
	if len(got) != 4 {
		t.Fatalf("%d pictures of 4", len(got))
	}
	for y := 0; y < testHeight; y += 2 {
		if !bytes.Equal(got[1][y*testWidth:][:testWidth], got[1][(y+1)*testWidth:][:testWidth]) {
			t.Fatalf("line %d of the lone field has no twin", y)
		}
	}
	d := newDecoder(t)
	all := packets(loneStream())
	for i := range all {
		pic, err := d.Decode(&all[i])
		if err != nil {
			t.Fatal(err)
		}
		// What is given out is not what is decoded meanwhile.
		if pic != nil && !bytes.Equal(pixels(pic), got[0]) {
			t.Fatalf("packet %d gives another picture", i)
		}
		if pic != nil {
			got = got[1:]
		}
	}
}

// Where the size changes, the last picture of the old one is shown.
func TestNewSize(t *testing.T) {
	small := packets(randomStream(1, 7))
	want := decodeAll(t, newDecoder(t), small, false)
	file := filepath.Join(t.TempDir(), "other.m2v")
	playertest.FFmpeg(t, "-f", "lavfi", "-i", "testsrc2=s=160x96:r=25:d=0.4", "-c:v", "mpeg2video", "-bf", "2", file)
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	large := packets(b)
	want = append(want, decodeAll(t, newDecoder(t), large, false)...)
	got := decodeAll(t, newDecoder(t), append(small, large...), false)
	if !equal(got, want) {
		t.Errorf("%d pictures, want %d, or other ones", len(got), len(want))
	}
}

// A picture that has lost its coding extension is left out, and said.
func TestNoExtension(t *testing.T) {
	all := packets(randomStream(6, 7))
	i := bytes.Index(all[0].Data, []byte{0, 0, 1, mpegvideo.PictureStart})
	at, _ := mpegvideo.NextStart(all[0].Data, i+4)
	_, next, _ := mpegvideo.Unit(all[0].Data, at)
	all[0].Data = append(bytes.Clone(all[0].Data[:at]), all[0].Data[next:]...)
	pic, err := newDecoder(t).Decode(&all[0])
	var f *media.FormatError
	if pic != nil || !errors.As(err, &f) {
		t.Errorf("%v, %v", pic, err)
	}
}

// A lost slice is taken from the picture before, and said.
func TestConceal(t *testing.T) {
	all := packets(randomStream(3, 4))
	first := all[0]
	at, code := mpegvideo.NextStart(first.Data, 0)
	for code != mpegvideo.FirstSlice+1 {
		at, code = mpegvideo.NextStart(first.Data, at+4)
	}
	_, next, _ := mpegvideo.Unit(first.Data, at)
	lost := first
	lost.Data = append(bytes.Clone(first.Data[:at]), first.Data[next:]...)
	d := newDecoder(t)
	_, err := d.Decode(&lost)
	var f *media.FormatError
	if !errors.As(err, &f) {
		t.Errorf("a lost slice: %v", err)
	}
	if n := len(decodeAll(t, d, all, true)); n == 0 {
		t.Error("nothing is decoded behind damage")
	}
}

// Decoding allocates nothing once there are pictures.
func TestAllocations(t *testing.T) {
	all := packets(randomStream(4, 13))
	d := newDecoder(t)
	decodeAll(t, d, all, false)
	if n := testing.AllocsPerRun(3, func() {
		for i := range all {
			if _, err := d.Decode(&all[i]); err != nil {
				t.Fatal(err)
			}
		}
	}); n > 0 {
		t.Errorf("%v allocations for %d packets", n, len(all))
	}
}

// Sizes and colours that are not played are refused by name.
func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		width, height uint32
		chroma        uint32
	}{{4095, 4095, 1}, {96, 64, 2}, {96, 64, 3}} {
		e := &encoder{}
		e.start(mpegvideo.SequenceStart)
		e.put(c.width<<12|c.height, 24)
		e.put(0x13, 8)
		e.put(10000<<14|1<<13, 32)
		e.start(mpegvideo.Extension)
		e.put(0x148, 12)
		e.put(c.chroma, 3)
		e.put(0, 33)
		_, err := newDecoder(t).Decode(&media.Packet{Data: e.bits})
		var u *media.UnsupportedError
		if !errors.As(err, &u) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// FuzzDecode feeds damaged streams: whatever comes, decoding ends, and errors
// have their types.
func FuzzDecode(f *testing.F) {
	for seed := range uint64(3) {
		f.Add(randomStream(seed, 4))
	}
	f.Fuzz(func(t *testing.T, stream []byte) {
		d := newDecoder(t)
		for _, p := range packets(stream) {
			pic, err := d.Decode(&p)
			var fe *media.FormatError
			var ue *media.UnsupportedError
			if err != nil && !errors.As(err, &fe) && !errors.As(err, &ue) {
				t.Fatalf("untyped error %v", err)
			}
			if pic != nil {
				pixels(pic)
			}
		}
		for range 3 {
			if pic, _ := d.Decode(nil); pic != nil {
				pixels(pic)
			}
		}
	})
}
