package tags

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"linnet/player/media"
)

// maxChapters is how many chapters of a file are kept.
const maxChapters = 1024

// A chapterList collects a file's chapters.
type chapterList []media.Chapter

func (l *chapterList) add(c media.Chapter) {
	if len(*l) < maxChapters && c.Start >= 0 {
		*l = append(*l, c)
	}
}

// sorted are the chapters in the order of time.
func (l chapterList) sorted() []media.Chapter {
	slices.SortStableFunc(l, func(a, b media.Chapter) int { return int(min(max(a.Start-b.Start, -1), 1)) })
	return l
}

// A commentChapters collects those in Vorbis comments: CHAPTER001=00:01:02.345
// and CHAPTER001NAME=text.
type commentChapters struct {
	numbers []string
	list    chapterList
}

// take says whether a field is about a chapter.
func (c *commentChapters) take(name, value string) bool {
	const prefix, digits, suffix = "CHAPTER", 3, "NAME"
	number, ok := strings.CutPrefix(name, prefix)
	number, isName := strings.CutSuffix(number, suffix)
	if !ok || len(number) != digits || strings.Trim(number, "0123456789") != "" {
		return false
	}
	i := slices.Index(c.numbers, number)
	switch start, good := clock(value); {
	case isName && i >= 0:
		c.list[i].Title = value
	case !isName && good && i < 0 && len(c.list) < maxChapters:
		c.numbers = append(c.numbers, number)
		c.list.add(media.Chapter{Start: start})
	}
	return true
}

// clock reads hours, minutes and seconds with a fraction, as 00:01:02.345.
func clock(s string) (time.Duration, bool) {
	parts := strings.Split(s, ":")
	if len(parts) != 3 {
		return 0, false
	}
	total := time.Duration(0)
	for i, p := range parts {
		scale := 1
		if i == 2 {
			scale = 1000
		}
		v, ok := decimal(p, scale)
		if !ok || v < 0 || i > 0 && v >= 60*scale {
			return 0, false
		}
		total = total*60 + time.Duration(v)*time.Second/time.Duration(scale)
	}
	return total, true
}

// chapter reads a CHAP frame, "ID3v2 Chapter Frame Addendum" 1.0 clause 3.1: a
// name for programs, start and end in milliseconds and in bytes, then frames, of
// which TIT2 is the title.
func chapter(b []byte, version byte) (c media.Chapter, ok bool) {
	const times, head = 16, 10
	_, b, ok = bytes.Cut(b, []byte{0})
	if !ok || len(b) < times {
		return c, false
	}
	c.Start = time.Duration(binary.BigEndian.Uint32(b)) * time.Millisecond
	for b = b[times:]; len(b) >= head && frameID(b[:4]); {
		n := int64(binary.BigEndian.Uint32(b[4:]))
		if safe, good := syncsafe(b[4:]); good && version == 4 {
			n = safe
		}
		id := string(b[:4])
		if b = b[head:]; n > int64(len(b)) {
			break
		}
		if id == "TIT2" && c.Title == "" {
			c.Title = textFrame(b[:n], version)
		}
		b = b[n:]
	}
	return c, true
}

// neroChapters reads a chpl box, which has no standard but what Nero's tools
// and FFmpeg write: how many there are, then of each the start in tenths of a
// microsecond and a text with its length in front.
func neroChapters(b []byte) (list chapterList) {
	const countsBehind = 4 + 4 // version, flags, and in version 1 as much of nothing
	at := 4
	if len(b) > 0 && b[0] != 0 {
		at = countsBehind
	}
	if len(b) <= at {
		return nil
	}
	count := int(b[at])
	for b = b[at+1:]; count > 0 && len(b) >= 9; count-- {
		start, n := binary.BigEndian.Uint64(b), int(b[8])
		if b = b[9:]; n > len(b) || start > 1<<60 {
			break
		}
		list.add(media.Chapter{Start: time.Duration(start) * 100, Title: Text(b[:n])})
		b = b[n:]
	}
	return list
}
