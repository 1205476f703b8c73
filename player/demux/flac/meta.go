package flac

import (
	"bytes"

	"linnet/player/internal/flac"
)

const (
	mark            = "fLaC"
	blockHeaderSize = 4
	// maxJunk is how far behind the metadata, or the file's start, the
	// first frame is looked for.
	maxJunk = 1 << 20
	// maxBlocks is how many metadata blocks are looked at.
	maxBlocks = 1 << 12
)

// readMetadata walks the metadata blocks that start at pos, RFC 9639 clause 8,
// and returns where they end, and the place behind the last of them that can
// be believed: one whose length is wrong leads anywhere. STREAMINFO counts
// wherever it stands. Tags and pictures are package tags' affair.
func (d *Demuxer) readMetadata(pos int64) (end, safe int64) {
	if string(d.window(pos, len(mark))) != mark {
		return pos, pos
	}
	pos += int64(len(mark))
	safe = pos
	for range maxBlocks {
		b := d.window(pos, blockHeaderSize)
		if len(b) < blockHeaderSize {
			break
		}
		h := flac.ParseBlockHeader(b)
		body := pos + blockHeaderSize
		next := body + int64(h.Size)
		if h.Type == flac.ForbiddenBlock || next > d.end {
			break
		}
		switch h.Type {
		case flac.StreamInfoBlock:
			if d.config == nil && d.takeStreamInfo(body, h.Size) {
				safe = next
			}
		case flac.SeekTableBlock:
			d.seekTable = span{body, h.Size}
		}
		pos = next
		if h.Last {
			break
		}
	}
	return pos, safe
}

// findMark is where in b the mark and the header of a STREAMINFO block are, -1
// for nowhere.
func findMark(b []byte) int {
	for at := 0; ; at++ {
		n := bytes.Index(b[at:], []byte(mark))
		if n < 0 {
			return -1
		}
		at += n
		if rest := b[at+len(mark):]; len(rest) >= blockHeaderSize {
			if h := flac.ParseBlockHeader(rest); h.Type == flac.StreamInfoBlock && h.Size == flac.StreamInfoSize {
				return at
			}
		}
	}
}

// takeStreamInfo reads the block at pos.
func (d *Demuxer) takeStreamInfo(pos int64, size int) bool {
	if size < flac.StreamInfoSize {
		return false
	}
	b := d.window(pos, flac.StreamInfoSize)
	info, ok := flac.ParseStreamInfo(b)
	if ok {
		d.info, d.config = info, bytes.Clone(b)
	}
	return ok
}
