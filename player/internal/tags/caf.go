package tags

import (
	"bytes"
	"encoding/binary"
	"io"
)

const cafMagic = "caff"

// IsCAF says whether a file that starts with head is Apple's Core Audio Format.
func IsCAF(head []byte) bool { return bytes.HasPrefix(head, []byte(cafMagic)) }

// readCAF adds what a Core Audio file's information chunks say: pairs of a
// name and a text, each with a zero behind it, in UTF-8.
func readCAF(r io.ReaderAt, info *Info) {
	const fileHead, chunkHead, countSize = 8, 12, 4
	pos := int64(fileHead)
	for range maxFields {
		head := readAt(r, pos, chunkHead)
		if len(head) < chunkHead {
			return
		}
		size := int64(binary.BigEndian.Uint64(head[4:]))
		pos += chunkHead
		if string(head[:4]) == "info" {
			b := readAt(r, pos+countSize, int(min(max(size-countSize, 0), MaxText)))
			setCAF(b, info)
		}
		if pos += size; size < 0 || pos < 0 {
			return
		}
	}
}

// setCAF takes Apple's names of fields, and those that FFmpeg writes.
func setCAF(b []byte, info *Info) {
	names := map[string]string{
		"track number": "TRACKNUMBER", "track": "TRACKNUMBER", "disc": "DISCNUMBER", "comments": "COMMENT", "recorded date": "DATE",
		"album_artist": "ALBUMARTIST",
	}
	for range maxFields {
		name, rest, ok := bytes.Cut(b, []byte{0})
		value, rest, more := bytes.Cut(rest, []byte{0})
		if !ok {
			return
		}
		to := names[string(bytes.ToLower(name))]
		if to == "" {
			to = string(bytes.ToUpper(name))
		}
		if s := clean(text8(value)); s != "" {
			info.note("CAF", to, s)
			setField(&info.Tags, to, s)
		}
		if b = rest; !more {
			return
		}
	}
}
