package synth

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// note is one note of a melody. Times are in beats.
type note struct {
	at, length float64
	pitch      int // MIDI's number; 0 is a rest
}

// pitch reads a name as "C4" (60), "F#5" or "Bb3".
func pitch(name string) int {
	semitone := strings.Index("C D EF G A B", name[:1])
	rest := name[1:]
	switch rest[0] {
	case '#':
		semitone, rest = semitone+1, rest[1:]
	case 'b':
		semitone, rest = semitone-1, rest[1:]
	}
	octave, err := strconv.Atoi(rest)
	if err != nil || !strings.Contains("CDEFGAB", name[:1]) {
		panic(fmt.Sprintf("synth: no note %q", name))
	}
	return 12*(octave+1) + semitone
}

// pitches reads a chord: names with blanks between them.
func pitches(chord string) []int {
	var all []int
	for _, name := range strings.Fields(chord) {
		all = append(all, pitch(name))
	}
	return all
}

// hertz is the frequency of a pitch in equal temperament.
func hertz(p int) float64 { return 440 * math.Pow(2, float64(p-69)/12) }

// melody reads bars of notes: "F#5:1.5 r:.5 A4:2 | ...", each a name (r is a
// rest) and a length in beats. Every bar must be as long as the metre says.
func melody(metre float64, text string) []note {
	var all []note
	at := 0.0
	for i, bar := range strings.Split(text, "|") {
		for _, word := range strings.Fields(bar) {
			name, beats, _ := strings.Cut(word, ":")
			length, err := strconv.ParseFloat(beats, 64)
			if err != nil {
				panic(fmt.Sprintf("synth: bar %d: %q: %v", i+1, word, err))
			}
			n := note{at: at, length: length}
			if name != "r" {
				n.pitch = pitch(name)
			}
			all = append(all, n)
			at += length
		}
		if want := float64(i+1) * metre; math.Abs(at-want) > 1e-9 {
			panic(fmt.Sprintf("synth: bar %d ends at beat %v, not %v", i+1, at, want))
		}
	}
	return all
}
