package media

import (
	"fmt"
	"time"
)

// Rational is a fraction; 0/0 or 0/1 means not known.
type Rational struct{ Num, Den int }

// Known says whether it is a number above zero.
func (r Rational) Known() bool { return r.Num > 0 && r.Den > 0 }

// VideoFormat is the shape of decoded pictures.
type VideoFormat struct {
	Width, Height int      // pixels to be shown
	Rate          Rational // pictures per second
	Aspect        Rational // a pixel's width to its height; not known is square
}

// Duration is the time from the first picture to the n-th, rounded to the
// nearest nanosecond; 0 when the rate is not known.
func (f VideoFormat) Duration(n int64) time.Duration {
	if !f.Rate.Known() {
		return 0
	}
	num, den := int64(f.Rate.Num), int64(f.Rate.Den)
	s := n * den / num
	rest := n*den - s*num
	return time.Duration(s)*time.Second + time.Duration((rest*int64(time.Second)+num/2)/num)
}

func (f VideoFormat) String() string {
	s := fmt.Sprintf("%dx%d", f.Width, f.Height)
	if f.Rate.Known() {
		hundredths := (int64(f.Rate.Num)*100 + int64(f.Rate.Den)/2) / int64(f.Rate.Den)
		s += fmt.Sprintf(", %d.%02d pictures a second", hundredths/100, hundredths%100)
	}
	return s
}

// Chroma says how many samples of colour stand for the pixels of a Picture.
type Chroma uint8

// The layouts of colour samples.
const (
	Chroma420 Chroma = iota // one for 2x2 pixels
	Chroma422               // one for 2x1
	Chroma444               // one for each
	Gray                    // none
)

func (c Chroma) String() string {
	switch c {
	case Chroma420:
		return "4:2:0"
	case Chroma422:
		return "4:2:2"
	case Chroma444:
		return "4:4:4"
	case Gray:
		return "gray"
	}
	return "unknown"
}

// Size is the width and height of a plane of colour under width x height
// pixels, odd ones rounded up.
func (c Chroma) Size(width, height int) (int, int) {
	switch c {
	case Chroma420:
		return (width + 1) / 2, (height + 1) / 2
	case Chroma422:
		return (width + 1) / 2, height
	case Chroma444:
		return width, height
	}
	return 0, 0
}

// Picture is one decoded picture: planes of 8-bit samples, Y, Cb and Cr of
// ITU-R BT.601.
//
// The planes are the decoder's: they are valid, and do not change, until its
// next Decode or Reset. Line y of a plane begins at y times its stride and is
// no shorter than the picture is wide.
type Picture struct {
	Y, Cb, Cr     []byte
	YStride       int
	CStride       int // of both Cb and Cr
	Width, Height int // pixels to be shown, from the planes' top left corner
	Chroma        Chroma
	Full          bool // samples go from 0 to 255, not from 16 to 235 (240)

	PTS        int64 // as the packet of which it was decoded, in its stream's unit
	Key        bool  // decoding may start with it
	Interlaced bool  // it is two fields
	TopFirst   bool  // where it is: that of the top line is the earlier one
}

// Plane is one of the three, with its stride, width and height. i is 0 for
// Y, 1 for Cb, 2 for Cr.
func (p *Picture) Plane(i int) (samples []byte, stride, width, height int) {
	if i == 0 {
		return p.Y, p.YStride, p.Width, p.Height
	}
	width, height = p.Chroma.Size(p.Width, p.Height)
	if i == 1 {
		return p.Cb, p.CStride, width, height
	}
	return p.Cr, p.CStride, width, height
}
