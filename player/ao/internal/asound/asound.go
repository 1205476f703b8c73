//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package asound

import "unsafe"

// The structures of <sound/asound.h>. A C long is a Go int on Linux.

// Interval is struct snd_interval: the values that a parameter can have.
type Interval struct {
	Min, Max uint32
	Flags    uint32
}

// The bit fields of an Interval.
const (
	OpenMin  = 1 << iota // min itself is left out
	OpenMax              // max itself is left out
	Integral             // whole numbers only
	Empty
)

// Mask is struct snd_mask: a set of numbers.
type Mask [8]uint32

// HWParams is struct snd_pcm_hw_params: a set of configurations. The kernel
// refines it to those that the hardware can do.
type HWParams struct {
	Flags     uint32
	Masks     [3]Mask
	_         [5]Mask
	Intervals [12]Interval
	_         [9]Interval
	Rmask     uint32 // the parameters that were changed since the last call
	Cmask     uint32
	Info      uint32
	Msbits    uint32 // of a sample that reach the converter
	RateNum   uint32
	RateDen   uint32
	FIFOSize  uint
	_         [64]byte
}

// SWParams is struct snd_pcm_sw_params.
type SWParams struct {
	TstampMode       int32
	PeriodStep       uint32
	SleepMin         uint32
	AvailMin         uint // free frames at which poll wakes
	XferAlign        uint
	StartThreshold   uint // queued frames at which the device starts
	StopThreshold    uint // free frames at which it stops: an xrun
	SilenceThreshold uint
	SilenceSize      uint
	Boundary         uint
	Proto            uint32
	TstampType       uint32
	_                [56]byte
}

// Xferi is struct snd_xferi: frames to write.
type Xferi struct {
	Result int
	Buf    unsafe.Pointer
	Frames uint
}

// SyncPtr is struct snd_pcm_sync_ptr: how far the hardware and the program are.
// Where the structure has times, they lie behind what is named here.
type SyncPtr struct {
	Flags  uint32
	Status struct {
		State int32
		_     int32
		HWPtr uint
		_     [56 - unsafe.Sizeof(uint(0))]byte
	}
	Control struct {
		ApplPtr  uint
		AvailMin uint
		_        [64 - 2*unsafe.Sizeof(uint(0))]byte
	}
}

// The flags of a SyncPtr: the kernel tells its values instead of taking those
// that it is given.
const (
	SyncGetAppl     = 2
	SyncGetAvailMin = 4
)

// SyncHW has the kernel look where the hardware is.
const SyncHW = 1

// The states of a SyncPtr's Status that a device can be asked in.
const (
	StatePrepared = 2 // waits for sound
	StateRunning  = 3
)

// Parameters that are masks, by their place in HWParams.Masks, and their
// values.
const (
	ParamAccess = 0
	ParamFormat = 1

	AccessMMapInterleaved = 0
	AccessRWInterleaved   = 3

	FormatS16   = 2
	FormatS24   = 6 // in the lower three of four bytes
	FormatS32   = 10
	FormatS24x3 = 32 // in three bytes
)

// Parameters that are intervals, by their place in HWParams.Intervals.
const (
	ParamChannels   = 2
	ParamRate       = 3
	ParamPeriodSize = 5
	ParamPeriods    = 7
	ParamBufferSize = 9
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
	IoctlVersion = request(iocRead, 0x00, 4)
	IoctlRefine  = request(iocRead|iocWrite, 0x10, unsafe.Sizeof(HWParams{}))
	IoctlSetHW   = request(iocRead|iocWrite, 0x11, unsafe.Sizeof(HWParams{}))
	IoctlFreeHW  = request(iocNone, 0x12, 0)
	IoctlSetSW   = request(iocRead|iocWrite, 0x13, unsafe.Sizeof(SWParams{}))
	IoctlDelay   = request(iocRead, 0x21, unsafe.Sizeof(int(0)))
	IoctlSyncPtr = request(iocRead|iocWrite, 0x23, unsafe.Sizeof(SyncPtr{}))
	IoctlPrepare = request(iocNone, 0x40, 0)
	IoctlStart   = request(iocNone, 0x42, 0)
	IoctlDrop    = request(iocNone, 0x43, 0)
	IoctlDrain   = request(iocNone, 0x44, 0)
	IoctlRewind  = request(iocWrite, 0x46, unsafe.Sizeof(uint(0)))
	IoctlResume  = request(iocNone, 0x47, 0)
	IoctlWritei  = request(iocWrite, 0x50, unsafe.Sizeof(Xferi{}))
)
