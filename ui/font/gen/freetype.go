//go:build fontgen

package main

/*
#cgo pkg-config: freetype2
#include <stdlib.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include FT_TRUETYPE_TABLES_H
*/
import "C"

import (
	"fmt"
	"math"
	"unsafe"
)

// library is an initialised FreeType.
type library struct{ ft C.FT_Library }

func newLibrary() (*library, error) {
	l := &library{}
	if e := C.FT_Init_FreeType(&l.ft); e != 0 {
		return nil, fmt.Errorf("freetype: error %d", e)
	}
	return l, nil
}

func (l *library) version() string {
	var a, b, c C.FT_Int
	C.FT_Library_Version(l.ft, &a, &b, &c)
	return fmt.Sprintf("%d.%d.%d", a, b, c)
}

// face is one font of a file, set to one size.
type face struct{ ft C.FT_Face }

// open opens the face of the file whose family has the given name.
func (l *library) open(path, family string, px int) (*face, error) {
	name := C.CString(path)
	defer C.free(unsafe.Pointer(name))
	for i, n := C.FT_Long(0), C.FT_Long(1); i < n; i++ {
		f := &face{}
		if e := C.FT_New_Face(l.ft, name, i, &f.ft); e != 0 {
			return nil, fmt.Errorf("freetype: open %s: error %d", path, e)
		}
		if n = f.ft.num_faces; C.GoString(f.ft.family_name) == family {
			C.FT_Set_Pixel_Sizes(f.ft, 0, C.FT_UInt(px))
			return f, nil
		}
		C.FT_Done_Face(f.ft)
	}
	return nil, fmt.Errorf("freetype: %s has no family %q", path, family)
}

// index is the glyph of a character, 0 where the font has none.
func (f *face) index(r rune) uint32 { return uint32(C.FT_Get_Char_Index(f.ft, C.FT_ULong(r))) }

// table is the raw bytes of an SFNT table.
func (f *face) table(tag string) ([]byte, error) {
	t := C.FT_ULong(tag[0])<<24 | C.FT_ULong(tag[1])<<16 | C.FT_ULong(tag[2])<<8 | C.FT_ULong(tag[3])
	var n C.FT_ULong
	if e := C.FT_Load_Sfnt_Table(f.ft, t, 0, nil, &n); e != 0 {
		return nil, fmt.Errorf("freetype: table %s: error %d", tag, e)
	}
	b := make([]byte, n)
	if e := C.FT_Load_Sfnt_Table(f.ft, t, 0, (*C.FT_Byte)(unsafe.Pointer(&b[0])), &n); e != 0 {
		return nil, fmt.Errorf("freetype: table %s: error %d", tag, e)
	}
	return b, nil
}

// draw renders a glyph with light hinting: stems snap to whole rows, never
// to columns. Its advance is rounded to whole pixels and what was rounded is
// shared out left and right, which keeps the rhythm of small text even. Of
// the places within a quarter of a pixel around that, it takes the sharpest.
func (f *face) draw(index uint32) (*glyph, error) {
	var best *glyph
	for _, nudge := range []int{0, -8, 8, -16, 16} {
		g, err := f.drawAt(index, nudge)
		if err != nil {
			return nil, err
		}
		if best == nil || g.sharpness() > best.sharpness() {
			best = g
		}
	}
	return best, nil
}

// drawAt renders a glyph, moved to the right by 64ths of a pixel.
func (f *face) drawAt(index uint32, nudge int) (*glyph, error) {
	if e := C.FT_Load_Glyph(f.ft, C.FT_UInt(index), C.FT_LOAD_TARGET_LIGHT); e != 0 {
		return nil, fmt.Errorf("freetype: glyph %d: error %d", index, e)
	}
	slot := f.ft.glyph
	exact := float64(slot.linearHoriAdvance) / 65536
	advance := math.Round(exact)
	C.FT_Outline_Translate(&slot.outline, C.FT_Pos(int(math.Round((advance-exact)*32))+nudge), 0)
	if e := C.FT_Render_Glyph(slot, C.FT_RENDER_MODE_LIGHT); e != 0 {
		return nil, fmt.Errorf("freetype: render glyph %d: error %d", index, e)
	}
	g := &glyph{advance: int(advance), left: int(slot.bitmap_left), top: int(slot.bitmap_top)}
	g.w, g.h = int(slot.bitmap.width), int(slot.bitmap.rows)
	g.pix = make([]uint8, g.w*g.h)
	pitch := int(slot.bitmap.pitch)
	for y := range g.h {
		row := unsafe.Slice((*uint8)(unsafe.Add(unsafe.Pointer(slot.bitmap.buffer), y*pitch)), g.w)
		for x, c := range row {
			g.pix[y*g.w+x] = uint8((int(c)*15 + 127) / 255)
		}
	}
	g.trim()
	return g, nil
}
