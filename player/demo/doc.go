// Package demo keeps a short album that Linnet can play out of the box: four
// pieces in the folder album, which the program in gen wrote. README.md says
// more. The package itself has tests only: of the files.
package demo

//go:generate go run ./gen -o album -clip clip
