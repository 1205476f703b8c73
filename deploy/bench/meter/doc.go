// Package meter counts what ARM programs cost: instructions, exactly, and the
// cycles of an ARM920T by a model.
//
// The program runs under qemu-arm with a plugin in C, which lies beside this
// file and is compiled on first use. The model has the instruction cycle times
// and the interlocks of the ARM9TDMI; caches always hit, and a multiplication
// takes what one by a value of 16 bits takes (plugin/arm920t.c has the table).
// The counts don't depend on the machine or on what else runs there, so programs
// may be counted side by side.
//
// The cost of a second of music is the slope between two lengths of the same
// music: what a program does once, at its start, falls out.
package meter
