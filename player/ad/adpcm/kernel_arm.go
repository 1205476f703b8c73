//go:build !purego

package adpcm

//go:noescape
func imaWords(table *imaTable, out []int32, stride int, codes []byte, step, n int, s *imaState)

func msMono(out []int32, codes []byte, c *msChannel) {
	msBoth(out, codes[:min(len(codes), len(out)/2)], c)
}

func msStereo(out []int32, codes []byte, c *[2]msChannel) {
	if codes = codes[:min(len(codes), len(out)/2)]; len(codes) > 0 {
		msHigh(out, codes, &c[0])
		msLow(out[1:], codes, &c[1])
	}
}

// The codes of both, the high and the low nibbles: to all of out, or to every
// other sample.

//go:noescape
func msBoth(out []int32, codes []byte, c *msChannel)

//go:noescape
func msHigh(out []int32, codes []byte, c *msChannel)

//go:noescape
func msLow(out []int32, codes []byte, c *msChannel)
