package mpegvideo

import (
	"linnet/player/internal/bits"
	"linnet/player/media"
)

// The bytes behind 00 00 01 (13818-2, table 6-1). From FirstSlice to LastSlice
// they count rows of macroblocks, from 1.
const (
	PictureStart  = 0x00
	FirstSlice    = 0x01
	LastSlice     = 0xaf
	UserData      = 0xb2
	SequenceStart = 0xb3
	Extension     = 0xb5
	SequenceEnd   = 0xb7
	GroupStart    = 0xb8
)

// The extensions' four-bit identifiers (table 6-2).
const (
	SequenceExtension = 1
	QuantExtension    = 3
	PictureExtension  = 8
)

// Type is a picture's picture_coding_type.
type Type uint8

// The types of picture; D pictures are MPEG-1's.
const (
	I Type = 1 + iota
	P
	B
	D
)

// Structure is a picture's picture_structure.
type Structure uint8

// The structures.
const (
	TopField Structure = 1 + iota
	BottomField
	Frame
)

// Matrix is a quantiser matrix, row by row.
type Matrix [64]uint8

// Zigzag and Alternate are the orders in which a block's coefficients are
// sent (13818-2, 7.3): the n-th is at place Zigzag[n] of the block, row by
// row.
var (
	Zigzag = [64]uint8{
		0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5,
		12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
		35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
		58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
	}
	Alternate = [64]uint8{
		0, 8, 16, 24, 1, 9, 2, 10, 17, 25, 32, 40, 48, 56, 57, 49,
		41, 33, 26, 18, 3, 11, 4, 12, 19, 27, 34, 42, 50, 58, 35, 43,
		51, 59, 20, 28, 5, 13, 6, 14, 21, 29, 36, 44, 52, 60, 37, 45,
		53, 61, 22, 30, 7, 15, 23, 31, 38, 46, 54, 62, 39, 47, 55, 63,
	}
)

// intraDefault is the matrix of intra blocks where the stream has none.
var intraDefault = Matrix{
	8, 16, 19, 22, 26, 27, 29, 34,
	16, 16, 22, 24, 27, 29, 34, 37,
	19, 22, 26, 27, 29, 34, 34, 38,
	22, 22, 26, 27, 29, 34, 37, 40,
	22, 26, 27, 29, 32, 35, 40, 48,
	26, 27, 29, 32, 35, 40, 48, 58,
	26, 27, 29, 34, 38, 46, 56, 69,
	27, 29, 35, 38, 46, 56, 69, 83,
}

// Sequence is a sequence header with its extension.
type Sequence struct {
	Video       media.VideoFormat
	BitRate     int // bits per second; 0 when it is variable or not known
	MPEG2       bool
	Progressive bool // no interlaced pictures
	LowDelay    bool // no pictures B
	Chroma      media.Chroma
	Intra       Matrix
	Inter       Matrix
	aspect      int
}

// rates are frame_rate_code 1 to 8 (table 6-4).
var rates = [...]media.Rational{{}, {Num: 24000, Den: 1001}, {Num: 24, Den: 1}, {Num: 25, Den: 1}, {Num: 30000, Den: 1001},
	{Num: 30, Den: 1}, {Num: 50, Den: 1}, {Num: 60000, Den: 1001}, {Num: 60, Den: 1}}

// pels are MPEG-1's heights of a pixel to its width, in parts of 10000, by
// pel_aspect_ratio (11172-2, 2.4.3.2).
var pels = [...]int{0, 10000, 6735, 7031, 7615, 8055, 8437, 8935, 9157, 9815, 10255, 10695, 10950, 11575, 12015}

// shapes are MPEG-2's ratios of the whole picture by aspect_ratio_information
// (table 6-3); 1 is that of square pixels.
var shapes = [...]media.Rational{{}, {Num: 1, Den: 1}, {Num: 4, Den: 3}, {Num: 16, Den: 9}, {Num: 221, Den: 100}}

// ParseSequence reads the sequence header behind its start code. It reports
// false where it is cut off or says what no stream may.
func ParseSequence(data []byte) (s Sequence, ok bool) {
	r := bits.NewReader(data)
	s.Video.Width, s.Video.Height = int(r.Bits(12)), int(r.Bits(12))
	s.aspect = int(r.Bits(4))
	if code := int(r.Bits(4)); code < len(rates) {
		s.Video.Rate = rates[code]
	}
	if rate := int(r.Bits(18)); rate != 1<<18-1 {
		s.BitRate = rate * 400
	}
	r.Skip(1 + 10 + 1)
	s.Intra = intraDefault
	for i := range s.Inter {
		s.Inter[i] = 16
	}
	if r.Flag() {
		s.Intra.read(&r)
	}
	if r.Flag() {
		s.Inter.read(&r)
	}
	if s.aspect < len(pels) && s.aspect > 0 {
		s.Video.Aspect = media.Rational{Num: 10000, Den: pels[s.aspect]}
	}
	return s, !r.Over() && s.Video.Width > 0 && s.Video.Height > 0
}

// read reads a matrix, which comes in zigzag order.
func (m *Matrix) read(r *bits.Reader) {
	for _, at := range Zigzag {
		m[at] = max(1, uint8(r.Bits(8))) // 0 is forbidden
	}
}

// Extend reads the sequence extension, behind its identifier.
func (s *Sequence) Extend(data []byte) bool {
	r := bits.NewReader(data)
	r.Skip(4 + 8) // identifier, profile and level
	progressive := r.Flag()
	chroma := r.Bits(2)
	width, height := r.Bits(2), r.Bits(2)
	r.Skip(12 + 1 + 8)
	low := r.Flag()
	num, den := int(r.Bits(2))+1, int(r.Bits(5))+1
	if r.Over() || chroma == 0 {
		return false
	}
	s.MPEG2, s.Progressive, s.LowDelay = true, progressive, low
	s.Chroma = [...]media.Chroma{0, media.Chroma420, media.Chroma422, media.Chroma444}[chroma]
	s.Video.Width |= int(width) << 12
	s.Video.Height |= int(height) << 12
	s.Video.Rate.Num *= num
	s.Video.Rate.Den *= den
	s.Video.Aspect = media.Rational{Num: 1, Den: 1}
	if s.aspect > 1 && s.aspect < len(shapes) {
		of := shapes[s.aspect]
		s.Video.Aspect = media.Rational{Num: of.Num * s.Video.Height, Den: of.Den * s.Video.Width}
	}
	return true
}

// ExtendMatrices reads a quantiser matrix extension, behind its start code.
func (s *Sequence) ExtendMatrices(data []byte) {
	r := bits.NewReader(data)
	r.Skip(4)
	intra, inter := s.Intra, s.Inter
	if r.Flag() {
		intra.read(&r)
	}
	if r.Flag() {
		inter.read(&r)
	}
	if !r.Over() {
		s.Intra, s.Inter = intra, inter
	}
}

// Picture is a picture header with its coding extension.
type Picture struct {
	TemporalReference int
	Type              Type
	// FCode has f_code of [forward, backward][horizontal, vertical].
	FCode   [2][2]uint8
	FullPel [2]bool // MPEG-1: vectors of this direction count whole pixels

	DCPrecision      uint8 // bits of an intra DC coefficient, 8 to 11
	Structure        Structure
	TopFirst         bool
	FrameOnly        bool // frame_pred_frame_dct
	ConcealVectors   bool // intra macroblocks have vectors
	NonLinear        bool // q_scale_type
	IntraTable       bool // intra_vlc_format: table B.15
	Alternate        bool // the other scan
	Repeat           bool // repeat_first_field
	ProgressiveFrame bool
}

// ParsePicture reads a picture header behind its start code, and makes it one
// of MPEG-1 until Extend.
func ParsePicture(data []byte) (p Picture, ok bool) {
	r := bits.NewReader(data)
	p.TemporalReference = int(r.Bits(10))
	p.Type = Type(r.Bits(3))
	r.Skip(16) // vbv_delay
	for i := range 2 {
		if p.Type == P && i == 0 || p.Type == B {
			p.FullPel[i] = r.Flag()
			code := uint8(r.Bits(3))
			p.FCode[i] = [2]uint8{code, code}
		}
	}
	p.DCPrecision, p.Structure, p.FrameOnly, p.ProgressiveFrame = 8, Frame, true, true
	return p, !r.Over() && p.Type >= I && p.Type <= D && p.codes()
}

// Extend reads the picture coding extension, behind its start code.
func (p *Picture) Extend(data []byte) bool {
	r := bits.NewReader(data)
	r.Skip(4)
	for i := range 2 {
		p.FCode[i] = [2]uint8{uint8(r.Bits(4)), uint8(r.Bits(4))}
	}
	p.FullPel = [2]bool{}
	p.DCPrecision = 8 + uint8(r.Bits(2))
	p.Structure = Structure(r.Bits(2))
	p.TopFirst = r.Flag()
	p.FrameOnly = r.Flag()
	p.ConcealVectors = r.Flag()
	p.NonLinear = r.Flag()
	p.IntraTable = r.Flag()
	p.Alternate = r.Flag()
	p.Repeat = r.Flag()
	r.Skip(1) // chroma_420_type says what progressive_frame does
	p.ProgressiveFrame = r.Flag()
	return !r.Over() && p.Structure != 0 && p.codes()
}

// codes says whether the directions that the type has, have their codes.
func (p *Picture) codes() bool {
	good := func(c [2]uint8) bool { return c[0] >= 1 && c[0] <= 9 && c[1] >= 1 && c[1] <= 9 }
	switch {
	case p.Type == P || p.Type == I && p.ConcealVectors:
		return good(p.FCode[0])
	case p.Type == B:
		return good(p.FCode[0]) && good(p.FCode[1])
	}
	return true
}

// SequenceHeader is the sequence header that data begin with, and what belongs to
// it, in a copy.
func SequenceHeader(data []byte) []byte {
	first, code := NextStart(data, 0)
	at := first
	for at < len(data) && (code == SequenceStart && at == first || code == Extension || code == UserData) {
		_, at, code = Unit(data, at)
	}
	return append([]byte(nil), data[first:at]...)
}

// Describe reads a sequence header and its extension from the start of a
// stream.
func Describe(head []byte) (s Sequence, ok bool) {
	for at, code := NextStart(head, 0); at < len(head); {
		unit, next, following := Unit(head, at)
		switch {
		case code == SequenceStart:
			s, ok = ParseSequence(unit)
		case code == Extension && len(unit) > 0 && unit[0]>>4 == SequenceExtension:
			ok = ok && s.Extend(unit)
			return s, ok
		case ok:
			return s, ok
		}
		at, code = next, following
	}
	return s, ok
}
