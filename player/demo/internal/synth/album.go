package synth

import "math"

// Track is one track of the album, as it is before it is encoded.
type Track struct {
	Number  int
	Title   string
	Samples []int16 // interleaved, stereo, at Rate
}

// Album plays the four tracks; it takes some seconds. The second and third
// are one recording, cut in the middle of a note.
func Album() []Track {
	path := woods()
	// 100 beats a minute make a bar of 2.4 s, a whole number of samples.
	cut := 2 * int(math.Round(4*woodsBars*60.0/100*Rate))
	return []Track{
		{1, "Morning on the Perch", morning()},
		{2, "林间小路", path[:cut]},
		{3, "过溪", path[cut:]},
		{4, "Homeward, Late", homeward()},
	}
}
