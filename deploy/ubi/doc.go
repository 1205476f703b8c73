// Package ubi writes the format in which Linux's UBI keeps volumes in flash, so
// that an image needs no tool of others and is attached as it is.
//
// Each erase block begins with a header that counts its erases, in its second
// page is one that says which logical block of which volume it holds, and from
// the third page on is data. Two blocks hold the table of volumes. Blocks that
// belong to no volume have the first header alone. All numbers are big endian;
// checksums are CRC-32 without the last inversion.
//
// The format is that of drivers/mtd/ubi/ubi-media.h, version 1.
package ubi
