//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package mixer

import "unsafe"

// The structures of <sound/asound.h>. A C long is a Go int on Linux.

// elemID is struct snd_ctl_elem_id.
type elemID struct {
	numid  uint32
	iface  int32
	_      [2]uint32 // device, subdevice
	name   [44]byte
	number uint32 // of several with one name
}

// elemList is struct snd_ctl_elem_list.
type elemList struct {
	offset, space uint32
	used, count   uint32
	pids          unsafe.Pointer
	_             [50]byte
}

// elemInfo is struct snd_ctl_elem_info of an integer.
type elemInfo struct {
	id       elemID
	typ      int32
	access   uint32
	count    uint32
	_        int32 // owner
	min, max int
	step     int
	_        [128 - 3*unsafe.Sizeof(int(0)) + 64]byte
}

// elemValue is struct snd_ctl_elem_value of integers.
type elemValue struct {
	id    elemID
	_     [2]uint32 // indirect, and what aligns the union
	value [128]int
	_     [128]byte
}

// tlvHead is struct snd_ctl_tlv without its data.
type tlvHead struct {
	numid, length uint32
}

// tlv is the structure with as much data as any control has.
type tlv struct {
	tlvHead
	data [64]uint32
}

// Values of them.
const (
	ifaceMixer  = 2
	typeBoolean = 1
	typeInteger = 2
	accessWrite = 1 << 1
	accessTLV   = 1 << 4

	tlvContainer = 0
	tlvScale     = 1 // SNDRV_CTL_TLVT_DB_SCALE
	tlvRange     = 3 // DB_RANGE
	tlvMinMax    = 4 // DB_MINMAX
	tlvMinMaxOff = 5 // DB_MINMAX_MUTE
)

// request is the number of an ioctl of the control device that reads and
// writes size bytes.
func request(number, size uintptr) uintptr { return 3<<30 | size<<16 | 'U'<<8 | number }
