// Package lap is how a program tells package meter that a part begins or ends:
// it calls getsid with Call and a name, which to the kernel means nothing.
package lap

// Call is the first argument of getsid.
const Call = 0x4c61706d

// Names of laps, the second argument.
const (
	Begin = 1
	End   = 2
)
