//go:build !linux

package main

import (
	"errors"

	"linnet/ui/app"
)

// addMachine adds nothing: there is no process 1 of Linnet's.
func (*screens) addMachine(*app.Options) {}

// askInit asks nobody.
func askInit(string) ([]string, error) { return nil, errors.ErrUnsupported }
