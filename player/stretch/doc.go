// Package stretch plays sound faster or slower and keeps its pitch, by WSOLA: overlap
// and add of waveforms that are similar (Verhelst and Roelands, ICASSP 1993).
//
// Each 30 ms of the result are a piece of the sound, from the place where the speed
// says that it should be, give or take 8 ms: within these it is moved to where the
// sound goes on most like the piece before would have, and is faded into over 10 ms.
// So periods stay whole, and the places never drift from where they should be.
//
// How alike two places are is the sum of the magnitudes of their differences, which
// needs no multiplication and no normalising: at first at about 5.5 kHz for all places,
// then at the full rate around the best. All is 16 bits and integer; for ARMv4T it
// takes 8 to 10 million instructions for a second of stereo that is heard.
//
// At normal speed the sound goes through untouched, with all of its bits.
package stretch
