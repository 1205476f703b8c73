package pcm

// A Factor makes sound louder or softer by a constant. It has 24 bits of
// fraction.
type Factor int32

// Unity is the Factor that changes nothing.
const Unity Factor = 1 << levelBits

// Decibels is the Factor of so many hundredths of a decibel, of which those
// below -96 dB and above 42 dB are taken for these.
func Decibels(hundredths int) Factor {
	h := min(max(hundredths, softest*100), loudest*100) - softest*100
	whole, part := int64(wholeDecibels[h/100]), int64(partDecibels[h%100])
	return Factor((whole*part + 1<<29) >> 30)
}

// Below is f, or what is left of it so that a sample of peak, in parts of
// 1<<24 of full scale, stays within full scale. A peak of 0 is not known, and
// sets no limit.
func (f Factor) Below(peak int) Factor {
	const full = 1 << 24
	if peak <= 0 || int64(f)*int64(peak) <= full<<levelBits {
		return f
	}
	return Factor((full << levelBits) / int64(peak))
}

// Apply multiplies p by f in place, rounds to the nearest and clips.
func (f Factor) Apply(p []int32) {
	if f != Unity {
		amplify(p, int32(f))
	}
}
