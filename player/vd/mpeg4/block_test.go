package mpeg4

import (
	"testing"

	"linnet/player/internal/bits"
	"linnet/player/internal/idct"
	"linnet/player/internal/mpegvideo"
)

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
