package mp4

import (
	"encoding/binary"
	"io"
	"time"

	"linnet/player/internal/bmff"
	"linnet/player/internal/tags"
	"linnet/player/media"
)

const (
	maxChapters = 1024
	maxChapter  = 512 // bytes of a title
)

// readChapters reads the track of texts that the sound's track names as its
// chapters, Apple's "QuickTime File Format", "Chapter Lists": each of its packets
// is a title, and lasts as long as the chapter.
func (d *Demuxer) readChapters(src io.ReaderAt, m *movie) (all []media.Chapter) {
	for i := range m.tracks {
		t := &m.tracks[i]
		if len(d.track.chapters) == 0 || t.id != d.track.chapters[0] || t.kind() != media.Subtitle || t.timescale == 0 {
			continue
		}
		window := func() *bmff.Window { return d.window(src) }
		win, c := window(), newTableCursor(window, t.tables)
		for len(all) < maxChapters {
			s, ok := c.next(1)
			if !ok || s.time > maxTime {
				break
			}
			start := time.Duration(scale(s.time, t.timescale, 1e6)) * time.Microsecond
			all = append(all, media.Chapter{Start: start, Title: title(win.At(s.pos, int(min(s.size, maxChapter))))})
		}
	}
	return all
}

// title is the text of a packet: a length of 16 bits in front, and behind it
// boxes that say how it looks.
func title(b []byte) string {
	if len(b) < 2 {
		return ""
	}
	n := int(binary.BigEndian.Uint16(b))
	return tags.Text(b[2:min(2+n, len(b))])
}
