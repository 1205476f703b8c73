package cover

import (
	"bytes"
	"errors"
	"image"
	"testing"

	coded "linnet/player/internal/jpeg"
	"linnet/player/internal/jpeg/jpegtest"
	"linnet/player/media"
)

// head is a gray file of columns by rows blocks up to the data of its scan, without
// that scan's own header where it is progressive.
func head(columns, rows int, progressive bool, segments string) []byte {
	file, _ := flat(1, []int{1}, []int{1}, columns, rows, segments)
	at := bytes.Index(file, []byte{0xff, coded.SOS})
	if progressive {
		file[bytes.Index(file, []byte{0xff, coded.SOF0})+1] = coded.SOF2
		return file[:at]
	}
	return file[:at+10]
}

// TestRestarts: intervals that are lost leave their place gray, and no other is
// moved; a marker that is another one than is due loses nothing.
func TestRestarts(t *testing.T) {
	const rows = 12
	interval := func(row int) []byte {
		var w jpegtest.Writer
		for _, diff := range []int{10*row - 60, 0} {
			w.Signed(coded.DCLuma, diff)
			w.Code(coded.ACLuma, 0)
		}
		w.Pad()
		return w.Out
	}
	for _, c := range []struct {
		name  string
		lost  map[int]bool
		wrong int // this marker's number is one less
		whole bool
	}{
		{"whole", nil, -1, true}, {"one", map[int]bool{3: true}, -1, false}, {"three", map[int]bool{1: true, 2: true, 3: true}, -1, false},
		{"two places", map[int]bool{2: true, 8: true, 9: true}, -1, false}, {"a wrong marker", nil, 5, true},
	} {
		file := head(2, rows, false, "\xff\xdd\x00\x04\x00\x02")
		for row := range rows {
			if c.lost[row] {
				continue
			}
			if row > 0 { // the marker in front of it
				number := row - 1
				if row == c.wrong {
					number--
				}
				file = append(file, 0xff, coded.RST0+byte(number&7))
			}
			file = append(file, interval(row)...)
		}
		file = append(file, 0xff, coded.EOI)
		for _, by := range []int{1, 2, 8} {
			m, err := Decode(file, image.Pt(16/by, 8*rows/by))
			if m == nil || (err == nil) != c.whole {
				t.Fatalf("%s: %v", c.name, err)
			}
			for row := range rows {
				want := 10*row - 60 + 128
				if c.lost[row] {
					want = 128
				}
				if got := int(m.RGBAAt(0, row*8/by).R); got != want {
					t.Errorf("%s at 1/%d: row %d is %d, want %d", c.name, by, row, got, want)
				}
			}
		}
	}
}

// TestRefinements: a refinement that has a coefficient behind its band is damaged.
func TestRefinements(t *testing.T) {
	for _, c := range []struct {
		symbol byte
		whole  bool
	}{{0, true}, {0x01, true}, {0x11, false}, {0xf0, true}, {0x02, false}} {
		file := head(1, 1, true, "")
		for i, s := range []struct{ first, last, bits byte }{{0, 0, 0}, {1, 1, 0x01}, {1, 1, 0x10}} {
			file = append(file, 0xff, coded.SOS, 0, 8, 1, 1, 0, s.first, s.last, s.bits)
			var w jpegtest.Writer
			switch i {
			case 0:
				w.Signed(coded.DCLuma, 50)
			case 1:
				w.Code(coded.ACLuma, 0)
			case 2:
				w.Code(coded.ACLuma, c.symbol)
				w.Bits(1, 1)
			}
			w.Pad()
			file = append(file, w.Out...)
		}
		file = append(file, 0xff, coded.EOI)
		m, err := Decode(file, image.Pt(8, 8))
		var bad *media.FormatError
		if m == nil || (err == nil) != c.whole || err != nil && !errors.As(err, &bad) {
			t.Errorf("%02x: %v", c.symbol, err)
		}
	}
}

// TestLatch: a component keeps the quantisation table that its first scan found
// (B.2.4.1).
func TestLatch(t *testing.T) {
	file := head(1, 1, true, "")
	for i, bits := range []byte{0x01, 0x10} {
		if i == 1 {
			file = append(file, "\xff\xdb\x00\x43\x00"...)
			file = append(file, bytes.Repeat([]byte{99}, 64)...)
		}
		file = append(file, 0xff, coded.SOS, 0, 8, 1, 1, 0, 0, 0, bits)
		var w jpegtest.Writer
		if i == 0 {
			w.Signed(coded.DCLuma, 25) // times 2: 50
		} else {
			w.Bits(1, 1) // and one more
		}
		w.Pad()
		file = append(file, w.Out...)
	}
	m, err := Decode(append(file, 0xff, coded.EOI), image.Pt(8, 8))
	if err != nil || m.RGBAAt(3, 3).R != 128+51 {
		t.Errorf("%v, %v", m, err)
	}
}

// TestEdges: a pixel at the edge that has fewer blocks than others is their mean.
func TestEdges(t *testing.T) {
	one := []int{1}
	file, values := flat(1, one, one, 5, 3, "")
	m, err := Decode(file, image.Pt(2, 1))
	if err != nil || m.Bounds() != image.Rect(0, 0, 3, 2) {
		t.Fatalf("%v, %v", m, err)
	}
	for y := range 2 {
		for x := range 3 {
			sum, n := 0, 0
			for by := 2 * y; by < min(2*y+2, 3); by++ {
				for bx := 2 * x; bx < min(2*x+2, 5); bx++ {
					sum += int(values[0][by*5+bx])
					n++
				}
			}
			if got, want := int(m.RGBAAt(x, y).R), (sum+n/2)/n; got != want {
				t.Errorf("(%d, %d) is %d, want %d", x, y, got, want)
			}
		}
	}
}
