package main

import (
	"image"

	"linnet/board"
	"linnet/ui/gal/fbdev"
	"linnet/ui/ial"
	"linnet/ui/ial/evdev"
)

// mounted is the board with its panel as the kernel has it: where that is as
// the picture is drawn, as on a desk in an emulator, nothing is turned.
func mounted(b board.Board) board.Board {
	size, err := fbdev.Size("")
	if err != nil {
		return b // which openPanel will tell
	}
	return upright(b, size)
}

// openPanel opens the board's screen.
func openPanel(b board.Board) (boardScreen, error) {
	return fbdev.Open(fbdev.Options{Size: image.Pt(b.UISize()), Rotate: b.Screen.Rotate})
}

// openTouch opens all input devices, for a picture that is shown on the
// board's screen.
func openTouch(b board.Board, cal *evdev.Calibration, log func(error)) (ial.Source, error) {
	return evdev.Open(evdev.Options{
		Keys: keyTable(b.Keys), Size: image.Pt(b.UISize()), Rotate: b.Screen.Rotate, Calibration: cal, Log: log,
	})
}
