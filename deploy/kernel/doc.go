// Package kernel builds the Linux kernels of the boards.
//
// The source is Debian's package linux-source-6.1, the compiler Debian's
// arm-linux-gnueabi-gcc. A kernel's configuration is allnoconfig and a few
// short fragments that lie beside this file, so that nothing is in it that
// nobody asked for. The build checks that every option of the fragments came
// through: Kconfig drops one without a word when what it depends on is off.
//
// A build takes minutes, so it is done once for the same inputs: the source,
// the fragments, the patches and the compiler's version are hashed, and the
// result lies in the cache under that hash (LINNET_CACHE, by default linnet in
// the user's cache folder).
package kernel
