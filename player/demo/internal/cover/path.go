package cover

import (
	"fmt"
	"image"
	"image/color"
	"strconv"
	"strings"

	"golang.org/x/image/vector"
)

// fill fills a path in the notation of SVG, of which it knows M, L, C and Z,
// with blanks between all parts.
func (c canvas) fill(col color.Color, path string) {
	v := vector.NewRasterizer(Size, Size)
	words := strings.Fields(path)
	for len(words) > 0 {
		var n int
		switch words[0] {
		case "M", "L":
			n = 2
		case "C":
			n = 6
		case "Z":
		default:
			panic(fmt.Sprintf("cover: %q in a path", words[0]))
		}
		segment(v, words[0], numbers(words[1:1+n]))
		words = words[1+n:]
	}
	v.Draw(c, c.Bounds(), image.NewUniform(col), image.Point{})
}

func segment(v *vector.Rasterizer, kind string, p []float32) {
	switch kind {
	case "M":
		v.MoveTo(p[0], p[1])
	case "L":
		v.LineTo(p[0], p[1])
	case "C":
		v.CubeTo(p[0], p[1], p[2], p[3], p[4], p[5])
	case "Z":
		v.ClosePath()
	}
}

func numbers(words []string) []float32 {
	p := make([]float32, len(words))
	for i, w := range words {
		v, err := strconv.ParseFloat(w, 32)
		if err != nil {
			panic(fmt.Sprintf("cover: %q in a path", w))
		}
		p[i] = float32(v)
	}
	return p
}
