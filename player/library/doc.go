// Package library knows the music below one folder: what each file says of
// itself, how long it is, how often it was played.
//
// It has two halves. On the medium is a bbolt database, which survives the loss
// of power at any moment; in memory are the tracks themselves, as a snapshot that
// never changes once it is published, so that queries wait for nobody. Of 10,000
// tracks that is about 2 MB. A scan replaces the snapshot as it goes.
//
// A scan compares names, sizes and times with what is known and reads only what
// changed. What it has read is committed every few hundred files: one that is
// killed goes on where it was. It stops at nothing: a file that cannot be read is an
// entry in Problems, kept until the file changes. It is polite by resting (see
// Config.Rest), and not by the priority of its thread: Go's run-time stops all
// threads of a program now and then, and on one processor the sound would wait until
// the kernel lets the one of low priority get that far.
//
// A volume (a file system mounted at or below the root) that is away is marked
// Absent in all its tracks, and forgotten only by Forget.
//
// In a folder whose tags are in a charset that is not found by itself, a file
// named .charset says it: one line, as "Big5".
package library
