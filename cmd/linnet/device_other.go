//go:build !linux

package main

import (
	"errors"

	"linnet/board"
	"linnet/ui/ial"
	"linnet/ui/ial/evdev"
)

// mounted changes nothing: there is no panel.
func mounted(b board.Board) board.Board { return b }

// openPanel fails: frame buffers are Linux.
func openPanel(board.Board) (boardScreen, error) {
	return nil, errors.New("fbdev is for Linux; use sdl here")
}

// openTouch fails: event devices are Linux.
func openTouch(board.Board, *evdev.Calibration, func(error)) (ial.Source, error) {
	return nil, errors.New("evdev is for Linux; the window has its own input")
}
