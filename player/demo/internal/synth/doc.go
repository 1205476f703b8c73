// Package synth plays the demonstration album: four short pieces, written as
// notes in Go and played by instruments made of a few lines of signal
// processing each. Nothing is sampled, and nothing is random: the same program
// gives the same samples, wherever the compiler does not fuse multiplications
// and additions (see Fuses).
//
// It is a tool that runs once, on a desktop, before the album is encoded; it
// is the one place in the player where floating point is welcome.
//
// A piece is a mix, to which its instruments add notes: plucked strings, a
// flute, bells, an electric piano, pads, a bass and percussion. A mix has a
// reverberation that notes are sent to, and ends in a limiter.
package synth
