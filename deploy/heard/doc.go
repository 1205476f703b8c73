// Package heard tells what became of sound on its way through a device: it
// lines a recording up with what was to be played and counts, in frames, what
// was lost, what came twice, what was altered, and how much silence was put
// in between.
//
// A device plays silence before and after, so silence at both ends of either
// side says nothing and is left out. In between every frame is accounted for:
// a recording is Perfect only when it holds all of the sound in one piece.
package heard
