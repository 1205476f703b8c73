package player

import "sync"

// tapSize is how many samples a tap keeps: more than any device buffers.
const tapSize = 1 << 16

// tapForgets is after how many samples a listener is forgotten.
const tapForgets = 4 * tapSize

// tap keeps the sound that was given to the device last, two channels at 16
// bits, so that a picture can be made of what is heard now, which is behind
// what was given.
type tap struct {
	mu    sync.Mutex
	on    bool
	buf   []uint32 // a frame each: the left sample above the right one
	begin int64    // absolute position of the first frame kept, or one that buf has no longer
	end   int64    // that behind the last one
	asked int64    // where that was when somebody listened
}

// put keeps frames that begin at an absolute position. Without a listener, or
// when nobody has listened for a while, it does nothing.
func (t *tap) put(at int64, frames []int32, channels int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.on = t.on && at-t.asked <= tapForgets; !t.on {
		return
	}
	if at > t.end { // the sound jumped, as behind a seek
		t.begin = at
	}
	i := uint32(at)
	if channels == 2 {
		for k := 1; k < len(frames); k += 2 {
			t.buf[i%tapSize] = uint32(frames[k-1])&^0xffff | uint32(frames[k])>>16
			i++
		}
	} else {
		right := min(1, channels-1)
		for k := 0; k+channels <= len(frames); k += channels {
			t.buf[i%tapSize] = uint32(frames[k])&^0xffff | uint32(frames[k+right])>>16
			i++
		}
	}
	t.end = at + int64(len(frames)/channels)
}

// mixed copies the frames that end at an absolute position, as one channel.
func (t *tap) mixed(dst []int16, end int64) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	begin, ok := t.window(len(dst), end)
	if !ok {
		return false
	}
	for i := range dst {
		f := t.buf[(begin+uint32(i))%tapSize]
		dst[i] = int16((int32(f)>>16 + int32(int16(f))) >> 1)
	}
	return true
}

// sides copies them as two channels, as many frames of each.
func (t *tap) sides(left, right []int16, end int64) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	begin, ok := t.window(len(left), end)
	if !ok {
		return false
	}
	right = right[:len(left)]
	for i := range left {
		f := t.buf[(begin+uint32(i))%tapSize]
		left[i], right[i] = int16(f>>16), int16(f)
	}
	return true
}

// window is where the n frames before end begin, where they are kept. It
// begins to keep them.
func (t *tap) window(n int, end int64) (begin uint32, ok bool) {
	if t.buf == nil {
		t.buf = make([]uint32, tapSize)
	}
	if !t.on { // of what was kept before there is nothing new
		t.on, t.begin, t.end = true, 0, 0
	}
	t.asked = end
	from := end - int64(n)
	return uint32(from), from >= max(t.end-tapSize, t.begin) && end <= t.end
}

// Heard copies the samples that are heard right now, one channel, into dst
// and returns their rate, or false where there is no sound. The first call
// begins to keep them.
func (p *Player) Heard(dst []int16) (rate int, ok bool) {
	return p.heard(p.out.tap.mixed(dst, p.out.now()))
}

// HeardSides is Heard of two channels; left and right are as long. Of one
// channel both are the same.
func (p *Player) HeardSides(left, right []int16) (rate int, ok bool) {
	return p.heard(p.out.tap.sides(left, right, p.out.now()))
}

// heard is the rate of what was kept, and whether it is heard.
func (p *Player) heard(kept bool) (rate int, ok bool) {
	rate = p.out.report().Format.Rate
	return rate, kept && rate > 0 && p.stateNow() == Playing
}
