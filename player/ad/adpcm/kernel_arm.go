//go:build !purego

package adpcm

//go:noescape
func imaWords(table *imaTable, out []int32, stride int, codes []byte, step, n int, s *imaState)
