// Command bench measures what decoding costs: Linnet and the players of its
// field, on the same files.
//
// For the board, instructions and cycles of an ARM920T are counted under
// qemu-arm (package meter), for a second of music. For the desktop it is CPU
// time, in runs that take turns. In both, what a program does once falls out,
// since the cost is the slope between two lengths of the same music. A third table
// has what falls out: what it costs to open a file and to decode its first frame.
//
// What is measured is a table (works.go): a line more there is a row more here.
// Everything is made or fetched on the spot: the music (package signal, and
// Debian's encoders), the other players (package peers), Linnet from this tree.
// It is kept in the user's cache, in linnet/bench, or below LINNET_CACHE.
package main
