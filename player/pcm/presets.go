package pcm

// A Preset is a setting of the equaliser with a name.
type Preset struct {
	Name  string
	Bands [Bands]int // as in Settings
}

// Presets lists the presets, the flat one first.
func Presets() []Preset {
	return []Preset{
		//                  31   63  125  250  500   1k   2k   4k   8k  16k
		{"flat", [Bands]int{}},
		{"rock", [Bands]int{45, 40, 25, 5, -15, -20, 0, 25, 40, 45}},
		{"pop", [Bands]int{-15, -5, 10, 30, 45, 40, 20, 0, -5, -10}},
		{"jazz", [Bands]int{30, 25, 10, 20, -15, -15, 0, 15, 25, 30}},
		{"classical", [Bands]int{35, 30, 20, 10, -10, -10, 0, 20, 25, 30}},
		{"dance", [Bands]int{50, 60, 45, 0, -10, -20, -15, 10, 35, 30}},
		{"electronic", [Bands]int{45, 40, 15, 0, -20, 15, 5, 15, 40, 50}},
		{"vocal", [Bands]int{-30, -25, -15, 10, 30, 40, 40, 30, 10, -5}},
		{"speech", [Bands]int{-80, -60, -30, 0, 10, 25, 35, 30, 0, -30}},
		{"bass boost", [Bands]int{60, 55, 45, 25, 10, 0, 0, 0, 0, 0}},
		{"treble boost", [Bands]int{0, 0, 0, 0, 0, 10, 25, 40, 50, 55}},
		{"small speaker", [Bands]int{-90, -40, 40, 35, 15, 0, 5, 15, 25, 20}},
		{"headphones", [Bands]int{30, 25, 10, -5, -10, 0, 10, 20, 15, 25}},
		{"night", [Bands]int{-60, -45, -25, -5, 10, 15, 10, 0, -15, -30}},
	}
}
