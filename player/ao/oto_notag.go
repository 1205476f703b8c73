//go:build !oto

package ao

// openOto is nil: the library is linked in on request.
var openOto func(arg string) (OpenFunc, error)
