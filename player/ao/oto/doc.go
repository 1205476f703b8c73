// Package oto is the sink by github.com/ebitengine/oto/v3, for systems that
// it knows and the other sinks do not.
//
// It is compiled with the build tag oto: on Linux the library needs cgo and
// ALSA's headers (Debian: libasound2-dev). Without the tag this package is
// empty but for this comment.
//
// The library can open the device once in the life of a process, and in one
// format. So the first Open decides the format, each later one negotiates
// that, and the device stays open, playing silence. The 100 ms that the
// device itself keeps cannot be dropped.
package oto
