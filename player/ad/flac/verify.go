package flac

import (
	"crypto/md5"
	"hash"

	"linnet/player/media"
)

// A sum is the MD5 of the sound so far, RFC 9639 clause 8.2: interleaved
// samples in little-endian order of as many whole bytes as their bits need. A
// nil sum takes what it is given and does nothing.
type sum struct {
	md5     hash.Hash
	buf     []byte
	spoiled bool // some of the sound is concealment
}

// Verify has the decoder sum up all that it decodes from here on, which
// should be from the stream's first packet to its last, without a Reset.
func (d *Decoder) Verify() {
	if d.info.MD5 != [16]byte{} {
		d.sum = &sum{md5: md5.New()}
	}
}

// Verified returns a *media.FormatError when the sound since Verify is other
// than what the encoder was given. It is nil when that is not known: there is
// no sum in the stream, or damage was reported already.
func (d *Decoder) Verified() error {
	if d.sum == nil || d.sum.spoiled || string(d.sum.md5.Sum(nil)) == string(d.info.MD5[:]) {
		return nil
	}
	return &media.FormatError{Stage: stage, Offset: -1, Msg: "the MD5 of the sound is not that of STREAMINFO"}
}

func (s *sum) spoil() {
	if s != nil {
		s.spoiled = true
	}
}

// add takes in samples of so many bits, left-justified.
func (s *sum) add(samples []int32, bits int) {
	if s == nil || s.spoiled {
		return
	}
	s.buf = s.buf[:0]
	for _, v := range samples {
		v >>= uint(32-bits) & 31
		s.buf = append(s.buf, byte(v))
		for n := 8; n < bits; n += 8 {
			s.buf = append(s.buf, byte(v>>uint(n)))
		}
	}
	s.md5.Write(s.buf)
}
