package tags

import (
	"bytes"
	"encoding/binary"
	"io"
	"strconv"

	"linnet/player/internal/flac"
)

// eachFLAC visits the metadata blocks of a native FLAC file whose mark is at
// pos, RFC 9639 clause 8, until visit is false. It visits none in other files.
func eachFLAC(r io.ReaderAt, pos int64, visit func(kind int, body *io.SectionReader) bool) {
	const mark, head = "fLaC", 4
	if string(readAt(r, pos, len(mark))) != mark {
		return
	}
	pos += int64(len(mark))
	for range maxFields {
		b := readAt(r, pos, head)
		if len(b) < head {
			return
		}
		h := flac.ParseBlockHeader(b)
		pos += head
		if h.Type == flac.ForbiddenBlock || !visit(h.Type, io.NewSectionReader(r, pos, int64(h.Size))) || h.Last {
			return
		}
		pos += int64(h.Size)
	}
}

// readFLAC adds what a native FLAC file says of itself.
func readFLAC(r io.ReaderAt, pos int64, info *Info) {
	t := &info.Tags
	eachFLAC(r, pos, func(kind int, body *io.SectionReader) bool {
		switch kind {
		case flac.VorbisCommentBlock:
			VorbisComment(body, info)
		case flac.PictureBlock:
			info.picture("FLAC", "PICTURE", body.Size(), MaxCover)
		case flac.CueSheetBlock:
			t.HasSheet = true
			info.note("FLAC", "CUESHEET", strconv.FormatInt(body.Size(), 10)+" bytes of marks")
		}
		return true
	})
}

// coverFLAC returns the front cover of a native FLAC file, or its first
// picture.
func coverFLAC(r io.ReaderAt, pos int64) (data []byte, mime string) {
	eachFLAC(r, pos, func(kind int, body *io.SectionReader) bool {
		if kind != flac.PictureBlock || body.Size() > MaxCover {
			return true
		}
		b, err := io.ReadAll(body)
		d, m, what := Picture(b)
		if err == nil && d != nil && (data == nil || what == frontCover) {
			data, mime = d, m
		}
		return data == nil || what != frontCover
	})
	return data, mime
}

// Picture takes a PICTURE block apart, RFC 9639 clause 8.8, which in a Vorbis
// comment stands as METADATA_BLOCK_PICTURE in base64: the picture, which is a
// part of b, its MIME type, and what it is a picture of (3: the front cover).
// data is nil when the block is broken or holds only a link.
func Picture(b []byte) (data []byte, mime string, kind int) {
	be := binary.BigEndian
	if len(b) < 8 {
		return nil, "", 0
	}
	kind = int(be.Uint32(b) & 0xff)
	said, b, ok := counted(b[4:])
	if !ok {
		return nil, "", 0
	}
	_, b, ok = counted(b)
	const sizes = 16 // width, height, depth, colours
	if !ok || len(b) < sizes {
		return nil, "", 0
	}
	data, _, ok = counted(b[sizes:])
	if !ok || len(data) == 0 || string(said) == "-->" {
		return nil, "", 0
	}
	return data, imageType(data, string(bytes.TrimSpace(said))), kind
}

// counted cuts a string in front of which its length stands off b.
func counted(b []byte) (s, rest []byte, ok bool) {
	if len(b) < 4 {
		return nil, nil, false
	}
	n := binary.BigEndian.Uint32(b)
	if b = b[4:]; uint64(n) > uint64(len(b)) {
		return nil, nil, false
	}
	return b[:n], b[n:], true
}
