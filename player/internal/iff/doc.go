// Package iff walks the chunks of RIFF (little endian) and IFF (big endian)
// files: four letters, a 32-bit size, a body and a padding byte when the size
// is odd. It never believes a size: bodies are read through a bounded
// window, and a walk always ends.
//
// Both families write text without saying in which encoding; Text guesses.
package iff
