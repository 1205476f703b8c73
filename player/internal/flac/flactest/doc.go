// Package flactest makes FLAC streams for tests: an encoder that does what it
// is told rather than what compresses, so that every feature of RFC 9639 can be
// had, those that no encoder uses among them. It is written from the
// definition, in 64 bits, and shares nothing with the decoder but the
// checksums and the structures that describe a frame.
package flactest
