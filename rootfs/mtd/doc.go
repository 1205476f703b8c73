// Package mtd reads and writes the parts of a NAND flash that a boot loader
// reads: partitions of the chip, by Linux's character devices (/dev/mtdN), and
// volumes of UBI on it (/dev/ubiN_M).
//
// A partition is a row of erase blocks of which some are bad. What is stored in
// one lies in its good blocks, in order: Writer writes so, Reader reads so, and
// the boot loader does, too. A block that fails while it is written is marked
// as bad, and what was to be in it goes into the next one.
//
// The correcting code of each page is the driver's. A page whose code cannot
// correct it is read as it is, without an error, as the character device does:
// whoever reads has to have a sum of what he reads.
package mtd
