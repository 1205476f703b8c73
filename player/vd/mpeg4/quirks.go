package mpeg4

import "bytes"

// quirks are what encoders of old did otherwise than the standard says. Their
// streams look right only when a decoder does so too. Who encoded a stream, and
// by which build, its user data say.
type quirks struct {
	edges        bool // vectors lead out of the picture at its own edge, not at its last macroblock's
	quarterTable bool // vectors of colour are rounded by a table where there are quarters
	quarterOdd   bool // or halved as those of halves are
	fieldHalves  bool // the vertical vectors of colour of fields lose their last bit
}

// A maker is a program and its build, as far as they are known.
type maker struct{ name, version, build int }

// The programs whose builds matter.
const (
	nobody = iota
	divx
	xvid
)

// parseMaker reads user data: "DivX503b1393p", "DivX501Build413", "XviD0046".
func parseMaker(data []byte) (m maker, ok bool) {
	if i := bytes.IndexByte(data, 0); i >= 0 {
		data = data[:i]
	}
	if rest, ok := bytes.CutPrefix(data, []byte("XviD")); ok {
		m.build, _ = number(rest)
		m.name = xvid
		return m, true
	}
	rest, ok := bytes.CutPrefix(data, []byte("DivX"))
	if !ok {
		return m, false
	}
	m.name = divx
	m.version, rest = number(rest)
	if rest, ok = bytes.CutPrefix(rest, []byte("Build")); !ok {
		rest = bytes.TrimPrefix(rest, []byte("b"))
	}
	m.build, _ = number(rest)
	return m, true
}

// number reads up to five digits.
func number(b []byte) (v int, rest []byte) {
	for n := 0; n < 5 && len(b) > 0 && b[0] >= '0' && b[0] <= '9'; n++ {
		v = 10*v + int(b[0]-'0')
		b = b[1:]
	}
	return v, b
}

// quirks says what a program did.
func (m maker) quirks() (q quirks) {
	switch m.name {
	case divx:
		q.fieldHalves = true
		q.edges = m.version < 500
		q.quarterTable = m.version > 502 && m.build < 1814
		q.quarterOdd = m.version >= 500 && m.build < 1814
	case xvid:
		q.edges = m.build <= 12
		q.quarterOdd = m.build <= 1
	}
	return q
}

// halves are what the table of quarterTable adds to a vector's half, by its last
// three bits.
var halves = [8]int32{2: 1, 3: 1, 7: 1}

// halved is a vector of quarters in halves, for colour.
func (q *quirks) halved(v vector) vector {
	switch {
	case q.quarterTable:
		return vector{v.x>>1 + halves[v.x&7], v.y>>1 + halves[v.y&7]}
	case q.quarterOdd:
		return colour(v)
	}
	return vector{v.x / 2, v.y / 2}
}
