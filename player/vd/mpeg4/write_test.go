package mpeg4

import (
	"math/rand/v2"
)

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
