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

	"linnet/player/internal/bits"
	"linnet/player/internal/idct"
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

// A bitWriter writes a stream.
type bitWriter struct {
	partitioned, reversible bool // what its layer says

	out  []byte
	free int
}

func (w *bitWriter) put(v uint32, n int) {
	for i := n - 1; i >= 0; i-- {
		if w.free == 0 {
			w.out, w.free = append(w.out, 0), 8
		}
		w.free--
		w.out[len(w.out)-1] |= byte(v>>i&1) << w.free
	}
}

func (w *bitWriter) flag(f bool) {
	if f {
		w.put(1, 1)
	} else {
		w.put(0, 1)
	}
}

func (w *bitWriter) start(code byte) {
	w.free = 0
	w.out = append(w.out, 0, 0, 1, code)
}

// stuff ends a plane: a zero, and ones to the border of a byte.
func (w *bitWriter) stuff() {
	w.put(0, 1)
	for w.free > 0 {
		w.put(1, 1)
	}
}

// code writes the word that a look-up of some bits gives a value for.
func (w *bitWriter) code(table []uint16, width int, value int) {
	for i, c := range table {
		if c != 0 && int(c>>4) == value {
			n := int(c & 15)
			w.put(uint32(i)>>(width-n), n)
			return
		}
	}
	panic("no code")
}

// layerHeader is that of 64x48 pictures, 25 a second.
func (w *bitWriter) layerHeader() { w.layerHeaderOf(64, 48, 0) }

// layerHeaderOf is one with another size, and with sprites, of which more says
// what 2 has: how many points, and their accuracy.
func (w *bitWriter) layerHeaderOf(width, height, sprite uint32, more ...uint32) {
	w.start(firstLayer)
	w.put(0, 1)
	w.put(1, 8)
	w.put(1<<7|2<<3|1, 8) // verid 2, priority 1
	w.put(1, 4)
	w.put(0b101_00, 5) // 4:2:0, pictures B
	w.put(0, 2)
	w.put(1, 1)
	w.put(25, 16)
	w.put(0b10, 2)
	w.put(1<<27|width<<14|1<<13|height, 28)
	w.put(1, 1)
	w.put(0b01, 2)
	w.put(sprite, 2)
	if len(more) > 0 {
		w.put(more[0], 6)
		w.put(more[1], 2)
		w.put(0, 1)
	}
	w.put(0, 1) // 8 bits
	w.put(0, 1) // the second way to quantise
	w.put(0, 1) // halves
	w.put(1, 1) // no estimates
	w.put(1, 1) // no resync
	if w.partitioned {
		w.put(1, 1)
		w.flag(w.reversible)
	} else {
		w.put(0, 1)
	}
	w.put(0b000, 3) // neither newpred nor reduced resolution, no scalability
	w.stuff()
}

// written is a stream of random macroblocks: I P B P B, in two seconds.
func written(seed uint64) []byte {
	random := rand.New(rand.NewPCG(seed, 14496))
	var w bitWriter
	w.layerHeader()
	for i, kind := range []uint32{typeI, typeP, typeB, typeP, typeB, typeI} {
		tick := []uint32{0, 2, 1, 4, 3, 5}[i]
		w.start(planeStart)
		w.put(kind, 2)
		w.put(0b01, 2)
		w.put(tick, 5)
		w.put(0b11, 2)
		if kind == typeP {
			w.put(uint32(i)&1, 1)
		}
		threshold, quant := random.IntN(8), 2+random.IntN(8)
		w.put(uint32(threshold), 3)
		w.put(uint32(quant), 5)
		for range kind {
			w.put(1, 3)
		}
		for range 12 {
			w.macroblock(random, kind, int32(quant) < dcThresholds[threshold])
		}
		w.stuff()
	}
	return w.out
}

func (w *bitWriter) macroblock(random *rand.Rand, kind uint32, dc bool) {
	switch kind {
	case typeB:
		w.put(1, 1) // direct, and nothing more
		return
	case typeI:
		w.code(intraMCBPC[:], 9, 0)
		w.put(uint32(random.IntN(2)), 1)
		w.code(cbpys[:], 6, 0)
		for i := 0; i < 6 && dc; i++ {
			size := random.IntN(3) // sums within the range of DC
			if i < 4 {
				w.code(lumaSizes[:], 11, size)
			} else {
				w.code(chromaSizes[:], 12, size)
			}
			w.put(uint32(random.IntN(1<<size)), size)
		}
	default:
		w.put(0, 1)
		w.code(interMCBPC[:], 13, interOne<<2)
		w.code(cbpys[:], 6, 15)
		for range 2 {
			size := random.IntN(4)
			w.code(motions[:], 12, size)
			if size > 0 {
				w.put(uint32(random.IntN(2)), 1)
			}
		}
		return
	}
}

// Each coefficient comes back, in all the ways to write it.
func TestCodes(t *testing.T) {
	for _, table := range []struct {
		intra bool
		codes *[4096]uint32
	}{{true, &intraCoefs}, {false, &interCoefs}} {
		for run := range 64 {
			for _, level := range []int32{1, -1, 2, 5, -27, 40, -300, 2047} {
				for _, last := range []bool{false, true} {
					checkCode(t, table.intra, table.codes, run, level, last)
				}
			}
		}
	}
}

// checkCode writes one coefficient in each way that there is, and reads it.
func checkCode(t *testing.T, intra bool, codes *[4096]uint32, run int, level int32, last bool) {
	t.Helper()
	size := max(level, -level)
	sign := uint32(0)
	if level < 0 {
		sign = 1
	}
	flag := uint32(0)
	if last {
		flag = 1
	}
	levels, runs := &interLevels, &interRuns
	if intra {
		levels, runs = &intraLevels, &intraRuns
	}
	find := func(run int, size int32) (word uint32, n int) {
		for i, c := range codes {
			if c>>24 == flag && int(c>>16&255) == run && int32(c>>8&255) == size && size > 0 {
				n := int(c & 255)
				return uint32(i) >> (12 - n), n
			}
		}
		return 0, 0
	}
	var ways []bitWriter
	add := func(prefix uint32, length int, run int, size int32) {
		if word, n := find(run, size); n > 0 {
			var w bitWriter
			w.put(prefix, length)
			w.put(word, n)
			w.put(sign, 1)
			ways = append(ways, w)
		}
	}
	add(0, 0, run, size)
	if m := int32(levels[flag][run]); m > 0 && size > m {
		add(0b0000011_0, 8, run, size-m)
	}
	if size < 64 {
		if m := int(runs[flag][size]); (m > 0 || size == 1) && run > m {
			add(0b0000011_10, 9, run-m-1, size)
		}
	}
	var w bitWriter
	w.put(0b0000011_11, 9)
	w.put(flag, 1)
	w.put(uint32(run), 6)
	w.put(1, 1)
	w.put(uint32(level)&0xfff, 12)
	w.put(1, 1)
	for i, w := range append(ways, w) {
		w.put(0xff, 8)
		w.put(0, 24)
		r := bits.NewReader(w.out)
		b, used, ok := readLevels(&r, intra, false)
		if last && (used != int(mpegvideo.Zigzag[run]) || !ok) || int32(b[mpegvideo.Zigzag[run]]) != level {
			t.Fatalf("intra %v, run %d, level %d, last %v, way %d: read %d at %d, %v", intra, run, level, last, i, b[mpegvideo.Zigzag[run]], used, ok)
		}
	}
}

// readLevels reads a block's coefficients as they are.
func readLevels(r *bits.Reader, intra, reversible bool) (b idct.Block, used int, ok bool) {
	var d Decoder
	d.residual.init(&d.block)
	d.r = *r
	if d.layer.reversible = reversible; reversible {
		d.part = &part{}
	}
	q := &d.residual.levels
	q.Steps = &d.residual.zigzag
	if !intra {
		q.Codes = &interShort
	}
	ok = d.coefficients(q, 0, intra)
	*r = d.r
	return d.block, q.Used, ok
}

func TestMedian(t *testing.T) {
	for _, c := range [][4]int32{{1, 2, 3, 2}, {3, 2, 1, 2}, {2, 3, 1, 2}, {5, 5, 1, 5}, {-4, 0, 0, 0}} {
		if got := median(c[0], c[1], c[2]); got != c[3] {
			t.Errorf("median of %v: %d", c[:3], got)
		}
	}
}

// The filter by quarters is what 7.6.2.2 says, sample by sample.
func TestQuarters(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	const stride = 32
	src := make([]byte, stride*stride)
	for i := range src {
		src[i] = byte(random.Uint32())
		if i > stride*stride/2 {
			src[i] = []byte{0, 255}[random.IntN(2)]
		}
	}
	for _, size := range []int{8, 16} {
		for f := range 16 {
			for _, down := range []bool{false, true} {
				var q quarterer
				dst := make([]byte, stride*stride)
				q.move(dst, src[stride+3:], stride, size, size, f&3, f>>2, down, false)
				want := slowQuarters(src[stride+3:], stride, size, f&3, f>>2, down)
				for y := range size {
					if got := dst[y*stride:][:size]; !bytes.Equal(got, want[y*size:][:size]) {
						t.Fatalf("size %d, %d/%d, down %v, line %d: %v, want %v", size, f&3, f>>2, down, y, got, want[y*size:][:size])
					}
				}
			}
		}
	}
}

// slowQuarters makes the samples across, then along.
func slowQuarters(src []byte, stride, n, fx, fy int, down bool) []byte {
	round := 0
	if down {
		round = 1
	}
	taps := [8]int{-1, 3, -6, 20, 20, -6, 3, -1}
	line := func(s []int, f int) []int {
		out := make([]int, len(s)-1)
		for i := range out {
			sum := 16 - round
			for k, tap := range taps {
				j := i + k - 3
				if j < 0 {
					j = -1 - j
				}
				if j >= len(s) {
					j = 2*len(s) - 1 - j
				}
				sum += tap * s[j]
			}
			half := max(0, min(sum>>5, 255))
			out[i] = [4]int{s[i], (s[i] + half + 1 - round) >> 1, half, (s[i+1] + half + 1 - round) >> 1}[f]
		}
		return out
	}
	rows := make([][]int, n+1)
	for y := range rows {
		s := make([]int, n+1)
		for x := range s {
			s[x] = int(src[y*stride+x])
		}
		rows[y] = line(s, fx)
	}
	out := make([]byte, n*n)
	for x := range n {
		s := make([]int, n+1)
		for y := range s {
			s[y] = rows[y][x]
		}
		for y, v := range line(s, fy) {
			out[y*n+x] = byte(v)
		}
	}
	return out
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
