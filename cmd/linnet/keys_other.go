//go:build !linux

package main

import "os"

func rawOutput(*os.File) {}

func foreground(*os.File) bool { return true }
