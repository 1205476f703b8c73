package mpeg2

import (
	"linnet/player/internal/mpegvideo"
	"linnet/player/media"
)

// Disposable says whether a packet has nothing but pictures B, from which no
// other is predicted (6.3.9). What has headers of the sequence is kept.
func (d *Decoder) Disposable(p *media.Packet) bool {
	found := false
	for at, code := mpegvideo.NextStart(p.Data, 0); at < len(p.Data); {
		unit, next, following := mpegvideo.Unit(p.Data, at)
		switch code {
		case mpegvideo.SequenceStart, mpegvideo.GroupStart:
			return false
		case mpegvideo.PictureStart:
			pic, ok := mpegvideo.ParsePicture(unit)
			if !ok || pic.Type != mpegvideo.B {
				return false
			}
			found = true
		case mpegvideo.FirstSlice:
			if found {
				return true // fields of a frame B are both B
			}
		}
		at, code = next, following
	}
	return found
}
