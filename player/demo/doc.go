// Package demo keeps a short album that Linnet can play out of the box: four
// pieces in the folder album, which the program in gen wrote, a clip, and for
// boards whose flash is small a piece and a part of the clip in the folder short.
// README.md says more. The package itself has tests only: of the files.
package demo

//go:generate go run ./gen -o album -clip clip -short short
