package tags

import (
	"encoding/binary"
	"io"
	"strings"
)

// riffNames are the fields of a RIFF file's INFO list (Microsoft's "Multimedia
// Programming Interface and Data Specifications 1.0", and what programs added
// to it) and the text chunks of AIFF, by what Vorbis comments call them.
var riffNames = map[string]string{
	"INAM": "TITLE", "IART": "ARTIST", "IPRD": "ALBUM", "IGNR": "GENRE", "ICRD": "DATE", "ICMT": "COMMENT", "IMUS": "COMPOSER",
	"ITRK": "TRACKNUMBER", "IPRT": "TRACKNUMBER", "NAME": "TITLE", "AUTH": "ARTIST", "ANNO": "COMMENT",
}

const riffHead = 12

// riffOrder says whether a file that starts with head consists of RIFF's or
// AIFF's chunks, and how it writes numbers.
func riffOrder(head []byte) (binary.ByteOrder, bool) {
	if len(head) < riffHead {
		return nil, false
	}
	switch kind := string(head[8:12]); string(head[:4]) {
	case "RIFF", "RF64":
		return binary.LittleEndian, kind == "WAVE" || kind == "AVI "
	case "RIFX":
		return binary.BigEndian, kind == "WAVE"
	case "FORM":
		return binary.BigEndian, kind == "AIFF" || kind == "AIFC"
	}
	return nil, false
}

// readRIFF adds what the chunks of a WAV, AVI or AIFF file say: the INFO list,
// the texts of AIFF, and an ID3v2 tag that is a chunk, which is believed first.
func readRIFF(r io.ReaderAt, order binary.ByteOrder, info *Info) {
	id3, list := Info{noting: info.noting}, Info{noting: info.noting}
	eachChunk(r, order, riffHead, 1<<62, func(id string, body, size int64) {
		switch strings.ToUpper(id) {
		case "LIST":
			if string(readAt(r, body, 4)) == "INFO" {
				eachChunk(r, order, body+4, body+size, func(id string, body, size int64) {
					list.setRIFF("RIFF INFO", id, readUpTo(r, body, min(size, MaxText)))
				})
			}
		case "ID3 ":
			readID3v2(r, body, &id3)
		case "NAME", "AUTH", "ANNO":
			list.setRIFF("AIFF", id, readUpTo(r, body, min(size, MaxText)))
		}
	})
	info.add(&id3)
	info.add(&list)
}

func (info *Info) setRIFF(tag, id string, b []byte) {
	s := decode(latin1, b)
	info.note(tag, id, s)
	if name := riffNames[id]; name != "" && s != "" {
		setField(&info.Tags, name, s)
	}
}

// eachChunk visits the chunks from pos to end.
func eachChunk(r io.ReaderAt, order binary.ByteOrder, pos, end int64, visit func(id string, body, size int64)) {
	const head = 8
	for range maxFields {
		b := readAt(r, pos, head)
		if len(b) < head || pos >= end {
			return
		}
		size := int64(order.Uint32(b[4:]))
		visit(string(b[:4]), pos+head, min(size, end-pos-head))
		pos += head + size + size&1
	}
}

// coverRIFF returns the picture of an ID3v2 tag that is a chunk.
func coverRIFF(r io.ReaderAt, order binary.ByteOrder) (data []byte, mime string) {
	eachChunk(r, order, riffHead, 1<<62, func(id string, body, _ int64) {
		if data == nil && strings.EqualFold(id, "ID3 ") {
			data, mime = coverID3v2(r, body)
		}
	})
	return data, mime
}
