package mpeg4

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linnet/player/media"
	"linnet/player/playertest"
)

// shortPackets cuts an elementary stream in front of its planes with short headers,
// which begin at bytes.
func shortPackets(stream []byte) (all []media.Packet) {
	begin := 0
	for at := 1; at <= len(stream); at++ {
		if at == len(stream) || isShort(stream[at:]) {
			all = append(all, media.Packet{Data: stream[begin:at], Pos: int64(begin), PTS: int64(len(all))})
			begin = at
		}
	}
	return all
}

// madeShort is a stream of FFmpeg's H.263, and what FFmpeg decodes of it.
func madeShort(t *testing.T, source, options string) (stream, want []byte) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "made.h263")
	args := append([]string{"-f", "lavfi", "-i", source, "-c:v", "h263", "-f", "h263"}, strings.Fields(options)...)
	playertest.FFmpeg(t, append(args, file)...)
	stream, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return stream, playertest.FFmpeg(t, "-flags", "bitexact", "-idct", "simple", "-f", "h263", "-i", file, "-f", "rawvideo", "-pix_fmt", "yuv420p", "-vsync", "0", "-")
}

// Short headers' pictures are FFmpeg's, in each size, with groups that have headers
// and without.
func TestShort(t *testing.T) {
	for source, options := range map[string]string{
		"testsrc2=s=128x96:d=2":                          "-g 12 -q:v 3",
		"testsrc2=s=176x144:d=2:r=30":                    "-g 10 -q:v 12",
		"mandelbrot=s=176x144,trim=end=1":                "-g 300 -q:v 31",
		"testsrc2=s=352x288:d=1":                         "-q:v 2 -mbd rd -ps 300",
		"cellauto=s=352x288,trim=end=0.6":                "-q:v 1 -ps 1",
		"testsrc2=s=704x576:d=0.3":                       "-q:v 4 -ps 1",
		"testsrc2=s=704x576:d=0.2,negate":                "-b:v 300k",
		"testsrc2=s=1408x1152:d=0.12":                    "-q:v 5",
		"color=white:s=128x96:d=0.2":                     "-q:v 31",
		"color=black:s=128x96:d=0.2,noise=c0s=100:c0f=t": "-q:v 1",
	} {
		t.Run(source, func(t *testing.T) {
			stream, want := madeShort(t, source, options)
			pictures, _ := decodeAll(t, newDecoder(t), shortPackets(stream), false)
			got := bytes.Join(pictures, nil)
			if len(pictures) == 0 || !bytes.Equal(got, want) {
				t.Errorf("%d pictures of %d bytes are not ffmpeg's %d bytes; they differ at %d", len(pictures), len(got), len(want), firstDifference(got, want))
			}
		})
	}
}

func firstDifference(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

// A damaged group costs what is left of it; the groups behind it are as they were.
func TestShortDamage(t *testing.T) {
	stream, _ := madeShort(t, "testsrc2=s=176x144:d=1", "-g 1 -q:v 5 -ps 1")
	all := shortPackets(stream)
	want, _ := decodeAll(t, newDecoder(t), all[:1], false)
	broken := bytes.Clone(all[0].Data)
	at := len(broken) / 2
	copy(broken[at:], []byte{0xff, 0xff, 0xff})
	d := newDecoder(t)
	pic, err := d.Decode(&media.Packet{Data: broken})
	if err == nil || pic == nil {
		t.Fatalf("%v, %v", pic, err)
	}
	got := pixels(pic)
	const line = 176
	if !bytes.Equal(got[:line*32], want[0][:line*32]) || !bytes.Equal(got[line*128:line*144], want[0][line*128:line*144]) {
		t.Error("the groups in front of the damage, or behind it, are others")
	}
}

// Whatever is broken, there is no panic, and what follows is decoded.
func TestShortBroken(t *testing.T) {
	stream, want := madeShort(t, "testsrc2=s=128x96:d=1", "-g 5 -q:v 8 -ps 1")
	all := shortPackets(stream)
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		d := newDecoder(t)
		damaged := make([]media.Packet, 0, len(all))
		for _, p := range all {
			b := bytes.Clone(p.Data)
			for range 1 + r.IntN(4) {
				b[r.IntN(len(b))] ^= 1 << r.IntN(8)
			}
			p.Data = b[:1+r.IntN(len(b))]
			damaged = append(damaged, p)
		}
		decodeAll(t, d, damaged, true)
		d.Reset()
		pictures, _ := decodeAll(t, d, all, false)
		if !bytes.Equal(bytes.Join(pictures, nil), want) {
			t.Fatal("behind a seek the pictures are others")
		}
	}
}

// shortStream is a plane I and a plane P of the smallest size, whose macroblocks are
// intra with DC alone, and not coded.
func shortStream(quant uint32) []byte {
	var w bitWriter
	for kind := range uint32(2) {
		w.free = 0
		w.put(shortMarker, shortMarkerBits)
		w.put(kind, 8)
		w.put(2, 2)
		w.put(0, 3)
		w.put(1, 3)
		w.put(kind, 1)
		w.put(0, 4)
		w.put(quant, 5)
		w.put(0, 2)
		for at := range uint32(48) {
			if at == 16 { // the third group has a header
				for w.free > 0 {
					w.put(0, 1)
				}
				w.put(1, groupMarkerBits)
				w.put(2, 5)
				w.put(0, 2)
				w.put(quant, 5)
			}
			if kind == 1 {
				w.put(1, 1)
				continue
			}
			w.put(1, 1) // intra, no colour coded
			w.put(3, 4) // no luma coded
			for i := range uint32(6) {
				w.put(1+(at*5+i)%127, 8)
			}
		}
	}
	return w.out
}

// What was written is what is decoded: blocks that are eight times their DC.
func TestShortWritten(t *testing.T) {
	pictures, _ := decodeAll(t, newDecoder(t), shortPackets(shortStream(3)), false)
	if len(pictures) != 2 || !bytes.Equal(pictures[0], pictures[1]) {
		t.Fatalf("%d pictures", len(pictures))
	}
	for at := range 48 {
		x, y := 16*(at%8), 16*(at/8)
		for i := range 4 {
			if got, want := int(pictures[0][(y+i/2*8)*128+x+i%2*8]), 1+(at*5+i)%127; got != want {
				t.Fatalf("block %d of macroblock %d is %d, want %d", i, at, got, want)
			}
		}
	}
}

// What is not of the baseline is refused, and what cannot be is an error.
func TestShortRefusals(t *testing.T) {
	w := bitWriter{}
	for _, c := range []struct {
		format, options, quant, points uint32
		want                           string
	}{{0, 0, 5, 0, "size of its own"}, {7, 0, 5, 0, "size of its own"}, {2, 8, 5, 0, "options"}, {2, 0, 5, 1, "options"}, {2, 0, 0, 0, "damaged"}} {
		w = bitWriter{}
		w.put(shortMarker, shortMarkerBits)
		w.put(0, 8)
		w.put(2, 2) // marker, zero
		w.put(0, 3)
		w.put(c.format, 3)
		w.put(0, 1)
		w.put(c.options, 4)
		w.put(c.quant, 5)
		w.put(c.points, 1)
		w.put(0, 64)
		d := newDecoder(t)
		if _, err := d.Decode(&media.Packet{Data: w.out}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestShortAllocations(t *testing.T) {
	stream, _ := madeShort(t, "testsrc2=s=176x144:d=1", "-g 5 -q:v 8")
	all := shortPackets(stream)
	d := newDecoder(t)
	decodeAll(t, d, all, false)
	i := 0
	if n := testing.AllocsPerRun(20, func() { d.Decode(&all[i%len(all)]); i++ }); n > 0 {
		t.Errorf("%v allocations a picture", n)
	}
}
