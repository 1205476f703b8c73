//go:build !linux

package ao

// openOSS is nil: the sink speaks Linux.
var openOSS func(device string) (OpenFunc, error)
