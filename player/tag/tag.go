package tag

import (
	"errors"
	"fmt"
	"io"

	"linnet/player/internal/tags"
	"linnet/player/media"
)

// Read returns what the tags of r say, which has size bytes (-1 when not
// known: then only what stands in front is read). Where several tags speak,
// ID3v2 is believed before APE and that before ID3v1. A file without tags
// gives the zero Tags. The error is r's own.
func Read(r io.ReaderAt, size int64) (media.Tags, error) {
	w := &watch{r: r}
	t := tags.Read(w, size).Tags
	return t, w.result()
}

// Cover returns the front cover, or the first picture where none is marked
// as that, and its MIME type. data is nil when there is none or it is larger
// than 8 MiB. The error is r's own.
func Cover(r io.ReaderAt, size int64) (data []byte, mime string, err error) {
	w := &watch{r: r}
	data, mime = tags.Cover(w, size)
	return data, mime, w.result()
}

// Lyrics returns the words that a file's tags have: ID3v2's SYLT (as LRC) and USLT,
// the comments and items LYRICS, SYNCEDLYRICS and UNSYNCEDLYRICS, MP4's ©lyr. Those
// with times come first; "" is none. The error is r's own.
func Lyrics(r io.ReaderAt, size int64) (string, error) {
	w := &watch{r: r}
	text := tags.Lyrics(w, size)
	return text, w.result()
}

// A Sheet is a cue sheet within a file: its text, in a charset that it does not say, or
// what FLAC's CUESHEET block says instead, a Mark a track.
type (
	Sheet = tags.Sheet
	Mark  = tags.Mark
)

// CueSheet returns the cue sheet that a file's tags have: the comments, items and user
// texts CUESHEET, and FLAC's CUESHEET block. The error is r's own.
func CueSheet(r io.ReaderAt, size int64) (Sheet, error) {
	w := &watch{r: r}
	s := tags.CueSheet(w, size)
	return s, w.result()
}

// SkipID3v2 returns how many bytes at the start of r, which has size bytes
// (-1 when not known), are ID3v2 tags, one or several, so that a file can be
// recognised by what stands behind them. A tag that claims to be longer than
// the file is none.
func SkipID3v2(r io.ReaderAt, size int64) int64 {
	return tags.Leading(r, size)
}

// A watch remembers the first error of a source that is not its end.
type watch struct {
	r   io.ReaderAt
	err error
}

func (w *watch) ReadAt(p []byte, off int64) (int, error) {
	n, err := w.r.ReadAt(p, off)
	if err != nil && !errors.Is(err, io.EOF) && w.err == nil {
		w.err = err
	}
	return n, err
}

func (w *watch) result() error {
	if w.err != nil {
		return fmt.Errorf("tag: %w", w.err)
	}
	return nil
}
