package mpeg4

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"linnet/player/internal/bits"
	"linnet/player/internal/mpegvideo"
	"linnet/player/media"
	"linnet/player/playertest"
)

// warping writes a component of a trajectory (table B-33).
func (w *bitWriter) warping(v int32) {
	n := 0
	for a := max(v, -v); a>>n > 0; n++ {
	}
	switch {
	case n == 0:
		w.put(0, 2)
	case n < 3:
		w.put(uint32(0b010+n-1), 3)
	case n < 6:
		w.put(uint32(0b100+n-3), 3)
	default:
		w.put(1<<(n-2)-2, n-2)
	}
	if v < 0 {
		v += 1<<n - 1
	}
	w.put(uint32(v), n)
	w.put(1, 1)
}

func TestWarping(t *testing.T) {
	for _, v := range []int32{0, 1, -1, 2, -3, 7, -8, 20, -31, 64, -1000, 16383, -16383} {
		var w bitWriter
		w.warping(v)
		w.put(0, 32)
		r := bits.NewReader(w.out)
		if got := readWarp(&r); got != v {
			t.Errorf("%d is read as %d", v, got)
		}
	}
}

// textured is an intra macroblock with some coefficients in each block.
func (w *bitWriter) textured(random *rand.Rand) {
	w.code(intraMCBPC[:], 9, 3)
	w.put(0, 1)
	w.code(cbpys[:], 6, 15)
	for i := range 6 {
		if i < 4 {
			w.code(lumaSizes[:], 11, 0)
		} else {
			w.code(chromaSizes[:], 12, 0)
		}
		for last := range uint32(2) {
			w.put(0b0000011_11, 9)
			w.put(last, 1)
			w.put(uint32(random.IntN(4)), 6)
			w.put(1, 1)
			level := int32(1 + random.IntN(20))
			if random.IntN(2) == 0 {
				level = -level
			}
			w.put(uint32(level)&0xfff, 12)
			w.put(1, 1)
		}
	}
}

// globalStream is I S B S B S of a size, by so many points: macroblocks of all
// kinds, and vectors around the picture's.
func globalStream(seed uint64, width, height, points, accuracy uint32, most int32) []byte {
	random := rand.New(rand.NewPCG(seed, 77))
	var w bitWriter
	w.layerHeaderOf(width, height, 2, points, accuracy)
	macros := int((width + 15) / 16 * ((height + 15) / 16))
	for i, kind := range []uint32{typeI, typeS, typeB, typeS, typeB, typeS} {
		w.start(planeStart)
		w.put(kind, 2)
		w.put(0b01, 2)
		w.put([]uint32{0, 2, 1, 4, 3, 5}[i], 5)
		w.put(0b11, 2)
		if kind == typeS {
			w.put(uint32(i>>1)&1, 1)
		}
		w.put(0, 3)
		for p := range points {
			for i := 0; i < 2 && kind == typeS; i++ {
				m := most >> min(p, 1) // the corners move nearly as the first one does
				w.warping(int32(random.IntN(int(2*m+1))) - m)
			}
		}
		w.put(4, 5)
		for range min(kind, 2) & 3 {
			if kind == typeS {
				w.put(2, 3)
				break
			}
			w.put(1, 3)
		}
		for range macros {
			switch kind {
			case typeI:
				w.textured(random)
			case typeB:
				w.put(1, 1)
			default:
				w.globalMacro(random)
			}
		}
		w.stuff()
	}
	return w.out
}

// globalMacro is a macroblock of a plane S.
func (w *bitWriter) globalMacro(random *rand.Rand) {
	kind := random.IntN(4)
	if kind == 0 {
		w.put(1, 1)
		return
	}
	w.put(0, 1)
	if kind == 3 {
		w.code(interMCBPC[:], 13, interFour<<2)
	} else {
		w.code(interMCBPC[:], 13, interOne<<2)
		w.put(uint32(kind&1), 1)
	}
	w.code(cbpys[:], 6, 15)
	vectors := [4]int{0, 0, 1, 4}[kind]
	for range 2 * vectors {
		size := random.IntN(4)
		w.code(motions[:], 12, size)
		if size > 0 {
			w.put(uint32(random.IntN(4)), 2)
		}
	}
}

// FFmpeg makes the same of global motion by any number of points, and of any
// accuracy.
func TestGlobalMotion(t *testing.T) {
	dir := t.TempDir()
	for points := range uint32(4) {
		for accuracy := range uint32(4) {
			stream := globalStream(uint64(4*points+accuracy), 96, 80, points, accuracy, 60)
			file := filepath.Join(dir, fmt.Sprintf("%d-%d.m4v", points, accuracy))
			if err := os.WriteFile(file, stream, 0o600); err != nil {
				t.Fatal(err)
			}
			pictures, errs := decodeAll(t, newDecoder(t), packets(stream), false)
			if len(pictures) != 6 || errs > 0 {
				t.Fatalf("%d points: %d pictures", points, len(pictures))
			}
			if points < 2 && accuracy == 0 {
				continue // FFmpeg takes -1 for a vector of 0 there
			}
			// Its code for x86 rounds in another way, its own C does not.
			want := playertest.FFmpeg(t, "-cpuflags", "0", "-flags", "bitexact", "-idct", "simple", "-f", "m4v", "-i", file, "-vsync", "0", "-f", "rawvideo", "-")
			if got := bytes.Join(pictures, nil); !bytes.Equal(got, want) {
				t.Errorf("%d points, accuracy %d: %s", points, accuracy, firstOther(got, want, 96, 80))
			}
		}
	}
}

// firstOther says where pictures begin to differ.
func firstOther(got, want []byte, width, height int) string {
	size := width * height * 3 / 2
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			at := i % size
			return fmt.Sprintf("picture %d, sample %d (line %d, column %d): %d, want %d", i/size, at, at/width, at%width, got[i], want[i])
		}
	}
	return fmt.Sprintf("%d pictures, want %d", len(got)/size, len(want)/size)
}

// Xvid's global motion, with everything else that it does, is what FFmpeg
// makes of it.
func TestXvidGlobalMotion(t *testing.T) {
	if _, err := exec.LookPath("mencoder"); err != nil {
		t.Skip("mencoder is not installed (apt-get install mencoder): nobody else encodes global motion")
	}
	dir := t.TempDir()
	raw := filepath.Join(dir, "raw.avi")
	playertest.FFmpeg(t, "-f", "lavfi", "-i", "mandelbrot=s=176x144:r=25,trim=duration=0.8,rotate=a=t*0.2:c=gray", "-pix_fmt", "yuv420p", "-c:v", "rawvideo", raw)
	for name, more := range map[string]string{"plain": "", "quarters": ":qpel:max_bframes=2", "interlaced": ":quant_type=mpeg:max_bframes=1:interlacing"} {
		t.Run(name, func(t *testing.T) {
			avi, m4v := filepath.Join(dir, name+".avi"), filepath.Join(dir, name+".m4v")
			cmd := exec.Command("mencoder", raw, "-really-quiet", "-nosound", "-ovc", "xvid", "-xvidencopts", "fixed_quant=4:gmc"+more, "-o", avi)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			playertest.FFmpeg(t, "-i", avi, "-c", "copy", "-f", "m4v", m4v)
			stream, err := os.ReadFile(m4v)
			if err != nil {
				t.Fatal(err)
			}
			all := packets(stream)
			if n := countGlobal(all); n < 5 {
				t.Fatalf("%d planes have global motion", n)
			}
			want := playertest.FFmpeg(t, "-cpuflags", "0", "-flags", "bitexact", "-idct", "simple", "-i", avi, "-vsync", "0", "-f", "rawvideo", "-")
			pictures, _ := decodeAll(t, newDecoder(t), all, false)
			if got := bytes.Join(pictures, nil); !bytes.Equal(got, want) {
				t.Error(firstOther(got, want, 176, 144))
			}
		})
	}
}

func countGlobal(all []media.Packet) (n int) {
	for _, p := range all {
		for at, code := mpegvideo.NextStart(p.Data, 0); at < len(p.Data); {
			unit, next, following := mpegvideo.Unit(p.Data, at)
			if code == planeStart && len(unit) > 0 && unit[0]>>6 == typeS {
				n++
			}
			at, code = next, following
		}
	}
	return n
}
