package mp3

// The main data of Layer III frames form one stream of bytes, in which a
// frame's part may begin up to 511 bytes before the frame itself; ISO/IEC
// 11172-3 2.4.3.4.1.
const (
	maxBackward = 511
	maxFrame    = 8192 // the longest packet that is decoded
)

// reservoir holds the end of the main data so far.
type reservoir struct {
	data [maxBackward + maxFrame]byte
	size int
}

// add appends a frame's main data and returns where the part of this frame
// begins, begin bytes before them; negative when that much is not there.
func (r *reservoir) add(data []byte, begin int) int {
	if r.size > maxBackward {
		copy(r.data[:], r.data[r.size-maxBackward:r.size])
		r.size = maxBackward
	}
	start := r.size - begin
	r.size += copy(r.data[r.size:], data)
	return start
}

// from is the main data from a byte on.
func (r *reservoir) from(start int) []byte { return r.data[start:r.size] }

// forget drops everything: where bytes are missing, what frames say about how
// far back their parts begin does not fit any more.
func (r *reservoir) forget() { r.size = 0 }
