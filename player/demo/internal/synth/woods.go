package synth

// woodsBars is the bar at which the recording of the woods is cut in two.
const woodsBars = 16

// woods is one recording of two pieces, "The Path in the Woods" and "Over the
// Brook": a zither alone, then with drums, then a bamboo flute that comes in
// before the cut and holds its note over it.
func woods() []int16 {
	m := newMix(81, 100, 2)
	m.woodsStrings()
	m.zitherLine(place{gain: 0.85, pan: -0.12, send: 0.3, sway: 0.005}, 16, melody(4, `
		E5:1 G5:.5 A5:.5 B5:1 A5:1 | G5:1.5 E5:.5 D5:2 | D5:.5 E5:.5 G5:1 A5:.5 G5:.5 E5:1 | D5:3 r:1 |
		B5:1 A5:.5 G5:.5 A5:1 E5:1 | G5:1.5 A5:.5 E5:2 | D5:.5 E5:.5 G5:.5 A5:.5 B5:1 D6:1 | A5:3 r:1 |
		E5:.5 G5:.5 A5:1 r:2 | D5:.5 E5:.5 A5:1 r:2 | E5:.5 G5:.5 B5:1 r:2 | A5:.5 B5:.5 D6:1 r:2`))
	m.sing(place{gain: 0.27, pan: 0.12, send: 0.42}, bamboo, 48, melody(4, `
		r:2 G5:1 E5:1 | r:2 A5:1 D5:1 | r:2 B5:1 G5:1 | r:1 A5:3 |
		A5:.5 B5:1.5 G5:1 D5:1 | A5:2 G5:.5 A5:.5 B5:1 | G5:1.5 E5:.5 G5:1 A5:1 | E5:2.5 r:.5 D5:.5 E5:.5 |
		G5:1 A5:.5 B5:.5 D6:1.5 B5:.5 | A5:2 B5:.5 A5:.5 G5:1 | E5:1 G5:1 A5:.5 G5:.5 E5:1 | D5:3 r:1 |
		B5:.5 D6:.5 B5:1 A5:1 G5:1 | E6:1.5 D6:.5 B5:1 G5:1 | D6:2 B5:1 A5:1 | A5:1.5 B5:.5 A5:1.5 r:.5 |
		G5:1 A5:1 E5:1 G5:1 | A5:1.5 G5:.5 E5:1 D5:1 | G5:4 | G5:3 r:1`))
	m.zitherLine(place{gain: 0.75, pan: -0.3, send: 0.35, sway: 0.006}, 96, melody(4, `
		r:3 G5:.5 A5:.5 | r:3 D5:.5 E5:.5 | r:3 B5:.5 A5:.5 | r:3 E5:.5 G5:.5 |
		r:2.5 B5:.5 A5:.5 G5:.5 | r:2 D5:1 E5:1 | B5:1 A5:1 G5:1 E5:1 | D5:2 r:2`))
	m.woodsBass()
	for bar, c := range woodsChords()[12:32] {
		m.addStereo(place{gain: 0.4, send: 0.3}, float64(4*(bar+12))-0.3, pad(pitches(c)[2:], 3.0, 0.5))
	}
	m.glissando(place{gain: 0.4, pan: 0.1, send: 0.4}, 0, 1.5, pitches("E3 G3 A3 B3 D4 E4 G4 A4 B4 D5 E5"))
	m.glissando(place{gain: 0.5, pan: 0.1, send: 0.4}, 62.2, 64, pitches("D4 E4 G4 A4 B4 D5 E5 G5 A5 B5 D6 E6 G6 A6"))
	m.glissando(place{gain: 0.5, send: 0.5}, 126, 128, pitches("G3 A3 B3 D4 E4 G4 A4 B4 D5 E5 G5 A5 B5 D6 E6 G6"))
	m.strum(place{gain: 0.36, send: 0.4}, zither, 128, 0.1, pitches("G2 D3 G3 B3 D4 G4"), 5)
	m.woodsDrums()
	return m.finish()
}

// woodsChords is a chord a bar, five strings each.
func woodsChords() []string {
	const (
		em = "E3 B3 D4 G4 B4"
		c  = "C3 G3 C4 E4 G4"
		g  = "G2 D3 G3 B3 D4"
		d  = "D3 A3 D4 E4 A4"
		df = "F#2 D3 A3 D4 A4"
	)
	return []string{
		em, c, em, d, em, c, g, d, em, c, g, d, c, d, em, d,
		g, df, em, c, g, df, c, d, em, c, g, d, c, d, g, g,
	}
}

// woodsStrings is the zither's accompaniment: broken chords, denser over the
// brook.
func (m *mix) woodsStrings() {
	for bar, chord := range woodsChords() {
		c := pitches(chord)
		steps := []int{0, 2, 3, 4, 3, 2, 4, 3}
		if bar >= woodsBars {
			steps = []int{0, 3, 2, 4, 3, 2, 1, 3, 0, 4, 3, 2, 4, 3, 2, 3}
		}
		if bar == 31 {
			steps = steps[:8]
		}
		for i, s := range steps {
			p := place{gain: 0.42, pan: 0.22, send: 0.25, sway: 0.006}
			if i%4 != 0 {
				p.gain = 0.29
			}
			at := float64(4*bar) + float64(i)*4/float64(max(8, len(steps)))
			if bar >= woodsBars {
				p.gain *= 0.5
				at = float64(4*bar) + float64(i)/4
			}
			m.pluck(p, zither, at, c[s], 1.8)
		}
	}
}

func (m *mix) woodsBass() {
	m.walk(place{gain: 0.25, send: 0.03}, 32, melody(4, `
		E2:3 B2:1 | C2:3 G2:1 | G2:3 D2:1 | D2:3 D2:1 | C2:2 C2:2 | D2:2 D2:2 | E2:2 E2:2 | D2:1 D2:1 E2:1 F#2:1 |
		G2:1.5 G2:.5 D2:1 G2:1 | F#2:1.5 F#2:.5 D2:1 F#2:1 | E2:1.5 E2:.5 B2:1 E2:1 | C2:1.5 C2:.5 G2:1 C3:1 |
		G2:1.5 G2:.5 D2:1 G2:1 | F#2:1.5 F#2:.5 D2:1 F#2:1 | C2:1.5 C2:.5 G2:1 C2:1 | D2:1.5 D2:.5 A2:1 D2:1 |
		E2:1.5 E2:.5 B2:1 E2:1 | C2:1.5 C2:.5 G2:1 C2:1 | G2:1.5 G2:.5 B2:1 G2:1 | D2:1.5 D2:.5 A2:1 D2:1 |
		C2:1.5 C2:.5 G2:1 C2:1 | D2:1.5 D2:.5 E2:1 F#2:1 | G2:1.5 G2:.5 D2:2 | G2:4 | G2:4`))
}

// woodsDrums: wood blocks from bar 8 on, a frame drum from bar 12, the whole
// band over the brook.
func (m *mix) woodsDrums() {
	for i := 8 * 8; i < 31*8; i++ {
		beat, step, brook := float64(i)/2, i%8, i >= 8*woodsBars
		if step == 3 || step == 6 {
			m.add(place{gain: 0.17, pan: -0.5, send: 0.3, sway: 0.003}, beat, block(1050-150*float64(step%2)))
		}
		if i >= 12*8 && (step == 0 || step == 3 || step == 6 && brook) {
			m.add(place{gain: 0.42, pan: 0.05, send: 0.12, sway: 0.003}, beat, drum(135, 62, 0.13, 0.3, m.seed()))
		}
		if brook && (step == 2 || step == 6) {
			m.add(place{gain: 0.32, pan: -0.1, send: 0.2, sway: 0.003}, beat, drum(330, 190, 0.05, 1.1, m.seed()))
		}
		if brook {
			gain := [4]float64{0.22, 0.11, 0.18, 0.11}[i%4]
			m.add(place{gain: gain, pan: 0.5, send: 0.08, sway: 0.003}, beat, brush(6800, 1.4, 0.012, 0.02, m.seed()))
			m.add(place{gain: gain / 2, pan: 0.5, send: 0.08, sway: 0.003}, beat+0.25, brush(6800, 1.4, 0.012, 0.015, m.seed()))
		}
	}
	m.add(place{gain: 0.2, pan: 0.2, send: 0.3}, 62, brush(5200, 0.8, 1.2, 0.25, m.seed()))
	m.add(place{gain: 0.6, send: 0.3}, 128, drum(110, 50, 0.3, 0.3, m.seed()))
}
