//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package mixer

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unsafe"
)

// Volume is a control of a card. It is for one goroutine.
type Volume struct {
	card    card
	control elemInfo
	scale   scale
	onOff   elemInfo // its switch; numid 0 where there is none
	value   elemValue
}

// ErrNoControl says that the card has no such control.
var ErrNoControl = errors.New("the card has no such control")

// Open opens the volume by name of a card, as "Master" of 0.
func Open(number int, name string) (*Volume, error) {
	path := fmt.Sprintf("/dev/snd/controlC%d", number)
	k, err := openKernel(path)
	if err != nil {
		return nil, err
	}
	v, err := find(k, name)
	if err != nil {
		return nil, fmt.Errorf("mixer: %s: %s: %w", path, name, err)
	}
	return v, nil
}

// find looks for the control. On an error the card is closed.
func find(c card, name string) (*Volume, error) {
	v := &Volume{card: c}
	ids, err := elements(c)
	if err == nil {
		err = v.choose(ids, name)
	}
	if err != nil {
		c.close()
		return nil, err
	}
	return v, nil
}

// elements are all of a card.
func elements(c card) ([]elemID, error) {
	var l elemList
	if err := c.list(&l); err != nil {
		return nil, fmt.Errorf("list the controls: %w", err)
	}
	if l.count == 0 {
		return nil, nil
	}
	ids := make([]elemID, min(l.count, maxElements))
	l.space, l.pids = uint32(len(ids)), unsafe.Pointer(unsafe.SliceData(ids))
	if err := c.list(&l); err != nil {
		return nil, fmt.Errorf("list the controls: %w", err)
	}
	return ids[:min(int(l.used), len(ids))], nil
}

// maxElements is more than any card has.
const maxElements = 4096

// choose takes the control and the switch with a name.
func (v *Volume) choose(ids []elemID, name string) error {
	for _, suffix := range []string{" Playback Volume", " Volume", ""} {
		if i, ok := v.get(ids, name+suffix, typeInteger); ok && i.max > i.min {
			v.control = i
			break
		}
	}
	if v.control.id.numid == 0 {
		return ErrNoControl
	}
	for _, suffix := range []string{" Playback Switch", " Switch"} {
		if i, ok := v.get(ids, name+suffix, typeBoolean); ok {
			v.onOff = i
			break
		}
	}
	v.scale = newScale(v.control.min, v.control.max, v.levels())
	return nil
}

// get finds an element that can be written.
func (v *Volume) get(ids []elemID, name string, typ int32) (elemInfo, bool) {
	for _, id := range ids {
		if id.iface != ifaceMixer || id.String() != name || id.number != 0 {
			continue
		}
		i := elemInfo{id: id}
		if v.card.info(&i) == nil && i.typ == typ && i.access&accessWrite != 0 && i.count > 0 {
			return i, true
		}
	}
	return elemInfo{}, false
}

func (id *elemID) String() string {
	name, _, _ := bytes.Cut(id.name[:], []byte{0})
	return strings.TrimSpace(string(name))
}

// levels reads what the driver tells of the control's steps.
func (v *Volume) levels() []uint32 {
	if v.control.access&accessTLV == 0 {
		return nil
	}
	var t tlv
	t.numid, t.length = v.control.id.numid, uint32(len(t.data)*4)
	if v.card.tlv(&t) != nil {
		return nil
	}
	return t.data[:]
}

// SetVolume sets all channels to a volume from 0, which is silence, to 100.
func (v *Volume) SetVolume(percent int) error {
	percent = min(max(percent, 0), 100)
	step := v.scale.min
	if percent > 0 {
		step = v.scale.step(percent)
	}
	if err := v.set(&v.control, step); err != nil {
		return err
	}
	if v.onOff.id.numid == 0 {
		return nil
	}
	on := 0
	if percent > 0 {
		on = 1
	}
	return v.set(&v.onOff, on)
}

func (v *Volume) set(i *elemInfo, to int) error {
	v.value.id = i.id
	for c := range v.value.value[:min(int(i.count), len(v.value.value))] {
		v.value.value[c] = to
	}
	if err := v.card.write(&v.value); err != nil {
		return fmt.Errorf("mixer: set %s: %w", &i.id, err)
	}
	return nil
}

// Close closes the card; its volume stays.
func (v *Volume) Close() error {
	if err := v.card.close(); err != nil {
		return fmt.Errorf("mixer: close: %w", err)
	}
	return nil
}
