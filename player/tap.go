package player

import "sync"

// tapSize is how many samples a tap keeps: more than any device buffers.
const tapSize = 1 << 16

// tap keeps the sound that was given to the device last, mixed to one
// channel at 16 bits, so that a picture can be made of what is heard now,
// which is behind what was given.
type tap struct {
	mu  sync.Mutex
	on  bool
	buf []int16
	end int64 // absolute position behind the last sample kept
}

// put keeps frames that begin at an absolute position. Without a listener it
// does nothing.
func (t *tap) put(at int64, frames []int32, channels int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.on {
		return
	}
	for i := 0; i+channels <= len(frames); i += channels {
		mix := frames[i] >> 16
		if channels > 1 {
			mix = (mix + frames[i+1]>>16) >> 1
		}
		t.buf[at%tapSize] = int16(mix)
		at++
	}
	t.end = at
}

// get copies the samples that end at an absolute position.
func (t *tap) get(dst []int16, end int64) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.on {
		t.on, t.buf = true, make([]int16, tapSize)
		t.end = 0
	}
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
