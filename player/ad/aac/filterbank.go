package aac

import "linnet/player/internal/mdct"

const (
	shortHalf = shortLength / 2               // of a short slope
	flat      = frameLength/2 - shortLength/2 // what is flat beside it
)

// overlap is what a frame leaves of its right half to the next one.
type overlap struct {
	short bool // it ends in a short slope
	kbd   bool // whose shape, or the long one's, is this
	// long is the third quarter of a long window, as mdct gives it.
	long [frameLength / 2]int32
	// done is sound in front of a short slope, and slope the third quarter
	// of the window that ends in it.
	done  [flat]int32
	slope [shortHalf]int32
}

func (o *overlap) reset() { *o = overlap{} }

// shorten takes a long slope for one that is short.
func (o *overlap) shorten() {
	if o.short {
		return
	}
	o.short = true
	mdct.Flat(o.done[:], 1, o.long[:flat])
	copy(o.slope[:], o.long[flat:])
}

// filterBank is what all channels share.
type filterBank struct {
	long, short *mdct.Transform
	out         [frameLength]int32 // of a transform
	split       [shortLength]int32 // sound that two frames share
}

// synthesize makes the 1024 samples of a frame, clause 4.6.11, at every
// stride-th place of dst, and keeps what is for the next. Slopes that do not
// fit together, which a valid stream has none of, meet as short ones.
func (f *filterBank) synthesize(dst []int32, stride int, c *channel) {
	o := &c.overlap
	if c.sequence == eightShort {
		f.synthesizeShort(dst, stride, c)
		return
	}
	f.long.Inverse(f.out[:], c.spectrum[:])
	if c.sequence == longStop || o.short {
		o.shorten()
		f.flush(dst, stride, o)
		mdct.Overlap(dst[flat*stride:], stride, o.slope[:], f.out[:shortHalf], shortWindow(o.kbd))
		mdct.Flat(dst[(flat+shortLength)*stride:], stride, f.out[shortHalf:frameLength/2])
	} else {
		mdct.Overlap(dst, stride, o.long[:], f.out[:frameLength/2], longWindow(o.kbd))
	}
	copy(o.long[:], f.out[frameLength/2:])
	o.short, o.kbd = false, c.kbd
	if c.sequence == longStart {
		o.shorten()
	}
}

// flush gives out the sound in front of a short slope.
func (f *filterBank) flush(dst []int32, stride int, o *overlap) {
	at := 0
	for _, v := range o.done {
		dst[at] = v
		at += stride
	}
}

// synthesizeShort makes a frame of eight short windows. Each begins in the
// middle of the one before; the first five slopes, and half of the next, lie in
// this frame, the rest in the next.
func (f *filterBank) synthesizeShort(dst []int32, stride int, c *channel) {
	const here = 4 // slopes between windows that end in this frame
	o := &c.overlap
	o.shorten()
	f.flush(dst, stride, o)
	window := shortWindow(o.kbd) // the first one's
	for w := range 8 {
		out := f.out[w%2*shortLength:][:shortLength]
		f.short.Inverse(out, c.spectrum[w*shortLength:(w+1)*shortLength])
		at := flat + w*shortLength
		switch {
		case w < here:
			mdct.Overlap(dst[at*stride:], stride, o.slope[:], out[:shortHalf], window)
		case w == here:
			mdct.Overlap(f.split[:], 1, o.slope[:], out[:shortHalf], window)
			for i, v := range f.split[:shortHalf] {
				dst[(at+i)*stride] = v
			}
			copy(o.done[:], f.split[shortHalf:])
		default:
			mdct.Overlap(o.done[at-frameLength:], 1, o.slope[:], out[:shortHalf], window)
		}
		copy(o.slope[:], out[shortHalf:])
		window = shortWindow(c.kbd)
	}
	o.kbd = c.kbd
}

func shortWindow(kbd bool) []int32 {
	if kbd {
		return kbdShort[:]
	}
	return sineShort[:]
}

func longWindow(kbd bool) []int32 {
	if kbd {
		return kbdLong[:]
	}
	return sineLong[:]
}
