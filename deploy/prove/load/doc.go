// Command load is the burden in the trial of that name. It is the /init of an
// initramfs beside an image that is the users': it leaves a process behind, and
// goes on into the image's own system, which it does not change.
//
// That process waits for the sound to begin. Then another one computes without
// end, one reads a thousand files one after the other, and one keeps the
// music's disk from answering now and then. It listens, too: a sound card that
// plays has interrupts, so a time without them is a time in which the sound
// stood still, whatever the player says. Without an image's player it plays
// itself, in the plain loop of package plain, or has another player do it.
//
// What it is to do stands in the kernel's command line:
//
//	load.player=linnet     who plays: linnet (the image does), plain, or a command in the other root
//	load.music=DIR         what plain and the other one play, file by file
//	load.burden=LIST       none, or of burn, read and stall
//	load.busy=PERCENT      a real-time process that takes so much of the processor
//	load.fill              nothing of the above: all time that the image leaves is filled, see fill
//	load.other=DEVICE      the other root, for a player of another system
//
// What it saw it says in the kernel's log, in lines that begin with "load:"; one
// each half second while it sounds is the clock of whoever scrolls.
//
// Real-time processes here have one goroutine and sleep in system calls that
// the run-time does not know of: see realtime.go.
package main
