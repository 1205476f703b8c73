package fourcc

import "linnet/player/media"

// maxFormat is the largest of the sizes that H.263 names.
const maxFormat = 5

// ShortHeader is as many bytes of a picture as H263 looks at.
const ShortHeader = 6

// H263 is the codec of a stream of H.263, of whose first picture b is the
// beginning. What has none of H.263's options and a size that it names is what
// MPEG-4 has short headers for (ISO/IEC 14496-2, 6.2.5.2).
func H263(b []byte) media.Codec {
	if !short(b) || b[4]&1 != 0 || b[5]&0xe0 != 0 {
		return "h263"
	}
	if format := b[4] >> 2 & 7; format == 0 || format > maxFormat {
		return "h263"
	}
	return media.MPEG4
}

// short says whether a picture begins as one of H.263 does: with the code that
// starts it and, behind 8 bits that count, 1 and 0.
func short(b []byte) bool {
	return len(b) >= ShortHeader && b[0] == 0 && b[1] == 0 && b[2]&0xfc == 0x80 && b[3]&3 == 2
}

// ShortKey says whether a picture with a short header needs no other; ok is
// false where it is no such picture.
func ShortKey(b []byte) (key, ok bool) {
	return short(b) && b[4]&2 == 0, short(b)
}
