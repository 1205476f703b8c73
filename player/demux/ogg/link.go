package ogg

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"linnet/player/internal/tags"
	"linnet/player/internal/vorbis"
	"linnet/player/media"
)

// maxHeader is how much of a first packet is looked at.
const maxHeader = 4096

// A link is one link of the chain: the pages from the first of some streams
// on to the next such.
type link struct {
	serials []uint32 // of all its streams
	stream  media.Stream
	info    tags.Info
	headers int   // packets in front of the sound, the first not counted; -1 when not known
	preskip int64 // Opus
	start   place // of the first packet of sound
	base    int64 // granule position of frame 0
	last    int64 // where the last page with a granule position is; -1 when not known
	end     int64 // where the next link begins or the file ends; -1 when not known
}

// A place is a page and the segment there that a packet begins with.
type place struct {
	pos int64
	seg int
}

// openLink reads the beginning of a link; its first page is the one that was
// read last.
func (d *Demuxer) openLink() error {
	d.link = link{end: -1, headers: -1}
	first, err := d.choose()
	if err != nil {
		return err
	}
	d.time = timing{codec: d.link.stream.Codec}
	if err := d.readHeaders(first); err != nil {
		return err
	}
	if err := d.findStart(); err != nil {
		return err
	}
	return d.measure()
}

// choose reads the first pages of all streams and enters the first stream
// that can be played. It returns that one's first packet, and leaves the
// reader behind those pages.
func (d *Demuxer) choose() (first []byte, err error) {
	var names []string
	var number uint32
	var refusal error
	for d.page.is(flagFirst) {
		d.link.serials = append(d.link.serials, d.page.serial)
		packet := d.page.body[:min(len(d.page.body), maxHeader)]
		if first == nil {
			s, err := d.identify(packet)
			if err == nil && s.Codec != "" {
				first, number = bytes.Clone(packet), d.page.number
				d.link.stream, d.serial = s, d.page.serial
			}
			if refusal == nil {
				refusal = err
			}
			names = append(names, foreign(packet))
		}
		pos := d.in.Pos()
		if err := d.pages.next(); err == io.EOF {
			break
		} else if err != nil {
			return nil, d.source(err)
		}
		if !d.page.is(flagFirst) {
			d.in.SeekTo(pos)
		}
	}
	switch {
	case first != nil:
		d.page.lacing = d.page.lacing[:0]
		d.seg, d.off, d.open, d.ended, d.lost = 0, 0, false, false, false
		d.packets.number = number + 1
		return first, nil
	case refusal != nil:
		return nil, refusal
	}
	return nil, unsupported("there is no stream that Linnet plays, but " + strings.Join(names, " and "))
}

func unsupported(msg string) error {
	return &media.UnsupportedError{Stage: stage, Offset: -1, Msg: msg}
}

// identify reads a stream's first packet. A codec that is not played gives an
// empty stream.
func (d *Demuxer) identify(packet []byte) (media.Stream, error) {
	s := media.Stream{Kind: media.Audio, Frames: -1}
	switch {
	case vorbis.IsIdentification(packet):
		id, err := vorbis.ParseIdentification(packet)
		s.Codec, s.BitRate = media.Vorbis, id.BitRate
		s.Audio = media.AudioFormat{Rate: id.Rate, Channels: id.Channels, Bits: 16}
		d.link.headers = 2
		return s, err
	case bytes.HasPrefix(packet, []byte("OpusHead")):
		return d.identifyOpus(packet)
	case bytes.HasPrefix(packet, []byte("\x7fFLAC\x01")):
		return d.identifyFLAC(packet)
	}
	return media.Stream{}, nil
}

// identifyOpus reads the identification header of RFC 7845 clause 5.1.
func (d *Demuxer) identifyOpus(packet []byte) (media.Stream, error) {
	if len(packet) < 19 || packet[9] == 0 {
		return media.Stream{}, d.damage(d.page.pos, "the Opus header is cut off")
	}
	if packet[8]>>4 != 0 {
		return media.Stream{}, unsupported("Opus of a later version")
	}
	d.link.headers = 1
	d.link.preskip = int64(binary.LittleEndian.Uint16(packet[10:]))
	return media.Stream{
		Kind: media.Audio, Codec: media.Opus, Frames: -1, Config: bytes.Clone(packet),
		Audio: media.AudioFormat{Rate: 48000, Channels: int(packet[9]), Bits: 16},
	}, nil
}

// identifyFLAC reads the first packet of RFC 9639 clause 10.1, which holds
// STREAMINFO, clause 8.2.
func (d *Demuxer) identifyFLAC(packet []byte) (media.Stream, error) {
	const info = 17 // where STREAMINFO begins
	if len(packet) < info+34 || string(packet[9:13]) != "fLaC" || packet[13]&0x7f != 0 {
		return media.Stream{}, d.damage(d.page.pos, "the FLAC header is broken")
	}
	if d.link.headers = int(binary.BigEndian.Uint16(packet[7:])); d.link.headers == 0 {
		d.link.headers = -1
	}
	config := bytes.Clone(packet[info : info+34])
	v := binary.BigEndian.Uint64(config[10:])
	s := media.Stream{
		Kind: media.Audio, Codec: media.FLAC, Frames: -1, Config: config,
		Audio: media.AudioFormat{Rate: int(v >> 44), Channels: int(v>>41&7) + 1, Bits: int(v>>36&31) + 1},
	}
	if s.Audio.Rate == 0 {
		return media.Stream{}, d.damage(d.page.pos, "no sampling rate")
	}
	return s, nil
}

// foreign names what begins with packet.
func foreign(packet []byte) string {
	for _, f := range []struct{ magic, name string }{
		{"\x80theora", "Theora video"}, {"Speex   ", "Speex"}, {"fishead", "Skeleton"}, {"\x80kate", "Kate text"},
		{"CELT    ", "CELT"}, {"BBCD", "Dirac video"}, {"\x01video", "Ogg media video"}, {"\x01audio", "Ogg media sound"},
		{"PCM     ", "OggPCM"}, {"OVP80", "VP8 video"}, {"\x01vorbis", "Vorbis"}, {"OpusHead", "Opus"}, {"\x7fFLAC", "FLAC"},
	} {
		if bytes.HasPrefix(packet, []byte(f.magic)) {
			return f.name
		}
	}
	return "an unknown stream"
}

// readHeaders reads the packets between the first one and the sound.
func (d *Demuxer) readHeaders(first []byte) error {
	switch d.link.stream.Codec {
	case media.Vorbis:
		return d.vorbisHeaders(first)
	case media.Opus:
		return d.comment(len("OpusTags"), "OpusTags")
	}
	return d.flacHeaders()
}

func (d *Demuxer) vorbisHeaders(first []byte) error {
	if err := d.comment(vorbis.HeaderSize, "\x03vorbis"); err != nil {
		return err
	}
	setup, pos, err := d.packets.packet(nil)
	if err != nil {
		return d.headerError(err)
	}
	id, err := vorbis.ParseIdentification(first)
	if err != nil {
		return err
	}
	s, err := vorbis.ParseSetup(id, setup)
	if err != nil {
		return at(err, pos)
	}
	d.time.blocks = vorbis.NewBlocks(id, s)
	d.link.stream.Config = vorbis.PackHeaders(first, nil, setup)
	return nil
}

// at puts a place in the file into err.
func at(err error, pos int64) error {
	var f *media.FormatError
	if errors.As(err, &f) && f.Offset < 0 {
		f.Stage, f.Offset = stage, pos
	}
	return err
}

// comment reads a packet of tags behind its magic bytes.
func (d *Demuxer) comment(size int, magic string) error {
	r := &reader{packets: &d.packets}
	head := make([]byte, size)
	if _, err := io.ReadFull(r, head); err != nil || string(head) != magic {
		if r.err != nil {
			return d.headerError(r.err)
		}
		return d.damage(d.page.pos, "no header of tags")
	}
	tags.VorbisComment(r, &d.link.info)
	if _, err := io.Copy(io.Discard, r); err != nil {
		return d.headerError(err)
	}
	return nil
}

// flacHeaders reads metadata blocks, one a packet, of which the first are
// tags.
func (d *Demuxer) flacHeaders() error {
	for last := false; !last && d.link.headers != 0; d.link.headers-- {
		r := &reader{packets: &d.packets}
		var head [4]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return d.headerError(errors.Join(r.err, err))
		}
		last = head[0]&0x80 != 0
		switch head[0] & 0x7f {
		case 4:
			tags.VorbisComment(r, &d.link.info)
			a := &d.link.stream.Audio
			a.Layout = media.NewLayout(d.link.info.Mask, a.Channels)
		case 6:
			d.link.info.Tags.HasCover = true
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			return d.headerError(err)
		}
	}
	return nil
}

// headerError is what a header that does not come means.
func (d *Demuxer) headerError(err error) error {
	if errors.Is(err, errLink) {
		d.in.SeekTo(d.page.pos)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, errHole) || errors.Is(err, errLink) {
		return d.damage(d.page.pos, "a header is missing")
	}
	return d.source(err)
}

func (d *Demuxer) source(err error) error { return fmt.Errorf("%s: %w", stage, err) }
