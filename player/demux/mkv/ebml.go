package mkv

import (
	"errors"
	"io"
	"math"
	mathbits "math/bits"

	"linnet/player/internal/bits"
	"linnet/player/internal/input"
	"linnet/player/media"
)

// The identifiers of the elements that are looked at, with their length's
// marker, as RFC 9559 writes them.
const (
	idEBML        = 0x1a45dfa3
	idDocType     = 0x4282
	idSegment     = 0x18538067
	idVoid        = 0xec
	idCRC32       = 0xbf
	idSeekHead    = 0x114d9b74
	idSeek        = 0x4dbb
	idSeekID      = 0x53ab
	idSeekPos     = 0x53ac
	idInfo        = 0x1549a966
	idScale       = 0x2ad7b1
	idDuration    = 0x4489
	idTitle       = 0x7ba9
	idTracks      = 0x1654ae6b
	idTrackEntry  = 0xae
	idTrackNumber = 0xd7
	idTrackUID    = 0x73c5
	idTrackType   = 0x83
	idCodecID     = 0x86
	idPrivate     = 0x63a2
	idCodecDelay  = 0x56aa
	idAudio       = 0xe1
	idRate        = 0xb5
	idChannels    = 0x9f
	idBitDepth    = 0x6264
	idEncodings   = 0x6d80
	idEncoding    = 0x6240
	idScope       = 0x5032
	idEncryption  = 0x5035
	idCompression = 0x5034
	idCompAlgo    = 0x4254
	idCompSetting = 0x4255
	idCluster     = 0x1f43b675
	idTimestamp   = 0xe7
	idPosition    = 0xa7
	idPrevSize    = 0xab
	idSimpleBlock = 0xa3
	idBlockGroup  = 0xa0
	idBlock       = 0xa1
	idDiscard     = 0x75a2
	idCues        = 0x1c53bb6b
	idCuePoint    = 0xbb
	idCueTime     = 0xb3
	idCueTrackPos = 0xb7
	idCueTrack    = 0xf7
	idCueCluster  = 0xf1
	idTags        = 0x1254c367
	idTag         = 0x7373
	idTargets     = 0x63c0
	idTargetLevel = 0x68ca
	idTagTrackUID = 0x63c5
	idSimpleTag   = 0x67c8
	idTagName     = 0x45a3
	idTagString   = 0x4487
)

// unknown is the end of an element whose size is not given, and of a file of
// unknown length.
const unknown = math.MaxInt64

// An element is where an EBML element lies, RFC 8794 clause 6.
type element struct {
	id        uint32
	start     int64
	body, end int64 // end is unknown when the size is
}

// headMax is the longest head of an element: 4 bytes of identifier and 8 of
// size.
const headMax = 12

// A reader reads elements of a file.
type reader struct {
	in  *input.Reader
	err error // of the source; final
}

// peek is the n bytes at pos, or fewer at the end of the file.
func (r *reader) peek(pos int64, n int) []byte {
	r.in.SeekTo(pos)
	b, err := r.in.Peek(n)
	r.note(err)
	return b
}

func (r *reader) note(err error) {
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) && r.err == nil {
		r.err = err
	}
}

// vint reads a number of RFC 8794 clause 4. all says that all of its bits are
// ones; n is its length, 0 where there is none.
func vint(b []byte) (v uint64, n int, all bool) {
	if len(b) == 0 || b[0] == 0 {
		return 0, 0, false
	}
	n = mathbits.LeadingZeros8(b[0]) + 1
	if len(b) < n {
		return 0, 0, false
	}
	v = uint64(b[0]) & (1<<(8-n) - 1)
	for _, c := range b[1:n] {
		v = v<<8 | uint64(c)
	}
	return v, n, v == 1<<(7*n)-1
}

// parseHead reads the head of an element that begins with b.
func parseHead(b []byte, pos int64) (e element, ok bool) {
	id, n, _ := vint(b)
	if n == 0 || n > 4 {
		return e, false
	}
	size, m, all := vint(b[n:])
	if m == 0 {
		return e, false
	}
	e = element{id: uint32(id) | 1<<(7*n), start: pos, body: pos + int64(n+m), end: unknown}
	if !all {
		e.end = e.body + int64(size) // of at most 56 bits
	}
	return e, true
}

// at is the element at pos.
func (r *reader) at(pos int64) (element, bool) { return parseHead(r.peek(pos, headMax), pos) }

// each visits the children of a master element until visit returns false or
// there is a broken one. A child that goes beyond its parent is broken.
func (r *reader) each(parent element, visit func(element) bool) {
	for pos := parent.body; pos < parent.end; {
		e, ok := r.at(pos)
		if !ok || e.end > parent.end || e.end == unknown || !visit(e) {
			return
		}
		pos = e.end
	}
}

// uint is an element's unsigned number; ok is false for none of at most 8
// bytes.
func (r *reader) uint(e element) (v uint64, ok bool) {
	n := e.end - e.body
	if n > 8 {
		return 0, false
	}
	b := r.peek(e.body, int(n))
	for _, c := range b {
		v = v<<8 | uint64(c)
	}
	return v, int64(len(b)) == n
}

// small is a number that fits an int32, or 0.
func (r *reader) small(e element) int {
	v, ok := r.uint(e)
	if !ok || v > math.MaxInt32 {
		return 0
	}
	return int(v)
}

// time is a number that can be a time; ok is false for others.
func (r *reader) time(e element) (v int64, ok bool) {
	u, ok := r.uint(e)
	if !ok || u >= 1<<62 {
		return 0, false
	}
	return int64(u), true
}

// float is an element's floating-point number of 4 or 8 bytes, rounded to an
// integer; 0 for what is none, or is negative, or 2^52 or more.
func (r *reader) float(e element) int64 {
	v, ok := r.uint(e)
	switch {
	case !ok:
	case e.end-e.body == 4:
		return bits.RoundFloat32(uint32(v))
	case e.end-e.body == 8:
		return bits.RoundFloat64(v)
	}
	return 0
}

// bytes is a copy of an element's body, nil where that is longer than most or
// the file ends in it.
func (r *reader) bytes(e element, most int64) []byte {
	if n := e.end - e.body; n <= 0 || n > most || r.in.Size() >= 0 && e.end > r.in.Size() {
		return nil
	}
	b := make([]byte, e.end-e.body)
	r.in.SeekTo(e.body)
	n, err := r.in.ReadFull(b)
	r.note(err)
	if n < len(b) {
		return nil
	}
	return b
}

func formatError(pos int64, msg string) error {
	return &media.FormatError{Stage: stage, Offset: pos, Msg: msg}
}

func unsupported(pos int64, msg string) error {
	return &media.UnsupportedError{Stage: stage, Offset: pos, Msg: msg}
}
