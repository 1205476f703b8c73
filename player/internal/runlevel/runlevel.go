package runlevel

import "linnet/player/internal/bits"

// lookup is how many bits are looked up at once.
const lookup = 9

// A Code is what the next nine bits of a stream are:
//
//	level<<16 | last<<15 | (run+1)<<8 | negative<<7 | length
//
// The level is a magnitude, 1 to 32767. Level 0 with last is the end of the
// block, and without last, as in the zero Code, a code that is not here. A level
// of -n, of those in 16 bits, says that n bits follow which tell the level as in
// JPEG (F.2.2.1); only Plain has these. The length is that of all but these.
// Runs are 0 to 31.
type Code uint32

// The flags of a Code.
const (
	Last     Code = 1 << 15
	Negative Code = 1 << 7
)

// Codes are all codes by their first nine bits.
type Codes [1 << lookup]Code

// Long are codes of more bits: those that begin with a number of zeros, by the
// ten bits behind these.
type Long [1 << longLookup]Code

const longLookup = 10

// A Mode is a way to quantise inversely.
type Mode uint8

// The modes. Level, Half and step are those of the code, the Scan and the Steps;
// all but Plain limit what they make to -2048..2047.
const (
	Odd    Mode = iota // (2*level+Half)*step >> 5, made odd towards zero, as in MPEG-1
	Even               // (2*level+Half)*step >> 5, as in MPEG-2; Sum is the sum of all
	Linear             // level*step + Half, as in H.263
	Plain              // level*step
)

// A Result says why Read stopped.
type Result int

// The results.
const (
	Other  Result = iota // before a code that is not among Codes
	End                  // behind the block's last code
	Beyond               // a run led out of the block
)

// A Scan reads the coefficients of blocks. Half, Codes, Long, Steps and Block are for
// its owner to set, N, Used and Sum before each block. The order of the fields
// is known to the kernels.
type Scan struct {
	Half  int32
	Codes *Codes
	Steps *Steps
	Sum   int32
	Block *[64]int16 // where they go
	Used  int        // their places, ored together
	N     int        // the index of the last one in the scan's order
	Long  *Long      // or nil, as with Plain; its codes, with their zeros, have 16 bits at most
	Zeros int        // how many zeros its codes begin with, 1 to 6
	Mode  Mode
}

// Read reads coefficients until the block ends, or a code comes that must be
// read otherwise.
func (s *Scan) Read(r *bits.Reader) Result { return read(s, r) }

// Put puts one coefficient, which was read otherwise, behind run zeros. Level is
// not 0. It reports false where the block ends before that.
func (s *Scan) Put(run int, level int32) bool {
	if level < 0 {
		return s.put(run+1, -level, true)
	}
	return s.put(run+1, level, false)
}

// put is Put for a magnitude and a sign, step places on.
func (s *Scan) put(step int, level int32, negative bool) bool {
	if s.N += step; s.N > 63 {
		return false
	}
	w := s.Steps[s.N]
	at := w.place()
	product := s.dequantise(uint32(level), uint32(w.step()))
	if s.Mode != Plain && product > 2047 {
		product = 2047
		if negative {
			product = 2048
		}
	}
	v := int32(product)
	if negative {
		v = -v
	}
	if s.Mode == Even {
		s.Sum += v
	}
	s.Block[at] = int16(v)
	s.Used |= at
	return true
}

func (s *Scan) dequantise(level, step uint32) uint32 {
	switch s.Mode {
	case Linear:
		return level*step + uint32(s.Half)
	case Plain:
		return level * step
	}
	v := (2*level + uint32(s.Half)) * step >> 5
	if s.Mode == Odd && v > 0 {
		v = (v - 1) | 1
	}
	return v
}

func (s *Scan) readGeneric(r *bits.Reader) Result {
	for {
		c := s.Codes[r.Peek(lookup)]
		if c == 0 && s.Long != nil && r.Peek(s.Zeros) == 0 {
			c = s.Long[r.Peek(s.Zeros+longLookup)]
		}
		level, negative := int32(c)>>16, c&Negative != 0
		if level == 0 && c&Last == 0 {
			return Other
		}
		r.Skip(int(c & 31))
		if level == 0 {
			return End
		}
		if level < 0 {
			level, negative = extra(r, int(-level))
		}
		if !s.put(int(c>>8&127), level, negative) {
			return Beyond
		}
		if c&Last != 0 || s.Steps[s.N]&final != 0 {
			return End
		}
	}
}

// extra reads a level of size bits, of which the first one is 0 where it is
// negative and all are inverted.
func extra(r *bits.Reader, size int) (level int32, negative bool) {
	v := int32(r.Bits(size))
	if v>>(size-1) == 0 {
		return 1<<size - 1 - v, true
	}
	return v, false
}
