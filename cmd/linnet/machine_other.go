//go:build !linux

package main

import "linnet/ui/app"

// addMachine adds nothing: there is no process 1 of Linnet's.
func (*screens) addMachine(*app.Options) {}
