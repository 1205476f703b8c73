// Package lab is the laboratory of sound output: a sound card on the clock of
// package time, which in a bubble of testing/synctest is a virtual one, at the
// level of the kernel's interface.
//
// A Card is hardware: it has a buffer from which it plays at its rate, or at
// what its crystal makes of that, and a Script of what goes wrong and when.
// Two faces show it to a program, with the behaviour of ALSA and of OSS. What
// it plays goes to an Ear, frame by frame with its time, which then says of
// every frame whether it was heard once, late, twice or never.
//
// Nothing in it is random: the same card with the same script, under a virtual
// clock, plays the same.
package lab
