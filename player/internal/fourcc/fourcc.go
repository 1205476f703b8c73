// Package fourcc names video codecs by the four letters that AVI,
// QuickTime and Matroska files have for them.
package fourcc

import (
	"strings"

	"linnet/player/internal/tags"
	"linnet/player/media"
)

// codecs are the video codecs by their code in upper case.
var codecs = map[string]media.Codec{
	"MPG1": media.MPEG1Video, "MPEG": media.MPEG1Video, "PIM1": media.MPEG1Video, "\x01\x00\x00\x10": media.MPEG1Video,
	"MPG2": media.MPEG2Video, "\x02\x00\x00\x10": media.MPEG2Video, "MX5P": media.MPEG2Video,
	"XVID": media.MPEG4, "DIVX": media.MPEG4, "DX50": media.MPEG4, "MP4V": media.MPEG4, "FMP4": media.MPEG4, "3IV2": media.MPEG4,
	"M4S2": media.MPEG4, "MP4S": media.MPEG4, "RMP4": media.MPEG4, "BLZ0": media.MPEG4, "XVIX": media.MPEG4, "DXGM": media.MPEG4, "SEDG": media.MPEG4,
	"MJPG": media.MJPEG, "AVRN": media.MJPEG, "IJPG": media.MJPEG, "JPEG": media.MJPEG, "DMB1": media.MJPEG, "JPGL": media.MJPEG,
	"H264": "h264", "X264": "h264", "AVC1": "h264", "DIV3": "msmpeg4v3", "MP43": "msmpeg4v3", "DIV4": "msmpeg4v3", "MP42": "msmpeg4v2",
	"H263": "h263", "S263": "h263", "U263": "h263", "WMV3": "wmv3", "WMV2": "wmv2", "WMV1": "wmv1", "DVSD": "dvvideo", "CVID": "cinepak",
}

// Codec is the video codec with a code of any case; ok is false for one that
// is not known.
func Codec(code string) (c media.Codec, ok bool) {
	c, ok = codecs[strings.ToUpper(code)]
	return c, ok
}

// Name is a name for a codec that is not known: its code as text.
func Name(code string) media.Codec {
	return media.Codec(strings.ToLower(tags.Text([]byte(strings.Trim(code, "\x00 ")))))
}
