// Package wav is the sink that writes what would be heard to a WAV file.
//
// The samples are written in the narrowest of 16, 24 and 32 bits that holds
// the wanted format, rounded without dither, so that a 16-bit recording
// comes out bit for bit. Files of more than two channels or 16 bits have the
// extensible header (Microsoft, "Multiple Channel Audio Data and WAVE
// Files", 2001).
//
// A player opens its sink again when the format of the music changes; a
// file has but one. So File keeps what it needs to go on: the first Open
// decides the format and starts the file, each later one negotiates that
// same format and appends.
package wav
