package iff

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Text decodes a text chunk: up to the first NUL, as UTF-8 where it is valid
// UTF-8 and as Latin-1 otherwise, without the blanks around it.
func Text(b []byte) string {
	if i := bytes.IndexByte(b, 0); i >= 0 {
		b = b[:i]
	}
	if utf8.Valid(b) {
		return strings.TrimSpace(string(b))
	}
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return strings.TrimSpace(string(runes))
}
