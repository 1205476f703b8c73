//go:build linux

// Package osspcm is OSS's sound device, <sys/soundcard.h>, as Go sees it: the
// numbers of its ioctls, and Device, an open device, which is either the
// kernel's or the laboratory's.
package osspcm

import "time"

// Requests of <sys/soundcard.h>, group P. The argument of those with a size is
// an int, but that of GetOSpace, which is a Space.
const (
	Reset       = 0x5000
	Post        = 0x5008
	Speed       = 3<<30 | 4<<16 | 0x5002
	SetFmt      = 3<<30 | 4<<16 | 0x5005
	SetChannels = 3<<30 | 4<<16 | 0x5006
	SetFragment = 3<<30 | 4<<16 | 0x500A
	GetOSpace   = 2<<30 | 16<<16 | 0x500C
	GetODelay   = 2<<30 | 4<<16 | 0x5017
)

// FormatS16LE is AFMT_S16_LE.
const FormatS16LE = 0x10

// Space is struct audio_buf_info, for playing.
type Space struct {
	Fragments int32 // free ones, whole
	Total     int32 // fragments of the buffer
	Size      int32 // of a fragment, in bytes
	Bytes     int32 // free
}

// A Device is the kernel's side of an open device. Errors are those of the
// system calls, as unix.Errno.
type Device interface {
	// Set makes a request with a value, and returns what the driver made of it.
	Set(request uintptr, value int32) (int32, error)
	Space() (Space, error)
	// Write queues what there is room for, without waiting.
	Write(p []byte) (int, error)
	// Poll waits until there is room for a fragment.
	Poll(time.Duration) error
	Close() error
}
