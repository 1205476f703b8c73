// Package null is the sink that is no device: an ideal one, simulated on a
// clock.
//
// It has a buffer and a period, takes its frames at exactly its rate, starts
// when its buffer is full to within a period, and runs dry when it is not
// fed. In a test the clock is the test's (that of testing/synctest needs no
// more than the default), Heard tells which frame is heard when, and a
// script of faults makes the device misbehave as real ones do: it answers
// late, takes less than it was given, loses its queue, lies about its delay,
// or is pulled out.
package null
