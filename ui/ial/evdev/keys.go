package evdev

import (
	"time"

	"linnet/ui/ial"
)

// How long a key is held before it repeats, and how often it does, where the
// device does not do it itself.
const (
	repeatAfter = 400 * time.Millisecond
	repeatEvery = 100 * time.Millisecond
)

// keyboard is the keys of a device.
type keyboard struct {
	table   map[uint16]ial.Key
	repeats bool // the device repeats them itself
	down    map[uint16]bool

	repeat ial.Key   // that is repeated here, KeyNone without one
	code   uint16    // its code
	due    time.Time // when next
}

// event takes a key event: value 0 is released, 1 pressed, 2 repeated.
func (k *keyboard) event(code uint16, value int32, now time.Time, send func(ial.Event)) {
	key, known := k.table[code]
	if !known {
		return
	}
	was := k.down[code]
	switch {
	case value == 0 && was:
		delete(k.down, code)
		if code == k.code {
			k.repeat = ial.KeyNone
		}
		send(ial.Event{Type: ial.KeyRelease, Key: key})
	case value == 1 && !was, value == 2 && !was: // pressed while nobody looked
		k.down[code] = true
		if !k.repeats {
			k.repeat, k.code, k.due = key, code, now.Add(repeatAfter)
		}
		send(ial.Event{Type: ial.KeyPress, Key: key})
	case value == 2:
		send(ial.Event{Type: ial.KeyPress, Key: key, Repeat: true})
	}
}

// held repeats the key that was pressed last, if it is time.
func (k *keyboard) held(now time.Time, send func(ial.Event)) {
	if k.repeat == ial.KeyNone || now.Before(k.due) {
		return
	}
	k.due = now.Add(repeatEvery)
	send(ial.Event{Type: ial.KeyPress, Key: k.repeat, Repeat: true})
}

// sync takes the state of all keys.
func (k *keyboard) sync(down func(code uint16) bool, now time.Time, send func(ial.Event)) {
	for code := range k.table {
		if is := down(code); is != k.down[code] {
			value := int32(0)
			if is {
				value = 1
			}
			k.event(code, value, now, send)
		}
	}
}
