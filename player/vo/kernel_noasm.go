//go:build !arm || purego

package vo

// addressed says that places in tables are addresses.
const addressed = false

func hues(dst []hue, cb, cr []uint8, t *tables, odd int) { huesGeneric(dst, cb, cr, t, odd) }

func blocks(pix []uint16, w walk, upper, lower []uint8, hues []hue, t *tables) {
	blocksGeneric(pix, w, upper, lower, hues, t)
}

func bands([]uint16, walk, *plane, *[2]plane, []hue, int, *tables) bool { return false }
