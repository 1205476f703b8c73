package synth

// homeward is "Homeward, Late": a slow waltz in F for electric piano and a
// music box.
func homeward() []int16 {
	m := newMix(45.8, 84, 3)
	chords := []string{
		"F2 E4 A4 C5", "D2 F4 A4 C5", "G2 F4 Bb4 D5", "C2 E4 Bb4 D5", "A2 E4 G4 C5", "D2 F4 A4 C5", "Bb1 D4 F4 A4", "C2 F4 G4 Bb4",
		"F2 E4 A4 C5", "A1 G4 A4 C#5", "D2 F4 A4 C5", "Bb1 Db4 F4 Bb4", "A1 E4 G4 C5", "D2 F#4 A4 C5", "G2 F4 Bb4 D5", "C2 E4 Bb4 D5",
		"F2 A4 C5 G5", "Bb1 D4 F4 A4", "F2 E4 A4 C5",
	}
	for bar, c := range chords {
		m.waltzBar(float64(3*bar), pitches(c), bar >= len(chords)-2)
	}
	m.chime(place{gain: 0.24, pan: 0.15, send: 0.45, sway: 0.008}, musicBox, 6, melody(3, `
		D6:1 F6:1 Bb6:1 | A6:2 G6:1 | E6:1.5 G6:.5 C7:1 | A6:3 | D6:1 F6:1 A6:1 | G6:2 F6:1 |
		A6:2 C7:1 | C#7:1 E7:1 A6:1 | F6:1.5 E6:.5 D6:1 | Db6:1 F6:1 Bb6:1 | C7:2 A6:1 | F#6:1 A6:1 C7:1 |
		Bb6:1.5 A6:.5 G6:1 | E6:1 G6:1 Bb6:1 | A6:2 C7:1 | D7:1 A6:1 F6:1 | C7:.5 A6:.5 G6:.5 E6:.5 C6:1 | F6:3`))
	m.sing(place{gain: 0.17, pan: -0.2, send: 0.5}, flute, 24, melody(3, `
		C5:3 | C#5:3 | D5:2 A4:1 | Bb4:3 | C5:2 E5:1 | D5:3 | D5:1.5 C5:.5 Bb4:1 | Bb4:2 C5:1 | A4:3 | r:3`))
	for i, c := range []string{"F3 C4 E4", "A3 C#4 G4", "D3 A3 F4", "Bb3 Db4 F4", "A3 E4 G4", "D3 A3 F#4", "G3 Bb3 F4", "C3 Bb3 E4", "F3 A3 G4", "Bb2 F3 A3 D4"} {
		m.addStereo(place{gain: 0.42, send: 0.35}, float64(24+3*i)-0.3, pad(pitches(c), 2.9, 0.5))
	}
	m.addStereo(place{gain: 0.35, send: 0.4}, 53.7, pad(pitches("F3 C4 E4 A4"), 6, 0.45))
	for i := 6; i < 54; i++ {
		gain := [3]float64{0.08, 0.17, 0.12}[i%3]
		m.add(place{gain: gain, pan: 0.3, send: 0.15, sway: 0.006}, float64(i)-0.05, brush(3800, 0.7, 0.05, 0.05, m.seed()))
		if i%3 == 0 && i >= 24 {
			m.add(place{gain: 0.3, send: 0.05, sway: 0.004}, float64(i), drum(100, 48, 0.1, 0.1, m.seed()))
		}
	}
	m.add(place{gain: 0.05, pan: -0.7, send: 0.9}, 58.5, chirp(m.seed()))
	m.add(place{gain: 0.035, pan: 0.7, send: 0.9}, 60.6, chirp(m.seed()))
	return m.finish()
}

// waltzBar plays the bass on one and the chord on two and three; the last
// bars are a chord that is held.
func (m *mix) waltzBar(beat float64, c []int, held bool) {
	m.add(place{gain: 0.3, send: 0.04, sway: 0.004}, beat, bass(hertz(c[0]), 2.6*m.beat))
	piano := place{gain: 0.19, send: 0.28, sway: 0.008}
	for i, p := range c[1:] {
		if held {
			m.addStereo(piano, beat+0.12*float64(i), electricPiano(hertz(p), 4, 0.7))
			continue
		}
		m.addStereo(piano, beat+1, electricPiano(hertz(p), 1.1, 0.8))
		piano.gain = 0.15
		m.addStereo(piano, beat+2, electricPiano(hertz(p), 0.9, 0.6))
		piano.gain = 0.19
	}
	m.addStereo(place{gain: 0.13, send: 0.25, sway: 0.006}, beat, electricPiano(hertz(c[0]+12), 1.9, 0.8))
}
