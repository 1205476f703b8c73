package mpeg4

import (
	"bytes"
	"crypto/md5"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"linnet/player/internal/mpegvideo"
	"linnet/player/media"
	"linnet/player/playertest"
)

// packets cuts an elementary stream in front of its planes.
func packets(stream []byte) (all []media.Packet) {
	begin := 0
	for at, code := mpegvideo.NextStart(stream, 0); at < len(stream); {
		_, next, following := mpegvideo.Unit(stream, at)
		if code == planeStart {
			all = append(all, media.Packet{Data: stream[begin:next], Pos: int64(begin), PTS: int64(len(all))})
			begin = next
		}
		at, code = next, following
	}
	return all
}

// made is a stream of FFmpeg's.
func made(t testing.TB, source string, args ...string) []byte {
	t.Helper()
	tt, ok := t.(*testing.T)
	if !ok {
		t.Fatal("only tests run FFmpeg")
	}
	file := filepath.Join(t.TempDir(), "made.m4v")
	playertest.FFmpeg(tt, append(append([]string{"-f", "lavfi", "-i", source, "-c:v", "mpeg4", "-f", "m4v"}, args...), file)...)
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func newDecoder(t testing.TB) *Decoder {
	t.Helper()
	d, err := New(media.Stream{Kind: media.Video, Codec: media.MPEG4})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func pixels(p *media.Picture) (all []byte) {
	for i := range 3 {
		s, stride, width, height := p.Plane(i)
		for y := range height {
			all = append(all, s[y*stride:][:width]...)
		}
	}
	return all
}

// decodeAll decodes packets. With damaged, errors of format are counted; else
// they are the test's.
func decodeAll(t testing.TB, d *Decoder, all []media.Packet, damaged bool) (pictures [][]byte, errs int) {
	t.Helper()
	take := func(p *media.Packet) bool {
		pic, err := d.Decode(p)
		var f *media.FormatError
		var u *media.UnsupportedError
		switch {
		case err != nil && damaged && (errors.As(err, &f) || errors.As(err, &u)):
			errs++
		case err != nil:
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
	return pictures, errs
}

const moving = "testsrc2=s=96x80:r=25:d=1"

// Golden ties all machines to one another: a stream that the test writes.
func TestGolden(t *testing.T) {
	const want = "19c36dddf13344eb85d4354f51eea3c1"
	pictures, errs := decodeAll(t, newDecoder(t), packets(written(1)), true)
	if errs > 0 || len(pictures) != 6 {
		t.Fatalf("%d pictures, %d errors", len(pictures), errs)
	}
	if got := fmt.Sprintf("%x", md5.Sum(bytes.Join(pictures, nil))); got != want {
		t.Errorf("the pictures' sum is %s, want %s", got, want)
	}
}

// FFmpeg makes the same of streams that the test writes.
func TestWritten(t *testing.T) {
	for seed := range uint64(5) {
		file := filepath.Join(t.TempDir(), "written.m4v")
		if err := os.WriteFile(file, written(seed), 0o600); err != nil {
			t.Fatal(err)
		}
		want := playertest.FFmpeg(t, "-flags", "bitexact", "-idct", "simple", "-f", "m4v", "-i", file, "-vsync", "0", "-f", "rawvideo", "-")
		pictures, _ := decodeAll(t, newDecoder(t), packets(written(seed)), false)
		if got := bytes.Join(pictures, nil); !bytes.Equal(got, want) {
			t.Errorf("seed %d: %d bytes of pictures, FFmpeg has others (%d)", seed, len(got), len(want))
		}
	}
}

// A picture B that is packed behind its P is given out one packet later.
func TestPacked(t *testing.T) {
	stream := made(t, moving, "-bf", "1", "-g", "100")
	all := packets(stream)
	want, _ := decodeAll(t, newDecoder(t), all, false)
	none := []byte{0, 0, 1, planeStart, 0x50, 0, 0} // a plane P that is not coded
	packed := []media.Packet{all[0]}
	for i := 1; i+1 < len(all); i += 2 {
		two := all[i]
		two.Data = append(bytes.Clone(all[i].Data), all[i+1].Data...)
		packed = append(packed, two, media.Packet{Data: none})
	}
	if len(all)%2 == 0 {
		packed = append(packed, all[len(all)-1])
	}
	got, _ := decodeAll(t, newDecoder(t), packed, false)
	if len(got) != len(want) {
		t.Fatalf("%d pictures, want %d", len(got), len(want))
	}
	for i := range got {
		if !bytes.Equal(got[i], want[i]) {
			t.Fatalf("picture %d is another", i)
		}
	}
}

// Seconds are counted from the time of a group, and over planes that are not
// coded: no picture B is taken for one out of order.
func TestSeconds(t *testing.T) {
	dir := t.TempDir()
	for name, args := range map[string][]string{"groups": {"-g", "25"}, "long": {"-g", "100"}, "ntsc": {"-g", "17", "-r", "30000/1001"}} {
		stream := made(t, "testsrc2=s=48x32:r=25:d=4.5", append(args, "-bf", "2")...)
		file := filepath.Join(dir, name+".m4v")
		if err := os.WriteFile(file, stream, 0o600); err != nil {
			t.Fatal(err)
		}
		want := playertest.FFmpeg(t, "-flags", "bitexact", "-idct", "simple", "-f", "m4v", "-i", file, "-vsync", "0", "-f", "rawvideo", "-")
		pictures, _ := decodeAll(t, newDecoder(t), packets(stream), false)
		if got := bytes.Join(pictures, nil); !bytes.Equal(got, want) {
			t.Errorf("%s: %d pictures, FFmpeg has %d or other ones", name, len(pictures), len(want)/(48*32*3/2))
		}
	}
	// Between references of which one is two seconds later, with nothing coded
	// in the first.
	var w bitWriter
	w.layerHeader()
	head := func(kind, seconds, tick, coded uint32) {
		w.start(planeStart)
		w.put(kind, 2)
		w.put(1<<(seconds+1)-2, int(seconds)+1)
		w.put(1<<6|tick<<1|1, 7)
		w.put(coded, 1)
	}
	plane := func(kind, seconds, tick uint32) {
		head(kind, seconds, tick, 1)
		w.put(0, int(min(kind&1, 1)))
		w.put(0, 3)
		w.put(4, 5)
		for range kind {
			w.put(1, 3)
		}
		for range 12 {
			w.macroblock(rand.New(rand.NewPCG(1, 2)), kind, true)
		}
		w.stuff()
	}
	plane(typeI, 0, 3)
	head(typeP, 1, 3, 0)
	w.stuff()
	plane(typeP, 1, 4)
	plane(typeB, 0, 24)
	pictures, errs := decodeAll(t, newDecoder(t), packets(w.out), true)
	if len(pictures) != 3 || errs > 0 {
		t.Errorf("%d pictures, want 3; %d errors", len(pictures), errs)
	}
}

// Where the size changes, the last picture of the old one is shown.
func TestNewSize(t *testing.T) {
	small, large := packets(made(t, "testsrc2=s=48x32:r=25:d=0.4", "-bf", "2")), packets(made(t, "testsrc2=s=96x64:r=25:d=0.4", "-bf", "2"))
	want, _ := decodeAll(t, newDecoder(t), small, false)
	more, _ := decodeAll(t, newDecoder(t), large, false)
	want = append(want, more...)
	got, _ := decodeAll(t, newDecoder(t), append(small, large...), false)
	if !bytes.Equal(bytes.Join(got, nil), bytes.Join(want, nil)) {
		t.Errorf("%d pictures, want %d, or other ones", len(got), len(want))
	}
}

// Three pictures of one packet come one by one, with what later packets bring
// behind them.
func TestThreeInOne(t *testing.T) {
	all := packets(made(t, moving, "-bf", "2", "-g", "100", "-b_strategy", "0"))
	want, _ := decodeAll(t, newDecoder(t), all, false)
	none := []byte{0, 0, 1, planeStart, 0x50, 0, 0}
	packed := all[:1:1]
	for i := 1; i+2 < len(all); i += 3 {
		three := all[i]
		three.Data = slices.Concat(all[i].Data, all[i+1].Data, all[i+2].Data)
		packed = append(packed, three, media.Packet{Data: none}, media.Packet{Data: none})
	}
	if got, _ := decodeAll(t, newDecoder(t), packed, false); !bytes.Equal(bytes.Join(got, nil), bytes.Join(want[:len(got)], nil)) || len(got) < len(want)-2 {
		t.Errorf("%d pictures of %d, or other ones", len(got), len(want))
	}
}

// Damage within a plane of video packets costs its packet, no more.
func TestPackets(t *testing.T) {
	stream := made(t, "testsrc2=s=352x288:r=25:d=1", "-g", "1", "-ps", "300", "-q:v", "5")
	all := packets(stream)
	want, _ := decodeAll(t, newDecoder(t), all, false)
	bad := bytes.Clone(all[0].Data)
	for i := range 40 {
		bad[len(bad)/2+i] ^= 0x5a
	}
	all[0].Data = bad
	d := newDecoder(t)
	got, errs := decodeAll(t, d, all, true)
	if errs == 0 || len(got) != len(want) {
		t.Fatalf("%d pictures of %d, %d errors", len(got), len(want), errs)
	}
	same := 0
	for y := range 288 {
		if bytes.Equal(got[0][352*y:352*(y+1)], want[0][352*y:352*(y+1)]) {
			same++
		}
	}
	if same < 200 || same == 288 {
		t.Errorf("%d of 288 lines are right", same)
	}
	if !bytes.Equal(got[1], want[1]) {
		t.Error("the next picture I is damaged")
	}
}

func TestReset(t *testing.T) {
	all := packets(made(t, moving, "-bf", "2", "-g", "12"))
	d := newDecoder(t)
	want, _ := decodeAll(t, d, all, false)
	d.Reset()
	got, _ := decodeAll(t, d, all, false)
	if !bytes.Equal(bytes.Join(got, nil), bytes.Join(want, nil)) {
		t.Error("other pictures after Reset")
	}
	d.Reset()
	if got, _ := decodeAll(t, d, all[3:6], true); len(got) > 0 {
		t.Errorf("%d pictures without a reference", len(got))
	}
}

func TestAllocations(t *testing.T) {
	all := packets(made(t, moving, "-bf", "2", "-flags", "+mv4+qpel"))
	d := newDecoder(t)
	decodeAll(t, d, all, false)
	if n := testing.AllocsPerRun(2, func() {
		for i := range all {
			if _, err := d.Decode(&all[i]); err != nil {
				t.Fatal(err)
			}
		}
	}); n > 0 {
		t.Errorf("%v allocations for %d packets", n, len(all))
	}
}

// Layers that are not played are refused by name.
func TestRefusals(t *testing.T) {
	var w bitWriter
	w.layerHeaderOf(64, 48, 1)
	_, err := newDecoder(t).Decode(&media.Packet{Data: w.out})
	var u *media.UnsupportedError
	if !errors.As(err, &u) {
		t.Errorf("a static sprite: %v", err)
	}
	w = bitWriter{}
	w.layerHeader()
	for n := 5; n < len(w.out)-1; n++ {
		if _, err := newDecoder(t).Decode(&media.Packet{Data: w.out[:n]}); err == nil {
			t.Errorf("%d bytes of a header were taken", n)
		}
	}
	if _, err := New(media.Stream{Config: w.out}); err != nil {
		t.Error(err)
	}
}

// FuzzDecode feeds damaged streams: decoding ends, and errors have their
// types.
func FuzzDecode(f *testing.F) {
	f.Add(written(1))
	f.Add(written(2))
	f.Add(partitionedStream(1, true))
	f.Add(partitionedStream(2, false))
	f.Add(globalStream(1, 48, 48, 3, 2, 20))
	f.Add(shortStream(1))
	f.Add(shortStream(2))
	f.Fuzz(func(t *testing.T, stream []byte) {
		d := newDecoder(t)
		if len(stream) > 1<<16 {
			return
		}
		if isShort(stream) {
			decodeAll(t, d, shortPackets(stream), true)
			return
		}
		decodeAll(t, d, packets(stream), true)
	})
}
