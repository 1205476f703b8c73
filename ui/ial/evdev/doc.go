// Package evdev is the input of a board: touch panel and keys by the kernel's
// event devices, /dev/input/event*, those that are there and those that are
// plugged in later.
//
// There is no driver for a board in it. What a device is, it is asked: one with
// BTN_TOUCH and two axes is a touch panel, one with BTN_LEFT and two axes is a
// tablet, such as an emulator's, and where a tablet has a wheel it turns. The
// ranges of the axes come from the device too. What its keys mean is the
// caller's to say, by a table of the kernel's codes.
//
// # A touch, from the glass to the screen
//
//	filter       of a resistive panel, whose samples jump: one sample far from
//	             its neighbours is left out, then each axis is the median of
//	             the latest five. The kernel is silent where a value stays,
//	             so silence counts as the same value again.
//	calibration  six numbers that turn, scale and shift; derived from the
//	             ranges, or computed by Calibrate from touched marks
//	clipping     to the screen
//
// A touch is one event a report: PointerDown, PointerMove where the pixel is
// another, PointerUp where the pointer was last. Pointers that only hover are
// nobody's business.
//
// A queue that ran over (SYN_DROPPED) is thrown away up to the next report;
// then the device's state is read anew, and what changed meanwhile is told, so
// that no key stays down. So it is when a device is unplugged. A device that
// does not repeat its keys has them repeated here.
//
// Times are on CLOCK_MONOTONIC, the kernel's stamps where it takes
// EVIOCSCLOCKID and of the moment of reading where it does not.
//
// Files by stage: layout.go has the kernel's structures, kernel.go the calls,
// probe.go what a device is, reader.go its reports, filter.go, calibration.go,
// touch.go and keys.go what they mean, source.go the devices that come and go.
package evdev
