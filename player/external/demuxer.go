package external

import (
	"fmt"
	"io"
	"sync"
	"time"

	"linnet/player/internal/ffmpeg"
	"linnet/player/media"
)

// blockFrames is how many frames of sound a packet has.
const blockFrames = 2048

// Limits of what is taken for a stream.
const (
	mostChannels = 8
	mostRate     = 384000
	mostSide     = 8192
	mostPictures = 240 // a second
)

// demuxer is a player.Demuxer over children.
type demuxer struct {
	tools   ffmpeg.Tools
	name    string
	opt     Options
	streams []media.Stream
	sources []*source

	mu    sync.Mutex // of ended, and of each source's child
	ended bool       // Interrupt or Close was called
}

// source is one stream: where it is, and the child that writes it.
type source struct {
	stream media.Stream
	wanted bool // a decoder was made for it
	timed  bool // only the times of its packets are wanted
	// unindexed says that the file has no index of key pictures.
	unindexed bool
	next      int64 // frames of sound, or pictures, before the next packet
	child     *child
	over      bool
	unit      int // bytes of a frame or of a picture
	bytes     int // of a whole packet
}

func newDemuxer(tools ffmpeg.Tools, name string, opt Options, info *ffmpeg.Info) *demuxer {
	d := &demuxer{tools: tools, name: name, opt: opt}
	pictures := false
	for _, s := range info.Streams {
		stream, ok := media.Stream{}, false
		switch {
		case s.Kind == media.Audio:
			stream, ok = sound(s, info)
		case s.Kind == media.Video && !s.Cover && !pictures:
			stream, ok = opt.film(s, info)
			pictures = ok
		}
		if ok {
			d.add(stream, info.Format == "mpegts" || info.Format == "mpeg")
		}
	}
	return d
}

func (d *demuxer) add(s media.Stream, unindexed bool) {
	d.streams = append(d.streams, s)
	one := &source{stream: s, unindexed: unindexed, unit: 2 * s.Audio.Channels, bytes: blockFrames * 2 * s.Audio.Channels}
	if s.Kind == media.Video {
		cw, ch := media.Chroma420.Size(s.Video.Width, s.Video.Height)
		one.unit = s.Video.Width*s.Video.Height + 2*cw*ch
		one.bytes = one.unit
	}
	d.sources = append(d.sources, one)
}

// sound is the stream that a child makes of one.
func sound(s ffmpeg.Stream, info *ffmpeg.Info) (media.Stream, bool) {
	f := media.AudioFormat{Rate: s.Rate, Channels: s.Channels, Bits: 16}
	if f.Channels > mostChannels {
		f.Channels = 2
	}
	frames := int64(-1)
	if info.Duration > 0 {
		frames = f.Frames(info.Duration)
	}
	language := s.Language
	if language == "und" {
		language = ""
	}
	return media.Stream{ID: s.Index, Kind: media.Audio, Codec: media.Codec(s.Codec), Audio: f, Frames: frames, Estimated: true, BitRate: s.BitRate, Language: language},
		f.Rate > 0 && f.Rate <= mostRate && f.Channels > 0
}

// film is the stream that a child makes of one.
func (o Options) film(s ffmpeg.Stream, info *ffmpeg.Info) (media.Stream, bool) {
	f := o.fit(media.VideoFormat{Width: s.Width, Height: s.Height, Rate: s.Pictures, Aspect: s.Aspect})
	if !f.Rate.Known() || f.Rate.Num/f.Rate.Den > mostPictures {
		f.Rate = media.Rational{Num: 25, Den: 1}
	}
	return media.Stream{ID: s.Index, Kind: media.Video, Codec: media.Codec(s.Codec), Video: f, Frames: -1, Length: max(info.Duration, 0), BitRate: s.BitRate},
		f.Width > 0 && f.Height > 0 && f.Width <= mostSide && f.Height <= mostSide
}

// fit makes a picture that is larger than the bounds smaller.
func (o Options) fit(f media.VideoFormat) media.VideoFormat {
	wide, high := int64(f.Width), int64(f.Height)
	if f.Aspect.Known() {
		wide = wide * int64(f.Aspect.Num) / int64(f.Aspect.Den)
	}
	w, h := int64(o.Width), int64(o.Height)
	if w <= 0 || h <= 0 || wide <= 0 || high <= 0 || f.Width <= o.Width && f.Height <= o.Height && wide <= 2*w {
		return f
	}
	if wide*h > high*w {
		h = max(high*w/wide, 1)
	} else {
		w = max(wide*h/high, 1)
	}
	f.Width, f.Height, f.Aspect = int(w), int(h), media.Rational{}
	return f
}

// Streams is what the children can make.
func (d *demuxer) Streams() []media.Stream { return d.streams }

// ReadPacket gives the packet that is the earliest of all streams that have decoders.
// Where none has, it is that of the first stream of sound, and without sound there
// are packets of pictures that have no data.
func (d *demuxer) ReadPacket(p *media.Packet) error {
	d.choose()
	for s := d.earliest(); s != nil; s = d.earliest() {
		p.Stream, p.Pos, p.Key, p.Checked, p.Channels = s.stream.ID, -1, true, false, 0
		p.PTS = s.next
		if s.stream.Kind == media.Video {
			p.PTS = int64(s.at())
		}
		if there, err := d.fill(s, p); there || err != nil {
			return err
		}
	}
	return io.EOF
}

// choose makes sure that some stream is read.
func (d *demuxer) choose() {
	var first *source
	for _, s := range d.sources {
		if s.wanted || s.timed {
			return
		}
		if first == nil || first.stream.Kind != media.Audio && s.stream.Kind == media.Audio {
			first = s
		}
	}
	first.wanted = first.stream.Kind == media.Audio
	first.timed = !first.wanted
}

// earliest is the source that is the furthest behind; nil at the end of all.
func (d *demuxer) earliest() (first *source) {
	for _, s := range d.sources {
		if (s.wanted || s.timed) && !s.over && (first == nil || s.at() < first.at()) {
			first = s
		}
	}
	return first
}

func (s *source) at() time.Duration {
	if s.stream.Kind == media.Video {
		return s.stream.Video.Duration(s.next)
	}
	return s.stream.Audio.Duration(s.next)
}

// fill reads the next packet of a source, if there is one.
func (d *demuxer) fill(s *source, p *media.Packet) (there bool, err error) {
	if !s.wanted { // only its times are
		p.Data = p.Data[:0]
		s.over = s.at() >= s.stream.Length
		s.next++
		return !s.over, nil
	}
	if s.child == nil {
		if err := d.start(s); err != nil {
			return false, err
		}
	}
	if cap(p.Data) < s.bytes {
		p.Data = make([]byte, s.bytes)
	}
	n, err := s.child.read(p.Data[:s.bytes], d.opt.Patience)
	n -= n % s.unit // a piece of a frame is none
	p.Data = p.Data[:n]
	s.next += int64(n / s.unit)
	if n > 0 {
		return true, nil // an error comes again
	}
	s.over = true
	return false, d.explain(s, err)
}

// explain is what is wrong with the end of a child, if something is.
func (d *demuxer) explain(s *source, err error) error {
	if err == io.EOF {
		err = s.child.wait(d.opt.Patience)
	}
	if err == nil || err == errInterrupted {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ended { // a child that was killed can end its stream before the pipe is closed
		return errInterrupted
	}
	return &media.FormatError{File: d.name, Stage: "external", Offset: -1, Msg: err.Error()}
}

// Seek has the children start again at t.
func (d *demuxer) Seek(t time.Duration) error {
	t = max(t, 0)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ended {
		return errInterrupted
	}
	for _, s := range d.sources {
		s.end()
		s.over = false
		if s.stream.Kind == media.Video {
			s.next = pictureAt(s.stream.Video, t)
		} else {
			s.next = s.stream.Audio.Frames(t)
		}
	}
	return nil
}

// pictureAt is which picture is shown at t.
func pictureAt(f media.VideoFormat, t time.Duration) int64 {
	seconds, rest := int64(t/time.Second), int64(t%time.Second)
	num, den := int64(f.Rate.Num), int64(f.Rate.Den)
	n := seconds*num/den + (seconds*num%den*int64(time.Second)+rest*num)/(den*int64(time.Second))
	for n > 0 && f.Duration(n) > t {
		n--
	}
	for f.Duration(n+1) <= t {
		n++
	}
	return n
}

// start starts the child of a source.
func (d *demuxer) start(s *source) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ended {
		return errInterrupted
	}
	c, err := startChild(d.tools, s.command(d.name))
	if err != nil {
		return fmt.Errorf("%s: %w", d.name, err)
	}
	s.child = c
	return nil
}

// Interrupt is that of player.Interrupter.
func (d *demuxer) Interrupt() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ended = true
	for _, s := range d.sources {
		if s.child != nil {
			s.child.end() // who reads from it finds out
		}
	}
}

// end ends the child of a source, if there is one. d.mu is held.
func (s *source) end() {
	if s.child != nil {
		s.child.end()
		s.child = nil
	}
}

// Close ends the children.
func (d *demuxer) Close() error {
	d.Interrupt()
	return nil
}
