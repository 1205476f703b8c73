package caf

import (
	"encoding/binary"
	"math"

	"linnet/player/internal/bmff"
	"linnet/player/internal/tags"
	"linnet/player/media"
)

const (
	headSize  = 8  // of the file
	chunkHead = 12 // of a chunk: type, size
	descSize  = 32
	paktSize  = 24 // of the packet table, without its entries
	editSize  = 4  // the edit count in front of the sound

	// maxChunks bounds a walk over a file of empty chunks.
	maxChunks = 1 << 14
	// maxCookie is how many bytes of a decoder's set-up are kept.
	maxCookie = 512
)

// A span is a stretch of the file.
type span struct{ start, end int64 }

func (s span) size() int64 { return s.end - s.start }

// file is what the chunks say.
type file struct {
	desc   description
	cookie []byte
	data   span  // of the sound; end is -1 where the file's end is not known
	lost   int64 // bytes that the data chunk claims behind the file's end
	table  *table
	layout uint32 // a channel mask; 0 where none is said
}

// readFile reads everything but the sound and the packets' sizes. The first
// chunk describes the sound.
func readFile(win *bmff.Window, size int64) (*file, error) {
	head := win.At(0, headSize+chunkHead+descSize)
	switch {
	case !Match(win.At(0, headSize)):
		return nil, formatError(0, "not a Core Audio file")
	case head == nil:
		return nil, formatError(0, "the file is cut off in its description")
	case head[4] != 0 || head[5] != 1:
		return nil, unsupported(4, "a Core Audio file of another version")
	case string(head[headSize:][:4]) != "desc" || binary.BigEndian.Uint64(head[headSize+4:]) < descSize:
		return nil, formatError(headSize, "the file does not begin with its description")
	}
	f := &file{}
	if err := f.desc.parse(head[headSize+chunkHead:], headSize+chunkHead); err != nil {
		return nil, err
	}
	pos := int64(headSize + chunkHead + binary.BigEndian.Uint64(head[headSize+4:]))
	for range maxChunks {
		next, ok := f.readChunk(win, pos, size)
		if !ok {
			break
		}
		pos = next
	}
	if f.data.start == 0 {
		return nil, formatError(headSize, "no data chunk: the file has no sound, or is cut off before it")
	}
	return f, nil
}

// readChunk takes the chunk at pos, and says where the next one is. The first
// chunk of each kind counts.
func (f *file) readChunk(win *bmff.Window, pos, size int64) (next int64, ok bool) {
	head := win.At(pos, chunkHead)
	if head == nil {
		return 0, false
	}
	kind, claimed := string(head[:4]), int64(binary.BigEndian.Uint64(head[4:]))
	body := span{pos + chunkHead, pos + chunkHead + claimed}
	open := kind == "data" && claimed == -1
	if !open && (claimed < 0 || body.end < pos || claimed > math.MaxInt64/2) {
		return 0, false
	}
	switch {
	case kind == "data" && f.data.start == 0:
		f.setData(body, open, size)
	case kind == "kuki" && f.cookie == nil:
		f.cookie = append([]byte(nil), win.At(body.start, int(min(claimed, maxCookie)))...)
	case kind == "chan":
		f.readLayout(win, body)
	case kind == "pakt" && f.table == nil && claimed >= paktSize:
		f.readTable(win, body)
	}
	return body.end, !open
}

// setData settles where the sound lies in a file of size bytes.
func (f *file) setData(body span, open bool, size int64) {
	f.data = span{body.start + editSize, max(body.end, body.start+editSize)}
	switch {
	case open:
		f.data.end = max(size, -1)
	case size >= 0 && f.data.end > size:
		f.lost, f.data.end = f.data.end-max(size, f.data.start), size
	}
	if f.data.end >= 0 {
		f.data.end = max(f.data.end, f.data.start)
	}
}

func (f *file) readTable(win *bmff.Window, body span) {
	b := win.At(body.start, paktSize)
	if b == nil {
		return
	}
	be := binary.BigEndian
	f.table = &table{
		entries: span{body.start + paktSize, body.end},
		packets: int64(be.Uint64(b)),
		valid:   int64(be.Uint64(b[8:])),
		priming: int64(int32(be.Uint32(b[16:]))), remainder: int64(int32(be.Uint32(b[20:]))),
	}
}

// Layout tags of CoreAudio, of which the channels stand in the order of a mask;
// the lower half of a tag is their number.
const (
	layoutBitmap = 1 << 16
	layout40     = 115<<16 | 4 // L R C Cs
	layout71A    = 126<<16 | 8 // L R C LFE Ls Rs Lc Rc
)

// readLayout reads which loudspeakers the channels are for. CoreAudio's bitmap is
// that of WAVE files.
func (f *file) readLayout(win *bmff.Window, body span) {
	b := win.At(body.start, 8)
	if b == nil || body.size() < 8 {
		return
	}
	switch binary.BigEndian.Uint32(b) {
	case layoutBitmap:
		f.layout = binary.BigEndian.Uint32(b[4:])
	case layout40:
		f.layout = uint32(media.FrontLeft | media.FrontRight | media.FrontCentre | media.BackCentre)
	case layout71A:
		f.layout = 0xff
	}
}

// Match says whether a file that starts with head (8 bytes are enough) is one
// for New.
func Match(head []byte) bool { return tags.IsCAF(head) }
