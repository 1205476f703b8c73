package stretch

import "linnet/player/media"

// Speeds are in percent.
const (
	Slowest = 50
	Normal  = 100
	Fastest = 200
)

// Of the pieces, in milliseconds.
const (
	pieceTime   = 30
	overlapTime = 10
	reachTime   = 8
	coarseRate  = 5512 // of the first search, about
)

// A Stretcher changes the speed of one stream of sound. What is pushed comes out after
// 90 ms of it at most.
type Stretcher struct {
	channels int
	speed    int // percent
	piece    int // frames of the result that a step gives
	overlap  int // frames of fading at the start of each
	reach    int // frames that a piece may be moved either way
	thin     int // full-rate frames to one of the coarse search

	in    []int16 // interleaved: what is still needed, and what is not yet looked at
	from  int64   // the frame of the sound that in begins with
	steps int64   // pieces so far
	ended int64   // the frame of the sound with which the last piece would have gone on

	fading []int32 // the new piece's share while it fades in, of 1<<15
	search search
}

// New makes a Stretcher of a speed, which is brought within the limits.
func New(f media.AudioFormat, speed int) *Stretcher {
	frames := func(ms int) int { return max(f.Rate*ms/1000, 1) }
	s := &Stretcher{
		channels: f.Channels, speed: min(max(speed, Slowest), Fastest),
		piece: frames(pieceTime), overlap: frames(overlapTime), reach: frames(reachTime), thin: max(f.Rate/coarseRate, 1),
	}
	s.fading = make([]int32, s.overlap)
	for i := range s.fading {
		s.fading[i] = int32(((2*i + 1) << 14) / s.overlap)
	}
	s.search = newSearch(s.overlap, 2*s.reach+1, s.thin)
	s.in = make([]int16, 0, s.channels*(5*s.piece+2*s.reach+s.overlap))
	return s
}

// Push takes frames, interleaved left-justified S32, and appends what can be given of
// the result to dst.
func (s *Stretcher) Push(dst, frames []int32) []int32 {
	if s.speed == Normal {
		return append(dst, frames...)
	}
	for len(frames) > 0 {
		// Little at a time, so that what is kept never grows.
		n := min(len(frames), s.piece*s.channels, cap(s.in)-len(s.in))
		for _, v := range frames[:n] {
			s.in = append(s.in, int16(v>>16))
		}
		frames = frames[n:]
		for s.end() >= s.place()+int64(s.reach+s.piece+s.overlap) {
			dst = s.step(dst)
		}
	}
	return dst
}

// Flush appends the rest of the result, up to the very last frame that was pushed.
// What is pushed then is another stream.
func (s *Stretcher) Flush(dst []int32) []int32 {
	if s.speed == Normal {
		return dst
	}
	if s.steps > 0 && s.end() >= s.place()+int64(s.overlap) {
		at := s.best()
		dst = s.fade(dst, at)
		s.ended = at + int64(s.overlap)
	}
	dst = s.give(dst, s.ended, s.end())
	s.in, s.from, s.steps, s.ended = s.in[:0], 0, 0, 0
	return dst
}

// end is the frame of the sound behind those that are there.
func (s *Stretcher) end() int64 { return s.from + int64(len(s.in)/s.channels) }

// place is the frame of the sound with which the next piece should begin.
func (s *Stretcher) place() int64 { return s.steps * int64(s.piece) * int64(s.speed) / Normal }

// step gives the next piece.
func (s *Stretcher) step(dst []int32) []int32 {
	at := s.place()
	begin := at
	if s.steps > 0 {
		at = s.best()
		dst = s.fade(dst, at)
		begin = at + int64(s.overlap)
	}
	s.ended = at + int64(s.piece)
	dst = s.give(dst, begin, s.ended)
	s.steps++
	s.drop(min(s.place()-int64(s.reach), s.ended))
	return dst
}

// drop forgets the sound before a frame.
func (s *Stretcher) drop(to int64) {
	if to <= s.from {
		return
	}
	s.in = s.in[:copy(s.in, s.in[int(to-s.from)*s.channels:])]
	s.from = to
}

// give appends the sound between two frames as it is.
func (s *Stretcher) give(dst []int32, from, to int64) []int32 {
	if to <= from {
		return dst
	}
	for _, v := range s.in[int(from-s.from)*s.channels : int(to-s.from)*s.channels] {
		dst = append(dst, int32(v)<<16)
	}
	return dst
}

// fade appends how the last piece goes over into the sound at a frame. The products
// of 16 and 15 bits have the place of the result's but for one.
func (s *Stretcher) fade(dst []int32, at int64) []int32 {
	old, next := s.in[int(s.ended-s.from)*s.channels:], s.in[int(at-s.from)*s.channels:]
	i := 0
	for _, w := range s.fading {
		for range s.channels {
			v := int32(old[i])*(1<<15-w) + int32(next[i])*w
			dst = append(dst, v<<1)
			i++
		}
	}
	return dst
}

// best is the frame near the next place from which the sound is most like what would
// follow the last piece.
func (s *Stretcher) best() int64 {
	first := max(s.place()-int64(s.reach), s.from)
	last := min(s.place()+int64(s.reach), s.end()-int64(s.overlap))
	s.search.want(s.in[int(s.ended-s.from)*s.channels:], s.channels)
	n := s.search.best(s.in[int(first-s.from)*s.channels:], s.channels, int(last-first)+1)
	return first + int64(n)
}
