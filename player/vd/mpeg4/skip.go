package mpeg4

import (
	"linnet/player/internal/mpegvideo"
	"linnet/player/media"
)

// Disposable says whether a packet has nothing but one plane B, from which no
// other is predicted (6.3.5). Two in one packet are kept: the second is held
// for the next.
func (d *Decoder) Disposable(p *media.Packet) bool {
	planes := 0
	for at, code := mpegvideo.NextStart(p.Data, 0); at < len(p.Data); {
		unit, next, following := mpegvideo.Unit(p.Data, at)
		if code == planeStart {
			if len(unit) == 0 || unit[0]>>6 != typeB {
				return false
			}
			planes++
		} else if code >= firstLayer && code <= lastLayer {
			return false
		}
		at, code = next, following
	}
	return planes == 1
}
