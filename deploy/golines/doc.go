// Package golines takes the line numbers out of a Go program.
//
// The linker can leave out symbols and DWARF, but not the table of functions
// (.gopclntab), which the runtime needs: how large each frame is, where pointers
// lie in it. A quarter of that table tells only of what line of what file each
// instruction is, for messages. Strip fills that part with zeros, where
// it lies, and has each function say that it has none. Nothing moves, so every
// address stays true; what is gained is gained by whoever compresses the program:
// an image for flash is smaller by 0.4 MB.
//
// A message of such a program names functions and offsets within them:
//
//	main.run(...)
//		?:0 +0x4b8
//
// The same source compiled again, without Strip, has the lines at the same
// addresses: go tool addr2line finds them.
package golines
