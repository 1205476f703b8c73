package subtitle

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"linnet/player/internal/charset"
	"linnet/player/media"
)

// A timed reads the samples of a track of timed text, 3GPP TS 26.245 clause 5.17, or
// of QuickTime's text, from which that comes.
type timed struct {
	quickTime   bool
	italic, top bool // where a sample does not say
}

// slanted is the bit of italics in both kinds' faces.
const slanted = 2

// newTimed takes what a stream's Config says of its samples, clause 5.16.
func newTimed(s media.Stream) timed {
	t, c := timed{quickTime: s.Codec == media.QuickTimeText}, s.Config
	switch {
	case t.quickTime && len(c) >= 34:
		t.italic = c[33]&slanted != 0
	case !t.quickTime && len(c) >= 30:
		t.italic = c[24]&slanted != 0
		upper, lower := int(int16(binary.BigEndian.Uint16(c[10:]))), int(int16(binary.BigEndian.Uint16(c[14:])))
		t.top = c[5] == 0 && upper <= lower-upper // at the upper edge of a box that is not below
	}
	return t
}

// cue makes a cue of a sample: a length of 16 bits, so much text, and boxes. One whose
// text does not fit into it is broken, and shows nothing.
func (t timed) cue(b []byte, start, end time.Duration) Cue {
	if len(b) < 2 {
		return Cue{}
	}
	n := int(binary.BigEndian.Uint16(b))
	if b = b[2:]; n > len(b) {
		return Cue{}
	}
	c := Cue{Start: start, End: end, Text: t.decode(b[:n]), Top: t.top}
	length := utf8.RuneCountInString(c.Text)
	if t.quickTime { // which counts bytes
		length = n
	}
	c.Italic = t.slants(t.styles(b[n:]), length)
	c.Text = strings.ReplaceAll(c.Text, "\r", "\n")
	return c
}

// decode is a sample's text. UTF-16 has a byte order mark, and else it is UTF-8, but in
// QuickTime, where it is of the Macintosh's scripts.
func (t timed) decode(b []byte) string {
	if bytes.HasPrefix(b, []byte{0xfe, 0xff}) || bytes.HasPrefix(b, []byte{0xff, 0xfe}) {
		s, _ := decodeUTF16(b)
		return s
	}
	if !t.quickTime || utf8.Valid(b) {
		return charset.UTF8.String(b)
	}
	if set := charset.Guess([][]byte{b}).Charset; set != charset.Latin1 {
		return set.String(b)
	}
	letters := []rune(macRoman)
	var s strings.Builder
	for _, c := range b {
		if c < 0x80 {
			s.WriteByte(c)
			continue
		}
		s.WriteRune(letters[c-0x80])
	}
	return s.String()
}

// macRoman are the upper half of the Macintosh's letters.
const macRoman = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø" +
	"¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ"

// A style is a stretch of a text, in characters, and whether it is in italics.
type style struct {
	from, to int
	italic   bool
}

// styles are those of a sample's box styl: clause 5.17.1.1, or a style scrap of
// TextEdit, whose stretches go up to the next.
func (t timed) styles(boxes []byte) (all []style) {
	b := styl(boxes)
	if len(b) < 2 {
		return nil
	}
	size := 12
	if t.quickTime {
		size = 20
	}
	n := int(binary.BigEndian.Uint16(b))
	for b = b[2:]; len(b) >= size && len(all) < n; b = b[size:] {
		if !t.quickTime {
			all = append(all, style{int(binary.BigEndian.Uint16(b)), int(binary.BigEndian.Uint16(b[2:])), b[6]&slanted != 0})
			continue
		}
		from := int(min(binary.BigEndian.Uint32(b), math.MaxInt32))
		if len(all) > 0 {
			all[len(all)-1].to = from
		}
		all = append(all, style{from, math.MaxInt32, b[10]&slanted != 0})
	}
	return all
}

// styl is the body of the first box of that type.
func styl(boxes []byte) []byte {
	for len(boxes) >= 8 {
		size := binary.BigEndian.Uint32(boxes)
		if size < 8 || size > uint32(len(boxes)) {
			break
		}
		if string(boxes[4:8]) == "styl" {
			return boxes[8:size]
		}
		boxes = boxes[size:]
	}
	return nil
}

// slants says whether any of so many characters are in italics. Those that no style
// is for have the track's.
func (t timed) slants(styles []style, length int) bool {
	plain := 0 // characters up to here have styles
	for _, s := range styles {
		from, to := min(s.from, length), min(s.to, length)
		if s.italic && from < to || t.italic && from > plain {
			return true
		}
		plain = max(plain, to)
	}
	return t.italic && plain < length
}
