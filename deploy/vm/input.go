package vm

import (
	"context"
	"fmt"
	"image"
)

// axes is how far the tablet's axes reach, whatever the panel's size.
const axes = 32767

// event is an input event of QEMU's.
type event struct {
	Type string         `json:"type"`
	Data map[string]any `json:"data"`
}

// Press touches the picture at a point, or moves there while touching.
func (v *VM) Press(ctx context.Context, at image.Point) error {
	s := v.config.Board.Screen
	p := toPanel(s, at)
	if !p.In(image.Rect(0, 0, s.Width, s.Height)) {
		return fmt.Errorf("vm: %v is not on the screen", at)
	}
	return v.send(ctx,
		event{"abs", map[string]any{"axis": "x", "value": onAxis(p.X, s.Width)}},
		event{"abs", map[string]any{"axis": "y", "value": onAxis(p.Y, s.Height)}},
		event{"btn", map[string]any{"button": "left", "down": true}})
}

// Release takes the finger off.
func (v *VM) Release(ctx context.Context) error {
	return v.send(ctx, event{"btn", map[string]any{"button": "left", "down": false}})
}

// Tap touches the picture at a point and lets go.
func (v *VM) Tap(ctx context.Context, at image.Point) error {
	if err := v.Press(ctx, at); err != nil {
		return err
	}
	return v.Release(ctx)
}

// onAxis is the middle of a pixel on an axis of the tablet.
func onAxis(at, size int) int { return ((2*at+1)*axes + size) / (2 * size) }

func (v *VM) send(ctx context.Context, events ...event) error {
	return v.qmp.do(ctx, "input-send-event", map[string]any{"events": events}, nil)
}

// Key presses and releases a key, by QEMU's name for it (QKeyCode): "ret",
// "esc", "spc", "up".
func (v *VM) Key(ctx context.Context, name string) error {
	if err := v.KeyDown(ctx, name); err != nil {
		return err
	}
	return v.KeyUp(ctx, name)
}

// KeyDown presses a key.
func (v *VM) KeyDown(ctx context.Context, name string) error { return v.key(ctx, name, true) }

// KeyUp releases a key.
func (v *VM) KeyUp(ctx context.Context, name string) error { return v.key(ctx, name, false) }

func (v *VM) key(ctx context.Context, name string, down bool) error {
	return v.send(ctx, event{"key", map[string]any{"down": down, "key": map[string]any{"type": "qcode", "data": name}}})
}

// Plug plugs in a USB stick with the content of a file, and returns what to
// unplug it by.
func (v *VM) Plug(ctx context.Context, path string) (stick string, err error) {
	v.plugs++
	stick = fmt.Sprintf("stick%d", v.plugs)
	node := map[string]any{"driver": "raw", "node-name": stick + "-disk", "file": map[string]any{"driver": "file", "filename": path}}
	if err := v.qmp.do(ctx, "blockdev-add", node, nil); err != nil {
		return "", err
	}
	device := map[string]any{"driver": "usb-storage", "id": stick, "drive": stick + "-disk", "removable": true}
	return stick, v.qmp.do(ctx, "device_add", device, nil)
}

// cardSlot is the slot's name in QEMU.
const cardSlot = "card"

// PutCard puts an SD card into the board's slot, with the content of a file, whose
// size is a power of 2.
func (v *VM) PutCard(ctx context.Context, path string) error {
	return v.qmp.do(ctx, "blockdev-change-medium", map[string]any{"device": cardSlot, "filename": path, "format": "raw"}, nil)
}

// TakeCard takes it out, whatever the board is doing with it.
func (v *VM) TakeCard(ctx context.Context) error {
	return v.qmp.do(ctx, "eject", map[string]any{"device": cardSlot, "force": true}, nil)
}

// Unplug pulls a stick out, whatever the board is doing with it.
func (v *VM) Unplug(ctx context.Context, stick string) error {
	return v.qmp.do(ctx, "device_del", map[string]any{"id": stick}, nil)
}
