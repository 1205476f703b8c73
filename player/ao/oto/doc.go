// Package oto is the sink that plays through github.com/ebitengine/oto, which
// needs ALSA's headers to be built on Linux: it stands behind the build tag
// oto, and is empty without it.
//
// oto has one context in a process, for one format, and none after that one:
// so the first Open decides the format, and later ones answer with it and
// leave it to the player to convert. Its samples are 16 bits wide.
package oto
