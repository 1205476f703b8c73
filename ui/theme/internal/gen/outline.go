package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// An outline is a list of strokes and fills, each a letter and a path, parted
// by semicolons, in the order of painting:
//
//	s  stroke two units wide, round ends and joins
//	t  stroke one unit wide
//	f  fill (even-odd)
//	x  takes away what it fills
//	k  keeps only what lies within it
//	v  takes away what a stroke of four units covers
//
// A path is SVG's M L C Z with absolute coordinates, and O cx cy r (circle),
// R x y w h r (rectangle, corners rounded by r), A cx cy r from to (arc, in
// degrees, clockwise from the right; joined to what came before), and N, which
// begins anew without a point, for an A that joins nothing.

type point struct{ x, y float64 }

// shape is one operation on flattened paths.
type shape struct {
	op    byte
	width float64
	lines [][]point
}

var widths = map[byte]float64{'s': 2, 't': 1, 'v': 4}

func parse(outline string) (shapes []shape, err error) {
	for part := range strings.SplitSeq(outline, ";") {
		part = strings.TrimSpace(part)
		s := shape{op: part[0], width: widths[part[0]]}
		if !strings.ContainsRune("stfxkv", rune(s.op)) {
			return nil, fmt.Errorf("operation %q", s.op)
		}
		p := path{fields: strings.Fields(part[1:])}
		if s.lines, err = p.flatten(); err != nil {
			return nil, err
		}
		shapes = append(shapes, s)
	}
	return shapes, nil
}

// path reads commands and collects what they draw.
type path struct {
	fields []string
	lines  [][]point
	err    error
}

func (p *path) flatten() ([][]point, error) {
	for len(p.fields) > 0 && p.err == nil {
		command := p.fields[0]
		p.fields = p.fields[1:]
		p.do(command)
	}
	return p.lines, p.err
}

func (p *path) do(command string) {
	switch command {
	case "M":
		p.lines = append(p.lines, p.points(1))
	case "L":
		p.add(p.points(1)...)
	case "C":
		p.curve(p.points(3))
	case "Z":
		p.add(p.lines[len(p.lines)-1][0])
	case "O":
		n := p.numbers(3)
		p.lines = append(p.lines, nil)
		p.arc(n[0], n[1], n[2], 0, 360)
	case "R":
		p.rectangle(p.numbers(5))
	case "A":
		n := p.numbers(5)
		if len(p.lines) == 0 {
			p.lines = append(p.lines, nil)
		}
		p.arc(n[0], n[1], n[2], n[3], n[4])
	case "N":
		p.lines = append(p.lines, nil)
	default:
		p.err = fmt.Errorf("command %q", command)
	}
}

func (p *path) numbers(n int) []float64 {
	values := make([]float64, n)
	for i := range values {
		if len(p.fields) == 0 {
			p.err = fmt.Errorf("a number is missing")
			return values
		}
		v, err := strconv.ParseFloat(p.fields[0], 64)
		if err != nil {
			p.err = err
		}
		values[i], p.fields = v, p.fields[1:]
	}
	return values
}

func (p *path) points(n int) []point {
	values, points := p.numbers(2*n), make([]point, n)
	for i := range points {
		points[i] = point{values[2*i], values[2*i+1]}
	}
	return points
}

// add goes on with the last line.
func (p *path) add(points ...point) {
	last := len(p.lines) - 1
	p.lines[last] = append(p.lines[last], points...)
}

// curve flattens a cubic Bézier curve from the current point.
func (p *path) curve(c []point) {
	line := p.lines[len(p.lines)-1]
	a := line[len(line)-1]
	const steps = 24
	for i := 1; i <= steps; i++ {
		t := float64(i) / steps
		u := 1 - t
		w := [4]float64{u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t}
		p.add(point{
			float64(w[0]*a.x) + float64(w[1]*c[0].x) + float64(w[2]*c[1].x) + float64(w[3]*c[2].x),
			float64(w[0]*a.y) + float64(w[1]*c[0].y) + float64(w[2]*c[1].y) + float64(w[3]*c[2].y),
		})
	}
}

func (p *path) arc(cx, cy, r, from, to float64) {
	const steps = 48
	for i := range steps + 1 {
		sin, cos := math.Sincos((from + (to-from)*float64(i)/steps) * math.Pi / 180)
		p.add(point{cx + float64(r*cos), cy + float64(r*sin)})
	}
}

func (p *path) rectangle(n []float64) {
	x0, y0, x1, y1, r := n[0], n[1], n[0]+n[2], n[1]+n[3], n[4]
	p.lines = append(p.lines, nil)
	p.arc(x1-r, y0+r, r, -90, 0)
	p.arc(x1-r, y1-r, r, 0, 90)
	p.arc(x0+r, y1-r, r, 90, 180)
	p.arc(x0+r, y0+r, r, 180, 270)
	p.add(point{x1 - r, y0})
}
