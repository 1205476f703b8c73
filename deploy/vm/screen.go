package vm

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"os"
	"path/filepath"

	"linnet/board"
)

// Screen takes a picture of the panel, as a person sees it.
func (v *VM) Screen(ctx context.Context) (*image.RGBA, error) {
	dir, err := os.MkdirTemp("", "linnet-screen-")
	if err != nil {
		return nil, fmt.Errorf("vm: screen: %w", err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "screen.ppm")
	if err := v.qmp.do(ctx, "screendump", map[string]any{"filename": file}, nil); err != nil {
		return nil, err
	}
	ppm, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("vm: screen: %w", err)
	}
	panel, err := decodePPM(bytes.NewReader(ppm))
	if err != nil {
		return nil, err
	}
	return fromPanel(v.config.Board.Screen, panel), nil
}

// Still is Screen of a board that is stopped for it, between two of its instructions:
// what it draws meanwhile would be in one part of the picture and not in the other.
func (v *VM) Still(ctx context.Context) (*image.RGBA, error) {
	if err := v.qmp.do(ctx, "stop", nil, nil); err != nil {
		return nil, err
	}
	m, err := v.Screen(ctx)
	return m, errors.Join(err, v.qmp.do(ctx, "cont", nil, nil))
}

// decodePPM reads what screendump writes: P6 with 255 levels and no comments.
func decodePPM(r io.Reader) (*image.RGBA, error) {
	in := bufio.NewReader(r)
	var magic string
	var w, h, levels int
	if _, err := fmt.Fscan(in, &magic, &w, &h, &levels); err != nil {
		return nil, fmt.Errorf("vm: screen: %w", err)
	}
	if magic != "P6" || levels != 255 || w < 1 || h < 1 || w > 4096 || h > 4096 {
		return nil, fmt.Errorf("vm: screen: a picture of kind %s, %dx%d, %d levels", magic, w, h, levels)
	}
	pixels := make([]byte, 1+3*w*h) // a blank ends the header
	if _, err := io.ReadFull(in, pixels); err != nil {
		return nil, fmt.Errorf("vm: screen: %w", err)
	}
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		p := pixels[1+3*i:]
		m.SetRGBA(i%w, i/w, color.RGBA{p[0], p[1], p[2], 255})
	}
	return m, nil
}

// fromPanel turns the panel's picture upright. A panel of another size than
// the board's, as before the kernel has set it up, is left as it is.
func fromPanel(s board.Screen, panel *image.RGBA) *image.RGBA {
	if s.Rotate == 0 || panel.Bounds().Size() != image.Pt(s.Width, s.Height) {
		return panel
	}
	m := image.NewRGBA(image.Rect(0, 0, s.Height, s.Width))
	for y := range s.Width {
		for x := range s.Height {
			p := toPanel(s, image.Pt(x, y))
			m.SetRGBA(x, y, panel.RGBAAt(p.X, p.Y))
		}
	}
	return m
}
