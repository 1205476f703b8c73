package ogg

import (
	"errors"
	"io"

	"linnet/player/internal/input"
	"linnet/player/media"
)

const stage = "demux/ogg"

// A Demuxer cuts an Ogg file into the packets of its first playable stream.
// It implements player.Demuxer and player.Tagger, and is for one goroutine
// at a time.
type Demuxer struct {
	packets
	size   int64
	link   link
	view   [1]media.Stream
	time   timing
	pts    int64 // of the next packet
	unsure bool  // pts is not known until a page tells
	ahead  bool  // the next link begins with the page that was read last
	err    error // final
	buf    []byte
}

// New opens the Ogg file in the first size bytes of src; size is -1 when it
// is not known, and then so is the length.
func New(src io.ReaderAt, size int64) (*Demuxer, error) {
	d := &Demuxer{packets: packets{pages: pages{in: input.New(src, size)}}, size: size}
	for {
		if err := d.pages.next(); err == io.EOF {
			return nil, d.damage(0, "there is no stream in it")
		} else if err != nil {
			return nil, d.source(err)
		}
		if d.page.is(flagFirst) {
			break
		}
	}
	if err := d.openLink(); err != nil {
		return nil, err
	}
	return d, nil
}

func (d *Demuxer) damage(pos int64, msg string) error {
	return &media.FormatError{Stage: stage, Offset: pos, Msg: msg}
}

// Streams returns the one stream of the current link; the slice is the
// Demuxer's.
func (d *Demuxer) Streams() []media.Stream {
	d.view[0] = d.link.stream
	return d.view[:]
}

// Tags returns what the current link says about itself.
func (d *Demuxer) Tags() media.Tags { return d.link.info.Tags }

// Chapters returns those that the current link's comments name.
func (d *Demuxer) Chapters() []media.Chapter { return d.link.info.Chapters }

// ReadPacket gives the next packet as player.Demuxer demands.
func (d *Demuxer) ReadPacket(p *media.Packet) error {
	if d.ahead {
		return d.nextLink()
	}
	if d.err != nil {
		return d.err
	}
	data, pos, pts, err := d.timed(p.Data[:0])
	for err == nil && len(data) == 0 { // no sound, but a place for a last page's flag
		data, pos, pts, err = d.timed(data)
	}
	switch {
	case err == nil:
		*p = media.Packet{Data: data, PTS: pts, Pos: pos, Key: true}
		return nil
	case errors.Is(err, errLink):
		d.ahead = true
		return d.ReadPacket(p)
	case errors.Is(err, errHole):
		p.Data = data
		d.unsure = true
		if d.cut {
			return d.damage(d.in.Pos(), "the file is cut off")
		}
		return d.damage(d.page.pos, "packets are missing")
	case err == io.EOF:
		return io.EOF
	}
	d.err = d.source(err)
	return d.err
}

// nextLink opens the link that begins with the next first page. One that
// can't be played is told once and passed over.
func (d *Demuxer) nextLink() error {
	for !d.page.is(flagFirst) {
		if err := d.pages.next(); err == io.EOF {
			return io.EOF
		} else if err != nil {
			return d.source(err)
		}
	}
	link, time, serial := d.link, d.time, d.serial
	if err := d.openLink(); err != nil {
		d.link, d.time, d.serial = link, time, serial
		d.page.flags = 0
		return err
	}
	d.ahead = false
	return media.ErrNewStreams
}

// timed appends the next packet to buf and says where its sound begins.
func (d *Demuxer) timed(buf []byte) (data []byte, pos, pts int64, err error) {
	data, pos, err = d.packet(buf)
	if err != nil {
		return data, pos, 0, err
	}
	if d.unsure && d.page.granule >= 0 {
		d.recover(data)
	}
	pts = d.pts
	d.pts += d.time.frames(data)
	// What the page says holds, but for the last one, which trims.
	if d.page.granule >= 0 && d.packets.last() && !d.page.is(flagLast) && d.page.pos != d.link.last && !d.unsure {
		d.pts = d.page.granule - d.link.base
	}
	return data, pos, pts, nil
}

// recover counts back from the page's granule position to the packet that
// was just read, behind which stand others on the page.
func (d *Demuxer) recover(data []byte) {
	t := d.time
	n := t.frames(data)
	off := d.off
	for seg := d.seg; seg < len(d.page.lacing); {
		size, whole := 0, false
		for seg < len(d.page.lacing) && !whole {
			size += int(d.page.lacing[seg])
			whole = d.page.lacing[seg] < 255
			seg++
		}
		if whole {
			n += t.frames(d.page.body[off : off+size])
		}
		off += size
	}
	d.pts = max(d.pts, d.page.granule-d.link.base-n)
	d.unsure = false
}
