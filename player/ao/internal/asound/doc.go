// Package asound is the kernel's PCM interface, <sound/asound.h>, as Go
// sees it: the structures and numbers of its ioctls, and Device, an open
// device, which is either the kernel's or the laboratory's.
package asound
