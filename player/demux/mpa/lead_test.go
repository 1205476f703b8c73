package mpa

import (
	"testing"
	"time"

	"linnet/player/media"
)

// A stream that was cut out of a longer one starts with frames whose main
// data lies before the cut. They are trimmed like an encoder's delay.
func TestLead(t *testing.T) {
	for _, c := range []struct {
		need []int // main_data_begin of the first frames
		lead int64
	}{
		{nil, 0}, {[]int{0, 300, 511}, 0}, {[]int{1}, 1}, {[]int{300, 400, 511}, 2},
		{[]int{200, 381, 0}, 1}, {[]int{200, 382, 0}, 2}, {[]int{0, 500, 0}, 0},
	} {
		b := usual.frames(30) // of 417 bytes, 381 of them main data
		for i, n := range c.need {
			usual.backPointer(b[i*417:], n)
		}
		d := open(t, b)
		s := d.Streams()[0]
		if s.Delay != c.lead*1152 || s.Frames != (30-c.lead)*1152 {
			t.Errorf("%v: %s, want %d frames trimmed", c.need, shape(s), c.lead)
		}
		var p media.Packet
		if err := d.ReadPacket(&p); err != nil || p.PTS != 0 {
			t.Errorf("%v: the first packet is at %d, %v; want the first frame of all", c.need, p.PTS, err)
		}
		if err := d.Seek(0); err != nil {
			t.Error(err)
		}
		if err := d.ReadPacket(&p); err != nil || p.PTS > s.Delay {
			t.Errorf("%v: a seek to 0 leads to frame %d, %v", c.need, p.PTS, err)
		}
		if err := d.Seek(time.Second / 2); err != nil {
			t.Error(err)
		}
	}
}

// What a LAME tag says of the delay is not touched.
func TestLeadBesideTag(t *testing.T) {
	b := usual.frames(20)
	usual.backPointer(b, 100)
	s := open(t, join(usual.xing("Info", 20, 0, &[2]int{576, 1000}), b)).Streams()[0]
	if s.Delay != 576+529 {
		t.Errorf("delay is %d", s.Delay)
	}
}
