package mkv

import (
	"bytes"
	"compress/zlib"
	"io"

	"linnet/player/media"
)

// maxText is the longest subtitle that is taken, as it is and decompressed.
const maxText = 64 << 10

// textCodecs are the codecs of subtitles by the CodecID: those that are written, not
// painted. The last two are those of old files.
var textCodecs = map[string]media.Codec{
	"S_TEXT/UTF8": media.SubRip, "S_TEXT/ASS": media.ASS, "S_TEXT/SSA": media.ASS, "S_ASS": media.ASS, "S_SSA": media.ASS,
}

// written says whether the track's subtitles are text that is given out.
func (t *track) written() bool { return textCodecs[t.codec] != "" && t.err == nil }

// describeText fills in what is known of a track of subtitles. The set-up data of
// SubStation Alpha is the file's head, with its styles.
func (t *track) describeText(s *media.Stream) {
	if t.written() {
		s.Codec, s.Config = textCodecs[t.codec], t.private
	}
}

// text makes a packet of the subtitle that was read into p.Data, and reports false
// where there is nothing in it. Its times count as those of pictures do.
func (d *Demuxer) text(p *media.Packet, pos int64) bool {
	if d.of.deflated {
		p.Data = inflate(p.Data)
	}
	if len(p.Data) == 0 {
		return false
	}
	length := d.lasts * d.seg.tick
	if length == 0 {
		length = d.of.frame
	}
	*p = media.Packet{Stream: int(d.of.number), Data: p.Data, PTS: d.when*d.seg.tick - d.origin, Length: length, Pos: pos, Key: true}
	return true
}

// inflate is what zlib made b of, nil where it is no such or too long.
func inflate(b []byte) []byte {
	r, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	out, err := io.ReadAll(io.LimitReader(r, maxText+1))
	if err != nil || len(out) > maxText {
		return nil
	}
	return out
}
