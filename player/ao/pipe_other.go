//go:build !unix

package ao

// openPipe is nil: the sink needs pipes that can be waited for.
var openPipe func(arg string) (OpenFunc, error)
