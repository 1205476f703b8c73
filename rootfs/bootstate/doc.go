// Package bootstate is the record by which the running system tells the boot
// loader which of two systems to start, and reads what came of it.
//
// Records of a page each lie in a partition of the flash. Of the valid ones that
// with the highest number counts; who looks for it stops at the first empty page
// of each block, and looks at blocks that are marked as bad, too: a bit of the mark may
// have turned since. A new one goes onto the next empty page, or where that does not
// take it into another block, and a block is erased only while the record that
// counts lies in another one. So a power cut at any moment leaves the old record or
// the new one. The boot loader
// (deploy/boot/src/state.c) reads and writes the same.
package bootstate
