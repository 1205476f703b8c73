package tags

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"io"

	"linnet/player/internal/flac"
)

const (
	oggMark     = "OggS"
	oggHead     = 27      // of a page, without its lacing
	maxOggPages = 1 << 10 // that are looked at for the metadata
	maxOggFirst = 64      // streams that are looked at
	opusComment = "OpusTags"
	vorbisThird = "\x03vorbis"
	flacInOgg   = "\x7fFLAC"
)

// An oggPage is where one lies.
type oggPage struct {
	serial    uint32
	first     bool // of its stream
	lacing    []byte
	body, end int64
}

// readOggPage reads a page's head, RFC 3533 clause 6.
func readOggPage(r io.ReaderAt, pos int64) (p oggPage, ok bool) {
	b := readAt(r, pos, oggHead+255)
	if len(b) < oggHead || string(b[:4]) != oggMark || len(b) < oggHead+int(b[26]) {
		return p, false
	}
	const firstPage = 2
	p = oggPage{serial: binary.LittleEndian.Uint32(b[14:]), first: b[5]&firstPage != 0, lacing: b[oggHead:][:b[26]]}
	p.body = pos + oggHead + int64(len(p.lacing))
	p.end = p.body
	for _, n := range p.lacing {
		p.end += int64(n)
	}
	return p, true
}

// An oggPackets gives the packets of one stream of an Ogg file, each as a
// reader; it does not look for damage.
type oggPackets struct {
	r      io.ReaderAt
	serial uint32
	next   int64  // page
	lacing []byte // segments of the current one that are still to come
	pos    int64  // where they lie
	left   int    // bytes of the current segment
	last   bool   // it is its packet's last
	pages  int
}

// openOgg goes in front of the second packet of the first stream with
// metadata that are known, and returns the start of its first packet.
func openOgg(r io.ReaderAt) (o *oggPackets, first []byte) {
	pos := int64(0)
	for range maxOggFirst {
		p, ok := readOggPage(r, pos)
		if !ok || !p.first {
			return nil, nil
		}
		const enough = 16
		first = readAt(r, p.body, int(min(p.end-p.body, enough)))
		for _, known := range []string{"\x01vorbis", "OpusHead", flacInOgg} {
			if bytes.HasPrefix(first, []byte(known)) {
				return &oggPackets{r: r, serial: p.serial, next: p.end}, first
			}
		}
		pos = p.end
	}
	return nil, nil
}

// turn goes to the stream's next page.
func (o *oggPackets) turn() bool {
	for o.pages++; o.pages < maxOggPages; o.pages++ {
		p, ok := readOggPage(o.r, o.next)
		if !ok {
			return false
		}
		if o.next = p.end; p.serial == o.serial && !p.first {
			o.lacing, o.pos = p.lacing, p.body
			return true
		}
	}
	return false
}

// Read reads on in the current packet, up to its end.
func (o *oggPackets) Read(p []byte) (n int, err error) {
	for o.left == 0 {
		if o.last {
			return 0, io.EOF
		}
		for len(o.lacing) == 0 {
			if !o.turn() {
				return 0, io.EOF
			}
		}
		o.left = int(o.lacing[0])
		o.last = o.left < 255
		o.lacing = o.lacing[1:]
	}
	n, err = o.r.ReadAt(p[:min(len(p), o.left)], o.pos)
	o.pos += int64(n)
	if o.left -= n; n > 0 {
		err = nil
	}
	return n, err
}

// advance goes to the next packet, over what is left of the current one.
func (o *oggPackets) advance() {
	for len(o.lacing) > 0 || o.left > 0 || !o.last {
		o.pos += int64(o.left)
		if o.left = 0; o.last {
			break
		}
		if len(o.lacing) == 0 && !o.turn() {
			break
		}
		if len(o.lacing) > 0 {
			o.left, o.last = int(o.lacing[0]), o.lacing[0] < 255
			o.lacing = o.lacing[1:]
		}
	}
	o.last = false
}

// begins says whether the current packet does with a mark, and steps over it.
func (o *oggPackets) begins(mark string) bool {
	b := make([]byte, len(mark))
	n, _ := io.ReadFull(o, b)
	return string(b[:n]) == mark
}

// readOgg visits the packets of metadata: the comment, and of FLAC the pictures
// that are blocks of their own.
func readOgg(r io.ReaderAt, comment func(io.Reader), picture func(io.Reader)) {
	o, first := openOgg(r)
	switch {
	case o == nil:
	case bytes.HasPrefix(first, []byte("OpusHead")):
		if o.begins(opusComment) {
			comment(o)
		}
	case bytes.HasPrefix(first, []byte(flacInOgg)):
		for range maxFields {
			var head [4]byte
			if _, err := io.ReadFull(o, head[:]); err != nil {
				return
			}
			switch h := flac.ParseBlockHeader(head[:]); {
			case h.Type == flac.VorbisCommentBlock:
				comment(o)
			case h.Type == flac.PictureBlock:
				picture(o)
			}
			if head[0]&0x80 != 0 { // the last
				return
			}
			o.advance()
		}
	default:
		if o.begins(vorbisThird) {
			comment(o)
		}
	}
}

// readOggTags adds what an Ogg file's first stream says of itself.
func readOggTags(r io.ReaderAt, info *Info) {
	readOgg(r, func(c io.Reader) { VorbisComment(c, info) }, func(io.Reader) { info.Tags.HasCover = true })
}

// coverOgg returns the front cover, or the first picture.
func coverOgg(r io.ReaderAt) (data []byte, mime string) {
	front := false
	take := func(b []byte) {
		if d, m, kind := Picture(b); d != nil && len(d) <= MaxCover && (data == nil || kind == frontCover && !front) {
			data, mime, front = d, m, kind == frontCover
		}
	}
	readOgg(r, func(c io.Reader) {
		eachComment(c, func(name string, size int64, value io.Reader) {
			if name != pictureField || size > maxPictureField || front {
				return
			}
			// What is broken in the end is still a picture in front.
			b, _ := io.ReadAll(base64.NewDecoder(base64.StdEncoding, value))
			take(b)
		})
	}, func(p io.Reader) {
		if b, err := io.ReadAll(io.LimitReader(p, MaxCover+MaxText)); err == nil {
			take(b)
		}
	})
	return data, mime
}
