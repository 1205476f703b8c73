package caf

import (
	"linnet/player/internal/bmff"
	"linnet/player/media"
)

const (
	// maxMarks is how many places in the packet table are noted at most.
	maxMarks = 512
	// maxPackets is how many there are where nobody knows.
	maxPackets = 1 << 31
)

// A table is the packet table, and a place in it: in front of a packet. Its
// entries are one or two numbers a packet, of seven bits a byte: the packet's
// size, unless all have one, and its frames, likewise.
type table struct {
	win     *bmff.Window
	entries span
	packets int64 // as it claims, and where entries are, has bytes for
	// What it says of the frames: those to keep, and to drop on either side.
	valid, priming, remainder int64

	bytes, frames int64 // of each packet; 0 where the entries say
	start         int64 // of the sound

	mark
	marks  []mark // those passed, every stride packets
	stride int64
}

// A mark is a place in front of a packet.
type mark struct {
	n     int64 // of the packet
	frame int64 // its first
	pos   int64 // in the file
	entry int64 // where the table speaks of it
}

// A packet is what the table says of one.
type packet struct {
	mark
	size, frames int64
}

// open goes in front of the first packet.
func (t *table) open(win *bmff.Window, bytes, frames, start int64) {
	t.win, t.bytes, t.frames, t.start = win, bytes, frames, start
	least := int64(0) // bytes of an entry
	if bytes == 0 {
		least++
	}
	if frames == 0 {
		least++
	}
	if least > 0 {
		t.packets = min(t.packets, t.entries.size()/least)
	}
	t.packets = min(max(t.packets, 0), maxPackets)
	t.stride = 64
	t.mark = mark{pos: start, entry: t.entries.start}
	t.marks = append(t.marks[:0], t.mark)
}

// scale converts what the table says of the frames between sampling rates.
func (t *table) scale(to, from int64) {
	for _, v := range []*int64{&t.valid, &t.priming, &t.remainder} {
		*v = min(max(*v, 0), 1<<40) * to / from
	}
}

// trim sets what is kept of the total of frames that the packets decode to.
func (t *table) trim(s *media.Stream, total int64) {
	s.Delay = min(max(t.priming, 0), total)
	total -= s.Delay
	s.Frames = min(t.valid, total)
	if t.valid <= 0 { // never filled in
		s.Frames = max(total-max(t.remainder, 0), 0)
	}
	s.Padding = total - s.Frames
}

// next steps over a packet. ok is false at the end, and where the table says
// nothing that makes sense.
func (t *table) next() (p packet, ok bool) {
	if t.n >= t.packets {
		return p, false
	}
	p = packet{t.mark, t.bytes, t.frames}
	if p.size == 0 {
		if p.size, ok = t.number(); !ok {
			return p, false
		}
	}
	if p.frames == 0 {
		if p.frames, ok = t.number(); !ok || p.frames > maxFrames {
			return p, false
		}
	}
	t.n++
	t.pos += p.size
	t.frame += p.frames
	if t.n == t.marks[len(t.marks)-1].n+t.stride {
		t.note()
	}
	return p, true
}

// number reads one, of at most 28 bits.
func (t *table) number() (v int64, ok bool) {
	for range 4 {
		b := t.win.At(t.entry, 1)
		if b == nil || t.entry >= t.entries.end {
			return 0, false
		}
		t.entry++
		if v = v<<7 | int64(b[0]&0x7f); b[0]&0x80 == 0 {
			return v, true
		}
	}
	return 0, false
}

// note keeps where the table stands. When there are too many marks every other
// one goes.
func (t *table) note() {
	if len(t.marks) == maxMarks {
		for i := range maxMarks / 2 {
			t.marks[i] = t.marks[2*i]
		}
		t.marks = t.marks[:maxMarks/2]
		t.stride *= 2
		if t.n != t.marks[len(t.marks)-1].n+t.stride {
			return
		}
	}
	t.marks = append(t.marks, t.mark)
}

// seek goes in front of the packet that holds a frame, or to the end.
func (t *table) seek(frame int64) {
	if t.bytes > 0 && t.frames > 0 {
		n := min(frame/t.frames, t.packets)
		t.mark = mark{n: n, frame: n * t.frames, pos: t.start + n*t.bytes}
		return
	}
	t.rewind(frame)
	for {
		before := t.mark
		if p, ok := t.next(); !ok || p.frame+p.frames > frame {
			t.mark = before
			return
		}
	}
}

// rewind goes to the last mark at or in front of a frame.
func (t *table) rewind(frame int64) {
	low, high := 0, len(t.marks) // marks[low] is at or before it, marks[high] is behind
	for high-low > 1 {
		if m := (low + high) / 2; t.marks[m].frame <= frame {
			low = m
		} else {
			high = m
		}
	}
	t.mark = t.marks[low]
}

// lastSize is the size of the last packet, read backwards from the end of the
// entries, 0 where that is not known.
func (t *table) lastSize() int64 {
	if t.bytes > 0 {
		return t.bytes
	}
	if t.frames == 0 || t.packets == 0 {
		return 0
	}
	was := t.entry
	defer func() { t.entry = was }()
	t.entry = t.entries.end - 1
	for t.entry > t.entries.start {
		if b := t.win.At(t.entry-1, 1); b == nil || b[0]&0x80 == 0 {
			break
		}
		t.entry--
	}
	n, _ := t.number()
	return n
}
