package ogg

import (
	"bytes"
	"encoding/binary"
	"os"
	"testing"

	"linnet/player"
	"linnet/player/ad/vorbis"
	"linnet/player/internal/input"
	"linnet/player/media"
)

func newDecoder(s media.Stream) (player.AudioDecoder, error) { return vorbis.New(s) }

func load(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func open(t testing.TB, file []byte) *Demuxer {
	t.Helper()
	d, err := New(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A piece is a packet, and where its sound ends as the file says it.
type piece struct {
	data    []byte
	granule int64
}

// pieces takes a file of one stream apart.
func pieces(t testing.TB, file []byte) (headers, sound []piece) {
	t.Helper()
	d := open(t, file)
	s := packets{pages: pages{in: input.New(bytes.NewReader(file), int64(len(file)))}}
	if err := s.pages.next(); err != nil {
		t.Fatal(err)
	}
	s.serial = s.page.serial
	s.enter(0)
	d.time.before = 0
	at := d.link.base
	for {
		b, _, err := s.packet(nil)
		if err != nil {
			break
		}
		if len(headers) <= 2 {
			headers = append(headers, piece{b, 0})
			continue
		}
		at += d.time.frames(b)
		sound = append(sound, piece{b, at})
	}
	if last := d.link.base + d.link.stream.Delay + d.link.stream.Frames; len(sound) > 0 {
		sound[len(sound)-1].granule = last
	}
	return headers, sound
}

// A muxer writes pages of one stream.
type muxer struct {
	out    []byte
	serial uint32
	number uint32
	each   int // packets on a page, at most
	most   int // segments on a page, at most
	noEnd  bool
	lacing []byte
	body   []byte
	ends   int // packets that end on the page
	flags  byte
	carry  bool // a packet goes on from the page before
	last   int64
}

// flush writes the page; granule is where its last packet ends.
func (m *muxer) flush(more bool) {
	flags := m.flags
	if m.carry {
		flags |= flagContinued
	}
	granule := int64(-1)
	if m.ends > 0 {
		granule = m.last
	}
	start := len(m.out)
	m.out = append(m.out, "OggS\x00"...)
	m.out = append(m.out, flags)
	m.out = binary.LittleEndian.AppendUint64(m.out, uint64(granule))
	m.out = binary.LittleEndian.AppendUint32(m.out, m.serial)
	m.out = binary.LittleEndian.AppendUint32(m.out, m.number)
	m.out = append(m.out, 0, 0, 0, 0, byte(len(m.lacing)))
	m.out = append(append(m.out, m.lacing...), m.body...)
	binary.LittleEndian.PutUint32(m.out[start+22:], checksum(0, m.out[start:]))
	m.number++
	m.lacing, m.body, m.ends, m.flags, m.carry = m.lacing[:0], m.body[:0], 0, 0, more
}

func (m *muxer) put(p piece) {
	for b := p.data; ; {
		if len(m.lacing) == m.most {
			m.flush(len(b) < len(p.data))
		}
		n := min(len(b), 255)
		m.lacing, m.body = append(m.lacing, byte(n)), append(m.body, b[:n]...)
		if b = b[n:]; n < 255 {
			break
		}
	}
	m.last = p.granule
	m.ends++
}

// stream writes a whole stream: the first header alone on its page, the others
// on theirs.
func (m *muxer) stream(headers, sound []piece) []byte {
	if m.most == 0 {
		m.most = 255
	}
	m.flags = flagFirst
	m.put(headers[0])
	m.flush(false)
	for _, h := range headers[1:] {
		m.put(h)
	}
	m.flush(false)
	for i, p := range sound {
		m.put(p)
		if i == len(sound)-1 && !m.noEnd {
			m.flags = flagLast
		}
		if m.ends == m.each || i == len(sound)-1 {
			m.flush(false)
		}
	}
	return m.out
}

// shift moves all granule positions.
func shift(sound []piece, by int64) []piece {
	var all []piece
	for _, p := range sound {
		all = append(all, piece{p.data, p.granule + by})
	}
	return all
}
