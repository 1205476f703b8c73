//go:build linux

package fbdev

// The structures of <linux/fb.h>. A C long is a Go uint on Linux.

// bitfield is struct fb_bitfield: where a channel lies in a pixel.
type bitfield struct {
	offset, length, msbRight uint32
}

// varInfo is struct fb_var_screeninfo: the mode, which can be changed.
type varInfo struct {
	xres, yres               uint32
	xresVirtual, yresVirtual uint32
	xoffset, yoffset         uint32 // of what is seen in what there is
	bitsPerPixel             uint32
	grayscale                uint32
	red, green, blue, transp bitfield
	nonstd                   uint32
	activate                 uint32
	_                        [2]uint32 // size in millimetres
	_                        uint32    // accel_flags
	_                        [7]uint32 // timing
	_                        [3]uint32 // sync, vmode, rotate
	_                        [5]uint32
}

// fixInfo is struct fb_fix_screeninfo: what follows from the mode.
type fixInfo struct {
	_          [16]byte // id
	smemStart  uint     // physical address, 0 where it is hidden
	smemLen    uint32
	typ        uint32
	_          uint32
	visual     uint32
	_          uint16 // xpanstep
	ypanstep   uint16 // 0: the driver does not pan
	_          uint16
	lineLength uint32 // bytes
	_          uint
	_          [2]uint32
	_          [3]uint16
}

// Values of fixInfo and varInfo.
const (
	typePackedPixels  = 0
	visualTrueColor   = 2
	visualDirectColor = 4
	activateNow       = 0
	activateForce     = 128
)

// The device's ioctls, and those of the console.
const (
	ioctlGetVar = 0x4600 // FBIOGET_VSCREENINFO
	ioctlPutVar = 0x4601 // FBIOPUT_VSCREENINFO
	ioctlGetFix = 0x4602 // FBIOGET_FSCREENINFO
	ioctlPan    = 0x4606 // FBIOPAN_DISPLAY
	ioctlBlank  = 0x4611 // FBIOBLANK

	blankOff  = 0 // FB_BLANK_UNBLANK
	blankDown = 4 // FB_BLANK_POWERDOWN

	ioctlSetMode = 0x4B3A // KDSETMODE
	modeText     = 0
	modeGraphics = 1
)
