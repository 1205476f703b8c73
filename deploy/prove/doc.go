// Command prove boots the appliance in QEMU and writes down what it does: how
// long it takes to the first picture and the first sound, whether what was
// heard is what the decoder gave, sample for sample, whether a touch presses the button that
// is drawn there, how much memory it needs, what becomes of the music when the
// player is killed, and what is left of it under load: with Linnet, with a loop
// that decodes and writes, and with a player of Debian's.
//
// The board's time is QEMU's: an instruction takes 2^shift ns whatever the
// host does, so a run has one right answer. All that a run left lies in the
// output folder, a folder a trial: the serial log, the sound, pictures of the
// panel; and the table in table.md, or, of trials that were named, in table-NAMES.md.
package main
