// Package update is a new version of the system in a file: how it is signed,
// and how it gets into the flash of a board that has two systems, a and b.
//
// A file begins with a header of HeaderSize bytes: the board, the version, the
// release number, the sizes of the parts and their SHA-256, and an Ed25519
// signature of all that. The parts follow without gaps: the two pages that the
// boot loader wants before a kernel, one for each system as their command lines
// differ; the root file system; the kernel. Whoever has a header whose signature is
// good knows each byte of the parts, so nothing of a file is believed, and
// nothing is written, before that; and the parts are summed up while they are copied.
//
// Install writes to the system that does not run, in an order in which a power
// cut at any moment leaves a board that starts:
//
//  1. The boot record says that the running system is the one to start.
//  2. The first block of the other kernel is erased, without which the loader takes it
//     for none.
//  3. The other root is written (UBI keeps a mark on it until it is whole).
//  4. The other kernel is written.
//  5. Both are read again from the flash and summed up.
//  6. The boot record says that the other system is to be tried, once.
//
// The running system is not touched at all. From 1 to 5 the record names it, so
// it starts. Should its own kernel be damaged then, the loader takes the other
// one only if that is whole by its checksum, and it is that only before 2, when its
// root is still the one that belongs to it, and after 4, when its new root is. After 6, the
// loader counts the try before it starts the new system; one that does not
// confirm that it runs is left for the former at the next start. A record is
// written so that the old one or the new one counts (package bootstate).
//
// A signature tells who made a system and not how old it is. Each has a release number,
// and one that is lower than that of the running system is refused.
package update
