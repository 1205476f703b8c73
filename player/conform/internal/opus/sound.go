package opus

import (
	"encoding/binary"
	"math"
)

// frames is how many a stream has, somewhat more than a second.
const frames = 48000*13/10 + 77

// sound is a WAV file of that many frames: a voice, noise, a sweep
// that in one or two channels is too loud at its end, clicks, and silence. Channels differ.
func sound(channels int) []byte {
	const rate = 48000
	n := 2 * frames * channels
	b := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00")
	binary.LittleEndian.PutUint32(b[4:], uint32(36+n))
	b = append(b, byte(channels), 0)
	b = binary.LittleEndian.AppendUint32(b, rate)
	b = binary.LittleEndian.AppendUint32(b, uint32(2*rate*channels))
	b = append(b, byte(2*channels), 0, 16, 0, 'd', 'a', 't', 'a')
	b = binary.LittleEndian.AppendUint32(b, uint32(n))
	seed := uint32(1)
	for i := range frames {
		t := float64(i) / rate
		for c := range channels {
			seed = seed*1664525 + 1013904223
			v := sample(t, c, float64(seed>>8)/(1<<23)-1)
			if channels > 2 {
				v *= 0.7
			}
			b = binary.LittleEndian.AppendUint16(b, uint16(int16(32767*max(-1, min(v, 1)))))
		}
	}
	return b
}

func sample(t float64, c int, noise float64) float64 {
	k := float64(c + 1)
	switch {
	case t < 0.4: // pulses of a voice, through two formants
		phase := math.Mod(t*(110+20*k+40*t), 1)
		return 0.5*math.Exp(-6*phase)*math.Sin(40*phase/k+1)*math.Cos(11*phase) + 0.01*noise
	case t < 0.6:
		return 0.2 * noise * (t - 0.4) * 5
	case t < 0.9:
		return 4 * (t - 0.6) * math.Sin(30000*k*(t-0.6)*(t-0.6)+2*k)
	case t < 1.2:
		return math.Exp(-900*math.Mod(t, 0.07)) * math.Sin(9000*k*t)
	}
	return 0
}
