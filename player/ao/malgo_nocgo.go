//go:build !cgo

package ao

// openMalgo is nil: malgo is C.
var openMalgo func(device string) (OpenFunc, error)
