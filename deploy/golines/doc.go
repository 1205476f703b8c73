// Package golines takes the line numbers out of a Go program.
//
// The linker can leave out symbols and DWARF, but not the table of functions
// (.gopclntab), which the runtime needs: how large each frame is, where pointers
// lie in it. A third of that table, and most of the data beside it, tells only of
// what line of what file each instruction is, and which functions were inlined
// there, for messages. Strip has each function say that it has none, moves the rest
// of the table together, and fills what then is free with zeros. Nothing else moves,
// so every address stays true; what is gained is gained by whoever compresses the
// program, and by who reads it block by block: where pointers lie on a stack is
// looked up all over the table as soon as a program starts.
//
// A message of such a program names functions and offsets within them, and leaves
// out calls that were inlined:
//
//	main.run(...)
//		?:0 +0x4b8
//
// The same source compiled again, without Strip, has the lines at the same
// addresses: go tool addr2line finds them.
package golines
