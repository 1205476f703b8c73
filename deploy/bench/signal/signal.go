// Package signal makes the music that is measured with: a mix of chords, a
// melody, a bass and drums, 44.1 kHz, two channels of 16 bits. It sounds like
// nothing much, but an encoder finds in it what it finds in music: tones that
// move, attacks, noise, and two channels that have a part in common.
//
// It is integer arithmetic, so it is the same everywhere. It goes on for as long
// as one likes and never becomes easier or harder: a longer piece begins with the
// shorter one.
package signal

import (
	"bufio"
	"encoding/binary"
	"io"
	"math"
)

// Rate is the number of frames of a second.
const Rate = 44100

const (
	beat     = Rate * 60 / 112 / 2 // half a beat of 112 a minute, in frames
	tableLog = 12
)

// A voice is a tone with harmonics that fades.
type voice struct {
	phase, step uint32 // of a turn of 2^32
	level       int32  // 2^24 is full
	fade        int32  // what is left of level each 16 frames, of 2^16
	bright      int32  // the share of the harmonics, of 2^8
	left, right int32  // gains, of 2^8
}

// A generator holds what sounds.
type generator struct {
	sine   [1 << tableLog]int32 // of 2^15
	voices [16]voice
	next   int    // the voice that the next tone takes
	noise  uint32 // the state of a shift register
	drum   int32  // the level of the drum's noise, 2^16 is full
	low    int32  // the noise, without its treble
	hiss   [2]int32
	random uint32 // the state of what chooses the notes
}

func newGenerator() *generator {
	g := &generator{noise: 1, random: 20260101}
	for i := range g.sine {
		g.sine[i] = int32(math.RoundToEven(32767 * math.Sin(2*math.Pi*float64(i)/float64(len(g.sine)))))
	}
	return g
}

// Write writes so many seconds as a WAV file.
func Write(w io.Writer, seconds int) error {
	b := bufio.NewWriterSize(w, 1<<16)
	frames := seconds * Rate
	if _, err := b.Write(header(frames)); err != nil {
		return err
	}
	g := newGenerator()
	for i := range frames {
		if i%beat == 0 {
			g.play(i / beat)
		}
		l, r := g.frame(i)
		if _, err := b.Write([]byte{byte(l), byte(l >> 8), byte(r), byte(r >> 8)}); err != nil {
			return err
		}
	}
	return b.Flush()
}

func header(frames int) []byte {
	le := binary.LittleEndian
	h := le.AppendUint32([]byte("RIFF"), uint32(36+4*frames))
	h = append(h, "WAVEfmt "...)
	h = le.AppendUint32(h, 16)
	h = le.AppendUint16(h, 1) // PCM
	h = le.AppendUint16(h, 2)
	h = le.AppendUint32(h, Rate)
	h = le.AppendUint32(h, 4*Rate)
	h = le.AppendUint16(h, 4)
	h = le.AppendUint16(h, 16)
	return le.AppendUint32(append(h, "data"...), uint32(4*frames))
}

// semitones are 2^(n/12), of 2^16.
var semitones = [12]uint64{65536, 69433, 73562, 77936, 82570, 87480, 92682, 98193, 104032, 110218, 116772, 123715}

// step is what a note of MIDI turns by each frame.
func step(note int) uint32 {
	const a4 = 440 << 32 / Rate // turns of 2^32
	n := note - 69 + 120
	f := uint64(a4) * semitones[n%12] >> 16
	return uint32(f << (n / 12) >> 10)
}

// chords go round, in semitones above the root of the key.
var chords = [...][4]int{{0, 4, 7, 11}, {9, 12, 16, 19}, {5, 9, 12, 16}, {7, 11, 14, 17}}

// scale is what the melody takes its notes from.
var scale = [...]int{0, 2, 4, 7, 9, 12, 14, 16}

// play begins what begins at a half beat.
func (g *generator) play(at int) {
	chord := chords[at/8%len(chords)]
	if at%8 == 0 {
		for i, n := range chord {
			g.tone(48+n, 5<<20, 65520, 150, int32(100+30*i), int32(190-30*i))
		}
	}
	switch at % 4 {
	case 0:
		g.tone(36+chord[0]%12, 10<<20, 65480, 90, 170, 170)
		g.drum = 26000
	case 2:
		g.drum = 40000
	default:
		g.drum = 12000
	}
	g.random = g.random*1664525 + 1013904223
	if g.random>>30 != 0 { // three times of four
		g.tone(72+scale[g.random>>20&7], 5<<20, 65450, 220, 80+int32(g.random>>8&127), 120)
	}
}

func (g *generator) tone(note int, level, fade, bright, left, right int32) {
	g.voices[g.next] = voice{step: step(note), level: level, fade: fade, bright: bright, left: left, right: right}
	g.next = (g.next + 1) % len(g.voices)
}

// frame is the next sample of each channel.
func (g *generator) frame(at int) (left, right int32) {
	for i := range g.voices {
		v := &g.voices[i]
		if at%16 == 0 {
			v.level = int32(int64(v.level) * int64(v.fade) >> 16)
		}
		s := g.wave(v) * (v.level >> 12) >> 12
		left += s * v.left >> 8
		right += s * v.right >> 8
		v.phase += v.step
	}
	d := g.drums(at)
	left, right = left+d+g.air(0), right+d+g.air(1)
	return max(-32768, min(left, 32767)), max(-32768, min(right, 32767))
}

// wave is a voice's tone and its next five harmonics, of 2^15.
func (g *generator) wave(v *voice) int32 {
	s, share := g.sine[v.phase>>(32-tableLog)], int32(256)
	for h := uint32(2); h <= 6; h++ {
		share = share * v.bright >> 8
		s += g.sine[h*v.phase>>(32-tableLog)] * share >> 9
	}
	return s >> 1
}

// random16 is white noise, of 2^15.
func (g *generator) random16() int32 {
	g.noise ^= g.noise << 13
	g.noise ^= g.noise >> 17
	g.noise ^= g.noise << 5
	return int32(g.noise) >> 16
}

// drums are noise that fades fast.
func (g *generator) drums(at int) int32 {
	if at%16 == 0 {
		g.drum = g.drum * 250 >> 8
	}
	n := g.random16()
	g.low += (n - g.low) >> 2
	return (g.low + n>>2) * (g.drum >> 4) >> 13
}

// air is what a room and its microphones add, a little different on each side.
func (g *generator) air(side int) int32 {
	g.hiss[side] += (g.random16()>>hiss - g.hiss[side]) >> 1
	return g.hiss[side]
}

// hiss is by how many bits the air is softer than full scale.
const hiss = 8
