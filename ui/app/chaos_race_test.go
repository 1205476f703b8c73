//go:build race

package app

// usualEvents is less where the race detector looks on, which takes its time.
const usualEvents = 1500
