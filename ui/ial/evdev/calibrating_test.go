//go:build linux

package evdev

import (
	"image"
	"testing"
	"time"

	"linnet/ui/ial"
)

// crooked is a panel that is turned, stretched and mirrored against the glass:
// what it says where the screen is touched at p.
func crooked(p image.Point) image.Point {
	return image.Pt(930-3*p.Y+p.X/40, 80+5*p.X/2-p.Y/30)
}

// tapAt touches the screen at p for some reports, and returns the events.
func tapAt(t *testing.T, s *Source, f *fake, p image.Point) (down, up ial.Event) {
	t.Helper()
	raw := crooked(p)
	f.say(time.Second, touchAt(raw.X, raw.Y)...)
	f.say(time.Second, [3]int{evKey, btnTouch, 0})
	for _, e := range []*ial.Event{&down, &up} {
		var err error
		if *e, err = s.ReadEvent(); err != nil {
			t.Fatal(err)
		}
	}
	if down.Type != ial.PointerDown || up.Type != ial.PointerUp {
		t.Fatalf("a tap is %+v, %+v", down, up)
	}
	return down, up
}

// TestCalibratingAPanel does what the page does: shows marks, has them touched
// uncalibrated, and then the finger is where it is.
func TestCalibratingAPanel(t *testing.T) {
	d, f := newFolder(t), panel()
	d.plug("event0", f)
	s := d.source(t)
	defer s.Close()
	if !s.Panel() {
		t.Fatal("there is no panel")
	}
	marks := []image.Point{{24, 24}, {296, 24}, {296, 216}, {24, 216}, {160, 120}}
	s.Uncalibrated(true)
	var touched []image.Point
	for i, m := range marks {
		if i == 2 {
			tapAt(t, s, f, image.Pt(200, 100)) // which is none of the page's
		}
		_, up := tapAt(t, s, f, m)
		touched = append(touched, up.At)
	}
	c, err := s.Calibrate(marks, touched)
	if err != nil || !c.Usable() {
		t.Fatalf("%v, %v", c, err)
	}
	if _, up := tapAt(t, s, f, marks[0]); up.At == marks[0] {
		t.Error("it is calibrated before that ended")
	}
	s.Uncalibrated(false)
	for _, p := range []image.Point{{5, 7}, {160, 120}, {300, 230}, {40, 200}} {
		if down, _ := tapAt(t, s, f, p); abs(down.At.X-p.X) > 1 || abs(down.At.Y-p.Y) > 1 {
			t.Errorf("touched at %v, it says %v", p, down.At)
		}
	}
	// What was missed, or touched by nobody, leaves it as it is.
	s.Uncalibrated(true)
	_, up := tapAt(t, s, f, image.Pt(100, 100))
	missed := append([]image.Point(nil), touched...)
	missed[4] = up.At
	for _, places := range [][]image.Point{missed, {{1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 5}}} {
		if _, err := s.Calibrate(marks, places); err == nil {
			t.Error("marks that were missed calibrate")
		}
	}
	s.Uncalibrated(false)
	if down, _ := tapAt(t, s, f, image.Pt(160, 120)); abs(down.At.X-160) > 1 {
		t.Errorf("the one before does not hold on: %v", down.At)
	}
}

func abs(v int) int { return max(v, -v) }

func TestUsable(t *testing.T) {
	good := Calibration{0, 1 << 20, 0, 1 << 20, 0, -5 << 20}
	if !good.Usable() {
		t.Error("a good one")
	}
	for _, c := range []Calibration{{}, {1, 2, 0, 2, 4, 0}, {1 << 60, 0, 0, 0, 1, 0}, {1, 0, -1 << 50, 0, 1, 0}} {
		if c.Usable() {
			t.Errorf("%v", c)
		}
	}
}

// TestNoPanel: a tablet is right by itself.
func TestNoPanel(t *testing.T) {
	d := newFolder(t)
	d.plug("event0", tablet())
	s := d.source(t)
	defer s.Close()
	if s.Panel() {
		t.Error("a tablet is to be calibrated")
	}
}
