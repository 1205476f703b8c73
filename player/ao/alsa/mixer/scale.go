//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package mixer

import "slices"

// scale says what the steps of a control mean.
type scale struct {
	min, max int // steps
	known    bool
	parts    []part // where known, by steps
}

// part is a run of steps, in hundredths of a decibel.
type part struct {
	first, last int // steps
	base        int // of first
	perStep     int // where the steps are even
	top         int // of last, where they are spread between base and top
	spread      bool
	off         bool // the lowest step is silence
}

// level is what a step means.
func (p *part) level(step int) int {
	if p.spread {
		if p.last == p.first {
			return p.base
		}
		return p.base + (p.top-p.base)*(step-p.first)/(p.last-p.first)
	}
	return p.base + p.perStep*(step-p.first)
}

// newScale reads a control's TLV: type, length and data, in words.
func newScale(min, max int, data []uint32) scale {
	s := scale{min: min, max: max}
	s.read(data, min, max)
	s.known = len(s.parts) > 0
	return s
}

// read takes what it understands of a TLV.
func (s *scale) read(data []uint32, first, last int) {
	if len(data) < 2 {
		return
	}
	typ, length := data[0], int(data[1]/4)
	if data[1] > 1<<16 || length > len(data)-2 {
		return
	}
	d := data[2 : 2+length]
	switch {
	case typ == tlvContainer:
		for len(d) >= 2 && len(s.parts) == 0 {
			s.read(d, first, last)
			d = d[min(2+int(min(d[1]/4, 1<<16)), len(d)):]
		}
	case typ == tlvScale && length >= 2:
		s.parts = append(s.parts, part{first: first, last: last, base: int(int32(d[0])), perStep: int(d[1] & 0xffff), off: d[1]&0x10000 != 0})
	case (typ == tlvMinMax || typ == tlvMinMaxOff) && length >= 2:
		s.parts = append(s.parts, part{first: first, last: last, base: int(int32(d[0])), top: int(int32(d[1])), spread: true, off: typ == tlvMinMaxOff})
	case typ == tlvRange:
		for len(d) >= 6 {
			size := 4 + int(min(d[3]/4, 1<<16))
			if size > len(d) {
				return
			}
			s.read(d[2:size], int(int32(d[0])), int(int32(d[1])))
			d = d[size:]
		}
	}
}

// perVolume is what a step of the volume is, in hundredths of a decibel: the
// same as of the player's own.
const perVolume = 50

// step is the step for a volume from 1 to 100.
func (s *scale) step(volume int) int {
	if !s.known {
		return s.min + ((s.max-s.min)*volume+50)/100
	}
	want := min(s.level(s.max), 0) - (100-volume)*perVolume
	// The nearest of those that sound and do not amplify, the louder first;
	// where all amplify, the one that does it least.
	best, off := s.min, -1
	for step := s.max; step >= s.min; step-- {
		level := s.level(step)
		if level > 0 || s.silent(step) {
			continue
		}
		if d := max(level-want, want-level); off < 0 || d < off {
			best, off = step, d
		}
	}
	return best
}

// level is what a step means, in hundredths of a decibel.
func (s *scale) level(step int) int {
	i := slices.IndexFunc(s.parts, func(p part) bool { return step <= p.last })
	if i < 0 {
		i = len(s.parts) - 1
	}
	return s.parts[i].level(step)
}

// silent says whether a step is off altogether.
func (s *scale) silent(step int) bool { return s.known && step == s.min && s.parts[0].off }
