//go:build !linux

package main

import "os"

func rawOutput(*os.File) {}
