package mpegps

import (
	"encoding/binary"

	"linnet/player/internal/input"
)

// The start codes' last bytes (13818-1, table 2-18).
const (
	programEnd   = 0xb9
	packStart    = 0xba
	systemHeader = 0xbb
	private1     = 0xbd
	padding      = 0xbe
	private2     = 0xbf
	firstAudio   = 0xc0
	firstVideo   = 0xe0
	lastVideo    = 0xef
)

// noTime is where a packet says no time.
const noTime = -1 << 63

// A pes is a packet of the program stream.
type pes struct {
	id   byte
	pos  int64 // of its payload
	size int   // of that
	pts  int64 // in ticks of 90 kHz, or noTime
}

// A packReader finds the packets.
type packReader struct {
	in    *input.Reader
	err   error // of the source; final
	first int64 // the first time that was told; all others are within 13 hours of it
	begun bool  // it was

	// The clock of the last pack, and whether it is another one than that of
	// the pack before, which nobody has asked about yet.
	clock   int64
	ticking bool
	jumped  bool
}

// mostBack and mostAhead are how far, in ticks, a pack's clock may be from the one before,
// which is no more than 0.7 s by 13818-1, 2.7.1.
const (
	mostBack  = 1 * ticks
	mostAhead = 5 * ticks
)

// tick takes a pack's system_clock_reference.
func (r *packReader) tick(scr int64) {
	ahead := (scr - r.clock) << 31 >> 31
	r.jumped = r.jumped || r.ticking && (ahead < -mostBack || ahead > mostAhead)
	r.clock, r.ticking = scr, true
}

// enter goes on at a place of the file.
func (r *packReader) enter(pos int64) {
	r.in.SeekTo(pos)
	r.ticking, r.jumped = false, false
}

// unwrapped is a time of 33 bits, which begins anew every 26.5 hours, on the
// scale of the first one.
func (r *packReader) unwrapped(pts int64) int64 {
	if pts == noTime {
		return pts
	}
	if !r.begun {
		r.first, r.begun = pts, true
	}
	return r.first + (pts-r.first)<<31>>31
}

// next moves to the next packet with sound or video, and reads its header.
// It returns false at the end; damaged says how many bytes were passed over
// to find it.
func (r *packReader) next() (p pes, damaged int64, ok bool) {
	for {
		b, err := r.in.Peek(4)
		if len(b) < 4 {
			r.fail(err)
			return p, damaged, false
		}
		if b[0] != 0 || b[1] != 0 || b[2] != 1 || b[3] < programEnd {
			passed, ok := r.search()
			damaged += passed
			if !ok {
				return p, damaged, false
			}
			continue
		}
		switch id := b[3]; {
		case id == programEnd:
			r.in.Skip(4)
		case id == packStart:
			r.pack()
		default:
			size, ok := r.sized()
			if !ok {
				return p, damaged, false
			}
			if id == private1 || id >= firstAudio && id <= lastVideo {
				if p, ok = r.header(id, size); ok {
					return p, damaged, true
				}
			}
			r.in.Skip(int64(6 + size))
		}
	}
}

// fail keeps what is not the file's end.
func (r *packReader) fail(err error) {
	if err != nil && !isEOF(err) {
		r.err = err
	}
}

// search moves to the next start code of the system layer and returns how
// many bytes that is, without zeros in front of it, which are padding, as on video CDs;
// false at the end.
func (r *packReader) search() (passed int64, ok bool) {
	padding := true
	for {
		b, err := r.in.Peek(2048)
		if len(b) < 4 {
			r.fail(err)
			return 0, false
		}
		padding = padding && b[0] == 0
		for i := 1; i+4 <= len(b); i++ {
			if b[i] == 0 && b[i+1] == 0 && b[i+2] == 1 && b[i+3] >= programEnd {
				r.in.Skip(int64(i))
				if padding {
					return 0, true
				}
				return passed + int64(i), true
			}
			padding = padding && b[i] == 0
		}
		r.in.Skip(int64(len(b) - 3))
		passed += int64(len(b) - 3)
	}
}

// pack passes over a pack header (13818-1, 2.5.3.3; 11172-1, 2.4.3.2).
func (r *packReader) pack() {
	b, _ := r.in.Peek(14)
	switch {
	case len(b) == 14 && b[4]>>6 == 1:
		r.tick(int64(b[4]>>3&7)<<30 | int64(b[4]&3)<<28 | int64(b[5])<<20 | int64(b[6]>>3)<<15 | int64(b[6]&3)<<13 | int64(b[7])<<5 | int64(b[8]>>3))
		r.in.Skip(14 + int64(b[13]&7))
	default:
		if len(b) >= 9 && b[4]>>4 == 2 {
			r.tick(timestamp(b[4:]))
		}
		r.in.Skip(12)
	}
}

// sized reads a packet's length.
func (r *packReader) sized() (int, bool) {
	b, err := r.in.Peek(6)
	if len(b) < 6 {
		r.fail(err)
		return 0, false
	}
	return int(binary.BigEndian.Uint16(b[4:])), true
}

// header reads a packet's header. It reports false where that is not to be
// believed; nothing is consumed.
func (r *packReader) header(id byte, size int) (p pes, ok bool) {
	const longest = 6 + 16 + 2 + 10 // of MPEG-1's; MPEG-2's is passed over by its length
	b, _ := r.in.Peek(longest)
	p = pes{id: id, pts: noTime}
	if len(b) < 9 {
		return p, false
	}
	var n int // where the payload begins
	if b[6]>>6 == 2 {
		n = 9 + int(b[8])
		if b[7]&0x80 != 0 && len(b) >= 14 {
			p.pts = timestamp(b[9:])
		}
	} else {
		n, p.pts = oldHeader(b)
	}
	if n == 0 || n > 6+size {
		return p, false
	}
	p.pos, p.size, p.pts = r.in.Pos()+int64(n), 6+size-n, r.unwrapped(p.pts)
	r.in.Skip(int64(n))
	return p, true
}

// oldHeader reads that of MPEG-1 (11172-1, 2.4.3.3).
func oldHeader(b []byte) (n int, pts int64) {
	n = 6
	for n < len(b) && b[n] == 0xff && n < 6+16 {
		n++ // stuffing
	}
	if n < len(b) && b[n]>>6 == 1 {
		n += 2 // STD buffer size
	}
	if n >= len(b) {
		return 0, noTime
	}
	switch {
	case b[n]>>4 == 2 && n+5 <= len(b):
		return n + 5, timestamp(b[n:])
	case b[n]>>4 == 3 && n+10 <= len(b):
		return n + 10, timestamp(b[n:])
	case b[n] == 0x0f:
		return n + 1, noTime
	}
	return 0, noTime
}

// timestamp reads 33 bits out of five bytes.
func timestamp(b []byte) int64 {
	return int64(b[0]>>1&7)<<30 | int64(b[1])<<22 | int64(b[2]>>1)<<15 | int64(b[3])<<7 | int64(b[4]>>1)
}
