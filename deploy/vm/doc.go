// Package vm runs a board in QEMU and drives it: it touches the screen, presses
// keys, takes pictures of the panel, plugs sticks in and out, and waits for
// what the board says on its serial line.
//
// Positions are those of the picture that a person looks at, 320x240 for the
// player's interface, however the panel is mounted; the package turns them into
// the panel's and back.
//
// With Config.Shift an instruction takes the same time on every host, and time
// in which the board waits is skipped: what it does and when, in its own time, is then
// as repeatable as what it is told from outside. The times at the start of the
// kernel's messages are that time.
package vm
