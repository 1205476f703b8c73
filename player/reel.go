package player

import (
	"errors"
	"fmt"
	"io"
	"time"

	"linnet/player/media"
)

// A Reel reads the pictures of one opened file, in the order in which they are
// shown, each with its time as PTS.
type Reel struct {
	media   *Media
	stream  media.Stream
	dec     VideoDecoder
	skip    Skipper             // nil where the decoder cannot tell
	times   *PictureTimes       // nil where packets have the times of their pictures
	text    func(*media.Packet) // gets subtitles; nil where nobody wants them
	texts   map[int]bool        // their streams
	pkt     media.Packet
	timed   media.Picture
	ended   bool // no more packets
	fresh   bool // nothing was decoded since the start or a seek
	damaged int
	damage  error // the first
}

// NewReel prepares the video stream of m that has the ID; below 0 it is the
// first. The Reel takes m over: Close closes it.
func NewReel(m *Media, stream int) (*Reel, error) {
	r := &Reel{media: m, fresh: true}
	for _, s := range m.Demuxer.Streams() {
		if s.Kind == media.Video && (stream < 0 || s.ID == stream) {
			return r, r.begin(s)
		}
	}
	msg := "there are no pictures in it; linnet probe shows what there is"
	if stream >= 0 {
		msg = fmt.Sprintf("stream %d has no pictures, or is not there", stream)
	}
	return nil, media.WithFile(&media.UnsupportedError{Stage: "player", Offset: -1, Msg: msg}, m.Name)
}

func (r *Reel) begin(s media.Stream) (err error) {
	r.stream, r.times = s, nil
	if s.DecodeOrder {
		r.times = &PictureTimes{}
	}
	if r.dec, err = r.media.NewVideo(s); err != nil {
		return media.WithFile(err, r.media.Name)
	}
	r.skip, _ = r.dec.(Skipper)
	return nil
}

// tell has a sink be told of the subtitles, where it wants them.
func (r *Reel) tell(sink VideoSink) {
	to, ok := sink.(TextSink)
	if !ok {
		return
	}
	var texts []media.Stream
	r.text, r.texts = to.Text, map[int]bool{}
	for _, s := range r.media.Demuxer.Streams() {
		if s.Kind == media.Subtitle {
			texts = append(texts, s)
			r.texts[s.ID] = true
		}
	}
	to.Texts(texts)
}

// Stream describes what is read.
func (r *Reel) Stream() media.Stream { return r.stream }

// Damage is how many packets were damaged, and the first of them.
func (r *Reel) Damage() (packets int, first error) { return r.damaged, r.damage }

// Close closes the file.
func (r *Reel) Close() error {
	if r.media.Closer == nil {
		return nil
	}
	return r.media.Close()
}

// Seek moves so that the pictures from which that at t is predicted come next,
// and then it.
func (r *Reel) Seek(t time.Duration) error {
	if err := r.media.Demuxer.Seek(t); err != nil {
		return media.WithFile(err, r.media.Name)
	}
	r.forget()
	return nil
}

// forget has the next packet be one that decoding begins with.
func (r *Reel) forget() {
	r.dec.Reset()
	r.ended, r.fresh = false, true
	r.times.Reset()
}

// Read returns the next picture, and io.EOF at the end. The picture is the
// decoder's, valid until the next call. Damage is concealed and counted.
// pass, if not nil, is asked about each packet, and whether the picture in it can
// be left out alone, and says whether to pass over it; passing over another one
// needs a forget before what comes is decoded.
func (r *Reel) Read(pass func(p *media.Packet, disposable bool) bool) (*media.Picture, error) {
	for {
		if r.ended {
			return r.last()
		}
		err := r.media.Demuxer.ReadPacket(&r.pkt)
		switch {
		case err == io.EOF, errors.Is(err, media.ErrNewStreams):
			r.ended = true
			continue
		case err != nil:
			if err = r.note(err); err != nil {
				return nil, err
			}
			continue
		case r.pkt.Stream != r.stream.ID:
			if r.texts[r.pkt.Stream] {
				r.text(&r.pkt)
			}
			continue
		}
		if pass != nil && pass(&r.pkt, r.skip != nil && r.skip.Disposable(&r.pkt)) {
			r.times.Put(r.pkt.PTS)
			r.times.Take(0)
			continue
		}
		r.times.Put(r.pkt.PTS)
		r.fresh = false
		pic, err := r.dec.Decode(&r.pkt)
		if err = r.note(err); err != nil {
			return nil, err
		}
		if pic != nil {
			return r.give(pic), nil
		}
		r.times.Miss()
	}
}

// last returns what the decoder still holds.
func (r *Reel) last() (*media.Picture, error) {
	if r.fresh {
		return nil, io.EOF
	}
	for {
		pic, err := r.dec.Decode(nil)
		if err != nil {
			if err = r.note(err); err != nil {
				return nil, err
			}
		}
		if pic != nil {
			return r.give(pic), nil
		}
		if err == nil {
			return nil, io.EOF
		}
	}
}

// give is a picture with its time.
func (r *Reel) give(pic *media.Picture) *media.Picture {
	r.timed = *pic
	r.timed.PTS = r.times.Take(pic.PTS)
	return &r.timed
}

// note counts damage, and lets other errors through.
func (r *Reel) note(err error) error {
	if err == nil {
		return nil
	}
	var f *media.FormatError
	if !errors.As(err, &f) {
		return media.WithFile(err, r.media.Name)
	}
	if r.damaged++; r.damaged == 1 {
		r.damage = media.WithFile(err, r.media.Name)
	}
	return nil
}
