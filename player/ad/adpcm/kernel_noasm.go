//go:build !arm || purego

package adpcm

func imaWords(table *imaTable, out []int32, stride int, codes []byte, step, n int, s *imaState) {
	imaWordsGeneric(table, out, stride, codes, step, n, s)
}

func msMono(out []int32, codes []byte, c *msChannel) { msMonoGeneric(out, codes, c) }

func msStereo(out []int32, codes []byte, c *[2]msChannel) { msStereoGeneric(out, codes, c) }
