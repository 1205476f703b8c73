// Package boot compiles the boot loader of the S3C2410, for a NAND chip that the
// processor starts from.
//
// The chip itself copies the first 4 KB of the flash to its boot memory and runs
// them: the first stage (src/start.S, stage1.c) sets up clocks and memory and
// loads the second stage, of which there are two copies. That one (stage2.c)
// shows the splash, reads which of the two kernels is to be started, checks it,
// takes the other one where it is bad or was never confirmed, unpacks it, and
// starts it. Where none can be started, or a key is held, it takes one from the
// serial line (recovery.c, xmodem.c). Both correct a wrong bit in each page that they read and skip blocks marked as
// bad; neither uses a library.
//
// Stage loads go by a header of one page (slot.h), the choice between kernels is
// a record in the part "params" (state.h); this package writes the former.
package boot
