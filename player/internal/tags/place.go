package tags

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"strconv"
)

// Window is how many bytes At wants to see.
const Window = 32

// maxTags is how many tags in a row are looked at, at either end.
const maxTags = 16

const (
	id3v1Size    = 128
	id3v1PlusLen = 227 // "TAG+", an extension in front of ID3v1
	apeSize      = 32  // header or footer
	id3v2Size    = 10  // header or footer
)

// id3v2Len is the size of the ID3v2 tag whose header (or, with id "3DI",
// footer) is at the start of b, with header and footer, or 0: ID3v2.4.0
// clause 3.1 and 3.4.
func id3v2Len(b []byte, id string) int64 {
	if len(b) < id3v2Size || string(b[:3]) != id || b[3] == 0xff || b[4] == 0xff {
		return 0
	}
	n, ok := syncsafe(b[6:])
	if !ok {
		return 0
	}
	n += id3v2Size
	if b[3] >= 4 && b[5]&0x10 != 0 {
		n += id3v2Size
	}
	return n
}

// syncsafe reads four bytes of seven bits each.
func syncsafe(b []byte) (n int64, ok bool) {
	for _, v := range b[:4] {
		if v >= 0x80 {
			return 0, false
		}
		n = n<<7 | int64(v)
	}
	return n, true
}

// At is the size of the tag that starts at b[0], 0 when there is none. b
// should hold Window bytes.
func At(b []byte) int64 {
	if n := id3v2Len(b, "ID3"); n > 0 {
		return n
	}
	switch {
	case bytes.HasPrefix(b, []byte("TAG+")):
		return id3v1PlusLen
	case bytes.HasPrefix(b, []byte("TAG")):
		return id3v1Size
	case len(b) >= apeSize && bytes.HasPrefix(b, []byte("APETAGEX")):
		if n, header := apeLen(b); header {
			return n
		}
		return apeSize
	}
	return 0
}

// apeLen reads an APE header or footer: the size of the whole tag, and
// whether this is the header.
func apeLen(b []byte) (n int64, header bool) {
	n = int64(binary.LittleEndian.Uint32(b[12:]))
	flags := binary.LittleEndian.Uint32(b[20:])
	if flags>>31 != 0 { // there is a header, which the size leaves out
		n += apeSize
	}
	return n, flags>>29&1 != 0
}

// Leading is the offset of the first byte behind the ID3v2 tags that r
// starts with. A tag that would reach behind end (-1 when that is not known)
// is none.
func Leading(r io.ReaderAt, end int64) int64 {
	if end < 0 {
		end = math.MaxInt64
	}
	pos := int64(0)
	for range maxTags {
		n := id3v2Len(readAt(r, pos, id3v2Size), "ID3")
		if n == 0 || n > end-pos {
			break
		}
		pos += n
	}
	return pos
}

// A block is a tag behind the sound.
type block struct {
	kind       blockKind
	start, end int64
}

type blockKind uint8

const (
	noBlock blockKind = iota
	blockID3v1
	blockAPE
	blockLyrics
	blockID3v2
)

// Trailing is the offset in r, which has size bytes, where the tags behind
// the sound begin.
func Trailing(r io.ReaderAt, size int64) int64 {
	end := size
	for range maxTags {
		b := lastBlock(r, end)
		if b.kind == noBlock {
			break
		}
		end = b.start
	}
	return end
}

// lastBlock finds the tag that ends at end.
func lastBlock(r io.ReaderAt, end int64) block {
	for _, try := range [...]func(io.ReaderAt, int64) block{lastID3v1, lastAPE, lastLyrics, lastID3v2} {
		if b := try(r, end); b.kind != noBlock && b.start >= 0 && b.start < end {
			return b
		}
	}
	return block{}
}

func lastID3v1(r io.ReaderAt, end int64) block {
	if !bytes.HasPrefix(readAt(r, end-id3v1Size, 3), []byte("TAG")) {
		return block{}
	}
	start := end - id3v1Size
	if bytes.HasPrefix(readAt(r, start-id3v1PlusLen, 4), []byte("TAG+")) {
		start -= id3v1PlusLen
	}
	return block{blockID3v1, start, end}
}

func lastAPE(r io.ReaderAt, end int64) block {
	b := readAt(r, end-apeSize, apeSize)
	if len(b) < apeSize || !bytes.HasPrefix(b, []byte("APETAGEX")) {
		return block{}
	}
	n, header := apeLen(b)
	if header || n < apeSize {
		return block{}
	}
	return block{blockAPE, end - n, end}
}

// lastLyrics finds Lyrics3: version 2 says its size, version 1 is at most
// 5100 bytes long.
func lastLyrics(r io.ReaderAt, end int64) block {
	const begin, mark, digits, v1Max = "LYRICSBEGIN", 9, 6, 5100
	b := readAt(r, end-mark-digits, mark+digits)
	switch {
	case len(b) == mark+digits && string(b[digits:]) == "LYRICS200":
		n, err := strconv.Atoi(string(b[:digits]))
		start := end - mark - digits - int64(n)
		if err == nil && n >= 0 && string(readAt(r, start, len(begin))) == begin {
			return block{blockLyrics, start, end}
		}
	case len(b) == mark+digits && string(b[digits:]) == "LYRICSEND":
		start := max(0, end-mark-v1Max-int64(len(begin)))
		if i := bytes.LastIndex(readAt(r, start, int(end-start)), []byte(begin)); i >= 0 {
			return block{blockLyrics, start + int64(i), end}
		}
	}
	return block{}
}

func lastID3v2(r io.ReaderAt, end int64) block {
	n := id3v2Len(readAt(r, end-id3v2Size, id3v2Size), "3DI")
	if n == 0 {
		return block{}
	}
	return block{blockID3v2, end - n, end}
}

// readAt returns the n bytes at pos, or those of them that are there.
func readAt(r io.ReaderAt, pos int64, n int) []byte {
	if pos < 0 || n <= 0 {
		return nil
	}
	b := make([]byte, n)
	m, _ := r.ReadAt(b, pos)
	return b[:m]
}
