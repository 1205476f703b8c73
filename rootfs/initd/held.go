//go:build linux

package initd

import (
	"os"
	"path/filepath"
	"time"
	"unsafe"

	"linnet/board"

	"golang.org/x/sys/unix"
)

// What was kept is forgotten where these two keys are held, from before process 1
// begins on, for so long. The boot loader has a use for a third one.
const (
	resetKey1 = "up"
	resetKey2 = "enter"
	resetHold = 5 * time.Second
	resetStep = 100 * time.Millisecond
)

// keyBits is a bit for each key of linux/input-event-codes.h.
type keyBits [0x300 / 8]byte

func (k *keyBits) has(code uint16) bool { return int(code) < 8*len(k) && k[code/8]>>(code%8)&1 != 0 }

// pressedKeys are those that are held on any input device.
func pressedKeys() (all keyBits) {
	const evdevKeys = 2<<30 | uintptr(len(all))<<16 | 'E'<<8 | 0x18 // EVIOCGKEY
	nodes, _ := filepath.Glob("/dev/input/event*")
	for _, n := range nodes {
		f, err := os.Open(n)
		if err != nil {
			continue
		}
		var held keyBits
		if _, _, errno := unix.Syscall(unix.SYS_IOCTL, f.Fd(), evdevKeys, uintptr(unsafe.Pointer(&held))); errno == 0 {
			for i := range all {
				all[i] |= held[i]
			}
		}
		f.Close()
	}
	return all
}

// resetHeld says whether the keys of the board are held that ask for a reset. It
// takes time only where they are.
func resetHeld(b board.Board, pressed func() keyBits) bool {
	var first, second uint16
	for _, k := range b.Keys {
		switch k.Meaning {
		case resetKey1:
			first = k.Code
		case resetKey2:
			second = k.Code
		}
	}
	if first == 0 || second == 0 {
		return false
	}
	for end := time.Now().Add(resetHold); ; time.Sleep(resetStep) {
		if keys := pressed(); !keys.has(first) || !keys.has(second) {
			return false
		}
		if !time.Now().Before(end) {
			return true
		}
	}
}
