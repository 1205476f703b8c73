package mp4

import (
	"encoding/binary"
	"math"
	"sort"

	"linnet/player/internal/bmff"
	"linnet/player/media"
)

// A preset is what holds for the packets of a fragment that says nothing
// else: trex in the index, tfhd in the fragment.
type preset struct {
	description    uint32
	duration, size int64
	flags          uint32 // of a sample
}

// readPresets reads the trex boxes in mvex, ISO/IEC 14496-12 clause 8.8.3.
func readPresets(win *bmff.Window, mvex bmff.Box, all map[uint32]preset) {
	for w := bmff.Inside(win, mvex, 0); len(all) < maxTracks; {
		b, ok := w.Next()
		if !ok {
			return
		}
		v := win.At(b.Body+fullBox, 20)
		if !b.Is("trex") || v == nil {
			continue
		}
		be := binary.BigEndian
		all[be.Uint32(v)] = preset{be.Uint32(v[4:]), int64(be.Uint32(v[8:])), int64(be.Uint32(v[12:])), be.Uint32(v[16:])}
	}
}

// Flags of tfhd and trun.
const (
	tfhdBase        = 1
	tfhdDescription = 2
	tfhdDuration    = 8
	tfhdSize        = 16
	tfhdFlags       = 32
	tfhdBaseIsMoof  = 0x20000
	trunOffset      = 1
	trunFirstFlags  = 4
	trunDuration    = 0x100
	trunSize        = 0x200
	trunFlags       = 0x400
	trunComposition = 0x800
)

// sampleIsDelta is sample_is_non_sync_sample of a sample's flags, clause 8.8.3.1.
const sampleIsDelta = 0x10000

// maxFragments is how many entries the index of fragments has at most.
const maxFragments = 512

// A fragmentCursor goes over the packets in the fragments of a file: the moof
// boxes on its top level, the traf boxes of the track in each, the trun boxes
// in these.
type fragmentCursor struct {
	win, runWin *bmff.Window
	id          uint32
	preset      preset
	end         int64 // of the file
	batch       int64 // as that of a tableCursor

	top, trafs, runs bmff.Walker
	inMoof, inTraf   bool
	moof             int64 // where the current one begins
	now              preset
	base             int64 // what offsets of data count from
	data             int64 // where the next packet lies

	// The current run.
	left  int64 // packets
	flags uint32
	first uint32 // flags of its next packet, where the run does not say for each
	entry int64  // where the next packet's fields are
	width int    // bytes of these
	n     int64  // number of the next packet
	time  int64
	// How long the first and the last packet last of those that were skipped.
	firstTime, lastTime int64
	owed                struct{ entry, left int64 }

	// Whether the track's times are those that fragments say (tfdt), not how long all
	// packets before last; and how far the first that says one is ahead of that.
	timed bool
	begun bool
	ahead int64

	index  []fragment
	stride int // fragments between two entries of the index
	seen   int
}

// A fragment is a place to seek to.
type fragment struct{ pos, n, time int64 }

func newFragmentCursor(win func() *bmff.Window, t *track, end, n, time int64) *fragmentCursor {
	c := &fragmentCursor{win: win(), runWin: win(), id: t.id, preset: t.preset, end: end, stride: 1, timed: t.kind() == media.Subtitle}
	c.enter(fragment{0, n, time})
	return c
}

// enter goes in front of a fragment.
func (c *fragmentCursor) enter(f fragment) {
	c.top = bmff.Walk(c.win, f.pos, c.end)
	c.inMoof, c.inTraf, c.left = false, false, 0
	c.n, c.time = f.n, f.time
}

// nextRun moves to the next run of packets of the track. ok is false behind
// the last one.
func (c *fragmentCursor) nextRun() (ok bool) {
	for {
		switch {
		case c.inTraf:
			b, ok := c.runs.Next()
			if c.inTraf = ok; ok && b.Is("trun") && c.openRun(b) {
				return true
			}
		case c.inMoof:
			b, ok := c.trafs.Next()
			if c.inMoof = ok; ok && b.Is("traf") {
				c.openTraf(b)
			}
		default:
			b, ok := c.top.Find("moof")
			if !ok {
				return false
			}
			c.trafs, c.inMoof, c.moof = bmff.Inside(c.win, b, 0), true, b.Start
			c.data = b.Start
		}
	}
}

// openTraf reads tfhd, clause 8.8.7, and takes the box up if it is the
// track's.
func (c *fragmentCursor) openTraf(traf bmff.Box) {
	in := bmff.Inside(c.win, traf, 0)
	b, ok := in.Find("tfhd")
	v := c.win.At(b.Body, fullBox+4)
	if !ok || v == nil || binary.BigEndian.Uint32(v[fullBox:]) != c.id {
		return
	}
	flags := binary.BigEndian.Uint32(v)
	at := b.Body + fullBox + 4
	c.now, c.base = c.preset, c.moof
	if flags&tfhdBase != 0 {
		base, _ := c.win.Uint64(at)
		c.base = int64(min(base, math.MaxInt64/2))
		at += 8
	}
	field := func(flag uint32) (uint32, bool) {
		if flags&flag == 0 {
			return 0, false
		}
		v, _ := c.win.Uint32(at)
		at += 4
		return v, true
	}
	if v, ok := field(tfhdDescription); ok {
		c.now.description = v
	}
	if v, ok := field(tfhdDuration); ok {
		c.now.duration = int64(v)
	}
	if v, ok := field(tfhdSize); ok {
		c.now.size = int64(v)
	}
	if v, ok := field(tfhdFlags); ok {
		c.now.flags = v
	}
	c.readTime(in)
	c.data, c.owed.left = c.base, 0
	c.runs, c.inTraf = bmff.Inside(c.win, traf, 0), true
}

// readTime reads the time of a fragment, clause 8.8.12, behind its tfhd.
func (c *fragmentCursor) readTime(in bmff.Walker) {
	if c.begun && !c.timed {
		return
	}
	b, ok := in.Find("tfdt")
	v := c.win.At(b.Body, fullBox+8)
	if !ok || v == nil {
		return
	}
	time := uint64(binary.BigEndian.Uint32(v[fullBox:]))
	if v[0] == 1 {
		time = binary.BigEndian.Uint64(v[fullBox:])
	}
	if time > maxTime {
		return
	}
	if !c.begun {
		c.begun, c.ahead = true, int64(time)-c.time
	}
	if c.timed {
		c.time = int64(time)
	}
}

// openRun reads the head of a trun box, clause 8.8.8. ok is false for a run
// of no packets.
func (c *fragmentCursor) openRun(b bmff.Box) (ok bool) {
	v := c.win.At(b.Body, fullBox+4)
	if v == nil {
		return false
	}
	flags := binary.BigEndian.Uint32(v) & 0xffffff
	if flags&trunOffset == 0 {
		c.settle()
	}
	c.owed.left = 0
	c.flags = flags
	c.left = int64(binary.BigEndian.Uint32(v[fullBox:]))
	c.entry = b.Body + fullBox + 4
	if c.flags&trunOffset != 0 {
		offset, _ := c.win.Uint32(c.entry)
		c.data = c.base + int64(int32(offset))
		c.entry += 4
	}
	c.first = c.now.flags
	if c.flags&trunFirstFlags != 0 {
		c.first, _ = c.win.Uint32(c.entry)
		c.entry += 4
	}
	c.width = 0
	for _, f := range [...]uint32{trunDuration, trunSize, trunFlags, trunComposition} {
		if c.flags&f != 0 {
			c.width += 4
		}
	}
	if c.width > 0 {
		c.left = min(c.left, max(b.End-c.entry, 0)/int64(c.width))
	}
	if c.flags&trunSize == 0 && c.now.size == 0 {
		c.left = 0
	}
	if c.n+c.left > maxTime || c.left > 0 && c.now.duration > maxTime/c.left {
		c.left = 0
	}
	return c.left > 0
}

// next is tableCursor's.
func (c *fragmentCursor) next(most int64) (s sample, ok bool) {
	for c.left == 0 {
		if !c.nextRun() {
			return s, false
		}
	}
	s = sample{n: c.n, time: c.time, each: c.now.duration, pos: c.data, size: c.now.size, count: 1, other: c.now.description > 1, delta: c.first&sampleIsDelta != 0}
	c.first = c.now.flags
	if c.width == 0 {
		s.count = min(most, c.left, max(c.batch/max(s.size, 1), 1))
	} else {
		c.fields(&s)
	}
	if s.pos < 0 {
		return s, false
	}
	c.left -= s.count
	c.n += s.count
	c.time += s.count * s.each
	c.data += s.count * s.size
	return s, true
}

// fields reads what the run says of the next packet.
func (c *fragmentCursor) fields(s *sample) {
	at := c.entry
	if c.flags&trunDuration != 0 {
		v, _ := c.runWin.Uint32(at)
		s.each = int64(v)
		at += 4
	}
	if c.flags&trunSize != 0 {
		v, _ := c.runWin.Uint32(at)
		s.size = int64(v)
		at += 4
	}
	if c.flags&trunFlags != 0 {
		v, _ := c.runWin.Uint32(at)
		s.delta = v&sampleIsDelta != 0
		at += 4
	}
	if c.flags&trunComposition != 0 {
		v, _ := c.runWin.Uint32(at)
		s.shift = int64(int32(v))
	}
	c.entry += int64(c.width)
}

// skipRun moves behind the current run. The sizes of its packets are added up
// only where a run that follows asks for it.
func (c *fragmentCursor) skipRun() {
	if c.flags&trunDuration == 0 {
		c.lasts(c.now.duration)
		c.time += c.left * c.now.duration
		c.n += c.left
		c.owed.entry, c.owed.left = c.entry, c.left
		c.left = 0
		return
	}
	for c.left > 0 {
		if s, ok := c.next(1); ok {
			c.lasts(s.each)
			continue
		}
		return
	}
}

// lasts takes note of how long a packet is.
func (c *fragmentCursor) lasts(ticks int64) {
	if c.lastTime = ticks; c.firstTime == 0 {
		c.firstTime = ticks
	}
}

// settle adds up the sizes in the run that was skipped last.
func (c *fragmentCursor) settle() {
	if c.flags&trunSize == 0 {
		c.data += c.owed.left * c.now.size
		return
	}
	for ; c.owed.left > 0; c.owed.left-- {
		v, _ := c.runWin.Uint32(c.owed.entry)
		c.data += int64(v)
		c.owed.entry += int64(c.width)
	}
}

// scan goes over all fragments once, to know how much there is, and to fill
// the index.
func (c *fragmentCursor) scan() (packets, ticks int64) {
	c.index = make([]fragment, 0, 16)
	for moof := int64(-1); c.nextRun(); {
		if c.moof != moof {
			moof = c.moof
			c.note(fragment{c.moof, c.n, c.time})
		}
		if c.skipRun(); c.left > 0 || c.time > maxTime {
			break
		}
	}
	packets, ticks = c.n, c.time
	if len(c.index) > 0 {
		c.enter(c.index[0])
	}
	return packets, ticks
}

// note takes a fragment into the index if it is its turn. When the index is
// full, every second entry goes.
func (c *fragmentCursor) note(f fragment) {
	if c.seen++; (c.seen-1)%c.stride != 0 {
		return
	}
	if len(c.index) == maxFragments {
		for i := range maxFragments / 2 {
			c.index[i] = c.index[2*i]
		}
		c.index, c.stride = c.index[:maxFragments/2], 2*c.stride
		if (c.seen-1)%c.stride != 0 {
			return
		}
	}
	c.index = append(c.index, f)
}

// enterBefore goes in front of the last fragment of the index that is not
// behind what is looked for.
func (c *fragmentCursor) enterBefore(behind func(fragment) bool) {
	i := sort.Search(len(c.index), func(i int) bool { return behind(c.index[i]) })
	if len(c.index) > 0 {
		c.enter(c.index[max(i-1, 0)])
	}
}

// seek goes in front of packet n, or to the end.
func (c *fragmentCursor) seek(n int64) {
	c.enterBefore(func(f fragment) bool { return f.n > n })
	for c.n < n {
		if c.left == 0 && !c.nextRun() {
			return
		}
		if c.n+c.left <= n {
			c.skipRun()
			continue
		}
		if _, ok := c.next(n - c.n); !ok {
			return
		}
	}
}

// find is the number of the packet that holds a time in ticks: the last one
// where it is behind all of them.
func (c *fragmentCursor) find(time int64) int64 {
	c.enterBefore(func(f fragment) bool { return f.time > time })
	n := c.n
	for {
		s, ok := c.next(math.MaxInt64)
		if !ok {
			return n
		}
		if k := s.count; s.each > 0 && time < s.time+k*s.each {
			return s.n + max(time-s.time, 0)/s.each
		}
		n = s.n + s.count - 1
	}
}
