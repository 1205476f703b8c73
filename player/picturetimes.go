package player

import "slices"

// PictureTimes gives pictures, which come in the order of display, the times of
// packets, which come in that of decoding (media.Stream.DecodeOrder). A decoder
// holds back one reference at the most. The zero value is ready; a nil one leaves
// pictures the times that they have.
type PictureTimes struct {
	waiting []int64
	atOnce  bool // the decoder holds nothing back: the last picture took all times
}

// mostTimes is how many times can wait.
const mostTimes = 16

// Put takes the time of a packet that is given to the decoder.
func (s *PictureTimes) Put(t int64) {
	if s == nil {
		return
	}
	if len(s.waiting) == mostTimes {
		s.waiting = slices.Delete(s.waiting, 0, 1)
	}
	at, _ := slices.BinarySearch(s.waiting, t)
	s.waiting = slices.Insert(s.waiting, at, t)
}

// Take is the time of the next picture; own is what it says itself.
func (s *PictureTimes) Take(own int64) int64 {
	if s == nil || len(s.waiting) == 0 {
		return own
	}
	t := s.waiting[0]
	s.waiting = slices.Delete(s.waiting, 0, 1)
	s.atOnce = len(s.waiting) == 0
	return t
}

// Miss says that a packet brought no picture. Where that is not because the
// decoder holds it back, as behind a seek the pictures B before the first
// reference are left out, the earliest time is that picture's, and is forgotten.
func (s *PictureTimes) Miss() {
	if s != nil && (len(s.waiting) > 1 || s.atOnce && len(s.waiting) > 0) {
		s.waiting = slices.Delete(s.waiting, 0, 1)
	}
}

// Reset forgets all times, as where the stream is entered anew.
func (s *PictureTimes) Reset() {
	if s != nil {
		s.waiting, s.atOnce = s.waiting[:0], false
	}
}
