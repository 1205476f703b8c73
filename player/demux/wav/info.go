package wav

import (
	"strconv"
	"strings"

	"linnet/player/internal/iff"
)

// readList takes the texts of a LIST chunk of type INFO.
func (f *file) readList(b []byte, _ int64) error {
	if len(b) < 4 || string(b[:4]) != "INFO" {
		return nil
	}
	for b = b[4:]; len(b) >= 8; {
		id, size := string(b[:4]), int64(f.order.Uint32(b[4:]))
		b = b[8:]
		n := int(min(size, int64(len(b))))
		f.setTag(id, iff.Text(b[:n]))
		b = b[min(n+n&1, len(b)):]
	}
	return nil
}

func (f *file) setTag(id, text string) {
	t := &f.tags
	switch id {
	case "INAM":
		t.Title = text
	case "IART":
		t.Artist = text
	case "IPRD":
		t.Album = text
	case "IGNR":
		t.Genre = text
	case "ICRD":
		t.Date = text
	case "ICMT":
		t.Comment = text
	case "ITRK", "IPRT":
		number, total, _ := strings.Cut(text, "/")
		t.Track, t.TrackTotal = count(number), count(total)
	}
}

// count reads a positive number, 0 when there is none.
func count(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 {
		return 0
	}
	return n
}
