package synth

// morning is "Morning on the Perch": a guitar, later a flute over it, in D.
func morning() []int16 {
	m := newMix(43, 96, 1)
	chords := []string{
		"D3 A3 D4 F#4 A4", "G2 D3 G3 B3 D4", "B2 F#3 A3 D4 F#4", "A2 E3 A3 D4 E4",
		"D3 A3 D4 F#4 A4", "G2 D3 G3 B3 D4", "E2 B2 G3 B3 D4", "A2 E3 A3 C#4 G4",
		"B2 F#3 B3 D4 F#4", "G2 D3 B3 D4 G4", "F#2 D3 A3 D4 F#4", "A2 E3 A3 C#4 E4",
		"G2 D3 G3 B3 D4", "A2 E3 G3 C#4 E4", "D3 A3 D4 F#4 A4",
	}
	strings := place{gain: 0.5, pan: -0.1, send: 0.22, sway: 0.006}
	for bar, c := range chords {
		m.fingerpick(strings, float64(4*bar), pitches(c))
	}
	m.strum(place{gain: 0.42, pan: -0.1, send: 0.3}, guitar, 60, 0.13, pitches("D2 A2 D3 F#3 A3 D4 F#4"), 5)

	m.sing(place{gain: 0.31, pan: 0.12, send: 0.4}, flute, 16, melody(4, `
		F#5:1.5 E5:.5 D5:1 A4:1 | B4:2 D5:1 r:1 | E5:1 G5:1 F#5:.5 E5:.5 D5:1 | E5:2.5 r:.5 A4:.5 B4:.5 |
		D5:1.5 E5:.5 F#5:1 A5:1 | B5:2 A5:1 G5:1 | F#5:1.5 E5:.5 D5:1 E5:1 | E5:3 r:1 |
		D5:1 E5:1 G5:1 F#5:1 | E5:1.5 F#5:.5 E5:1 C#5:1 | D5:3.5 r:.5`))
	m.chime(place{gain: 0.13, pan: 0.45, send: 0.5}, glockenspiel, 0, melody(4, `
		r:4 | r:3 D6:.5 B5:.5 | r:4 | r:3 A5:.5 D6:.5 | r:4 | r:2.5 B5:.5 D6:.5 G6:.5 | r:4 | r:3 A5:.5 C#6:.5 |
		r:4 | r:2 D6:1 B5:1 | r:2 A5:1 F#5:1 | r:1 C#6:.5 E6:.5 A6:2 | r:4 | r:4 | r:2 A5:.5 D6:.5 F#6:1 | A6:1 r:1 D6:2`))
	m.walk(place{gain: 0.3, send: 0.03}, 16, melody(4, `
		D2:2.5 A2:1.5 | G2:2.5 D2:1.5 | E2:2.5 B2:1.5 | A2:2.5 C#3:1.5 |
		B2:2.5 F#2:1.5 | G2:2.5 G2:1.5 | F#2:2.5 D2:1.5 | A2:2 B2:1 C#3:1 |
		G2:2.5 D2:1.5 | A2:2 E2:1 A2:1 | D2:4 | D2:4`))
	for i, c := range []string{"B3 D4 F#4 A4", "B3 D4 G4", "A3 D4 F#4", "A3 C#4 E4", "B3 D4 G4", "A3 C#4 G4", "A3 D4 F#4"} {
		m.addStereo(place{gain: 0.5, send: 0.35}, float64(32+4*i)-0.3, pad(pitches(c), 3.1, 0.55))
	}
	m.morningDrums()
	for i, beat := range []float64{1.2, 6.7, 14.6, 58.6, 63} {
		m.add(place{gain: 0.07, pan: [5]float64{0.8, -0.7, 0.5, -0.8, 0.7}[i], send: 0.8}, beat, chirp(m.seed()))
	}
	return m.finish()
}

// morningDrums is a shaker, with a soft foot from the second phrase on.
func (m *mix) morningDrums() {
	for i := range 88 {
		beat := 16 + float64(i)/2
		gain := [4]float64{0.17, 0.09, 0.25, 0.10}[i%4]
		if beat < 24 {
			gain *= (beat - 14) / 10
		}
		m.add(place{gain: gain, pan: 0.35, send: 0.1, sway: 0.004}, beat, brush(6200, 1.2, 0.02, 0.022, m.seed()))
		if beat >= 32 && beat < 58 && (i%8 == 0 || i%8 == 5) {
			m.add(place{gain: 0.46, send: 0.04, sway: 0.003}, beat, drum(120, 52, 0.09, 0.2, m.seed()))
		}
	}
}
