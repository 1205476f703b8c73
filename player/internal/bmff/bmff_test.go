package bmff

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"testing"
)

func box(name string, body ...[]byte) []byte {
	b := bytes.Join(body, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(8+len(b))), name...), b...)
}

func long(name string, size uint64, body []byte) []byte {
	b := append([]byte{0, 0, 0, 1}, name...)
	return append(binary.BigEndian.AppendUint64(b, size), body...)
}

func names(file []byte, end int64) (all []string, last Box) {
	w := Walk(NewWindow(bytes.NewReader(file)), 0, end)
	for {
		b, ok := w.Next()
		if !ok {
			return all, last
		}
		all, last = append(all, string(b.Type[:])), b
	}
}

func TestWalk(t *testing.T) {
	body := make([]byte, 20)
	two := append(box("aaaa", body), box("bbbb")...)
	for name, c := range map[string]struct {
		file []byte
		n    int
		end  int64 // of the last
		cut  bool
	}{
		"two":               {two, 2, 36, false},
		"long sizes":        {append(long("aaaa", 36, body), two...), 3, 72, false},
		"to the end":        {append(two, "\x00\x00\x00\x00ccccmore"...), 3, 48, false},
		"cut":               {two[:30], 1, 28, false},
		"cut in a body":     {two[:20], 1, 20, true},
		"too small":         {append([]byte("\x00\x00\x00\x07aaaa"), two...), 0, 0, false},
		"too small, long":   {append(long("aaaa", 15, body), two...), 0, 0, false},
		"huge":              {append(bytes.Clone(two), long("cccc", math.MaxUint64, body)...), 3, 72, true},
		"half a long size":  {append(bytes.Clone(two), "\x00\x00\x00\x01cccc1234"...), 2, 36, false},
		"long size one off": {long("aaaa", 16, nil), 1, 16, false},
		"nothing":           {nil, 0, 0, false},
	} {
		all, last := names(c.file, int64(len(c.file)))
		if len(all) != c.n || last.End != c.end || last.Cut != c.cut {
			t.Errorf("%s: %q, the last one %+v", name, all, last)
		}
	}
}

// Where the file's size is not known, it ends where reading does.
func TestUnknownEnd(t *testing.T) {
	file := append(box("aaaa", make([]byte, 600)), box("bbbb")...)
	if all, _ := names(file, math.MaxInt64); len(all) != 2 {
		t.Errorf("%q", all)
	}
	if all, last := names([]byte("\x00\x00\x00\x00mdat1234"), math.MaxInt64); len(all) != 1 || last.End != math.MaxInt64 {
		t.Errorf("%q %+v", all, last)
	}
}

func TestEmptyBoxesEnd(t *testing.T) {
	w := Walk(NewWindow(zeros{}), 0, math.MaxInt64)
	n := 0
	for {
		if _, ok := w.Next(); !ok {
			break
		}
		n++
	}
	if n != maxBoxes {
		t.Errorf("%d boxes", n)
	}
}

// zeros is a file without end of empty boxes.
type zeros struct{}

func (zeros) ReadAt(p []byte, off int64) (int, error) {
	for i := range p {
		p[i] = "\x00\x00\x00\x08free"[(off+int64(i))%8]
	}
	return len(p), nil
}

func TestInside(t *testing.T) {
	file := box("moov", []byte{0, 0, 0, 0}, box("trak"), box("udta", []byte("x")))
	win := NewWindow(bytes.NewReader(file))
	w := Walk(win, 0, int64(len(file)))
	moov, ok := w.Find("moov")
	if !ok {
		t.Fatal("no moov")
	}
	in := Inside(win, moov, 4)
	udta, ok := in.Find("udta")
	if !ok || udta.Size() != 1 || in.Pos() != int64(len(file)) {
		t.Errorf("%+v, next at %d of %d", udta, in.Pos(), len(file))
	}
	if _, ok := w.Find("moov"); ok {
		t.Error("a second moov")
	}
}

type broken struct{}

func (broken) ReadAt([]byte, int64) (int, error) { return 0, io.ErrClosedPipe }

func TestWindow(t *testing.T) {
	file := make([]byte, 2000)
	for i := range file {
		file[i] = byte(i * 7)
	}
	w := NewWindow(bytes.NewReader(file))
	for _, pos := range []int64{0, 4, 510, 1999, 1996, 1490, 3, 511, 1992} {
		v, ok := w.Uint32(pos)
		if fits := pos <= 1996; ok != fits || fits && v != binary.BigEndian.Uint32(file[pos:]) {
			t.Errorf("at %d: %#x %v", pos, v, ok)
		}
		l, ok := w.Uint64(pos)
		if fits := pos <= 1992; ok != fits || fits && l != binary.BigEndian.Uint64(file[pos:]) {
			t.Errorf("at %d: %#x %v", pos, l, ok)
		}
	}
	if w.At(-1, 1) != nil || w.At(0, 513) != nil || w.At(1<<62, 1) != nil || w.Err() != nil {
		t.Errorf("bytes from nowhere, or %v", w.Err())
	}
	bad := NewWindow(broken{})
	if bad.At(0, 1) != nil || !errors.Is(bad.Err(), io.ErrClosedPipe) {
		t.Errorf("the source's error is %v", bad.Err())
	}
}
