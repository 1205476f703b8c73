// Package vm runs a board in QEMU and drives it: it touches the screen, presses
// keys, takes pictures of the panel, plugs sticks and cards in and out, and waits for
// what the board says on its serial line.
//
// Positions are those of the picture that a person looks at, 320x240 for the
// player's interface, however the panel is mounted; the package turns them into
// the panel's and back.
//
// With Config.Shift an instruction takes the same time on every host: what the
// board does takes it as long, in its own time, whatever else the host does.
// The times at the start of the kernel's messages are that time. With
// Config.Skip, time in which the board waits for a timer is skipped, so that
// minutes pass in seconds. But while it waits for a disk, which answers when
// the host has the time to, its clock then runs on from timer to timer. So
// Skip is for boards that have all they need in memory. Without it a board
// waits for as long as by the host's clock; where the host is late, those of the
// package qemu come to each timer in its turn all the same.
package vm
