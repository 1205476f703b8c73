// Package image makes the images of the appliance: the root file system, as an
// initramfs or a squashfs, and a disk with the player's state and music.
//
// It needs no root rights, and the same input gives the same bytes, on every
// machine and in every folder: entries are sorted, belong to root, and have no
// time; what identifies a file system is fixed; the time that a tool asks for
// is Epoch. The tools of others do the file systems (mksquashfs, mke2fs,
// mkfs.vfat, mtools); where those leave something open, it is settled here.
//
// Programs are compiled with one file of Go's run-time in another text, by which
// atomic operations on 64 bits take no lock: see atomic.go.
package image
