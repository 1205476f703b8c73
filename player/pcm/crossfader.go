package pcm

// A Crossfader lets one track fade into the next. It keeps back the end of
// what it is given, so that when another track begins the two can be added
// up: the old one with the cosine and the new one with the sine of an angle
// that goes from 0 to a right one, by which the power stays what it is.
//
// Without a Join what goes in comes out unchanged, only later. A Crossfader
// works on the slices that it is given.
type Crossfader struct {
	channels int
	frames   int // what is to be kept back

	held  []int32 // a ring, of whole frames
	first int     // the sample in it that goes out next
	count int     // samples in it

	left  int    // frames of the fade to go
	angle uint32 // from 0 to 1<<32, a right angle
	step  uint32
}

// NewCrossfader makes a Crossfader whose fades last so many frames; less at the
// end of a track that is shorter than two of them, behind its own fade. With 0
// it does nothing.
func NewCrossfader(frames, channels int) *Crossfader {
	channels = max(1, channels)
	frames = max(0, frames)
	return &Crossfader{channels: channels, frames: frames, held: make([]int32, frames*channels)}
}

// Held is how many frames are kept back.
func (c *Crossfader) Held() int { return c.count / c.channels }

// Fading is how many frames of a fade are to come: those that the next pushed
// are mixed into.
func (c *Crossfader) Fading() int { return c.left }

// Join says that what is pushed from now on is another track, which the one
// that is kept back fades into. Where that track is over before the fade is,
// the fade goes on into the next.
func (c *Crossfader) Join() {
	if c.left > 0 || c.count == 0 {
		return
	}
	c.left = c.Held()
	c.angle, c.step = 0, uint32((1<<32-1)/uint64(c.left))
}

// Push takes src, whole interleaved frames, and appends to dst what is not
// kept back. Until enough is kept half of what comes goes out, so that the
// listener's buffer does not run dry at the start or behind a fade.
func (c *Crossfader) Push(dst, src []int32) []int32 {
	src = src[:len(src)/c.channels*c.channels]
	if c.frames == 0 {
		return append(dst, src...)
	}
	n := c.fade(src)
	dst, src = append(dst, src[:n]...), src[n:]
	for len(src) > 0 {
		n := min(len(src), len(c.held))
		keep := min(len(c.held)-c.count, (n/c.channels+1)/2*c.channels)
		dst, src = c.pass(dst, src[:n], n-keep), src[n:]
	}
	return dst
}

// pass puts src behind what is held, and the first out samples of both into
// dst.
func (c *Crossfader) pass(dst, src []int32, out int) []int32 {
	old := min(out, c.count)
	dst = c.pop(dst, old)
	dst = append(dst, src[:out-old]...)
	c.put(src[out-old:])
	return dst
}

// Flush ends the stream: it appends to dst what is kept back, faded out where
// a fade is going on, and makes the Crossfader ready for another stream.
func (c *Crossfader) Flush(dst []int32) []int32 {
	dst = c.pop(dst, c.count)
	if c.left > 0 {
		c.fadeOut(dst[len(dst)-c.left*c.channels:])
	}
	c.first, c.left = 0, 0
	return dst
}

// fade mixes what is held into p until the fade is over, and returns how much
// of p that was.
func (c *Crossfader) fade(p []int32) (n int) {
	for ; c.left > 0 && n < len(p); n += c.channels {
		out, in := c.gains()
		for i := n; i < n+c.channels; i++ {
			p[i] = clip((int64(p[i])*in + int64(c.held[c.first])*out + 1<<23) >> 24)
			c.drop(1)
		}
	}
	return n
}

// fadeOut ends a fade with nothing that comes in.
func (c *Crossfader) fadeOut(p []int32) {
	for ; c.left > 0; p = p[c.channels:] {
		out, _ := c.gains()
		for i := range c.channels {
			p[i] = int32((int64(p[i])*out + 1<<23) >> 24)
		}
	}
}

// gains are the factors of the next frame of a fade, with 24 bits of fraction.
func (c *Crossfader) gains() (out, in int64) {
	i, part := c.angle>>22, int32(c.angle>>7&0x7fff)
	between := func(a, b int32) int64 { return int64(a + (b-a)*part>>15) }
	c.angle += c.step
	c.left--
	return between(fadeIn[1024-i], fadeIn[1023-i]), between(fadeIn[i], fadeIn[i+1])
}

// put takes samples for which there is room.
func (c *Crossfader) put(p []int32) {
	at := c.first + c.count
	if at >= len(c.held) {
		at -= len(c.held)
	}
	n := copy(c.held[at:], p)
	copy(c.held, p[n:])
	c.count += len(p)
}

// pop appends the first n samples to dst.
func (c *Crossfader) pop(dst []int32, n int) []int32 {
	until := min(c.first+n, len(c.held))
	dst = append(dst, c.held[c.first:until]...)
	dst = append(dst, c.held[:n-(until-c.first)]...)
	c.drop(n)
	return dst
}

func (c *Crossfader) drop(n int) {
	if c.first += n; c.first >= len(c.held) {
		c.first -= len(c.held)
	}
	c.count -= n
}
