package cue

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"

	"linnet/player/tag"
)

// decode makes text of a sheet's bytes, and says from which charset and why. Where
// they do not say it, forced is the charset, or, where that is "", the likeliest,
// which is UTF-8 for nearly all that is valid as such.
func decode(b []byte, forced tag.Charset) (text string, charset tag.Charset, why string) {
	const mark = "a byte order mark"
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return string(bytes.ToValidUTF8(b[3:], []byte("\ufffd"))), "UTF-8", mark
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return wide(b[2:], 0, 1), "UTF-16", mark
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return wide(b[2:], 1, 0), "UTF-16", mark
	case forced != "":
		return forced.String(b), forced, "as asked for"
	}
	v := tag.GuessCharset(values(b))
	return v.Charset.String(b), v.Charset, v.Why()
}

// wide decodes UTF-16 with its low and high bytes at these places.
func wide(b []byte, low, high int) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(b[2*i+low]) | uint16(b[2*i+high])<<8
	}
	return string(utf16.Decode(units))
}

// values are what stands in quotes, or behind the first word, of lines that are not
// ASCII.
func values(b []byte) (all [][]byte) {
	for line := range bytes.Lines(b) {
		if bytes.IndexFunc(line, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
			continue
		}
		line = bytes.TrimSpace(line)
		if i := bytes.IndexAny(line, " \t"); i >= 0 {
			line = line[i+1:]
		}
		all = append(all, bytes.Trim(line, `" `))
	}
	return all
}
