// Package player is the core: it opens files, decodes them ahead of time
// into a PCM ring, and keeps one sound device fed from it.
//
// Three goroutines do the work, and none waits for another's slowness:
//
//	feeder   file -> packets -> samples -> shaped -> ring      (2 s ahead or more)
//	device   ring -> gain -> AudioSink                         (does nothing else)
//	control  commands, queue, events                           (never touches samples)
//
// A film has two more. They read the file for themselves, so that nothing of it can
// keep the sound waiting, and go by what is heard:
//
//	projector  file -> packets -> pictures, some ahead -> VideoSink.Draw
//	flipper    VideoSink.Flip when a picture's time comes while others are decoded
//
// The feeder runs over the seam between two tracks of one format without
// telling the device, so that a gapless album is one unbroken stream. What
// the listener hears is behind what was decoded; marks in the stream say
// which track and position each frame of the ring belongs to, and Status
// and events speak of what is heard, not of what is decoded.
//
// What the listener wants of the sound (Sound: ReplayGain, equaliser, balance,
// crossfade) is done by the feeder, at each track's own samples. A change has
// what is in the ring thrown away and made anew from what is heard, so that it
// is heard at once. A Sound that wants nothing touches no bit.
//
// A pause and its end are ramps of 10 ms where the device gives back what it was
// given (Rewinder); pause.go says how, and why so. A stream that is not paused
// keeps its bits.
//
// The package knows no codec, no container and no driver: it declares the
// seams (Demuxer, AudioDecoder, AudioSink, OpenMedia, OpenAudio), and its
// caller fills them. All waiting goes through package time, so a test under
// testing/synctest plays an hour in milliseconds.
package player
