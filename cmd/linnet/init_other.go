//go:build !linux

package main

// beInit does nothing: only Linux is started by this program.
func beInit() {}
