//go:build !arm || purego

package flac

func divide(q *[16]uint32, b []byte) { divideGeneric(q, b) }

func findSync(b []byte) int { return findSyncGeneric(b) }

func toBorder([]byte) int { return 0 }
