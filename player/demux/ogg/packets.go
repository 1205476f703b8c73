package ogg

import (
	"errors"
	"io"
)

// maxPacket is the longest packet that is taken: no packet of sound comes
// near it.
const maxPacket = 1 << 20

// packets puts the packets of one stream together.
type packets struct {
	pages
	serial uint32

	seg, off int    // of the page: the next segment and where it lies
	open     bool   // the last packet of the page before goes on
	number   uint32 // of the next page
	ended    bool   // the stream's last page was read
}

// These say why a packet does not come.
var (
	errHole = errors.New("ogg: something is missing here")
	errLink = errors.New("ogg: the next link begins here")
)

// enter takes up the page that was read last, at one of its segments.
func (s *packets) enter(seg int) {
	s.seg, s.off, s.open = 0, 0, false
	for ; s.seg < min(seg, len(s.page.lacing)); s.seg++ {
		s.off += int(s.page.lacing[s.seg])
	}
	s.number = s.page.number + 1
	s.ended = s.page.is(flagLast)
}

// run gives the part of the current packet that lies on the current page, or
// goes on to the next page where there is none; done says that the packet
// ends with it. The bytes are the page's.
func (s *packets) run() (b []byte, done bool, err error) {
	for s.seg >= len(s.page.lacing) {
		if err := s.turn(); err != nil {
			return nil, false, err
		}
	}
	start := s.off
	for s.seg < len(s.page.lacing) {
		n := s.page.lacing[s.seg]
		s.seg++
		s.off += int(n)
		if n < 255 {
			s.open = false
			return s.page.body[start:s.off], true, nil
		}
	}
	s.open = true
	return s.page.body[start:s.off], false, nil
}

// turn goes to the stream's next page. At the end it gives io.EOF, where
// another link begins errLink, and errHole where pages or a part of a packet
// are missing: then the next packet is a whole one again.
func (s *packets) turn() error {
	for {
		if err := s.pages.next(); err != nil {
			cut := s.lost || s.open
			s.lost, s.open = false, false
			if cut && !s.ended && errors.Is(err, io.EOF) {
				return errHole
			}
			return err
		}
		if s.page.is(flagFirst) {
			return errLink
		}
		if s.page.serial == s.serial && !s.ended {
			s.lost = false
			return s.begin()
		}
	}
}

// begin takes up the page that was read last as the one that follows.
func (s *packets) begin() error {
	missing, open := s.page.number != s.number, s.open
	s.enter(0)
	switch continued := s.page.is(flagContinued); {
	case continued && (missing || !open):
		s.skip()
		return errHole
	case missing || open && !continued:
		return errHole
	}
	return nil
}

// skip passes over the rest of a packet whose beginning is not there.
func (s *packets) skip() {
	for s.seg < len(s.page.lacing) {
		n := s.page.lacing[s.seg]
		s.seg++
		s.off += int(n)
		if n < 255 {
			return
		}
	}
}

// packet appends the next packet to buf. One that is too long is a hole.
func (s *packets) packet(buf []byte) ([]byte, int64, error) {
	pos := int64(-1)
	for first := true; ; first = false {
		b, done, err := s.run()
		if err != nil {
			return buf, pos, err
		}
		if first {
			pos = s.page.pos + int64(headSize+len(s.page.lacing)+s.off-len(b))
		}
		if len(buf)+len(b) <= maxPacket {
			buf = append(buf, b...)
		} else if done {
			return buf[:0], pos, errHole
		}
		if done {
			return buf, pos, nil
		}
	}
}

// last says whether the packet that was read last is the last that ends on
// its page.
func (s *packets) last() bool {
	for _, n := range s.page.lacing[s.seg:] {
		if n < 255 {
			return false
		}
	}
	return true
}

// A reader reads one packet without holding it.
type reader struct {
	*packets
	rest []byte
	done bool
	err  error
}

func (r *reader) Read(p []byte) (int, error) {
	for len(r.rest) == 0 && r.err == nil {
		if r.done {
			return 0, io.EOF
		}
		r.rest, r.done, r.err = r.run()
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	if n == 0 && len(p) > 0 {
		return 0, r.err
	}
	return n, nil
}
