package external

import (
	"linnet/player"
	"linnet/player/media"
)

// want has the packets of a stream read.
func (d *demuxer) want(s media.Stream, k media.Kind) error {
	for _, one := range d.sources {
		if one.stream.ID == s.ID && one.stream.Kind == k {
			one.wanted = true
			return nil
		}
	}
	return &media.UnsupportedError{Stage: "external", Offset: -1, Msg: "there is no such stream"}
}

func (d *demuxer) newAudio(s media.Stream) (player.AudioDecoder, error) {
	if err := d.want(s, media.Audio); err != nil {
		return nil, err
	}
	return samples{}, nil
}

func (d *demuxer) newVideo(s media.Stream) (player.VideoDecoder, error) {
	if err := d.want(s, media.Video); err != nil {
		return nil, err
	}
	return &pictures{format: s.Video}, nil
}

// samples is the decoder of sound: 16 bits become the upper ones of 32.
type samples struct{}

func (samples) Decode(dst []int32, p *media.Packet) ([]int32, error) {
	for b := p.Data; len(b) >= 2; b = b[2:] {
		dst = append(dst, int32(uint32(b[0])<<16|uint32(b[1])<<24))
	}
	return dst, nil
}

func (samples) Reset() {}

// pictures is the decoder of pictures: the planes lie behind each other.
type pictures struct {
	format  media.VideoFormat
	picture media.Picture
}

func (d *pictures) Decode(p *media.Packet) (*media.Picture, error) {
	if p == nil {
		return nil, nil
	}
	f := d.format
	cw, ch := media.Chroma420.Size(f.Width, f.Height)
	luma, chroma := f.Width*f.Height, cw*ch
	if len(p.Data) < luma+2*chroma {
		return nil, &media.FormatError{Stage: "external", Offset: -1, Msg: "a picture is not whole"}
	}
	d.picture = media.Picture{
		Y: p.Data[:luma], Cb: p.Data[luma : luma+chroma], Cr: p.Data[luma+chroma : luma+2*chroma], YStride: f.Width, CStride: cw,
		Width: f.Width, Height: f.Height, PTS: p.PTS, Key: true,
	}
	return &d.picture, nil
}

func (d *pictures) Reset() {}
