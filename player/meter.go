package player

import (
	"math/bits"
	"time"

	"linnet/player/media"
)

// meter follows what the device has played, from what it was fed, what it says
// is left of that, and the clock. Drivers are not believed: one counts double,
// one knows its position to fragments only, one runs at another rate than it
// says. All counts are in frames since the device last stood still and empty.
type meter struct {
	format media.AudioFormat
	factor int64 // by which the told delay is too long: 1 as a rule
	fed    int64

	// begin is the first look, for factor.
	begin look

	// played is what was played at the time at, by the best look so far.
	played int64
	at     time.Time
	moving bool // it has been seen to play
	// newer is the best look since the time newest.
	newer  look
	newest time.Time

	last   look  // the latest one
	change look  // the latest one that told another position than the one before
	moved  int64 // by how much
	still  bool  // between these two the position stood
	stood  bool  // it stands for longer than a step takes
	steps  int   // how often in a row it moved in the same step
	step   int64
	fine   int           // how often it was seen to move in no step
	kept   int64         // by how much it moved between the latest two looks, where that was as the clock does
	usual  time.Duration // its period, as far as it is known

	// since is where the measurement of the rate begins, best its latest
	// result.
	since, until look
	before       int // ppm, from before it last stood still
}

// look is one answer of the device.
type look struct {
	at     time.Time
	fed    int64
	played int64
}

// open is for a device that was opened.
func (m *meter) open(f media.AudioFormat) {
	*m = meter{format: f, factor: 1}
}

// restart is for a device that stands still and empty.
func (m *meter) restart() {
	*m = meter{format: m.format, factor: m.factor, step: m.step, steps: m.steps, fine: m.fine, before: m.ppm(), usual: m.usual}
}

// feed notes that the device took frames.
func (m *meter) feed(n int64) { m.fed += n }

// look takes an answer of the device.
func (m *meter) look(now time.Time, delay time.Duration) {
	told := m.format.Frames(delay)
	if m.begin.at.IsZero() {
		m.begin = look{at: now, fed: m.fed, played: told}
	}
	m.calibrate(now, told)
	l := look{now, m.fed, m.fed - told/m.factor}
	if m.last.at.IsZero() {
		m.last, m.change = l, l
		m.take(l)
		return
	}
	gain := l.played - m.last.played
	if !m.moving && gain <= 0 {
		m.last, m.change = l, l
		m.take(l)
		return
	}
	m.moving = true
	m.learnStep(l, gain)
	m.learnFine(l, gain)
	m.anchor(l, gain)
	m.measure(l)
	m.last = l
	if gain != 0 {
		m.change, m.moved, m.still = l, gain, false
	} else if now.Sub(m.change.at) > max(5*time.Millisecond, m.format.Duration(2)) {
		m.still = true
	}
}

// calibrate finds out whether the delay counts too much: while a device that
// stands still is filled, faster than it could play, the delay must grow by
// what it is given. A driver's own delay behind its buffer is the same at
// either end.
func (m *meter) calibrate(now time.Time, told int64) {
	given, grown := m.fed-m.begin.fed, told-m.begin.played
	if m.moving || given < m.format.Frames(100*time.Millisecond) || m.format.Duration(given) < 4*now.Sub(m.begin.at) {
		return
	}
	if f := (grown + given/2) / given; f >= 2 && f <= 8 {
		m.factor = f
	}
}

// learnStep finds out by how much the position moves at once: one that stood
// from a look to the next and then has caught up with the clock, three times in
// a row, moves in steps. One that moved by no multiple of that does not.
func (m *meter) learnStep(l look, gain int64) {
	switch {
	case gain <= 0:
	case m.steps >= sure:
		m.step = gcd(m.step, gain)
		if m.step < m.format.Frames(5*time.Millisecond) {
			m.step, m.steps = 0, 0
		}
	case !m.still || gain*2 < m.format.Frames(l.at.Sub(m.change.at)):
		m.steps = 0
	case m.steps > 0 && gcd(m.step, gain) == min(m.step, gain):
		m.steps++
		m.step = min(m.step, gain)
	default:
		m.step, m.steps = gain, 1
	}
}

// sure is how many steps make a device one that moves in steps.
const sure = 3

// stepped says whether it is one.
func (m *meter) stepped() bool { return m.steps >= sure }

// learnFine finds out the opposite: a position that is twice in a row where the
// clock has it, and moved by less than two periods but by no multiple of one step,
// moves in none.
func (m *meter) learnFine(l look, gain int64) {
	d := l.at.Sub(m.last.at)
	if d < time.Millisecond || m.fine >= sure {
		return
	}
	before, due := m.kept, m.format.Frames(d)
	m.kept = gain
	if off := max(gain, due) - min(gain, due); gain <= 0 || off > due/8+1 {
		m.kept, m.fine = 0, 0
		return
	}
	less, more := min(before, gain), max(before, gain)
	if less > 0 && more > less && 4*(more-less) < 3*less && 2*more <= 3*m.format.Frames(m.usual) {
		m.fine++
	}
}

// unsure says whether looks between those that a full device allows would tell
// more about how it moves. Where it wakes its player at each step, these alone
// find every device where the clock has it.
func (m *meter) unsure() bool { return m.moving && m.steps < sure && m.fine < sure }

// stride is by how much the position is taken to move at once, 0 where each
// frame is told. Of a device that is not known yet it is what it moved by last.
func (m *meter) stride() int64 {
	switch {
	case m.stepped():
		return m.step
	case m.fine >= sure:
		return 0
	}
	return m.moved
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// anchor takes over a position that is known better than the clock would have
// it: any, where each frame is told; else one that has just moved, as between
// its moves the clock is right, unless the device has stood for longer than that.
// One that has stood for less falls behind the clock from then on: after a while
// only what is newer counts.
func (m *meter) anchor(l look, gain int64) {
	stride := m.stride()
	if gain == 0 && 2*l.at.Sub(m.change.at) > 3*m.format.Duration(stride) {
		m.stood = true
	}
	believed := gain != 0 && !m.stepped() || stride == 0 || m.stood
	switch {
	case believed || l.played >= m.predict(l.at):
		m.take(l)
	case l.played >= m.after(m.newer.played, l.at.Sub(m.newer.at)):
		m.newer = l
	}
	if l.at.Sub(m.newest) > while {
		m.played, m.at = m.newer.played, m.newer.at
		m.newer, m.newest = l, l.at
	}
	if gain != 0 {
		m.stood = false
	}
}

// take has what follows be reckoned from l.
func (m *meter) take(l look) {
	m.played, m.at = l.played, l.at
	m.newer, m.newest = l, l.at
}

// while is how long it takes until a player that looks at odd times has found a
// device at each part of its steps.
const while = time.Second

// predict is what was played by a time, by the clock: the frame that was then
// heard counts, as it would be heard twice otherwise.
func (m *meter) predict(now time.Time) int64 {
	d := now.Sub(m.at)
	if !m.moving || d <= 0 {
		return m.played
	}
	return m.after(m.played, d)
}

// after is where a device that was at a position is some time later, rounded up.
func (m *meter) after(played int64, d time.Duration) int64 {
	hi, lo := bits.Mul64(uint64(d), uint64(m.format.Rate)*uint64(1e6+m.ppm()))
	n, part := bits.Div64(hi, lo, 1e15)
	if part > 0 {
		n++
	}
	return played + int64(n)
}

// left is how many of the frames that the device was fed are not heard by now.
func (m *meter) left(now time.Time) int64 {
	return min(max(m.fed-m.predict(now), 0), m.fed)
}

// told is how many frames a device has that says that it has so many, of which it
// was not fed the last silent ones.
func (m *meter) told(queued, silent int64) int64 {
	return min(max((queued+m.factor-1)/m.factor-silent, 0), m.fed)
}

// bounded is how many frames a device had when it stopped, which told as many as
// unheard. One that moves in steps tells up to a step too many, and the clock has
// it better; the meter was not fed the last given ones.
func (m *meter) bounded(unheard, given int64, now time.Time) int64 {
	if n := m.left(now) + given; m.stepped() && m.moving && unheard-n <= m.step+1 {
		return min(unheard, n)
	}
	return unheard
}

// dryFor is how long a device that nothing was given to has been dry by now.
func (m *meter) dryFor(now time.Time) time.Duration {
	if !m.moving {
		return 0
	}
	return max(now.Sub(m.at)-m.format.Duration(m.fed-m.played), 0)
}

// measure compares the device's clock with this machine's, for as long as it
// plays without standing still.
func (m *meter) measure(l look) {
	if m.stride() > 0 && l.played == m.last.played {
		return // between two moves
	}
	expected := m.format.Frames(l.at.Sub(m.until.at))
	stood := !m.until.at.IsZero() && (l.played-m.until.played)*4 < expected*3
	if m.since.at.IsZero() || stood {
		m.since = l
	}
	m.until = l
}

// The rate is known when it was measured for so long.
const measured = time.Second

// ppm is by how many millionths the device is faster than its rate.
func (m *meter) ppm() int {
	d := m.until.at.Sub(m.since.at)
	if d < measured {
		return m.before
	}
	nominal := m.format.Frames(d)
	found := (m.until.played - m.since.played - nominal) * 1e6 / nominal
	// Either end may be off by a step.
	if doubt := m.stride() * 1e6 / nominal; doubt > fineRate && max(found, -found) < 4*doubt {
		return m.before
	}
	return int(found)
}

// fineRate is a doubt in millionths that does not matter.
const fineRate = 500

// span is for how long the rate was measured, 0 where it is not known yet.
func (m *meter) span() time.Duration {
	if d := m.until.at.Sub(m.since.at); d >= measured {
		return d
	}
	return 0
}
