package opus

import (
	"linnet/player/media"
)

// mode is which layers a packet has.
type mode uint8

const (
	silkOnly mode = iota + 1
	hybrid
	celtOnly
)

// maxFrames is how many frames a packet may have: 120 ms of the shortest.
const maxFrames = 48

// maxFrameSize is the most bytes that a frame may have.
const maxFrameSize = 1275

// packet is what the first byte of a packet says, RFC 6716 clause 3.1, and its
// frames.
type packet struct {
	mode   mode
	kHz    int // of SILK
	end    int // bands of CELT
	stereo bool
	size   int // samples of a frame at 48 kHz

	count  int
	frames [maxFrames][]byte
}

// head takes in the first byte.
func (p *packet) head(toc byte) {
	p.stereo = toc&4 != 0
	config := int(toc >> 3)
	switch {
	case config < 12:
		p.mode, p.kHz, p.end = silkOnly, 8+4*(config>>2), 17
		if p.kHz == 8 {
			p.end = 13
		}
		p.size = [4]int{480, 960, 1920, 2880}[config&3]
	case config < 16:
		p.mode, p.kHz, p.end = hybrid, 16, 19+2*(config>>1&1)
		p.size = 480 << (config & 1)
	default:
		p.mode, p.end = celtOnly, [4]int{13, 17, 19, 21}[config>>2&3]
		p.size = 120 << (config & 3)
	}
}

// errPacket is a packet that breaks the rules of clause 3.4.
type errPacket string

func (e errPacket) at(pos int64) error {
	return &media.FormatError{Stage: stage, Offset: pos, Msg: string(e)}
}

// parse cuts data into frames, clause 3.2, and returns what is behind the
// packet: nothing, unless it delimits itself, appendix B. On an error p is as
// it was, but for its mode and its frames' size.
func (p *packet) parse(data []byte, delimited bool) (rest []byte, e errPacket) {
	if len(data) == 0 {
		return nil, "a packet without a byte"
	}
	p.head(data[0])
	c := cutter{data: data[1:], delimited: delimited}
	switch data[0] & 3 {
	case 0:
		c.count = 1
	case 1:
		c.count, c.equal = 2, true
	case 2:
		c.count = 2
	default:
		c.counted()
	}
	if c.e == "" && c.count*p.size > 5760 {
		c.e = "a packet of more than 120 ms"
	}
	c.sizes()
	if c.e != "" {
		return nil, c.e
	}
	p.count = c.count
	for i := range c.count {
		n := c.size[i]
		p.frames[i], c.data = c.data[:n:n], c.data[n:]
	}
	if delimited {
		return c.data[c.padding:], ""
	}
	return nil, ""
}

// cutter reads how a packet is made up.
type cutter struct {
	data      []byte // what is left of it
	delimited bool
	count     int
	equal     bool // all frames have one size
	padding   int
	size      [maxFrames]int
	e         errPacket
}

// next takes a byte.
func (c *cutter) next() int {
	if len(c.data) == 0 {
		c.e = "a packet that ends in its lengths"
		return 0
	}
	b := c.data[0]
	c.data = c.data[1:]
	return int(b)
}

// length reads the length of a frame, clause 3.2.1.
func (c *cutter) length() int {
	n := c.next()
	if n >= 252 {
		n += 4 * c.next()
	}
	return n
}

// counted reads the count of code 3 and the padding, clause 3.2.5.
func (c *cutter) counted() {
	b := c.next()
	c.count, c.equal = b&63, b&128 == 0
	if c.e == "" && c.count == 0 {
		c.e = "a packet without frames"
	}
	for more := b&64 != 0; more && c.e == ""; {
		n := c.next()
		more = n == 255
		c.padding += min(n, 254)
	}
	if c.e == "" && c.padding > len(c.data) {
		c.e = "more padding than packet"
	}
}

// sizes sets the frames' sizes.
func (c *cutter) sizes() {
	if c.e != "" {
		return
	}
	sum := 0
	for i := 0; i < c.count-1 && !c.equal; i++ {
		c.size[i] = c.length()
		sum += c.size[i]
	}
	last := len(c.data) - c.padding - sum
	switch {
	case c.delimited:
		last = c.length()
	case c.equal:
		last = len(c.data) - c.padding
		if last%c.count != 0 {
			c.e = "frames of one size that do not fill the packet"
			return
		}
		last /= c.count
	}
	if c.equal {
		for i := range c.count - 1 {
			c.size[i] = last
		}
		sum = last * (c.count - 1)
	}
	c.size[c.count-1] = last
	if c.e == "" && (last < 0 || last > maxFrameSize || sum+last+c.padding > len(c.data)) {
		c.e = "frames that are longer than their packet, or than may be"
	}
}
