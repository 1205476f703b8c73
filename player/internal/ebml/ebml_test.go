package ebml

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

func reader(b ...byte) *Reader { return NewReader(bytes.NewReader(b), int64(len(b))) }

func TestVint(t *testing.T) {
	for _, c := range []struct {
		b   []byte
		v   uint64
		n   int
		all bool
	}{
		{[]byte{0x81}, 1, 1, false}, {[]byte{0xff}, 127, 1, true}, {[]byte{0x40, 0x7f}, 127, 2, false}, {[]byte{0x7f, 0xff}, 1<<14 - 1, 2, true},
		{[]byte{1, 0, 0, 0, 0, 0, 1, 2}, 0x102, 8, false}, {nil, 0, 0, false}, {[]byte{0}, 0, 0, false}, {[]byte{0x40}, 0, 0, false},
	} {
		if v, n, all := Vint(c.b); v != c.v || n != c.n || all != c.all {
			t.Errorf("% x: %d of %d bytes, %v", c.b, v, n, all)
		}
	}
}

// A master element with a number, a float, text, an element of unknown size and
// one that goes beyond its parent.
func TestElements(t *testing.T) {
	r := reader(0xa0, 0x91, 0x42, 0x86, 0x82, 1, 2, 0xb5, 0x84, 0x42, 0xf6, 0xe9, 0x79, 0x86, 0x83, 'a', 'b', 'c', 0xa3, 0x85, 0)
	parent, ok := r.At(0)
	if !ok || parent != (Element{0xa0, 0, 2, 19}) {
		t.Fatalf("%+v", parent)
	}
	var seen []uint32
	r.Each(parent, func(e Element) bool {
		seen = append(seen, e.ID)
		switch e.ID {
		case 0x4286:
			if v, ok := r.Uint(e); v != 0x102 || !ok || r.Small(e) != 0x102 {
				t.Errorf("the number is %d", v)
			}
		case 0xb5:
			if v := r.Float(e); v != 123 { // 123.456
				t.Errorf("the float is %d", v)
			}
		case 0x86:
			if s := string(r.Bytes(e, 3)); s != "abc" || r.Bytes(e, 2) != nil {
				t.Errorf("the text is %q", s)
			}
		}
		return true
	})
	if len(seen) != 3 {
		t.Errorf("children %x", seen)
	}
	if e, ok := reader(0x1f, 0x43, 0xb6, 0x75, 0xff).At(0); !ok || e.ID != 0x1f43b675 || e.End != Unknown {
		t.Errorf("%+v", e)
	}
	for _, b := range [][]byte{{}, {0xa0}, {8, 0, 0, 0, 0, 0x81}, {0xa0, 0}} {
		if e, ok := reader(b...).At(0); ok {
			t.Errorf("% x: %+v", b, e)
		}
	}
}

type failing struct{ err error }

func (f failing) ReadAt([]byte, int64) (int, error) { return 0, f.err }

func TestErr(t *testing.T) {
	for _, err := range []error{errors.New("broken"), io.EOF} {
		r := NewReader(failing{err}, 100)
		r.At(0)
		if got := r.Err(); (got == nil) != (err == io.EOF) {
			t.Errorf("%v: %v", err, got)
		}
	}
}

func FuzzElements(f *testing.F) {
	f.Add([]byte{0xa0, 0x88, 0x42, 0x86, 0x82, 1, 2, 0x86, 0x81, 'a'})
	f.Fuzz(func(t *testing.T, b []byte) {
		r := reader(b...)
		parent, ok := r.At(0)
		if !ok {
			return
		}
		last := parent.Body
		r.Each(parent, func(e Element) bool {
			if e.Start != last || e.End < e.Body || e.End > parent.End || len(r.Bytes(e, 1<<20)) > len(b) {
				t.Fatalf("%+v in %+v", e, parent)
			}
			last = e.End
			return true
		})
	})
}
