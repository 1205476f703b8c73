package font

import "math/bits"

// file is a prepared font in memory. All numbers are little-endian.
//
//	 0  "LFN1"
//	 4  u32 offset of the records
//	 8  u32 offset of the masks
//	12  1024 x u16: for each 64 characters of the basic plane the number of
//	    their block, counted from 1; 0 where none of them is there
//	    blocks of 10 bytes: u64, a bit for each of the 64 characters (the
//	    lowest is the first), and u16, the number of the first one's record
//	    records of 8 bytes, in the order of the characters: u24 offset of the
//	    mask within the masks, u8 advance, s8 left, s8 top, u8 width, u8 height
//	    masks
//
// A mask is what rgb565.Image.DrawGlyph takes: four bits of coverage a pixel,
// the left pixel in the high half of a byte, each row padded to whole bytes.
//
// Characters without a code point of their own are filed in the private use
// area: tabularBase and wideBase.
type file []byte

const (
	pagesAt    = 12
	blocksAt   = pagesAt + 2*1024
	blockSize  = 10
	recordSize = 8

	tabularBase = 0xE000 // + digit: digits of one width
	wideBase    = 0xE010 // + 0 to 5: the Han forms of “ ” ‘ ’ — …
)

// glyph is a character's record: its mask of w by h pixels lies left pixels
// right of the pen and starts top pixels above the baseline.
type glyph struct {
	mask                     []byte
	advance, left, top, w, h int
	missing                  bool // no mask: to be shown as a box
	packed                   *packed
	at                       int // in packed, instead of mask
}

// record finds the offset of a character's record, 0 where there is none.
func (f file) record(c rune) int {
	if len(f) == 0 || c < 0 || c > 0xFFFF {
		return 0
	}
	page := f.u16(pagesAt + int(c>>6)*2)
	if page == 0 {
		return 0
	}
	at := blocksAt + (page-1)*blockSize
	bit, word := uint(c&63), f.u32(at)
	before := 0
	if bit >= 32 {
		before = bits.OnesCount32(word)
		bit, word = bit-32, f.u32(at+4)
	}
	if word>>bit&1 == 0 {
		return 0
	}
	before += bits.OnesCount32(word & (1<<bit - 1))
	return int(f.u32(4)) + (f.u16(at+8)+before)*recordSize
}

// find loads a character's glyph and says whether there is one.
func (f file) find(c rune, g *glyph) bool {
	at := f.record(c)
	if at == 0 {
		return false
	}
	r := f[at : at+recordSize]
	g.mask = f[int(f.u32(8))+(int(r[0])|int(r[1])<<8|int(r[2])<<16):]
	g.advance, g.left, g.top = int(r[3]), int(int8(r[4])), int(int8(r[5]))
	g.w, g.h, g.missing, g.packed = int(r[6]), int(r[7]), false, nil
	return true
}

func (f file) u16(at int) int { return int(f[at]) | int(f[at+1])<<8 }

func (f file) u32(at int) uint32 {
	return uint32(f.u16(at)) | uint32(f.u16(at+2))<<16
}
