// Package uitest compares pictures with those that were looked at and kept.
//
// A test draws, and calls [Golden] with the picture. Pictures are kept in the
// test's folder testdata/golden as PNG files. Run the tests with -update to
// keep the new ones; look at each before it is committed.
package uitest

import (
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "keep the pictures that the tests draw as golden ones")

// Golden fails the test when img is not, pixel by pixel, the picture kept
// under the name in testdata/golden. It then writes what was drawn and the
// difference beside it (NAME.actual.png and NAME.diff.png), counts the pixels
// that differ and says where they are.
func Golden(t testing.TB, name string, img image.Image) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name+".png")
	if err := golden(path, img, *update); err != nil {
		t.Error(err)
	}
}

func golden(path string, img image.Image, update bool) error {
	actual, diff := beside(path, ".actual"), beside(path, ".diff")
	for _, old := range []string{actual, diff} {
		if err := os.Remove(old); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if update {
		return WritePNG(path, img)
	}
	want, err := ReadPNG(path)
	if err != nil {
		if e := WritePNG(actual, img); e != nil {
			return e
		}
		return fmt.Errorf("%w; what was drawn is in %s; to keep it, run with -update", err, actual)
	}
	n, where, marks := Compare(img, want)
	if n == 0 {
		return nil
	}
	for file, m := range map[string]image.Image{actual: img, diff: marks} {
		if err := WritePNG(file, m); err != nil {
			return err
		}
	}
	return fmt.Errorf("%s: %d pixels differ, within %v of %v; see %s and %s; if it is right, run with -update",
		path, n, where, img.Bounds(), actual, diff)
}

func beside(path, mark string) string { return path[:len(path)-len(".png")] + mark + ".png" }

// Compare counts the pixels that differ between two pictures laid on one
// another at their top left corners, says within which rectangle they are,
// and draws them in red on a pale copy of got. A pixel that only one of the
// two has differs.
func Compare(got, want image.Image) (n int, where image.Rectangle, marks *image.RGBA) {
	g, w := got.Bounds(), want.Bounds()
	marks = image.NewRGBA(image.Rect(0, 0, max(g.Dx(), w.Dx()), max(g.Dy(), w.Dy())))
	for y := range marks.Rect.Dy() {
		for x := range marks.Rect.Dx() {
			p := image.Pt(x, y)
			pg, pw := p.Add(g.Min), p.Add(w.Min)
			a, b := color.RGBAModel.Convert(got.At(pg.X, pg.Y)), color.RGBAModel.Convert(want.At(pw.X, pw.Y))
			if a == b && pg.In(g) == pw.In(w) {
				marks.SetRGBA(x, y, pale(a.(color.RGBA)))
				continue
			}
			n++
			where = where.Union(image.Rect(x, y, x+1, y+1))
			marks.SetRGBA(x, y, color.RGBA{255, 0, 0, 255})
		}
	}
	return n, where, marks
}

func pale(c color.RGBA) color.RGBA {
	l := uint8((uint(c.R) + 2*uint(c.G) + uint(c.B)) / 4)
	l = 192 + l/4
	return color.RGBA{l, l, l, 255}
}

// ReadPNG reads a picture.
func ReadPNG(path string) (image.Image, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return img, nil
}

// WritePNG writes a picture, making its folder where it is missing.
func WritePNG(path string, img image.Image) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := png.Encode(f, img); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
