package synth

// The instruments of the album.
var (
	guitar = str{bright: 4200, where: 0.19, ring: 4.5, damping: 0.38, body: 0.45}
	zither = str{bright: 7500, where: 0.11, ring: 5.5, damping: 0.24, body: 0.2}
	flute  = wind{harmonics: [5]float64{0.55, 0.2, 0.1, 0.03, 0.015}, breath: 0.10, vibrato: 0.22, glide: 0.018}
	bamboo = wind{harmonics: [5]float64{0.5, 0.26, 0.17, 0.07, 0.04}, breath: 0.16, vibrato: 0.28, glide: 0.028}
)

// pluck plays one string.
func (m *mix) pluck(p place, s str, beat float64, pitch int, seconds float64) {
	m.add(p, beat, s.play(hertz(pitch), seconds, m.seed(), nil))
}

// seed is a new one for an instrument's noise.
func (m *mix) seed() random {
	m.random.next()
	return m.random
}

// fingerpick plays eight quavers on the five strings of a chord: thumb on the
// first two, fingers on the others.
func (m *mix) fingerpick(p place, beat float64, chord []int) {
	for i, finger := range [8]int{0, 3, 2, 4, 1, 3, 2, 4} {
		q := p
		if i%4 != 0 {
			q.gain *= 0.72
		}
		q.pan += 0.08 * float64(finger-2)
		m.pluck(q, guitar, beat+float64(i)/2, chord[finger], 2.2)
	}
}

// strum plays a chord from below, the strings a moment apart.
func (m *mix) strum(p place, s str, beat, apart float64, chord []int, seconds float64) {
	for i, pitch := range chord {
		m.pluck(p, s, beat+apart*float64(i), pitch, seconds)
	}
}

// sing adds a melody that a wind plays from a beat on.
func (m *mix) sing(p place, w wind, beat float64, notes []note) {
	m.add(p, beat, w.line(notes, m.beat, m.seed()))
}

// chime adds a melody on bells.
func (m *mix) chime(p place, partials []partial, beat float64, notes []note) {
	for _, n := range notes {
		if n.pitch != 0 {
			m.add(p, beat+n.at, strike(partials, hertz(n.pitch), 3))
		}
	}
}

// zitherLine adds a melody on the zither: long notes are bent a little, as
// the left hand does, and short ones are plain.
func (m *mix) zitherLine(p place, beat float64, notes []note) {
	for _, n := range notes {
		if n.pitch == 0 {
			continue
		}
		var bend func(float64) float64
		if n.length >= 1.5 {
			bend = tremble
		}
		s := zither.play(hertz(n.pitch), n.length*m.beat+1.6, m.seed(), bend)
		m.add(p, beat+n.at, s)
	}
}

// tremble is the left hand's vibrato: it sets in late and fades.
func tremble(t float64) float64 {
	depth := min(max(t-0.25, 0)*3, 1) * max(1-t/2.5, 0)
	return 1 + 0.011*depth*(0.5-0.5*sine.at(5.4*t+0.25))
}

// glissando runs over strings, from one beat to another.
func (m *mix) glissando(p place, from, to float64, run []int) {
	for i, pitch := range run {
		x := float64(i) / float64(len(run))
		q := p
		q.gain *= 0.4 + 0.6*x
		q.pan += 0.5 * (x - 0.5)
		m.pluck(q, zither, from+(to-from)*x, pitch, 2)
	}
}

// walk plays the roots of a line of chords on the bass.
func (m *mix) walk(p place, beat float64, notes []note) {
	for _, n := range notes {
		if n.pitch != 0 {
			m.add(p, beat+n.at, bass(hertz(n.pitch), n.length*m.beat*0.95))
		}
	}
}
