package player

import (
	"bytes"
	"testing"

	"linnet/player/media"
)

// picture is one of a decoder, which has storage for one.
func (d *oneStore) picture(n int) *media.Picture {
	for _, plane := range [][]byte{d.p.Y, d.p.Cb, d.p.Cr} {
		for i := range plane {
			plane[i] = byte(n)
		}
	}
	d.p.PTS = int64(n)
	return &d.p
}

type oneStore struct{ p media.Picture }

func newStore(size int) *oneStore {
	return &oneStore{media.Picture{Y: make([]byte, size), Cb: make([]byte, size/4), Cr: make([]byte, size/4), Width: 16, Height: size / 16}}
}

// Pictures come out in the order in which they went in, as they were.
func TestLine(t *testing.T) {
	d := newStore(256)
	var l line
	in, out := 0, 0
	for round := range 40 {
		for l.room() {
			l.keep()
			l.put(d.picture(in))
			in++
		}
		if n := in - out; n != 1+copies {
			t.Fatalf("%d pictures wait", n)
		}
		for range 1 + round%(1+copies) {
			p := l.first()
			want := bytes.Repeat([]byte{byte(out)}, 256)
			if p.PTS != int64(out) || p.Width != 16 || !bytes.Equal(p.Y, want) || !bytes.Equal(p.Cb, want[:64]) || !bytes.Equal(p.Cr, want[:64]) {
				t.Fatalf("picture %d: %+v", out, p)
			}
			l.drop()
			out++
		}
	}
	if len(l.spare) > 1+copies {
		t.Errorf("%d pictures are spare", len(l.spare))
	}
	l.clear()
	if l.first() != nil || !l.room() {
		t.Error("it is not empty")
	}
	l.keep() // nothing
}

// Large pictures do not wait in numbers, and what waits takes no new memory.
func TestLineMemory(t *testing.T) {
	d := newStore(1 << 20)
	var l line
	for n := range 5 {
		if !l.room() {
			if n != 2 { // one of them a copy
				t.Errorf("%d pictures of 1.5 MB wait", n)
			}
			break
		}
		l.keep()
		l.put(d.picture(n))
	}
	d, l = newStore(256), line{}
	turn := func() {
		for l.room() {
			l.keep()
			l.put(d.picture(0))
		}
		l.drop()
		l.drop()
	}
	turn()
	if n := testing.AllocsPerRun(100, turn); n > 0 {
		t.Errorf("%v allocations a turn", n)
	}
}
