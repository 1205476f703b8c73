package theme

import "linnet/ui/gal/rgb565"

// leastContrast is the contrast that words need, in tenths (WCAG 2.1, level AA).
const leastContrast = 45

// luminance is the light of a colour, of 65,535 (WCAG 2.1).
func luminance(c rgb565.Color) int {
	r, g, b, _ := c.RGBA()
	return (2126*int(linear[r>>8]) + 7152*int(linear[g>>8]) + 722*int(linear[b>>8]) + 5000) / 10000
}

// contrast is the contrast ratio of two colours in tenths, rounded down.
func contrast(a, b rgb565.Color) int {
	const flare = 65535 / 20
	x, y := luminance(a), luminance(b)
	return 10 * (max(x, y) + flare) / (min(x, y) + flare)
}

// readable says whether all words can be read, on all that they stand on.
func (l *loader) readable() error {
	t := &l.theme
	for _, on := range []struct {
		ground string
		inks   []string
	}{
		{"background", []string{"text", "text-2", "accent", "danger", "focus"}},
		{"surface", []string{"text", "text-2", "accent", "danger"}},
		{"raised", []string{"text", "text-2", "accent", "danger"}},
		{"line", []string{"text"}},
		{"accent", []string{"on-accent"}},
		{"danger", []string{"on-accent"}},
	} {
		for _, ink := range on.inks {
			c := contrast(*t.colour(ink), *t.colour(on.ground))
			if c >= leastContrast {
				continue
			}
			return &FileError{File: l.file, Line: max(l.lines[ink], l.lines[on.ground]), Fault: FaultContrast, What: ink + " on " + on.ground, Tenths: c}
		}
	}
	return nil
}
