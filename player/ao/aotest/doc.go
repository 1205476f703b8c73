// Package aotest tests sound output: Contract holds any sink against what
// the player expects of one, and Start runs a private PulseAudio server
// whose loudspeaker is a recording.
package aotest
