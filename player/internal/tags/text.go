package tags

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf16"
)

// ID3v2's text encodings.
const (
	latin1 = iota
	utf16BOM
	utf16BE
	utf8Text
)

// cutText cuts a string that ends in a zero of its encoding off b. Without
// one, all of b is the string.
func cutText(encoding byte, b []byte) (s, rest []byte) {
	if encoding != utf16BOM && encoding != utf16BE {
		s, rest, _ = bytes.Cut(b, []byte{0})
		return s, rest
	}
	for i := 0; i+1 < len(b); i += 2 {
		if b[i] == 0 && b[i+1] == 0 {
			return b[:i], b[i+2:]
		}
	}
	return b, nil
}

// textFrame decodes a text frame: the encoding, and one string, or in
// version 2.4 several, which are joined with "; ".
func textFrame(b []byte, version byte) string {
	if len(b) < 2 {
		return ""
	}
	encoding, rest := b[0], b[1:]
	var parts []string
	for len(rest) > 0 && len(parts) < 16 {
		var s []byte
		s, rest = cutText(encoding, rest)
		if t := decode(encoding, s); t != "" {
			parts = append(parts, t)
		}
		if version < 4 {
			break
		}
	}
	return strings.Join(parts, "; ")
}

// decode makes a string of b, up to its first zero, without control
// characters and outer spaces. What is said to be Latin-1 stays undecided.
func decode(encoding byte, b []byte) string {
	b, _ = cutText(encoding, b)
	var s string
	switch encoding {
	case utf16BOM, utf16BE:
		s = decodeUTF16(b)
	case utf8Text:
		s = strings.ToValidUTF8(string(b), "\ufffd")
	default:
		return clean(undecided(b))
	}
	return clean(stated(s))
}

// Text decodes text of no stated encoding, up to its first zero; one with a byte
// order mark is UTF-16.
func Text(b []byte) string {
	if bytes.HasPrefix(b, []byte{0xfe, 0xff}) || bytes.HasPrefix(b, []byte{0xff, 0xfe}) {
		return decode(utf16BOM, b)
	}
	return decideAlone(decode(latin1, b))
}

// clean makes a single line of s that a terminal shows as it stands: no
// control characters, those of 8 bits included, and none that turn the
// direction of what follows around.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == 0x2028 || r == 0x2029:
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == 0xfeff:
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// decodeUTF16 goes by the byte order mark. Without one, bytes are big-endian
// unless the second ones are zero more often than the first.
func decodeUTF16(b []byte) string {
	zeros := 0
	for i := 0; i+1 < len(b); i += 2 {
		if b[i] == 0 {
			zeros--
		}
		if b[i+1] == 0 {
			zeros++
		}
	}
	little := zeros > 0
	if len(b) >= 2 && (b[0] == 0xff && b[1] == 0xfe || b[0] == 0xfe && b[1] == 0xff) {
		little, b = b[0] == 0xff, b[2:]
	}
	u := make([]uint16, len(b)/2)
	for i := range u {
		hi, lo := b[2*i], b[2*i+1]
		if little {
			hi, lo = lo, hi
		}
		u[i] = uint16(hi)<<8 | uint16(lo)
	}
	return string(utf16.Decode(u))
}
