// Package null is the sink that is no device: an ideal one, simulated on a
// clock.
//
// It has a buffer and a period, takes its frames at exactly its rate, starts
// when its buffer is full to within a period, and runs dry when it is not
// fed. Heard tells which frame is heard when. Devices that misbehave are in
// package lab.
package null
