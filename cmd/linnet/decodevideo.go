//go:build !appliance

package main

import (
	"bufio"
	"crypto/md5"
	"errors"
	"fmt"
	"io"
	"time"

	"linnet/player"
	"linnet/player/media"
	"linnet/player/vo"
)

// pictures decodes a video stream into what a pictureWriter makes of it.
func (c *decodeCmd) pictures(s *streams, m *player.Media) (err error) {
	defer m.Close()
	if c.Stream < 0 {
		c.Stream = firstOf(m, media.Video)
	}
	var stream media.Stream
	for _, st := range m.Demuxer.Streams() {
		if st.ID == c.Stream && st.Kind == media.Video {
			stream = st
		}
	}
	if stream.Kind != media.Video {
		return fmt.Errorf("decode: %s has no video stream, or not that one; probe shows its streams", m.Name)
	}
	dec, err := m.NewVideo(stream)
	if err != nil {
		return fmt.Errorf("decode: %w", media.WithFile(err, m.Name))
	}
	out, err := c.create(s)
	if err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	defer closing(out, c.Output, &err)
	w := &pictureWriter{out: bufio.NewWriterSize(out, 64<<10), stream: stream, sums: c.Format == "framemd5"}
	write := w.write
	if c.Format == "rgb565" {
		panel := newPanel(stream, c.Rotate)
		write = func(p *media.Picture) error {
			panel.paint(p)
			return panel.writeTo(w.out)
		}
	}
	progress := progressor{w: s.err, live: isTerminal(s.err)}
	damage := damages{name: m.Name}
	v := viewer{m: m, stream: stream.ID, dec: dec, damage: &damage, show: func(p *media.Picture) error {
		progress.at(time.Duration(p.PTS), stream.Duration())
		return write(p)
	}}
	if stream.DecodeOrder {
		v.times = &player.PictureTimes{}
	}
	err = v.run()
	progress.clear()
	if err == nil {
		err = w.out.Flush()
	}
	if err != nil {
		return fmt.Errorf("decode: %w", media.WithFile(err, m.Name))
	}
	return damage.judge(s)
}

// A viewer reads one video stream to its end.
type viewer struct {
	times  *player.PictureTimes // nil where packets have the times of their pictures
	m      *player.Media
	stream int
	dec    player.VideoDecoder
	damage *damages
	show   func(*media.Picture) error
}

func (v *viewer) run() error {
	var p media.Packet
	for {
		err := v.m.Demuxer.ReadPacket(&p)
		switch {
		case err == io.EOF, errors.Is(err, media.ErrNewStreams):
			return v.drain()
		case v.damage.take(err):
			continue
		case err != nil:
			return err
		case p.Stream != v.stream:
			continue
		}
		if err := v.decode(&p); err != nil {
			return err
		}
	}
}

func (v *viewer) decode(p *media.Packet) error {
	v.times.Put(p.PTS)
	pic, err := v.dec.Decode(p)
	if err != nil && !v.damage.take(err) {
		return err
	}
	if pic == nil {
		v.times.Miss()
	}
	return v.give(pic)
}

// give shows a picture, if there is one, at its time.
func (v *viewer) give(pic *media.Picture) error {
	if pic == nil {
		return nil
	}
	timed := *pic
	timed.PTS = v.times.Take(pic.PTS)
	return v.show(&timed)
}

// drain shows what the decoder still holds.
func (v *viewer) drain() error {
	for {
		pic, err := v.dec.Decode(nil)
		if err != nil && !v.damage.take(err) {
			return err
		}
		if pic == nil {
			return nil
		}
		if err := v.give(pic); err != nil {
			return err
		}
	}
}

// damages counts what was concealed.
type damages struct {
	name  string
	count int
	first error
}

// take counts an error that is damage, and says whether it is one.
func (d *damages) take(err error) bool {
	var f *media.FormatError
	if !errors.As(err, &f) {
		return false
	}
	if d.count++; d.count == 1 {
		d.first = media.WithFile(err, d.name)
	}
	return true
}

func (d *damages) judge(s *streams) error {
	if d.count == 0 {
		return nil
	}
	complain(s.err, "decode: %s", advise(d.first))
	complain(s.err, "decode: %s: damage in %d places was concealed; everything else was decoded", d.name, d.count)
	return errSaid
}

// discard decodes all streams that can be decoded, and throws them away.
func (c *decodeCmd) discard(s *streams, m *player.Media) error {
	defer m.Close()
	damage := damages{name: m.Name}
	audio, video := map[int]player.AudioDecoder{}, map[int]*viewer{}
	for _, st := range m.Demuxer.Streams() {
		if c.Stream >= 0 && st.ID != c.Stream {
			continue
		}
		var err error
		switch st.Kind {
		case media.Audio:
			audio[st.ID], err = m.NewAudio(st)
		case media.Video:
			v := &viewer{m: m, damage: &damage, show: func(*media.Picture) error { return nil }}
			if c.Format == "rgb565" {
				panel := newPanel(st, c.Rotate)
				v.show = func(p *media.Picture) error { panel.paint(p); return nil }
			}
			v.dec, err = m.NewVideo(st)
			video[st.ID] = v
		}
		if err != nil {
			return fmt.Errorf("decode: %w", media.WithFile(err, m.Name))
		}
	}
	var p media.Packet
	var frames []int32
	for {
		err := m.Demuxer.ReadPacket(&p)
		switch {
		case err == io.EOF, errors.Is(err, media.ErrNewStreams):
			for _, v := range video {
				if err := v.drain(); err != nil {
					return fmt.Errorf("decode: %w", media.WithFile(err, m.Name))
				}
			}
			return damage.judge(s)
		case damage.take(err):
			continue
		case err != nil:
			return fmt.Errorf("decode: %w", media.WithFile(err, m.Name))
		}
		if v := video[p.Stream]; v != nil {
			err = v.decode(&p)
		} else if a := audio[p.Stream]; a != nil {
			frames, err = a.Decode(frames[:0], &p)
		}
		if err != nil && !damage.take(err) {
			return fmt.Errorf("decode: %w", media.WithFile(err, m.Name))
		}
	}
}

// A pictureWriter writes pictures as YUV4MPEG2, or a line of text for each
// as FFmpeg's framemd5 does.
type pictureWriter struct {
	out    *bufio.Writer
	stream media.Stream
	sums   bool
	shape  media.Picture // what the header says; without planes
	count  int64
}

func (w *pictureWriter) write(p *media.Picture) error {
	shape := media.Picture{Width: p.Width, Height: p.Height, Chroma: p.Chroma, Full: p.Full, Interlaced: p.Interlaced && !w.sums, TopFirst: p.TopFirst && !w.sums}
	switch {
	case w.count == 0:
		w.header(&shape)
	case (shape.Width != w.shape.Width || shape.Height != w.shape.Height || shape.Chroma != w.shape.Chroma) && !w.sums:
		return fmt.Errorf("after %d pictures they are %dx%d, not %dx%d; one output has one size", w.count, p.Width, p.Height, w.shape.Width, w.shape.Height)
	}
	w.count++
	if w.sums {
		return w.sum(p)
	}
	w.out.WriteString("FRAME\n")
	return planes(w.out, p)
}

func (w *pictureWriter) header(p *media.Picture) {
	w.shape = *p
	v := w.stream.Video
	rate, aspect := v.Rate, reduced(v.Aspect)
	if !rate.Known() {
		rate = media.Rational{Num: 25, Den: 1}
	}
	if w.sums {
		fmt.Fprintf(w.out, "#format: frame checksums\n#version: 2\n#hash: MD5\n#tb 0: %d/%d\n#media_type 0: video\n#codec_id 0: rawvideo\n#dimensions 0: %dx%d\n#sar 0: %d/%d\n#stream#, dts,        pts, duration,     size, hash\n",
			rate.Den, rate.Num, p.Width, p.Height, aspect.Num, aspect.Den)
		return
	}
	if !v.Aspect.Known() {
		aspect = media.Rational{}
	}
	order := "p"
	if p.Interlaced {
		order = "b"
		if p.TopFirst {
			order = "t"
		}
	}
	fmt.Fprintf(w.out, "YUV4MPEG2 W%d H%d F%d:%d I%s A%d:%d C%s\n", p.Width, p.Height, rate.Num, rate.Den, order, aspect.Num, aspect.Den, w.colour(p))
}

// colour is what the header says of the samples of colour: their layout, with the
// place that they stand for between those of luma, and their range.
func (w *pictureWriter) colour(p *media.Picture) string {
	name := map[media.Chroma]string{media.Chroma420: "420mpeg2", media.Chroma422: "422", media.Chroma444: "444", media.Gray: "mono"}[p.Chroma]
	if c := w.stream.Codec; p.Chroma == media.Chroma420 && (c == media.MPEG1Video || c == media.MJPEG) {
		name = "420jpeg"
	}
	if p.Full {
		name += " XCOLORRANGE=FULL"
	}
	return name
}

// reduced takes common factors out; what is not known is 0/1.
func reduced(r media.Rational) media.Rational {
	if !r.Known() {
		return media.Rational{Den: 1}
	}
	a, b := r.Num, r.Den
	for b != 0 {
		a, b = b, a%b
	}
	return media.Rational{Num: r.Num / a, Den: r.Den / a}
}

// sum writes a picture's line. Times count pictures.
func (w *pictureWriter) sum(p *media.Picture) error {
	h := md5.New()
	if err := planes(h, p); err != nil {
		return err
	}
	size := 0
	for i := range 3 {
		_, _, width, height := p.Plane(i)
		size += width * height
	}
	at := w.count - 1
	if r := w.stream.Video.Rate; r.Known() {
		at = (p.PTS/1000*int64(r.Num)/int64(r.Den) + 500000) / 1000000
	}
	_, err := fmt.Fprintf(w.out, "0, %10d, %10d, %8d, %8d, %x\n", at, at, 1, size, h.Sum(nil))
	return err
}

// planes writes a picture's samples.
func planes(w io.Writer, p *media.Picture) error {
	for i := range 3 {
		samples, stride, width, height := p.Plane(i)
		for y := range height {
			if _, err := w.Write(samples[y*stride:][:width]); err != nil {
				return err
			}
		}
	}
	return nil
}

// A panel is what pictures are painted on for the format rgb565.
type panel struct {
	vo.Painter
	surface vo.Surface
	layout  vo.Layout
	line    []byte
}

func newPanel(s media.Stream, degrees int) *panel {
	width, height := 320, 240
	if degrees%180 != 0 {
		width, height = height, width
	}
	return &panel{
		surface: vo.Surface{Pix: make([]uint16, width*height), Stride: width, Width: width, Height: height},
		layout:  vo.Layout{Aspect: s.Video.Aspect, Turn: vo.Turn(degrees / 90)},
	}
}

func (p *panel) paint(pic *media.Picture) { p.Paint(p.surface, pic, p.layout) }

// writeTo writes the pixels, the low byte of each first.
func (p *panel) writeTo(w io.Writer) error {
	p.line = p.line[:0]
	for _, v := range p.surface.Pix {
		p.line = append(p.line, byte(v), byte(v>>8))
	}
	_, err := w.Write(p.line)
	return err
}
