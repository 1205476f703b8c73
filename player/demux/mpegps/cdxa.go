package mpegps

import (
	"bytes"
	"io"
)

// A film of a video CD is a track of sectors (ISO/IEC 10149, CD-ROM XA form 2). What a
// computer shows of it, and people copy, is a RIFF file of the form CDXA with the
// sectors as they are: behind 16 bytes to find them by and 8 of what they are for lie
// 2324 of the stream, most often one pack, and behind these a checksum, which the drive
// has looked at.
const (
	sectorSize = 2352
	sectorHead = 24
	sectorData = 2324
)

var sectorSync = []byte("\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00")

// isCDXA says whether a file begins as a film that was copied from a video CD.
func isCDXA(head []byte) bool {
	return len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "CDXA"
}

// sectors is the stream in a file of sectors.
type sectors struct {
	src   io.ReaderAt
	first int64 // where they begin
}

// unpacked is the stream in a file and how long it is: the file, or what lies in its
// sectors.
func unpacked(src io.ReaderAt, size int64) (io.ReaderAt, int64) {
	head := make([]byte, 4096)
	n, _ := src.ReadAt(head, 0)
	if !isCDXA(head[:n]) {
		return src, size
	}
	first := bytes.Index(head[:n], sectorSync)
	if first < 0 {
		return src, size
	}
	if size >= 0 {
		size = max(size-int64(first), 0) / sectorSize * sectorData
	}
	return sectors{src, int64(first)}, size
}

// ReadAt is of io.ReaderAt.
func (s sectors) ReadAt(p []byte, off int64) (n int, err error) {
	for n < len(p) {
		within := off % sectorData
		part := p[n:min(len(p), n+int(sectorData-within))]
		got, err := s.src.ReadAt(part, s.first+off/sectorData*sectorSize+sectorHead+within)
		n, off = n+got, off+int64(got)
		if got < len(part) {
			return n, err
		}
	}
	return n, nil
}
