//go:build linux

package evdev

// The structures of <linux/input.h>. A C long is a Go uint on Linux.

// inputEvent is struct input_event: 16 bytes on 32-bit machines, 24 on others.
type inputEvent struct {
	sec, usec uint
	typ, code uint16
	value     int32
}

// absInfo is struct input_absinfo: an axis.
type absInfo struct {
	value, min, max int32
	_               [3]int32 // fuzz, flat, resolution
}

// Types and codes of events.
const (
	evSyn = 0x00
	evKey = 0x01
	evRel = 0x02
	evAbs = 0x03
	evRep = 0x14

	synReport  = 0
	synDropped = 3

	absX       = 0x00
	absY       = 0x01
	absMT      = 0x35 // ABS_MT_POSITION_X
	relWheel   = 0x08
	btnLeft    = 0x110
	btnTouch   = 0x14a
	keyCount   = 0x300 // KEY_CNT
	absCount   = 0x40
	relCount   = 0x10
	typesCount = 0x20
)

// request is the number of an ioctl of an event device that reads size bytes.
func request(number, size uintptr) uintptr { return 2<<30 | size<<16 | 'E'<<8 | number }

const (
	numberKey   = 0x18 // EVIOCGKEY
	numberBits  = 0x20 // EVIOCGBIT, plus the type
	numberAbs   = 0x40 // EVIOCGABS, plus the axis
	ioctlClock  = 1<<30 | 4<<16 | 'E'<<8 | 0xa0
	clockSteady = 1 // CLOCK_MONOTONIC
)
