package main

import (
	"image"

	"linnet/board"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/theme"
)

// splash is what a board shows before its kernel runs: the bird and the name, as
// the panel has it.
func splash(b board.Board) []uint16 {
	w, h := b.UISize()
	if w == 0 {
		return nil
	}
	const bird = 84
	t := theme.Dark()
	all := image.Rect(0, 0, w, h)
	m := rgb565.New(all)
	m.Fill(all, t.Background)
	theme.DrawBird(m, image.Pt((w-bird)/2, h/2-bird/2-20), bird, t)
	const name = "Linnet"
	font.Draw(m, font.Large, (w-font.Width(font.Large, name))/2, h/2+bird/2+16, name, t.Text, t.Curve)
	return turned(m, b.Screen)
}

// turned are the pixels as the panel scans them.
func turned(m *rgb565.Image, s board.Screen) []uint16 {
	all := make([]uint16, 0, s.Width*s.Height)
	for y := range s.Height {
		for x := range s.Width {
			p := image.Pt(x, y)
			if s.Rotate == 90 {
				p = image.Pt(y, s.Width-1-x)
			}
			all = append(all, uint16(m.At(p.X, p.Y)))
		}
	}
	return all
}
