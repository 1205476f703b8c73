//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package mixer

import (
	"errors"
	"io/fs"
	"slices"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"

	"linnet/deploy/ctype"
)

// fake is a card in memory.
type fake struct {
	elements []elemInfo
	values   map[string][]int
	levels   []uint32
	listErr  error
	writeErr error
	tlvErr   error
	closed   bool
}

func element(name string, typ int32, min, max int) elemInfo {
	i := elemInfo{typ: typ, access: accessWrite | 1, count: 2, min: min, max: max}
	i.id.iface = ifaceMixer
	copy(i.id.name[:], name)
	return i
}

func newFake(elements ...elemInfo) *fake {
	f := &fake{elements: elements, values: map[string][]int{}}
	for i := range f.elements {
		f.elements[i].id.numid = uint32(i + 1)
	}
	return f
}

func (f *fake) list(l *elemList) error {
	if f.listErr != nil {
		return f.listErr
	}
	l.count = uint32(len(f.elements))
	ids := unsafe.Slice((*elemID)(l.pids), l.space)
	l.used = 0
	for i := range ids[:min(len(ids), len(f.elements))] {
		ids[i] = f.elements[i].id
		l.used++
	}
	return nil
}

func (f *fake) info(i *elemInfo) error {
	*i = f.elements[i.id.numid-1]
	return nil
}

func (f *fake) write(v *elemValue) error {
	if f.writeErr != nil {
		return f.writeErr
	}
	i := f.elements[v.id.numid-1]
	if slices.Max(v.value[:i.count]) > i.max || slices.Min(v.value[:i.count]) < i.min {
		return unix.EINVAL
	}
	f.values[i.id.String()] = slices.Clone(v.value[:i.count])
	return nil
}

func (f *fake) tlv(t *tlv) error {
	copy(t.data[:], f.levels)
	return f.tlvErr
}

func (f *fake) close() error {
	f.closed = true
	return nil
}

// ac97 is the card of the emulated Versatile: 32 steps of 1.5 dB to 0 dB.
func ac97() *fake {
	volume := element("Master Playback Volume", typeInteger, 0, 31)
	volume.access |= accessTLV
	f := newFake(element("Capture Volume", typeInteger, 0, 15), volume, element("Master Playback Switch", typeBoolean, 0, 1))
	f.levels = []uint32{tlvScale, 8, neg(4650), 150}
	return f
}

// uda1341 is the S3C2410's: 63 steps, of which the driver tells nothing.
func uda1341() *fake {
	return newFake(with(element("Master Playback Volume", typeInteger, 0, 63), func(i *elemInfo) { i.count = 1 }))
}

func with(i elemInfo, change func(*elemInfo)) elemInfo {
	change(&i)
	return i
}

func neg(x int32) uint32 { return uint32(-x) }

func TestVolume(t *testing.T) {
	amplifies := func(levels ...uint32) *fake {
		f := newFake(with(element("PCM Volume", typeInteger, -10, 100), func(i *elemInfo) { i.access |= accessTLV }))
		f.levels = levels
		return f
	}
	for _, c := range []struct {
		name    string
		f       *fake
		control string
		want    map[int]int // steps by volume
		onOff   bool
	}{
		{"half decibels to the nearest 1.5", ac97(), "Master", map[int]int{100: 31, 99: 31, 98: 30, 97: 30, 50: 14, 7: 0, 1: 0, 0: 0, -5: 0, 200: 31}, true},
		{"nothing is told", uda1341(), "Master", map[int]int{100: 63, 50: 32, 1: 1, 0: 0}, false},
		{"amplifies: up to 0 dB", amplifies(tlvScale, 8, neg(10000), 100), "PCM", map[int]int{100: 90, 50: 65, 0: -10}, false},
		{"the lowest is off", amplifies(tlvScale, 8, neg(5500), 50|0x10000), "PCM", map[int]int{100: 100, 1: 1, 0: -10}, false},
		{"between two ends", amplifies(tlvMinMax, 8, neg(11000), 0), "PCM", map[int]int{100: 100, 50: 75, 0: -10}, false},
		{"between two ends, the lowest is off", amplifies(tlvMinMaxOff, 8, neg(1100), 0), "PCM", map[int]int{100: 100, 90: 50, 1: -9, 0: -10}, false},
		{"only amplifies", amplifies(tlvMinMax, 8, 1000, 12000), "PCM", map[int]int{100: -10, 1: -10, 0: -10}, false},
		{"in a container", amplifies(tlvContainer, 16, tlvScale, 8, neg(10000), 100), "PCM", map[int]int{100: 90}, false},
		{"in ranges", amplifies(tlvRange, 48, neg(10), 49, tlvScale, 8, neg(9000), 100, 50, 100, tlvScale, 8, neg(2500), 50), "PCM",
			map[int]int{100: 100, 80: 80, 60: 60, 50: 50, 0: -10}, false},
	} {
		v, err := find(c.f, c.control)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		for volume, want := range c.want {
			if err := v.SetVolume(volume); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			got := c.f.values[v.control.id.String()]
			if got[0] != want || got[len(got)-1] != want || len(got) != int(v.control.count) {
				t.Errorf("%s: volume %d gives %v, want %d", c.name, volume, got, want)
			}
			if sw := c.f.values["Master Playback Switch"]; c.onOff && (sw[0] == 1) != (volume > 0) {
				t.Errorf("%s: volume %d, switch %v", c.name, volume, sw)
			}
		}
		if v.Close() != nil || !c.f.closed {
			t.Error("not closed")
		}
	}
}

// TestNeverDown: louder is never softer, whatever a driver tells.
func TestNeverDown(t *testing.T) {
	for _, f := range []*fake{ac97(), uda1341()} {
		v, err := find(f, "Master")
		if err != nil {
			t.Fatal(err)
		}
		last := 0
		for volume := range 101 {
			v.SetVolume(volume)
			got := f.values["Master Playback Volume"][0]
			if got < last {
				t.Errorf("volume %d is step %d, %d was before", volume, got, last)
			}
			last = got
		}
	}
}

func TestNoControl(t *testing.T) {
	for name, f := range map[string]*fake{
		"empty":        newFake(),
		"another":      newFake(element("Line Playback Volume", typeInteger, 0, 31)),
		"a switch":     newFake(element("Master", typeBoolean, 0, 1)),
		"read-only":    newFake(with(element("Master Volume", typeInteger, 0, 31), func(i *elemInfo) { i.access = 1 })),
		"no mixer":     newFake(with(element("Master Volume", typeInteger, 0, 31), func(i *elemInfo) { i.id.iface = 3 })),
		"the second":   newFake(with(element("Master Volume", typeInteger, 0, 31), func(i *elemInfo) { i.id.number = 1 })),
		"without size": newFake(element("Master Volume", typeInteger, 31, 31)),
	} {
		if _, err := find(f, "Master"); !errors.Is(err, ErrNoControl) || !f.closed {
			t.Errorf("%s: %v, closed %v", name, err, f.closed)
		}
	}
	f := ac97()
	f.listErr = unix.ENODEV
	if _, err := find(f, "Master"); !errors.Is(err, unix.ENODEV) || !f.closed {
		t.Errorf("a card that is gone: %v", err)
	}
}

func TestFaults(t *testing.T) {
	f := ac97()
	f.tlvErr = unix.ENXIO
	v, err := find(f, "Master")
	if err != nil || v.SetVolume(50) != nil || f.values["Master Playback Volume"][0] != 16 {
		t.Errorf("without levels: %v, %v", err, f.values)
	}
	f.writeErr = unix.EIO
	if err := v.SetVolume(60); !errors.Is(err, unix.EIO) {
		t.Errorf("%v", err)
	}
	if n := testing.AllocsPerRun(20, func() { v.set(&v.onOff, 1) }); n > 4 {
		t.Errorf("%v allocations", n)
	}
	if _, err := Open(99, "Master"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no card: %v", err)
	}
}

// FuzzLevels: whatever a driver tells, a step is within the control's.
func FuzzLevels(f *testing.F) {
	f.Add(uint32(tlvScale), uint32(8), neg(4650), uint32(150), uint32(0), uint32(0), uint32(0), uint32(0))
	f.Add(uint32(tlvRange), uint32(24), uint32(0), uint32(31), uint32(tlvMinMax), uint32(8), neg(100), uint32(0))
	f.Add(uint32(tlvContainer), ^uint32(0), uint32(tlvContainer), ^uint32(0), uint32(1), uint32(1), uint32(1), uint32(1))
	f.Fuzz(func(t *testing.T, a, b, c, d, e, g, h, i uint32) {
		s := newScale(-3, 31, []uint32{a, b, c, d, e, g, h, i})
		for v := 1; v <= 100; v++ {
			if step := s.step(v); step < -3 || step > 31 {
				t.Fatalf("volume %d is step %d", v, step)
			}
		}
	})
}

func TestLayoutIsTheHeaders(t *testing.T) {
	ctype.Check(t, ctype.Spec{
		File:    "layout.go",
		Headers: []string{"time.h", "sound/asound.h", "sound/tlv.h"},
		Structs: []ctype.Struct{
			{Go: "elemID", C: "struct snd_ctl_elem_id", Fields: []string{"numid numid", "iface iface", "name name", "number index"}},
			{Go: "elemList", C: "struct snd_ctl_elem_list", Fields: []string{"offset offset", "space space", "used used", "count count", "pids pids"}},
			{Go: "elemInfo", C: "struct snd_ctl_elem_info", Fields: []string{"id id", "typ type", "access access", "count count",
				"min value.integer.min", "max value.integer.max", "step value.integer.step"}},
			{Go: "elemValue", C: "struct snd_ctl_elem_value", Fields: []string{"id id", "value value.integer.value"}},
			{Go: "tlvHead", C: "struct snd_ctl_tlv", Fields: []string{"numid numid", "length length"}},
		},
		Numbers: map[string]uint64{
			"SNDRV_CTL_ELEM_IFACE_MIXER": ifaceMixer, "SNDRV_CTL_ELEM_TYPE_BOOLEAN": typeBoolean, "SNDRV_CTL_ELEM_TYPE_INTEGER": typeInteger,
			"SNDRV_CTL_ELEM_ACCESS_WRITE": accessWrite, "SNDRV_CTL_ELEM_ACCESS_TLV_READ": accessTLV,
			"SNDRV_CTL_TLVT_CONTAINER": tlvContainer, "SNDRV_CTL_TLVT_DB_SCALE": tlvScale, "SNDRV_CTL_TLVT_DB_RANGE": tlvRange,
			"SNDRV_CTL_TLVT_DB_MINMAX": tlvMinMax, "SNDRV_CTL_TLVT_DB_MINMAX_MUTE": tlvMinMaxOff,
			"SNDRV_CTL_TLVD_DB_SCALE_MUTE": 0x10000, "SNDRV_CTL_IOCTL_TLV_READ": uint64(request(0x1a, 8)),
			// Of the others the size is part; it is compared above.
			"_IOC_NR(SNDRV_CTL_IOCTL_ELEM_LIST)": 0x10, "_IOC_NR(SNDRV_CTL_IOCTL_ELEM_INFO)": 0x11, "_IOC_NR(SNDRV_CTL_IOCTL_ELEM_WRITE)": 0x13,
			"_IOC_TYPE(SNDRV_CTL_IOCTL_ELEM_WRITE)": 'U', "_IOC_DIR(SNDRV_CTL_IOCTL_ELEM_LIST)": 3, "_IOC_DIR(SNDRV_CTL_IOCTL_ELEM_WRITE)": 3,
		},
	})
}
