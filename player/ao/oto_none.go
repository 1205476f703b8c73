//go:build !oto

package ao

// openOto is nil: oto needs headers that not every machine has.
var openOto func(arg string) (OpenFunc, error)
