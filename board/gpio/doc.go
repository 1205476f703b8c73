// Package gpio drives the lines of a board that are no device of the kernel's:
// the mute of an amplifier, lights. It is periph.io underneath, of which only
// the driver of /dev/gpiochip* is linked; nothing of it runs, and no chip is
// opened, on a board without lines.
//
// What is said is what is meant ("led-power" on), whatever level that takes.
package gpio
