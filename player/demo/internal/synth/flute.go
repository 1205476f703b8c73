package synth

// wind is a blown pipe that plays one note at a time.
type wind struct {
	harmonics [5]float64
	breath    float64 // noise in the tone
	vibrato   float64 // depth in semitones
	glide     float64 // seconds to reach a new pitch
}

// line plays a melody as one breath: pitches glide, notes are tongued
// softly, long ones start to tremble. beat is in seconds.
func (w wind) line(notes []note, beat float64, seed random) []float64 {
	last := notes[len(notes)-1]
	out := make([]float64, samples((last.at+last.length)*beat+0.5))
	level, pitch := newLowpass(9), newLowpass(1/(6.28*w.glide))
	air, edge := newBandpass(1500, 1.2), newLowpass(3000)
	var phase, sway float64
	next, current := 0, note{pitch: 0}
	for t := range out {
		now := float64(t) / Rate / beat
		for next < len(notes) && now >= notes[next].at {
			current = notes[next]
			next++
			if pitch.y == 0 {
				pitch.y = float64(current.pitch)
			}
		}
		loud, age := tongue(current, now, beat)
		if current.pitch != 0 {
			pitch.next(float64(current.pitch))
		}
		sway += 5.2 / Rate
		tremble := min(max(age-0.25, 0)*2, 1) * sine.at(sway)
		phase += hertzOf(pitch.y+w.vibrato*tremble) / Rate
		phase -= float64(int(phase))
		a := level.next(loud * (1 + 0.12*tremble))
		out[t] = a * (w.tone(phase, a) + w.breath*edge.next(air.next(seed.next())))
	}
	return out
}

// tongue is how loud a note is now, and its age in seconds.
func tongue(n note, now, beat float64) (loud, age float64) {
	age = (now - n.at) * beat
	left := (n.at + n.length - now) * beat
	switch {
	case n.pitch == 0 || left < 0:
		return 0, age
	case left < 0.03:
		return 0.45, age
	case age < 0.05:
		return 0.7, age
	}
	return 1 - 0.25*min(age/3, 1), age
}

// tone is one sample; louder is brighter.
func (w wind) tone(phase, loud float64) float64 {
	sum, bright := 0.0, 1.0
	for k, h := range w.harmonics {
		sum += h * bright * sine.at(phase*float64(k+1))
		bright *= 0.4 + 0.6*loud
	}
	return sum
}

// hertzOf is hertz for a pitch between the keys.
func hertzOf(p float64) float64 { return 440 * power(2, (p-69)/12) }
