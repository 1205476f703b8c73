package wav

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"linnet/player/internal/blocks"
	"linnet/player/internal/iff"
	"linnet/player/internal/input"
	"linnet/player/internal/wave"
	"linnet/player/media"
)

const (
	headSize = 12         // "RIFF", size, "WAVE"
	noSize   = 0xffffffff // a size that was never filled in, or stands in ds64
	maxSize  = 1 << 53    // a 64-bit size above this is not meant
	// Programs that write to a pipe put a size near 2 or 4 GiB, each
	// another; a file that has less than such a size is not cut off.
	pipeSize = 0x7f000000
)

// file is what the chunks of a file say.
type file struct {
	order     binary.ByteOrder
	mpeg      bool  // MPEG audio is supported
	start     int64 // offset of the RIFF chunk: behind ID3v2 tags, if any
	format    wave.Format
	hasFormat bool
	wide      bool  // RF64: sizes may stand in ds64
	riff      int64 // size of the RIFF chunk, as claimed
	wideData  int64 // size of the data chunk in ds64
	fact      int64 // frames by the fact chunk, 0 when it says nothing
	data      int64 // offset of the data, 0 before it was found
	dataEnd   int64 // -1 when the file's size is not known
	missing   int64 // bytes of the data that the file lacks
	tags      media.Tags
	id3       int64 // offset of an ID3v2 tag in a chunk, 0 when there is none
}

// readFile reads everything but the sound of the file that starts at offset
// start.
func readFile(in *input.Reader, start int64, mpeg bool) (*file, error) {
	f := &file{start: start, mpeg: mpeg, order: binary.LittleEndian}
	if err := f.readHead(in); err != nil {
		return nil, err
	}
	w := iff.NewWalker(in, f.order, start+headSize)
	for {
		c, err := w.Next()
		switch {
		case err == nil:
			err = f.readChunk(w, c, in.Size())
		case !errors.Is(err, io.EOF):
			err = fmt.Errorf("%s: %w", stage, err)
		}
		if err != nil && (errors.Is(err, io.EOF) || f.complete()) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	switch {
	case !f.hasFormat:
		return nil, formatError(start+headSize, "no fmt chunk")
	case f.data == 0:
		return nil, formatError(start+headSize, "no data chunk")
	}
	return f, nil
}

func (f *file) complete() bool { return f.hasFormat && f.data != 0 }

func (f *file) readHead(in *input.Reader) error {
	in.SeekTo(f.start)
	b, err := in.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: %w", stage, err)
	}
	if !Match(b) {
		return formatError(f.start, "not a RIFF/WAVE file")
	}
	switch string(b[:4]) {
	case "RIFX":
		f.order = binary.BigEndian
	case "RF64", "BW64":
		f.wide = true
	}
	f.riff = int64(f.order.Uint32(b[4:]))
	return nil
}

// readChunk takes in one chunk; io.EOF means that no other can follow.
func (f *file) readChunk(w *iff.Walker, c iff.Chunk, fileSize int64) error {
	if c.ID == "data" {
		return f.readData(w, c, fileSize)
	}
	var take func([]byte, int64) error
	switch c.ID {
	case "id3 ", "ID3 ":
		f.id3 = c.Body
		return nil
	case "ds64":
		take = f.readDS64
	case "fmt ":
		take = f.readFormat
	case "fact":
		take = f.readFact
	case "LIST":
		take = f.readList
	default:
		return nil
	}
	b, err := w.Body(c)
	if err != nil {
		return fmt.Errorf("%s: %w", stage, err)
	}
	return take(b, c.Body)
}

// readDS64: EBU Tech 3306 clause 3, three 64-bit sizes: RIFF, data, samples.
func (f *file) readDS64(b []byte, _ int64) error {
	if f.wide && len(b) >= 24 {
		f.riff = int64(min(f.order.Uint64(b), maxSize))
		f.wideData = int64(min(f.order.Uint64(b[8:]), maxSize))
	}
	return nil
}

func (f *file) readFormat(b []byte, pos int64) error {
	if f.hasFormat {
		return nil
	}
	var err error
	f.format, err = wave.Parse(stage, b, pos, f.order)
	if f.mpeg && f.format.IsMPEG() {
		err = nil
	}
	f.hasFormat = err == nil
	return err
}

func (f *file) readFact(b []byte, _ int64) error {
	if len(b) >= 4 {
		f.fact = int64(f.order.Uint32(b))
	}
	return nil
}

// readData settles where the sound ends.
func (f *file) readData(w *iff.Walker, c iff.Chunk, fileSize int64) error {
	if f.data != 0 {
		return nil
	}
	size := c.Size
	if f.wide && size == noSize {
		size = f.wideData
		w.Resize(c, size)
	}
	f.data, f.dataEnd = c.Body, c.Body+size
	unfinished := size == noSize || size >= maxSize || size == 0 && !f.empty(w, fileSize)
	if unfinished || fileSize >= 0 && f.dataEnd > fileSize {
		if !unfinished && (f.wide || size < pipeSize) {
			f.missing = f.dataEnd - fileSize
		}
		f.dataEnd = fileSize
		return io.EOF
	}
	return nil
}

// empty says whether a data chunk of size zero is meant. An unfinished file
// says zero, too, but then its RIFF size is not filled in, or sound follows
// where w expects a chunk or the end.
func (f *file) empty(w *iff.Walker, fileSize int64) bool {
	return f.start+headSize-4+f.riff == fileSize && w.Plausible(fileSize)
}

func (f *file) layout() blocks.Layout {
	l := blocks.Layout{Start: f.data, End: f.dataEnd, Bytes: f.format.BlockAlign, Frames: f.format.BlockFrames(), Missing: f.missing}
	if f.format.BlockOf != nil {
		l.Tail = func(n int) int { return f.format.BlockOf(n, f.format.Channels) }
	}
	return l
}

// stream describes the sound. The fact chunk is believed where it can only
// mean that the last block of ADPCM was filled up.
func (f *file) stream(l blocks.Layout) media.Stream {
	s := f.format.Stream()
	s.Frames = l.Total()
	if over := s.Frames - f.fact; f.format.BlockOf != nil && f.fact > 0 && over > 0 && over < int64(l.Frames) {
		s.Frames, s.Padding = f.fact, over
	}
	return s
}

func formatError(pos int64, msg string) error {
	return &media.FormatError{Stage: stage, Offset: pos, Msg: msg}
}
