package poster

import (
	"image"

	"linnet/player/media"
)

// steepest is the most that pixels are taken to be wide or high.
const steepest = 4

// Image converts a picture to RGB (ITU-R BT.601), with pixels that are square:
// those of another shape are stretched. It is the caller's.
func Image(p *media.Picture, aspect media.Rational) *image.RGBA {
	width := p.Width
	if a := aspect; a.Known() && a.Num <= steepest*a.Den && a.Den <= steepest*a.Num {
		width = max(1, int((int64(p.Width)*int64(a.Num)+int64(a.Den)/2)/int64(a.Den)))
	}
	out := image.NewRGBA(image.Rect(0, 0, width, p.Height))
	line := make([]byte, 4*p.Width)
	for y := range p.Height {
		convert(line, p, y)
		stretch(out.Pix[y*out.Stride:][:4*width], line)
	}
	return out
}

// convert makes line y of a picture.
func convert(line []byte, p *media.Picture, y int) {
	across, down := 1, 1 // pixels of a sample of colour
	switch p.Chroma {
	case media.Chroma420:
		across, down = 2, 2
	case media.Chroma422:
		across = 2
	}
	luma := p.Y[y*p.YStride:]
	for x := range p.Width {
		cb, cr := int32(0), int32(0)
		if p.Chroma != media.Gray {
			at := y/down*p.CStride + x/across
			cb, cr = int32(p.Cb[at])-128, int32(p.Cr[at])-128
		}
		r, g, b := rgb(int32(luma[x]), cb, cr, p.Full)
		line[4*x], line[4*x+1], line[4*x+2], line[4*x+3] = r, g, b, 255
	}
}

// rgb converts by factors of 1/65536.
func rgb(y, cb, cr int32, full bool) (r, g, b byte) {
	const half = 1 << 15
	if full {
		y <<= 16
		return clip(y + 91881*cr + half), clip(y - 22554*cb - 46802*cr + half), clip(y + 116130*cb + half)
	}
	y = (y - 16) * 76309
	return clip(y + 104597*cr + half), clip(y - 25675*cb - 53279*cr + half), clip(y + 132201*cb + half)
}

func clip(v int32) byte { return byte(max(0, min(v>>16, 255))) }

// stretch makes out of in, both lines of RGBA, by linear interpolation.
func stretch(out, in []byte) {
	if len(out) == len(in) {
		copy(out, in)
		return
	}
	n, m := len(out)/4, len(in)/4
	for x := range n {
		at := (2*x+1)*m*128/n - 128 // in 1/256 of a pixel of in, at the pixel's middle
		at = max(0, min(at, (m-1)*256))
		i, f := at>>8, at&255
		next := min(i+1, m-1)
		for k := range 4 {
			out[4*x+k] = byte((int(in[4*i+k])*(256-f) + int(in[4*next+k])*f + 128) >> 8)
		}
	}
}
