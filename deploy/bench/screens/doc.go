// Command screens works the interface as it is on the board, on a clock and with
// a user of its own, and calls a lap of package meter around each thing that is
// to be counted: a frame of a list that scrolls, a second of Now playing, a key.
// It prints what the laps are, a line each, and what it counted itself.
//
// The player and the disk are made up and cost next to nothing; the screens, the
// spectrum's transform and the turning of the picture for the panel are real.
package main
