// Package suite is what the parts of conform share: a Suite checks the
// decoder of one format and gives rows of the one table, and this package
// finds its reference streams, plays files and prints the rows.
//
// A suite has a folder of vectors, named after it below LINNET_VECTORS. What
// it does where that folder is missing is its own affair: it makes streams on
// the spot with public encoders, says so in a note, and compares with public
// decoders.
package suite
