//go:build !arm || purego

package adpcm

func imaWords(table *imaTable, out []int32, stride int, codes []byte, step, n int, s *imaState) {
	imaWordsGeneric(table, out, stride, codes, step, n, s)
}
