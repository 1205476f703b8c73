package mpeg4

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"linnet/player/internal/bits"
	"linnet/player/internal/mpegvideo"
	"linnet/player/playertest"
)

// reversibleCode writes a coefficient by table B.23, or by the escape where that has
// no code for it.
func (w *bitWriter) reversibleCode(intra bool, run int, level int32, last bool) {
	starts, values := interStarts[:], interReversibles[:]
	if intra {
		starts, values = intraStarts[:], intraReversibles[:]
	}
	size := max(level, -level)
	for i, c := range values {
		if int(c>>16&255) == run && int32(c>>8&255) == size && (c>>24 != 0) == last {
			n := int(c & 255)
			w.put(uint32(starts[i])>>(15-n), n)
			w.flag(level < 0)
			return
		}
	}
	w.put(0b00001, 5)
	w.flag(last)
	w.put(uint32(run), 6)
	w.put(1, 1)
	w.put(uint32(size), 11)
	w.put(0b10000, 5)
	w.flag(level < 0)
}

// Each coefficient comes back, and what begins no code is refused.
func TestReversible(t *testing.T) {
	for _, intra := range []bool{false, true} {
		for run := range 64 {
			for _, level := range []int32{1, -1, 2, 3, -5, 9, -27, 28, 2047, -2047} {
				var w bitWriter
				w.reversibleCode(intra, run, level, true)
				n := 8*len(w.out) - w.free
				w.put(0xffff, 16)
				r := bits.NewReader(w.out)
				b, used, ok := readLevels(&r, intra, true)
				at := int(mpegvideo.Zigzag[run])
				if !ok || used != at || int32(b[at]) != level || r.Pos() != n {
					t.Fatalf("intra %v: run %d, level %d: %d at %d, %v", intra, run, level, b[at], used, ok)
				}
			}
		}
	}
	r := bits.NewReader([]byte{0x7f, 0xff, 0xff})
	if _, _, ok := readLevels(&r, true, true); ok {
		t.Error("what is no code was taken")
	}
}

// coefficients writes two of a block.
func (w *bitWriter) coefficients(random *rand.Rand, intra bool) {
	for last := range 2 {
		run, level := random.IntN(6), int32(1+random.IntN(12))
		if random.IntN(2) == 0 {
			level = -level
		}
		if w.reversible {
			w.reversibleCode(intra, run, level, last == 1)
			continue
		}
		w.put(0b0000011_11, 9)
		w.put(uint32(last), 1)
		w.put(uint32(run), 6)
		w.put(1, 1)
		w.put(uint32(level)&0xfff, 12)
		w.put(1, 1)
	}
}

// partitionedStream is I P P of 64x48, in parts, all in one packet each.
func partitionedStream(seed uint64, reversible bool) []byte {
	random := rand.New(rand.NewPCG(seed, 23))
	w := bitWriter{partitioned: true, reversible: reversible}
	w.layerHeader()
	for i, kind := range []uint32{typeI, typeP, typeP} {
		w.start(planeStart)
		w.put(kind, 2)
		w.put(0b01, 2)
		w.put(uint32(i), 5)
		w.put(0b11, 2)
		if kind == typeP {
			w.put(uint32(i)&1, 1)
		}
		w.put(0, 3)
		w.put(5, 5)
		if kind == typeP {
			w.put(1, 3)
			w.partsP(random)
		} else {
			w.partsI(random)
		}
		w.stuff()
	}
	return w.out
}

func (w *bitWriter) partsI(random *rand.Rand) {
	const macros = 12
	for i := range macros {
		if i%5 == 0 {
			w.code(intraMCBPC[:], 9, 1<<2|3)
			w.put(uint32(random.IntN(4)), 2)
		} else {
			w.code(intraMCBPC[:], 9, 3)
		}
		w.coefficientsDC(random)
	}
	w.put(dcMarker, dcBits)
	for range macros {
		w.put(uint32(random.IntN(2)), 1)
		w.code(cbpys[:], 6, 15)
	}
	for range 6 * macros {
		w.coefficients(random, true)
	}
}

// coefficientsDC are the six of a macroblock.
func (w *bitWriter) coefficientsDC(random *rand.Rand) {
	for b := range 6 {
		size := random.IntN(3)
		if b < 4 {
			w.code(lumaSizes[:], 11, size)
		} else {
			w.code(chromaSizes[:], 12, size)
		}
		w.put(uint32(random.IntN(1<<size)), size)
	}
}

func (w *bitWriter) partsP(random *rand.Rand) {
	const macros = 12
	kinds := make([]int, macros) // stuffing for those that are not coded
	for i := range kinds {
		kinds[i] = []int{stuffing, interOne, interOne, interFour, intraOne, interQuant}[random.IntN(6)]
		if kinds[i] == stuffing {
			w.put(1, 1)
			continue
		}
		w.put(0, 1)
		w.code(interMCBPC[:], 13, kinds[i]<<2|1)
		vectors := map[int]int{interOne: 1, interQuant: 1, interFour: 4}[kinds[i]]
		for range 2 * vectors {
			size := random.IntN(4)
			w.code(motions[:], 12, size)
			if size > 0 {
				w.put(uint32(random.IntN(2)), 1)
			}
		}
	}
	w.put(motionMarker, motionBits)
	for _, k := range kinds {
		if k == stuffing {
			continue
		}
		if k == intraOne {
			w.put(uint32(random.IntN(2)), 1)
		}
		w.code(cbpys[:], 6, 9) // luma blocks 0 and 3, or, where inverted, 1 and 2
		if k == interQuant {
			w.put(uint32(random.IntN(4)), 2)
		}
		if k == intraOne {
			w.coefficientsDC(random)
		}
	}
	for _, k := range kinds {
		for i := 0; i < 3 && k != stuffing; i++ {
			w.coefficients(random, k == intraOne)
		}
	}
}

// FFmpeg makes the same of data in parts, with reversible codes too.
func TestPartitioned(t *testing.T) {
	for seed := range uint64(6) {
		stream := partitionedStream(seed, seed%2 == 0)
		file := filepath.Join(t.TempDir(), "parts.m4v")
		if err := os.WriteFile(file, stream, 0o600); err != nil {
			t.Fatal(err)
		}
		want := playertest.FFmpeg(t, "-flags", "bitexact", "-idct", "simple", "-f", "m4v", "-i", file, "-vsync", "0", "-f", "rawvideo", "-")
		pictures, _ := decodeAll(t, newDecoder(t), packets(stream), false)
		if got := bytes.Join(pictures, nil); !bytes.Equal(got, want) {
			t.Errorf("seed %d: %s", seed, firstOther(got, want, 64, 48))
		}
	}
}

// Damage in the last part of a packet leaves the motion, which is more than the
// picture before.
func TestPartitionedDamage(t *testing.T) {
	stream := made(t, "testsrc2=s=352x288:r=25:d=0.4", "-g", "100", "-data_partitioning", "1", "-ps", "1200", "-q:v", "6")
	all := packets(stream)
	want, _ := decodeAll(t, newDecoder(t), all, false)
	noticed := 0
	for cut := 4; cut < 20; cut++ {
		bad := bytes.Clone(all[5].Data)
		for i := range 30 {
			bad[len(bad)*(cut+1)/22+i] ^= 0x5a
		}
		some := append(all[:5:5], all[6:]...)
		some = append(some[:5:5], append(packets(bad), some[5:]...)...)
		got, errs := decodeAll(t, newDecoder(t), some, true)
		if noticed += min(errs, 1); len(got) != len(want) {
			t.Fatalf("%d pictures of %d", len(got), len(want))
		}
		if distance(got[5], want[5]) > 2*distance(want[4], want[5])+len(want[5])/10 {
			t.Errorf("damage %d: farther from the picture than the one before: %d, %d", cut, distance(got[5], want[5]), distance(want[4], want[5]))
		}
	}
	if noticed < 12 {
		t.Errorf("damage was noticed %d times of 16", noticed)
	}
}

// distance is the sum of differences.
func distance(a, b []byte) (sum int) {
	for i := range a {
		d := int(a[i]) - int(b[i])
		sum += max(d, -d)
	}
	return sum
}
