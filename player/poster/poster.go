package poster

import (
	"errors"
	"image"
	"io"
	"time"

	"linnet/player"
	"linnet/player/media"
)

const (
	stage = "poster"
	// places are looked at, from the film's begin on; the end has titles.
	places = 16
	parts  = 20
	// patience is how many packets are read for a picture.
	patience = 64
	// contrast is the variance of luma from which on a picture shows something:
	// black, white and titles on them are below.
	contrast = 400
)

// Find decodes the poster of a file, in its pixels' true shape. The Media is
// left anywhere. It returns a *media.UnsupportedError where the file has no
// pictures, and a *media.FormatError where none can be decoded.
func Find(m *player.Media) (*image.RGBA, error) {
	for _, s := range m.Demuxer.Streams() {
		if s.Kind != media.Video {
			continue
		}
		dec, err := m.NewVideo(s)
		if err != nil {
			return nil, err
		}
		return find(m.Demuxer, dec, s)
	}
	return nil, &media.UnsupportedError{Stage: stage, Offset: -1, Msg: "a file without pictures"}
}

func find(d player.Demuxer, dec player.VideoDecoder, s media.Stream) (*image.RGBA, error) {
	var best *image.RGBA
	most := -1
	for i := range time.Duration(places) {
		at := max(s.Length, 0) / parts * i
		if i > 0 && at == 0 {
			break
		}
		if err := d.Seek(at); err != nil {
			return nil, err
		}
		pic, err := first(d, dec, s.ID)
		if err != nil {
			return nil, err
		}
		if pic == nil {
			continue
		}
		if v := variance(pic); v > most {
			most, best = v, Image(pic, s.Video.Aspect)
		}
		if most >= contrast {
			break
		}
	}
	if best == nil {
		return nil, &media.FormatError{Stage: stage, Offset: -1, Msg: "no picture can be decoded"}
	}
	return best, nil
}

// first decodes the first picture from where the demuxer stands; nil where
// there is none.
func first(d player.Demuxer, dec player.VideoDecoder, stream int) (*media.Picture, error) {
	dec.Reset()
	var p media.Packet
	for n := 0; n < patience; {
		err := d.ReadPacket(&p)
		switch {
		case err == io.EOF, errors.Is(err, media.ErrNewStreams):
			pic, err := dec.Decode(nil)
			return pic, ignore(err)
		case err != nil:
			if err = ignore(err); err != nil {
				return nil, err
			}
			n++ // damage that never ends
			continue
		case p.Stream != stream:
			continue
		}
		n++
		pic, err := dec.Decode(&p)
		if err = ignore(err); err != nil || pic != nil {
			return pic, err
		}
	}
	return nil, nil
}

// ignore takes damage for nothing.
func ignore(err error) error {
	var f *media.FormatError
	if errors.As(err, &f) {
		return nil
	}
	return err
}

// variance is that of luma, at places of a grid.
func variance(p *media.Picture) int {
	const step = 4
	var n, sum, squares int64
	for y := 0; y < p.Height; y += step {
		for x := 0; x < p.Width; x += step {
			v := int64(p.Y[y*p.YStride+x])
			n++
			sum += v
			squares += v * v
		}
	}
	if n == 0 {
		return 0
	}
	return int((squares - sum*sum/n) / n)
}
