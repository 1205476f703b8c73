package synth

import "math"

// stereo is two channels of one length.
type stereo struct{ l, r []float64 }

func newStereo(n int) stereo { return stereo{make([]float64, n), make([]float64, n)} }

// mix is a recording in the making.
type mix struct {
	dry, wet stereo  // wet is what goes through the reverberation
	beat     float64 // seconds
	random   random
}

// newMix is silence of the given seconds, counted in beats of bpm.
func newMix(seconds, bpm float64, seed uint64) *mix {
	n := samples(seconds)
	return &mix{dry: newStereo(n), wet: newStereo(n), beat: 60 / bpm, random: random(seed)}
}

// place says how an instrument stands in the mix.
type place struct {
	gain float64
	pan  float64 // -1 left to 1 right
	send float64 // share that goes to the reverberation
	sway float64 // seconds by which its player is early or late, at most
}

// add puts a sound at a beat.
func (m *mix) add(p place, beat float64, s []float64) {
	m.addStereo(p, beat, stereo{s, s})
}

// addStereo puts a sound of two channels at a beat; its pan is a balance.
func (m *mix) addStereo(p place, beat float64, s stereo) {
	at := samples(max(0, beat*m.beat+p.sway*m.random.next()))
	gain := p.gain * (1 + 0.08*m.random.next())
	angle := (p.pan + 1) / 8 // an eighth of a turn in the middle
	left, right := gain*math.Sqrt2*sine.at(angle+0.25), gain*math.Sqrt2*sine.at(angle)
	mixInto(m.dry.l, m.wet.l, at, s.l, left, p.send)
	mixInto(m.dry.r, m.wet.r, at, s.r, right, p.send)
}

func mixInto(dry, wet []float64, at int, s []float64, gain, send float64) {
	for i, v := range s[:max(0, min(len(s), len(dry)-at))] {
		dry[at+i] += v * gain
		wet[at+i] += v * gain * send
	}
}

// finish adds the reverberation, cuts what lies below hearing, fades the end
// and brings the mix to an even loudness.
func (m *mix) finish() []int16 {
	reverberate(m.wet, m.dry)
	for _, c := range [][]float64{m.dry.l, m.dry.r} {
		cut := newLowpass(28)
		for i, v := range c {
			c[i] = v - cut.next(v)
		}
		fadeOut(c, 1.5)
	}
	return master(m.dry)
}
