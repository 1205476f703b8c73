package tags

import "testing"

func TestGenre(t *testing.T) {
	for in, want := range map[string]string{
		"":                 "",
		"Rock":             "Rock",
		"17":               "Rock",
		"(17)":             "Rock",
		"(17)Rock":         "Rock",
		"(4)Eurodisco":     "Eurodisco",
		"(51)(39)":         "Techno-Industrial; Noise",
		"(51)(39)Hum":      "Hum",
		"51; 39; Hum":      "Techno-Industrial; Noise; Hum",
		"(RX)":             "Remix",
		"(17)(CR)":         "Rock; Cover",
		"(55)((I think...": "(I think...",
		"(of its own)":     "(of its own)",
		"(250)":            "(250)",
		"250":              "250",
		"(250)Hum":         "Hum",
		"(17":              "(17",
		"191":              "Psybient",
		"185":              "Neue Deutsche Welle",
	} {
		if got := genre(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}
