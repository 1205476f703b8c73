package player

import "sync"

// tapSize is how many samples a tap keeps: more than any device buffers.
const tapSize = 1 << 16

// tapForgets is after how many samples a listener is forgotten.
const tapForgets = 4 * tapSize

// tap keeps the sound that was given to the device last, mixed to one
// channel at 16 bits, so that a picture can be made of what is heard now,
// which is behind what was given.
type tap struct {
	mu    sync.Mutex
	on    bool
	buf   []int16
	end   int64 // absolute position behind the last sample kept
	asked int64 // where that was when somebody listened
}

// put keeps frames that begin at an absolute position. Without a listener, or
// when nobody has listened for a while, it does nothing.
func (t *tap) put(at int64, frames []int32, channels int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.on = t.on && at-t.asked <= tapForgets; !t.on {
		return
	}
	i := uint32(at)
	if channels == 2 {
		for k := 1; k < len(frames); k += 2 {
			t.buf[i%tapSize] = int16((frames[k-1]>>16 + frames[k]>>16) >> 1)
			i++
		}
	} else {
		for k := 0; k+channels <= len(frames); k += channels {
			mix := frames[k] >> 16
			if channels > 1 {
				mix = (mix + frames[k+1]>>16) >> 1
			}
			t.buf[i%tapSize] = int16(mix)
			i++
		}
	}
	t.end = at + int64(len(frames)/channels)
}

// get copies the samples that end at an absolute position.
func (t *tap) get(dst []int16, end int64) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.buf == nil {
		t.buf = make([]int16, tapSize)
	}
	if !t.on { // of what was kept before there is nothing new
		t.on, t.end = true, 0
	}
	t.asked = end
	begin := end - int64(len(dst))
	if begin < max(t.end-tapSize, 0) || end > t.end {
		return false
	}
	for i := range dst {
		dst[i] = t.buf[(begin+int64(i))%tapSize]
	}
	return true
}

// Heard copies the samples that are heard right now, one channel, into dst
// and returns their rate, or false where there is no sound. The first call
// begins to keep them.
func (p *Player) Heard(dst []int16) (rate int, ok bool) {
	rate = p.out.report().Format.Rate
	kept := p.out.tap.get(dst, p.out.now())
	return rate, kept && rate > 0 && p.stateNow() == Playing
}
