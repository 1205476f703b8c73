package random

import (
	"image"
	"io"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"linnet/ui/ial"
)

func take(t *testing.T, s *Source) (es []ial.Event) {
	t.Helper()
	for {
		e, err := s.ReadEvent()
		if err == io.EOF {
			return es
		}
		if err != nil {
			t.Fatal(err)
		}
		es = append(es, e)
	}
}

// TestSameSeed: a seed is a script.
func TestSameSeed(t *testing.T) {
	opt := Options{Size: image.Pt(320, 240), Seed: 7, Events: 5000}
	a, b := take(t, New(opt)), take(t, New(opt))
	if len(a) != 5000 || !reflect.DeepEqual(a, b) {
		t.Errorf("%d and %d events, not the same", len(a), len(b))
	}
	opt.Seed = 8
	if c := take(t, New(opt)); reflect.DeepEqual(a, c) {
		t.Error("another seed does the same")
	}
}

// TestDoesEverything: all types of event and all keys come.
func TestDoesEverything(t *testing.T) {
	types, keys := map[ial.Type]bool{}, map[ial.Key]bool{}
	edge := image.Rect(0, 0, 320, 240)
	beside := 0
	for _, e := range take(t, New(Options{Size: image.Pt(320, 240), Events: 5000})) {
		types[e.Type] = true
		switch e.Type {
		case ial.KeyPress:
			keys[e.Key] = true
		case ial.PointerDown:
			if !e.At.In(edge) {
				beside++
			}
			if !e.At.In(edge.Inset(-5)) {
				t.Errorf("it touches %v", e.At)
			}
		}
	}
	if types[ial.Quit] {
		t.Error("it ends the program")
	}
	if len(types) != 7 || len(keys) != int(ial.KeyPageDown) || beside == 0 {
		t.Errorf("%d types of event, %d keys, %d touches beside the screen", len(types), len(keys), beside)
	}
}

// TestPause: it waits, and Close ends the wait.
func TestPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		es := take(t, New(Options{Size: image.Pt(10, 10), Events: 100, Pause: time.Second}))
		if took := time.Since(began); took < 20*time.Second || took > 80*time.Second || es[99].When != took {
			t.Errorf("100 events take %v, by their own account %v", took, es[99].When)
		}
		s := New(Options{Size: image.Pt(10, 10), Pause: time.Hour})
		time.AfterFunc(time.Millisecond, func() { s.Close() })
		if _, err := s.ReadEvent(); err != io.EOF {
			t.Error(err)
		}
		if _, err := New(Options{Size: image.Pt(1, 1)}).ReadEvent(); err != nil {
			t.Error(err)
		}
	})
}
