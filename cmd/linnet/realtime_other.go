//go:build !linux

package main

import "errors"

var errLinuxOnly = errors.New("real-time threads are asked for on Linux only")

func beRealtime() error { return errLinuxOnly }

func lockMemory() error { return errLinuxOnly }
