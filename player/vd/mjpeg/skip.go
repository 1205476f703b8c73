package mjpeg

import "linnet/player/media"

// Disposable says that no picture is predicted from another.
func (d *Decoder) Disposable(*media.Packet) bool { return true }
