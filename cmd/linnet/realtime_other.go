//go:build !linux

package main

import (
	"errors"
	"time"
)

var errLinuxOnly = errors.New("priorities are asked for on Linux only")

func beRealtime() error { return errLinuxOnly }

func goBefore(int) error { return errLinuxOnly }

func easeTimers() {}

func keepProgram() error { return errLinuxOnly }

func threadTime() (thread int, used time.Duration) { return 0, 0 }
