package pcm

import (
	"math/bits"

	"linnet/player/media"
)

// A mixer makes frames of out channels from frames of in channels.
type mixer struct {
	in, out int
	// matrix has a row of in weights for each channel of the output, with
	// 30 bits of fraction. No row adds up to more than 1, so that nothing
	// can overflow.
	matrix []int32
}

// The weights of ITU-R BS.775 annex 4 for mixing down, before they are
// scaled to add up to 1.
const (
	whole = 1 << 30
	root  = 759250125 // 1/√2: centre and surround channels
)

// stereo says what each loudspeaker's channel adds to left and right, in the order
// of the bits of a media.Layout. Channels in the middle are halves of two of their
// kind; those above count as those below.
var stereo = [...][2]int32{
	{whole, 0}, {0, whole}, {root, root}, {0, 0}, // front left, right, centre; low frequency
	{root, 0}, {0, root}, // back left, right
	{whole, 0}, {0, whole}, // front left and right of centre
	{whole / 2, whole / 2}, // back centre
	{root, 0}, {0, root},   // side left, right
	{whole / 2, whole / 2},                       // top centre
	{root, 0}, {whole / 2, whole / 2}, {0, root}, // top front left, centre, right
	{root, 0}, {whole / 2, whole / 2}, {0, root}, // top back left, centre, right
}

func newMixer(from media.AudioFormat, out int) *mixer {
	in := max(1, from.Channels)
	m := &mixer{in: in, out: out, matrix: make([]int32, in*out)}
	switch {
	case out == 1:
		m.toMono(from.Speakers())
	case out == 2 || in == 1:
		m.toStereo(from.Speakers())
	default: // channels of the same place stay; others are left out or silent
		for c := range min(in, out) {
			m.row(c)[c] = whole
		}
	}
	return m
}

func (m *mixer) row(c int) []int32 { return m.matrix[c*m.in : (c+1)*m.in] }

func (m *mixer) toStereo(l media.Layout) {
	for c := range m.in {
		w := weights(l, m.in, c)
		m.row(0)[c], m.row(1)[c] = w[0], w[1]
	}
	limit(m.row(0))
	limit(m.row(1))
}

func (m *mixer) toMono(l media.Layout) {
	for c := range m.in {
		w := weights(l, m.in, c)
		m.row(0)[c] = w[0]/2 + w[1]/2
	}
	limit(m.row(0))
}

// weights is what channel c of in adds to left and right: all of a single one,
// otherwise as much as its loudspeaker says. Channels that have none go left and
// right by turns.
func weights(l media.Layout, in, c int) [2]int32 {
	if in == 1 {
		return [2]int32{whole, whole}
	}
	for range c {
		l &= l - 1
	}
	if place := bits.TrailingZeros32(uint32(l)); place < len(stereo) {
		return stereo[place]
	}
	return [2]int32{whole * int32(1-c&1), whole * int32(c&1)}
}

// limit scales a row down so that it adds up to 1 at most.
func limit(row []int32) {
	var sum int64
	for _, w := range row {
		sum += int64(w)
	}
	if sum <= whole {
		return
	}
	for i, w := range row {
		row[i] = int32(int64(w) * whole / sum)
	}
}

// exact reports whether each channel of the output is one of the input, or
// silent.
func (m *mixer) exact() bool {
	for c := range m.out {
		sum := int64(0)
		for _, w := range m.row(c) {
			if w != 0 && w != whole {
				return false
			}
			sum += int64(w)
		}
		if sum > whole {
			return false
		}
	}
	return true
}

func (m *mixer) run(dst, src []int32) []int32 {
	switch {
	case m.in == 1 && m.out == 2:
		for _, s := range src {
			dst = append(dst, s, s)
		}
		return dst
	case m.in == 2 && m.out == 1:
		for ; len(src) >= 2; src = src[2:] {
			dst = append(dst, int32((int64(src[0])+int64(src[1])+1)>>1))
		}
		return dst
	}
	for ; len(src) >= m.in; src = src[m.in:] {
		for c := range m.out {
			dst = append(dst, weigh(src[:m.in], m.row(c)))
		}
	}
	return dst
}

func weigh(frame, row []int32) int32 {
	sum := int64(whole / 2)
	for i, s := range frame {
		sum += int64(s) * int64(row[i])
	}
	return int32(sum >> 30)
}
