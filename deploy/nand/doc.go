// Package nand makes what lies in a small-page NAND chip, spare bytes and all:
// a page of 512 bytes has 16 spare ones behind it, of which the first three are
// the error correcting code as the S3C2410's controller computes it and the
// sixth marks bad blocks. The first stage of the boot loader, the second and
// Linux's driver check the same code.
//
// An Image is a whole chip in memory, as a programmer or the emulated board
// takes it: pages with their spare bytes, one behind the other. The code of an
// erased page, like the page itself, is all ones.
package nand
