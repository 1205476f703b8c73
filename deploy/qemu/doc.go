// Package qemu builds QEMU with an emulated SMDK2410: Samsung's board for the
// S3C2410, an ARM920T, that starts from NAND as the real one does. Debian's QEMU
// has neither.
//
// The source is that of Debian's package, the devices are the files below hw,
// written from the S3C2410A's manual and what Linux's drivers do with the
// registers, and smdk2410.patch adds them to the lists of what is compiled. What
// comes out has ARM machines' emulator for this one board and nothing else, and
// QEMU's own kind of tests for the devices, register by register, from the files
// below tests; the package's test runs them.
//
// A build takes minutes, so it is done once for the same files; the result lies
// in the cache (LINNET_CACHE, by default linnet in the user's cache folder).
package qemu
