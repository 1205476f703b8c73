package tags

import (
	"strings"
	"unicode/utf8"

	"linnet/player/internal/charset"
	"linnet/player/media"
)

// Text whose tag does not say how it is coded, or says Latin-1, which may be
// anything, stays undecided while a file is read: all of its tags, or those of
// a whole album, tell more than one field does. A byte above ASCII stands in
// such a string as a character for private use, undecidedBase more than it is.
const undecidedBase = 0x10fe00

// undecidedMark is how the UTF-8 of each of those begins.
const undecidedMark = "\xf4\x8f"

// undecided keeps b as it is.
func undecided(b []byte) string {
	var s strings.Builder
	for _, v := range b {
		if v < utf8.RuneSelf {
			s.WriteByte(v)
		} else {
			s.WriteRune(undecidedBase + rune(v))
		}
	}
	return s.String()
}

// legacy is the bytes of a text that is undecided, nil of one that is not.
func legacy(s string) []byte {
	if !strings.Contains(s, undecidedMark) {
		return nil
	}
	b := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			b = append(b, byte(r))
		case r > undecidedBase+0x7f && r <= undecidedBase+0xff:
			b = append(b, byte(r-undecidedBase))
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// stated takes from a text that is no longer to be decided what would look as if
// it were.
func stated(s string) string {
	if !strings.Contains(s, undecidedMark) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r > undecidedBase+0x7f && r <= undecidedBase+0xff {
			return utf8.RuneError
		}
		return r
	}, s)
}

// decide decodes a text that is undecided.
func decide(s string, c charset.Charset) string {
	if b := legacy(s); b != nil {
		return clean(c.String(b))
	}
	return s
}

// decideAlone decodes a text by itself.
func decideAlone(s string) string {
	if b := legacy(s); b != nil {
		return clean(charset.Guess([][]byte{b}).Charset.String(b))
	}
	return s
}

// texts are the fields of t that are text.
func texts(t *media.Tags) []*string {
	return []*string{&t.Title, &t.Artist, &t.Album, &t.AlbumArtist, &t.Composer, &t.Genre, &t.Date, &t.Comment}
}

// Legacy are the texts of info that are undecided, as bytes.
func (info *Info) Legacy() [][]byte {
	var list [][]byte
	for _, s := range texts(&info.Tags) {
		if b := legacy(*s); b != nil {
			list = append(list, b)
		}
	}
	for _, c := range info.Chapters {
		if b := legacy(c.Title); b != nil {
			list = append(list, b)
		}
	}
	return list
}

// Decide decodes what is undecided.
func (info *Info) Decide(c charset.Charset) {
	for _, s := range texts(&info.Tags) {
		*s = decide(*s, c)
	}
	for i := range info.Chapters {
		info.Chapters[i].Title = decide(info.Chapters[i].Title, c)
	}
	for i := range info.Fields {
		f := &info.Fields[i]
		if f.Raw = legacy(f.Text); f.Raw != nil {
			f.Text = decide(f.Text, c)
		}
	}
}
