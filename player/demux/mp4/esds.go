package mp4

import (
	"linnet/player/internal/bmff"
	"linnet/player/internal/esds"
	"linnet/player/media"
)

// readESDS reads an elementary stream descriptor: what is coded, and for AAC
// the AudioSpecificConfig.
func (e *entry) readESDS(win *bmff.Window, b bmff.Box) {
	const most = 512
	d, ok := esds.Parse(win.At(b.Body+fullBox, int(min(max(b.Size()-fullBox, 0), most))))
	if !ok {
		return
	}
	e.bitRate = d.BitRate
	switch {
	case d.IsAAC():
		e.settleAAC(d.Setting)
	case d.IsMP3():
		e.codec, e.bits = media.MP3, 16
	}
}
