// Package playertest holds the contracts of the player's seams as tests that
// every implementation runs: Demuxer, AudioDecoder and AudioSink. Each checks
// what the comment at the seam in package player promises, so that whoever
// stands on the other side may rely on it.
//
// The functions take a testing.TB and report as a test does. They are slow
// enough to be given small files: a second of sound is plenty.
package playertest
