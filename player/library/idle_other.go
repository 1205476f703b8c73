//go:build !linux

package library

func beIdle() {}
