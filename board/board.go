package board

import (
	"fmt"
	"strings"
)

// Board is one board. Whoever gets one may change it: it is a copy.
type Board struct {
	Name  string // as on the command line
	Title string // for people

	Screen    Screen
	Touch     Touch
	Keys      []Key
	Sound     Sound
	Mixer     Mixer
	Backlight string // the folder below /sys/class/backlight, empty without one
	Lines     []Line
	Flash     Flash

	System System
}

// System is how the running system finds its way about; the zero System is
// that of a desktop, which is not started by Linnet.
type System struct {
	Console  string // serial line for messages and, in a debug build, commands; "ttyAMA0"
	Watchdog string // "/dev/watchdog", empty without one
	Starts   int64  // the physical address of the register in which the boot loader counts starts; 0: it does not
	Root     Volume // read-only; the zero Volume: the initramfs stays the root
	State    Volume // settings and positions; the zero Volume: memory, forgotten at power off
	Media    Volume // music that is built in; the zero Volume: only what is plugged in
}

// Volume is a file system on a device, as mount(2) names them.
type Volume struct {
	Device string // "/dev/vda"
	Type   string // "squashfs", "ext4", "vfat"
}

// Line is a GPIO line that the program drives or reads itself.
type Line struct {
	Name      string // "CHIP/OFFSET" by the label of a GPIO chip of the kernel's, or the name that the kernel has for the line
	Meaning   string // one of LineMeanings
	ActiveLow bool
}

// LineMeanings are all that a line can mean, by the names that Line uses.
func LineMeanings() []string { return []string{"amplifier-mute", "led-power", "led-activity"} }

// Screen is the panel; the zero Screen is none that the interface fits on.
type Screen struct {
	Width, Height int    // in pixels, as the panel scans them
	Rotate        int    // degrees clockwise to turn a drawn picture by to show it: 0 or 90
	Format        Format // of the frame buffer
}

// Format is how a pixel is stored.
type Format uint8

// The pixel formats.
const (
	RGB565 Format = iota + 1 // 16 bits, red uppermost
)

// UISize is the size of the picture to draw, before it is rotated.
func (b Board) UISize() (width, height int) {
	if b.Screen.Rotate == 90 {
		return b.Screen.Height, b.Screen.Width
	}
	return b.Screen.Width, b.Screen.Height
}

// Touch is what the touch panel's driver says at EVIOCGABS, for pictures of
// input in tests and for a first calibration; the running program asks. The
// zero Touch is none.
type Touch struct {
	Min, Max int    // of ABS_X and ABS_Y both
	Button   uint16 // the key code that means touched
}

// Key is a button.
type Key struct {
	Code    uint16 // of linux/input-event-codes.h
	Meaning string // one of Meanings
	Line    string // where it is wired to, empty where the kernel found it itself
}

// Meanings are all that a key can mean, by the names that Key uses.
func Meanings() []string {
	return []string{"up", "down", "left", "right", "enter", "back", "home",
		"play", "next", "previous", "volume-up", "volume-down", "mute"}
}

// Sound is what the sound device does in truth, where the driver does not say.
type Sound struct {
	// Rates are the rates to open it with. Any other has to be resampled to
	// one of these, whether the driver takes it or not. Without any, what
	// the device says at negotiation is right.
	Rates []Rate
	Bits  int // that reach the converter; 0: as negotiated
}

// Rate is a sample rate by name and as the crystal has it.
type Rate struct {
	Hertz      int   // what the device is opened with
	MilliHertz int64 // what it then runs at
}

// Mixer names the controls of the sound card, without their "Playback Volume"
// and so on. Empty: there is none, and volume is made in software.
type Mixer struct {
	Volume, Bass, Treble string
}

// Flash is the chip that the system lies on; the zero Flash is none.
type Flash struct {
	Size       int64 // bytes, without the spare ones
	EraseBlock int64
	Page       int64
	Spare      int64 // bytes beside each page
	Partitions []Partition
}

// Partition is a piece of the flash.
type Partition struct {
	Name         string
	Offset, Size int64 // bytes, whole erase blocks
}

// End is the offset behind the partition.
func (p Partition) End() int64 { return p.Offset + p.Size }

// List returns the names of all boards, the one for development first.
func List() []string {
	var names []string
	for _, b := range boards() {
		names = append(names, b.Name)
	}
	return names
}

// Find returns a board by name.
func Find(name string) (Board, error) {
	for _, b := range boards() {
		if b.Name == name {
			return b, nil
		}
	}
	return Board{}, fmt.Errorf("board: no board is called %q; there are %s", name, strings.Join(List(), ", "))
}
