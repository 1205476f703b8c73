package aiff

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"linnet/player/internal/blocks"
	"linnet/player/internal/iff"
	"linnet/player/internal/input"
	"linnet/player/media"
)

const headSize = 12 // "FORM", size, "AIFF"

// pipeSize is about what programs that write to a pipe claim to write: a file
// that has less than such a size is not cut off.
const pipeSize = 0x7f000000 - 1<<20

// file is what the chunks of a file say.
type file struct {
	start      int64 // offset of the FORM chunk: behind ID3v2 tags, if any
	compressed bool  // AIFF-C
	common     common
	hasCommon  bool
	data       int64 // offset of the first sample, 0 before it was found
	dataEnd    int64 // -1: where the file ends
	tags       media.Tags
	id3        int64 // offset of an ID3v2 tag in a chunk, 0 when there is none
}

// readFile reads everything but the sound of the file that starts at offset
// start.
func readFile(in *input.Reader, start int64) (*file, error) {
	f := &file{start: start}
	if err := f.readHead(in); err != nil {
		return nil, err
	}
	w := iff.NewWalker(in, binary.BigEndian, start+headSize)
	for {
		c, err := w.Next()
		switch {
		case err == nil:
			err = f.readChunk(w, c)
		case !errors.Is(err, io.EOF):
			err = fmt.Errorf("%s: %w", stage, err)
		}
		if err != nil && (errors.Is(err, io.EOF) || f.hasCommon && f.data != 0) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	switch {
	case !f.hasCommon:
		return nil, formatError(start+headSize, "no COMM chunk")
	case f.data == 0:
		return nil, formatError(start+headSize, "no SSND chunk")
	}
	return f, nil
}

func (f *file) readHead(in *input.Reader) error {
	in.SeekTo(f.start)
	b, err := in.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: %w", stage, err)
	}
	if !Match(b) {
		return formatError(f.start, "not an AIFF file")
	}
	f.compressed = string(b[8:]) == "AIFC"
	return nil
}

func (f *file) readChunk(w *iff.Walker, c iff.Chunk) error {
	switch c.ID {
	case "COMM", "SSND", "NAME", "AUTH", "ANNO":
	case "ID3 ", "id3 ":
		f.id3 = c.Body
		return nil
	default:
		return nil
	}
	b, err := w.Body(c)
	if err != nil {
		return fmt.Errorf("%s: %w", stage, err)
	}
	switch c.ID {
	case "COMM":
		if !f.hasCommon {
			f.common, err = parseCommon(b, c.Body, f.compressed)
			f.hasCommon = err == nil
		}
	case "SSND":
		err = f.readSound(b, c)
	default:
		f.setTag(c.ID, iff.Text(b))
	}
	return err
}

// readSound finds the samples: behind an offset and a block size, and behind
// as many bytes as the offset says. A size of zero was never filled in.
func (f *file) readSound(b []byte, c iff.Chunk) error {
	if f.data != 0 {
		return nil
	}
	if c.Size == 0 {
		f.data, f.dataEnd = c.Body+8, -1
		return io.EOF
	}
	if len(b) < 8 {
		return formatError(c.Body, "SSND chunk too short")
	}
	f.data = c.Body + 8 + int64(binary.BigEndian.Uint32(b))
	f.dataEnd = max(c.Body+c.Size, f.data)
	return nil
}

// setTag takes the first text of each kind.
func (f *file) setTag(id, text string) {
	field := &f.tags.Comment
	switch id {
	case "NAME":
		field = &f.tags.Title
	case "AUTH":
		field = &f.tags.Artist
	}
	if *field == "" {
		*field = text
	}
}

// layout settles where the sound ends: at the count of frames that the
// common chunk gives, unless the chunk or the file (of size bytes) is shorter.
func (f *file) layout(size int64) blocks.Layout {
	l := blocks.Layout{Start: f.data, End: f.dataEnd, Bytes: f.common.width * f.common.channels, Frames: f.common.block}
	if f.common.frames > 0 {
		end := f.data + f.common.frames*int64(l.Bytes)
		if l.End < 0 || end < l.End {
			l.End = end
		}
	}
	if size >= 0 && (l.End < 0 || l.End > size) {
		if l.End-f.data < pipeSize {
			l.Missing = max(l.End-size, 0)
		}
		l.End = max(size, f.data)
	}
	return l
}

func formatError(pos int64, msg string) error {
	return &media.FormatError{Stage: stage, Offset: pos, Msg: msg}
}

func unsupported(pos int64, msg string) error {
	return &media.UnsupportedError{Stage: stage, Offset: pos, Msg: msg}
}
