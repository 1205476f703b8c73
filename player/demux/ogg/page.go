package ogg

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"

	"linnet/player/internal/input"
)

const (
	headSize = 27
	maxBody  = 255 * 255
	// maxWaste bounds how much is read again for the sake of pages that turn
	// out to be none.
	maxWaste = 32 << 20
)

// The flags of a page, RFC 3533 clause 6.
const (
	flagContinued = 1 << iota
	flagFirst
	flagLast
)

// A page is one page of the file.
type page struct {
	pos     int64 // in the file
	flags   byte
	granule int64 // -1 where no packet ends
	serial  uint32
	number  uint32
	lacing  []byte
	body    []byte
}

func (p *page) is(flag byte) bool { return p.flags&flag != 0 }

// pages reads pages and passes over what is none.
type pages struct {
	in     *input.Reader
	page   page
	head   [headSize + 255]byte
	lost   bool // something was passed over, that is for the caller to clear
	cut    bool // the file ends within a page
	wasted int
	// sound are the places of the pages last read whose checksums were right:
	// those at both ends of a file are read several times when it is opened.
	sound  [8]int64
	sounds int // that were entered
}

// Match says whether head, a file's start, is that of an Ogg file.
func Match(head []byte) bool { return bytes.HasPrefix(head, magic) }

var magic = []byte("OggS")

// next reads the next page. It returns io.EOF at the end, and any other error
// is the source's.
func (r *pages) next() error {
	for {
		ok, err := r.try()
		if ok {
			return nil
		}
		r.page = page{pos: r.in.Pos(), body: r.page.body[:0]}
		if err != nil {
			return err
		}
		r.lost = true
		if err := r.search(); err != nil {
			return err
		}
	}
}

// try reads the page that begins here. If it is none, the reader stands a
// byte further on.
func (r *pages) try() (ok bool, err error) {
	pos := r.in.Pos()
	b, err := r.in.Peek(headSize)
	if len(b) < headSize {
		if len(b) > 0 && errors.Is(err, io.EOF) {
			r.lost, r.cut = true, bytes.HasPrefix(magic, b[:min(len(b), len(magic))])
			r.in.Skip(int64(len(b)))
		}
		return false, err
	}
	if !bytes.HasPrefix(b, magic) || b[4] != 0 {
		r.in.Skip(1)
		return false, nil
	}
	whole, err := r.load(pos)
	if whole || err != nil {
		return whole, err
	}
	if r.wasted += len(r.page.body); r.wasted < maxWaste {
		r.in.SeekTo(pos + 1)
	}
	return false, nil
}

// load reads a page's header and body and compares the checksum.
func (r *pages) load(pos int64) (bool, error) {
	if _, err := r.in.ReadFull(r.head[:headSize]); err != nil {
		return false, unlessEnd(err)
	}
	n, err := r.in.ReadFull(r.head[headSize : headSize+int(r.head[26])])
	if err != nil {
		r.cut = true
		return false, unlessEnd(err)
	}
	head := r.head[:headSize+n]
	r.page = page{
		pos: pos, flags: head[5], granule: int64(binary.LittleEndian.Uint64(head[6:])),
		serial: binary.LittleEndian.Uint32(head[14:]), number: binary.LittleEndian.Uint32(head[18:]),
		lacing: head[headSize:], body: r.page.body,
	}
	size := 0
	for _, l := range r.page.lacing {
		size += int(l)
	}
	if cap(r.page.body) < size {
		r.page.body = make([]byte, size, min(2*size, maxBody))
	}
	r.page.body = r.page.body[:size]
	if _, err := r.in.ReadFull(r.page.body); err != nil {
		r.cut = true
		return false, unlessEnd(err)
	}
	return r.isSound(head), nil
}

// isSound says whether the page that was read has the checksum that its header says.
func (r *pages) isSound(head []byte) bool {
	if slices.Contains(r.sound[:min(r.sounds, len(r.sound))], r.page.pos) {
		return true
	}
	want := binary.LittleEndian.Uint32(head[22:])
	clear(head[22:26])
	if checksum(checksum(0, head), r.page.body) != want {
		return false
	}
	r.sound[r.sounds%len(r.sound)] = r.page.pos
	r.sounds++
	return true
}

// unlessEnd is err unless it says that the file has ended.
func unlessEnd(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

// search moves to where the next page may begin.
func (r *pages) search() error {
	for {
		b, err := r.in.Peek(input.DefaultSize)
		if i := bytes.Index(b, magic); i >= 0 {
			r.in.Skip(int64(i))
			return nil
		}
		if err != nil {
			r.in.Skip(int64(len(b)))
			return err
		}
		r.in.Skip(int64(len(b) - len(magic) + 1))
	}
}

// checksum goes on with a page's checksum over b.
func checksum(crc uint32, b []byte) uint32 {
	for ; len(b) >= 4; b = b[4:] {
		crc = crc<<8 ^ crcTable[byte(crc>>24)^b[0]]
		crc = crc<<8 ^ crcTable[byte(crc>>24)^b[1]]
		crc = crc<<8 ^ crcTable[byte(crc>>24)^b[2]]
		crc = crc<<8 ^ crcTable[byte(crc>>24)^b[3]]
	}
	for _, v := range b {
		crc = crc<<8 ^ crcTable[byte(crc>>24)^v]
	}
	return crc
}
