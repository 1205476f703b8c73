//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package alsa

import "unsafe"

// The structures of <sound/asound.h>. A C long is a Go int on Linux.

// interval is struct snd_interval: the values that a parameter can have.
type interval struct {
	min, max uint32
	flags    uint32
}

// The bit fields of an interval.
const (
	openMin  = 1 << iota // min itself is left out
	openMax              // max itself is left out
	integral             // whole numbers only
	empty
)

// mask is struct snd_mask: a set of numbers.
type mask [8]uint32

// hwParams is struct snd_pcm_hw_params: a set of configurations. The kernel
// refines it to those that the hardware can do.
type hwParams struct {
	flags     uint32
	masks     [3]mask
	_         [5]mask
	intervals [12]interval
	_         [9]interval
	rmask     uint32 // the parameters that were changed since the last call
	cmask     uint32
	info      uint32
	msbits    uint32 // of a sample that reach the converter
	rateNum   uint32
	rateDen   uint32
	fifoSize  uint
	_         [64]byte
}

// swParams is struct snd_pcm_sw_params.
type swParams struct {
	tstampMode       int32
	periodStep       uint32
	sleepMin         uint32
	availMin         uint // free frames at which poll wakes
	xferAlign        uint
	startThreshold   uint // queued frames at which the device starts
	stopThreshold    uint // free frames at which it stops: an xrun
	silenceThreshold uint
	silenceSize      uint
	boundary         uint
	proto            uint32
	tstampType       uint32
	_                [56]byte
}

// xferi is struct snd_xferi: frames to write.
type xferi struct {
	result int
	buf    unsafe.Pointer
	frames uint
}

// Parameters that are masks, by their place in hwParams.masks, and their
// values.
const (
	paramAccess = 0
	paramFormat = 1

	accessRWInterleaved = 3

	formatS16   = 2
	formatS24   = 6 // in the lower three of four bytes
	formatS32   = 10
	formatS24x3 = 32 // in three bytes
)

// Parameters that are intervals, by their place in hwParams.intervals.
const (
	paramChannels   = 2
	paramRate       = 3
	paramPeriodSize = 5
	paramPeriods    = 7
	paramBufferSize = 9
)

// The directions of an ioctl.
const (
	iocNone  = 0
	iocWrite = 1
	iocRead  = 2
)

// request is the number of an ioctl of the PCM device.
func request(direction, number, size uintptr) uintptr {
	return direction<<30 | size<<16 | 'A'<<8 | number
}

var (
	ioctlVersion  = request(iocRead, 0x00, 4)
	ioctlRefine   = request(iocRead|iocWrite, 0x10, unsafe.Sizeof(hwParams{}))
	ioctlHWParams = request(iocRead|iocWrite, 0x11, unsafe.Sizeof(hwParams{}))
	ioctlHWFree   = request(iocNone, 0x12, 0)
	ioctlSWParams = request(iocRead|iocWrite, 0x13, unsafe.Sizeof(swParams{}))
	ioctlDelay    = request(iocRead, 0x21, unsafe.Sizeof(int(0)))
	ioctlPrepare  = request(iocNone, 0x40, 0)
	ioctlDrop     = request(iocNone, 0x43, 0)
	ioctlDrain    = request(iocNone, 0x44, 0)
	ioctlResume   = request(iocNone, 0x47, 0)
	ioctlWritei   = request(iocWrite, 0x50, unsafe.Sizeof(xferi{}))
)
