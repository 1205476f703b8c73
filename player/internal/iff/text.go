package iff

import "linnet/player/internal/tags"

// Text decodes a text chunk as a field of ID3v1 is: up to the first NUL, as
// UTF-8, a Chinese code page or Latin-1, whichever it is, in one line without
// control characters or the blanks around it.
func Text(b []byte) string { return tags.Text(b) }
