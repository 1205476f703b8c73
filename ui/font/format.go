package font

import "math/bits"

// file is a prepared font in memory. All numbers are little-endian.
//
//	 0  "LFN2"
//	 4  u32 offset of the records
//	 8  u32 offset of the groups
//	12  u32 offset of the masks
//	16  u32 number of the model that these are coded by
//	20  1024 x u16: for each 64 characters of the basic plane the number of
//	    their block, counted from 1; 0 where none of them is there
//	    blocks of 10 bytes: u64, a bit for each of the 64 characters (the
//	    lowest is the first), and u16, the number of the first one's record
//	    records of 5 bytes, in the order of the characters: u8 advance, s8 left,
//	    s8 top, u8 width, u8 height
//	    groups: for each two records the u24 offset of their masks within the
//	    masks
//	    masks, coded as coded.go says
//
// Characters without a code point of their own are filed in the private use
// area: tabularBase and wideBase.
type file []byte

const (
	pagesAt    = 20
	blocksAt   = pagesAt + 2*1024
	blockSize  = 10
	recordSize = 5
	groupSize  = 2 // records
	offsetSize = 3

	tabularBase = 0xE000 // + digit: digits of one width
	wideBase    = 0xE010 // + 0 to 5: the Han forms of “ ” ‘ ’ — …
)

// glyph is a character's record: its mask of w by h pixels lies left pixels
// right of the pen and starts top pixels above the baseline.
type glyph struct {
	file                     file
	number                   int // of the record in the file
	advance, left, top, w, h int
	missing                  bool // no mask: to be shown as a box
}

// has says whether a character is there.
func (f file) has(c rune) bool { return f.number(c) >= 0 }

// number finds a character's record, -1 where there is none.
func (f file) number(c rune) int {
	if len(f) == 0 || c < 0 || c > 0xFFFF {
		return -1
	}
	page := f.u16(pagesAt + int(c>>6)*2)
	if page == 0 {
		return -1
	}
	at := blocksAt + (page-1)*blockSize
	bit, word := uint(c&63), f.u32(at)
	before := 0
	if bit >= 32 {
		before = bits.OnesCount32(word)
		bit, word = bit-32, f.u32(at+4)
	}
	if word>>bit&1 == 0 {
		return -1
	}
	return f.u16(at+8) + before + bits.OnesCount32(word&(1<<bit-1))
}

// find loads a character's glyph and says whether there is one.
func (f file) find(c rune, g *glyph) bool {
	n := f.number(c)
	if n < 0 {
		return false
	}
	r := f.record(n)
	g.file, g.number, g.missing = f, n, false
	g.advance, g.left, g.top, g.w, g.h = int(r[0]), int(int8(r[1])), int(int8(r[2])), int(r[3]), int(r[4])
	return true
}

// record is the record of a number.
func (f file) record(n int) []byte {
	at := int(f.u32(4)) + n*recordSize
	return f[at : at+recordSize]
}

// masks is where the coded masks of a group begin.
func (f file) masks(group int) []byte {
	at := int(f.u32(8)) + group*offsetSize
	return f[int(f.u32(12))+(f.u16(at)|int(f[at+2])<<16):]
}

// model is what the masks are coded by.
func (f file) model() []byte {
	n := int(f.u32(16))
	return models[n*modelSize : (n+1)*modelSize]
}

func (f file) u16(at int) int { return int(f[at]) | int(f[at+1])<<8 }

func (f file) u32(at int) uint32 {
	return uint32(f.u16(at)) | uint32(f.u16(at+2))<<16
}
