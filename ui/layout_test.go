package ui

import (
	"image"
	"math/rand/v2"
	"reflect"
	"testing"
)

func TestRow(t *testing.T) {
	r := image.Rect(10, 5, 110, 25)
	for _, tt := range []struct {
		gap   int
		cells []Cell
		want  [][2]int
	}{
		{0, nil, nil},
		{0, []Cell{Fixed(30)}, [][2]int{{10, 40}}},
		{4, []Cell{Fixed(30), Stretch(1)}, [][2]int{{10, 40}, {44, 110}}},
		{2, []Cell{Stretch(1), Fixed(10), Stretch(2)}, [][2]int{{10, 39}, {41, 51}, {53, 110}}},
		{0, []Cell{Stretch(1), Stretch(1), Stretch(1)}, [][2]int{{10, 44}, {44, 77}, {77, 110}}},
		{0, []Cell{{Size: 20, Stretch: 1}, Stretch(1)}, [][2]int{{10, 70}, {70, 110}}},
		{0, []Cell{Fixed(80), Fixed(40), Stretch(1)}, [][2]int{{10, 90}, {90, 110}, {110, 110}}},
	} {
		got := Row(r, tt.gap, tt.cells...)
		for i, g := range got {
			want := image.Rect(tt.want[i][0], 5, tt.want[i][1], 25)
			if g != want && !(g.Empty() && want.Empty()) {
				t.Errorf("%v, gap %d: cell %d is %v, want %v", tt.cells, tt.gap, i, g, want)
			}
		}
		if len(got) != len(tt.want) {
			t.Errorf("%v: %d cells", tt.cells, len(got))
		}
	}
}

// TestColumnIsRowOnItsSide compares the two through a mirror.
func TestColumnIsRowOnItsSide(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	mirror := func(r image.Rectangle) image.Rectangle { return image.Rect(r.Min.Y, r.Min.X, r.Max.Y, r.Max.X) }
	for range 200 {
		r := image.Rect(0, 0, 1+rnd.IntN(320), 1+rnd.IntN(240)).Add(image.Pt(rnd.IntN(50), rnd.IntN(50)))
		cells := make([]Cell, rnd.IntN(6))
		for i := range cells {
			cells[i] = Cell{rnd.IntN(60), rnd.IntN(3)}
		}
		gap := rnd.IntN(5)
		row, column := Row(r, gap, cells...), Column(mirror(r), gap, cells...)
		for i := range row {
			if m := mirror(column[i]); m != row[i] && !(m.Empty() && row[i].Empty()) {
				t.Fatalf("%v in %v: %v and %v", cells, r, row, column)
			}
			if !row[i].In(r) {
				t.Fatalf("%v reaches out of %v", row[i], r)
			}
		}
	}
}

func TestGrid(t *testing.T) {
	got := Grid(image.Rect(0, 0, 11, 9), 3, 2, 1)
	want := []image.Rectangle{
		image.Rect(0, 0, 3, 4), image.Rect(4, 0, 7, 4), image.Rect(8, 0, 11, 4),
		image.Rect(0, 5, 3, 9), image.Rect(4, 5, 7, 9), image.Rect(8, 5, 11, 9),
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
}
