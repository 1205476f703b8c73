// Sheet puts pictures onto one, side by side, each above its name: the contact
// sheet of the interface.
//
//	go run ./ui/uitest/sheet -o ui/contact-sheet.png -columns 8 PICTURE...
package main

import (
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"

	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/theme"
	"linnet/ui/uitest"
)

// Between the pictures, and below them for their names.
const (
	gap  = 8
	name = 20
)

func main() {
	out := flag.String("o", "contact-sheet.png", "file to write")
	columns := flag.Int("columns", 8, "pictures side by side")
	flag.Parse()
	if err := run(*out, *columns, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "sheet:", err)
		os.Exit(1)
	}
}

func run(out string, columns int, paths []string) error {
	if len(paths) == 0 || columns < 1 {
		return errors.New("name pictures, and at least one column")
	}
	var pictures []image.Image
	var cell image.Point
	for _, p := range paths {
		m, err := uitest.ReadPNG(p)
		if err != nil {
			return err
		}
		pictures = append(pictures, m)
		cell.X, cell.Y = max(cell.X, m.Bounds().Dx()), max(cell.Y, m.Bounds().Dy())
	}
	columns = min(columns, len(paths))
	rows := (len(paths) + columns - 1) / columns
	sheet := image.NewRGBA(image.Rect(0, 0, columns*(cell.X+gap)+gap, rows*(cell.Y+name)+gap))
	draw.Draw(sheet, sheet.Rect, image.NewUniform(color.RGBA{96, 94, 92, 255}), image.Point{}, draw.Src)
	for i, m := range pictures {
		at := image.Pt(gap+i%columns*(cell.X+gap), gap+i/columns*(cell.Y+name))
		draw.Draw(sheet, image.Rectangle{Min: at, Max: at.Add(cell)}, m, m.Bounds().Min, draw.Src)
		label(sheet, image.Pt(at.X, at.Y+cell.Y), cell.X, strings.TrimSuffix(filepath.Base(paths[i]), ".png"))
	}
	return write(out, sheet)
}

// label writes a picture's name below it.
func label(sheet *image.RGBA, at image.Point, width int, text string) {
	t := theme.Dark()
	m := rgb565.New(image.Rect(0, 0, width, name))
	m.Fill(m.Rect, rgb565.RGB(96, 94, 92))
	font.Draw(m, font.Small, 0, 14, font.Ellipsis(font.Small, text, width), t.Text, t.Curve)
	draw.Draw(sheet, m.Rect.Add(at), rgb565.ToRGBA(m), image.Point{}, draw.Src)
}

func write(path string, m image.Image) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	e := png.Encoder{CompressionLevel: png.BestCompression}
	if err := e.Encode(f, m); err != nil {
		return err
	}
	return f.Close()
}
