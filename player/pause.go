package player

import (
	"errors"
	"time"

	"linnet/player/media"
	"linnet/player/pcm"
)

// A pause and its end, on the device's goroutine but for pause and resume
// themselves.
//
// A wave that is cut off, or begins in its middle, clicks. So a pause takes back
// from the device what can be taken back, has what comes next go down to silence
// in 10 ms, and stops the device when that was heard; the end of the pause goes
// on with the frame behind, coming up in 10 ms. Each frame is heard once, those
// in the two ramps softer, and none is estimated: what was heard is what was
// written.
//
// The other way, to have the driver pause, is not taken. It stops within a frame,
// wherever the wave is, which is the click; few drivers of boards can do it; and
// what is frozen in the device is beyond the reach of a seek. A device that takes
// nothing back, as OSS, is stopped at once, since to let play what it has would
// make a pause of a third of a second late: it clicks, and what was heard is what
// the meter says. The end of the pause fades in there, too.

// pause stops the sound as soon as can be without a click, which takes some
// periods of the device. What was not heard is kept and comes on resume.
func (o *output) pause() {
	o.do(func() {
		if o.paused {
			return
		}
		o.paused = true
		if o.sink == nil {
			return
		}
		if o.abrupt || !o.fadeOut() {
			o.rewind()
		}
	})
}

// resume lets the sound go on. What a pause cut off fades in; where other sound
// comes instead, from its start, it does not.
func (o *output) resume(fade bool) {
	o.do(func() {
		o.paused = false
		o.loss.again = 0 // what was lost in the pause is opened at once
		if o.cut && fade && !o.abrupt {
			o.gain.FadeIn()
			o.cut = false
		}
		o.whole()
	})
}

// whole has what comes begin without a fade.
func (o *output) whole() {
	if o.cut {
		o.gain = pcm.NewGain(o.got, o.gain.Volume())
	}
	o.cut = false
}

// rewind drops what is in the device and steps the ring back by as much.
func (o *output) rewind() {
	if o.sink == nil {
		return
	}
	frames := o.ask()
	o.cut = o.cut || frames > 0
	o.sink.Drop()
	o.stand(frames)
}

// stand is for a device that stands still and empty, and has not played frames of
// what it was given last.
func (o *output) stand(frames int64) {
	o.meter.restart()
	o.unread(frames)
	o.left, o.fed, o.probeAt = 0, 0, time.Time{}
	o.publish(false)
}

// fadeOut brings the sound to silence and stops the device, if it can. It says
// whether the device stands still.
func (o *output) fadeOut() bool {
	sink, ok := o.sink.(Rewinder)
	if !ok || o.meter.fed == 0 { // or it has nothing
		return false
	}
	n, err := sink.Rewind()
	if err != nil {
		return o.failed(err)
	}
	o.meter.feed(-int64(n))
	o.fed -= int64(n)
	o.loss.taken -= int64(n)
	o.unread(int64(n))
	if o.meter.fed == 0 { // it had not begun
		return false
	}
	o.cut = true
	o.gain.FadeOut()
	if !o.giveRamp() {
		return o.sink == nil
	}
	if err := o.sink.Drain(); err != nil {
		return o.failed(err)
	}
	o.stand(0)
	return true
}

// hung is how long a device may take nothing while a pause waits for it.
const hung = 100 * time.Millisecond

// giveRamp gives the device the frames of the ramp, as many as there are, and
// says whether it plays on and takes them.
func (o *output) giveRamp() bool {
	taken, since := o.loss.taken, time.Now()
	for want := o.gain.Ramp(); want > 0 || len(o.part) > 0; {
		if len(o.part) == 0 {
			n := o.ring.Read(o.buf[:min(want*o.got.Channels, len(o.buf))])
			if n == 0 {
				return true
			}
			o.part = o.buf[:n*o.got.Channels]
			o.gain.Apply(o.part)
			want -= n
		}
		if !o.give() {
			return false
		}
		if o.loss.taken != taken {
			taken, since = o.loss.taken, time.Now()
		} else if time.Since(since) > hung {
			return false
		}
	}
	return true
}

// failed takes note of an error on the way to a pause, and says whether the device
// stands still, or is to be stopped.
func (o *output) failed(err error) (still bool) {
	var x media.Xrun
	switch {
	case errors.Is(err, errors.ErrUnsupported):
	case errors.As(err, &x), errors.Is(err, media.ErrXrun):
		o.xrun(err, 0)
	default:
		o.lose(err)
		return true
	}
	return false
}
