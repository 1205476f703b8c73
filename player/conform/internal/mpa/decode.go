package mpa

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"linnet/player"
	"linnet/player/ad/mp3"
	"linnet/player/conform/internal/compare"
	mpademux "linnet/player/demux/mpa"
	header "linnet/player/internal/mpa"
	"linnet/player/media"
)

// A decoded is what a file gave.
type decoded struct {
	pieces  []compare.Piece
	stream  media.Stream
	damage  player.Damage
	damaged int  // pieces that are concealment
	changed bool // the streams change, and decoding stopped there
}

// samples is how many frames of sound there are.
func (d *decoded) samples() (n int) {
	for i := range d.pieces {
		n += len(d.pieces[i].Samples) / d.pieces[i].Channels
	}
	return n
}

// decode plays a file the way the player does, trimmed, up to where its
// streams change. Beside the player walks a second demuxer, which tells what
// frame each piece of sound comes from.
func decode(name string, file []byte) (d *decoded, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s: panic: %v", name, p)
		}
	}()
	open := func() (*mpademux.Demuxer, error) {
		return mpademux.New(bytes.NewReader(file), int64(len(file)))
	}
	demux, err := open()
	if err != nil {
		return nil, err
	}
	beside, err := open()
	if err != nil {
		return nil, err
	}
	track, err := player.NewTrack(&player.Media{Name: name, Format: "mpa", Demuxer: demux,
		NewAudio: func(s media.Stream) (player.AudioDecoder, error) { return mp3.New(s) }}, false)
	if err != nil {
		return nil, err
	}
	d = &decoded{stream: track.Stream()}
	err = d.read(track, beside, len(file))
	d.damage = track.Damage()
	return d, err
}

// read collects the pieces. No file has as many frames as bytes, so more
// steps than that are a hang.
func (d *decoded) read(track *player.Track, beside *mpademux.Demuxer, most int) error {
	var buf []int32
	var pkt media.Packet
	var res reservoir
	for range most + 8 {
		before := track.Damage().Count
		var err error
		buf, err = track.Read(buf[:0])
		packetErr := beside.ReadPacket(&pkt)
		switch {
		case err == io.EOF:
			return nil
		case errors.Is(err, media.ErrNewStreams):
			d.changed = true
			return nil
		case err != nil:
			return err
		}
		damaged := track.Damage().Count > before
		if packetErr != nil {
			res = reservoir{}
			continue
		}
		h, _ := header.ParseHeader(pkt.Data)
		lacks := res.lacks(&h, pkt.Data, damaged)
		d.pieces = append(d.pieces, compare.Piece{Samples: slices.Clone(buf), Channels: d.stream.Audio.Channels,
			Coded: h.Channels(), Doubtful: damaged || lacks})
		if damaged {
			d.damaged++
		}
	}
	return fmt.Errorf("no end after %d steps", most)
}

// A reservoir counts the main data of Layer III that is there.
type reservoir struct{ have int }

// lacks says whether a frame refers to main data from before the start or
// from before the last damage, and takes its own in.
func (r *reservoir) lacks(h *header.Header, b []byte, damaged bool) bool {
	side := header.HeaderSize
	if h.CRC {
		side += 2
	}
	if h.Layer != 3 || len(b) < side+h.SideInfoSize() {
		return false
	}
	begin := int(b[side]) // main_data_begin: 9 bits, 8 with low rates
	if h.Version == header.MPEG1 {
		begin = begin<<1 | int(b[side+1]>>7)
	}
	lacks := begin > r.have
	if damaged { // decoders drop its main data with it
		r.have = 0
		return lacks
	}
	r.have += len(b) - side - h.SideInfoSize()
	return lacks
}
