package vo

// huesGeneric makes the hues of a line of chroma. odd is 1 where the line's
// first one is a dark field of the chequerboard of hues, else 0.
func huesGeneric(dst []hue, cb, cr []uint8, t *tables, odd int) {
	cb, cr = cb[:len(dst)], cr[:len(dst)]
	for i := range dst {
		further := (i + odd) & 1
		b, r := &t.cb[int(cb[i])+further], &t.cr[int(cr[i])+further]
		dst[i] = hue{b.own, r.own, b.green + r.green}
	}
}

// lineGeneric paints a line of n pixels, 1<<shift of which share a hue. odd is
// 1 where the first one is a dark field of the chequerboard.
func lineGeneric(pix []uint16, w walk, luma []uint8, n int, hues []hue, shift, odd int, t *tables) {
	luma = luma[:n]
	for x, y := range luma {
		h := &hues[x>>shift]
		at := 2*uint32(y) + uint32(x+odd)&1 - t.base
		r, g, b := t.levels[h.r+at], t.levels[h.g+at], t.levels[h.b+at]
		pix[w.at] = uint16(r)<<11 | uint16(g)<<5 | uint16(b)
		w.at += w.dx
	}
}

// blocksGeneric paints two lines of blocks of 2x2 pixels that share a hue. The
// pixel of the upper left is a light field of the chequerboard, or where lines
// go to the left on the surface, a dark one.
func blocksGeneric(pix []uint16, w walk, upper, lower []uint8, hues []hue, t *tables) {
	odd := 0
	if w.dy == -1 {
		odd = 1
	}
	lineGeneric(pix, w, upper, 2*len(hues), hues, 1, odd, t)
	lineGeneric(pix, w.from(0, 1), lower, 2*len(hues), hues, 1, 1-odd, t)
}
