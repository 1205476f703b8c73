package player

import (
	"fmt"
	"io"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"linnet/player/media"
)

// A fake film has pictures that are I B B P and so on, a key every 24, at rate
// pictures a second, and sound as a fakeFile unless it is mute. Decoding a
// picture takes cost.
type fakeFilm struct {
	*fakeFile
	rate     media.Rational
	pictures int
	mute     bool
	alien    bool // there is no decoder for its sound
	cost     time.Duration
	peak     time.Duration // more, for pictures I
	drawing  time.Duration
	hearing  time.Duration   // decoding a packet of sound takes that
	inOrder  bool            // packets have the times of their places
	said     []time.Duration // when subtitles begin, each before its pictures in the file
	read     func(n int)     // called when the n-th packet of pictures was read; may be nil
}

func (f *fakeFilm) format() media.VideoFormat {
	return media.VideoFormat{Width: 16, Height: 16, Rate: f.rate}
}

// display is the place in the order of display of the n-th packet, and its
// type.
func display(n int) (int, byte) {
	switch {
	case n%24 == 0:
		return n, 'I'
	case n%24 > 21: // the last two before a key are P
		return n, 'P'
	case n%3 == 1:
		return n + 2, 'P'
	}
	return n - 1, 'B'
}

type fakeFilmDemuxer struct {
	*fakeFilm
	sound fakeDemuxer
	n     int
	texts int // of those that were said
	buf   [2]byte
}

func (d *fakeFilmDemuxer) Streams() []media.Stream {
	v := media.Stream{ID: 2, Kind: media.Video, Codec: "fake", Video: d.format(), DecodeOrder: d.inOrder}
	v.Length = v.Video.Duration(int64(d.pictures))
	if d.mute {
		return []media.Stream{v}
	}
	all := []media.Stream{v, d.streams[0]}
	if d.said != nil {
		all = append(all, media.Stream{ID: 3, Kind: media.Subtitle, Codec: media.SubRip})
	}
	return all
}

func (d *fakeFilmDemuxer) ReadPacket(p *media.Packet) error {
	at := d.format().Duration(int64(d.n))
	soundAt := d.streams[0].Audio.Duration(d.sound.pos)
	if d.texts < len(d.said) && d.said[d.texts] <= at {
		d.buf[0] = byte(d.texts)
		*p = media.Packet{Stream: 3, Data: d.buf[:1], PTS: int64(d.said[d.texts]), Length: int64(time.Second)}
		d.texts++
		return nil
	}
	if d.n >= d.pictures || !d.mute && soundAt < at {
		if d.mute {
			return io.EOF
		}
		return d.sound.ReadPacket(p)
	}
	shown, kind := display(d.n)
	if d.inOrder {
		shown = d.n
	}
	d.buf = [2]byte{kind, byte(d.n)}
	*p = media.Packet{Stream: 2, Data: d.buf[:], PTS: int64(d.format().Duration(int64(shown))), Pos: int64(d.n), Key: kind == 'I'}
	d.n++
	if d.read != nil {
		d.read(d.n - 1)
	}
	return nil
}

func (d *fakeFilmDemuxer) Seek(t time.Duration) error {
	n := 0
	for n+24 < d.pictures && d.format().Duration(int64(n+24)) <= t {
		n += 24
	}
	d.n, d.texts = n, 0
	return d.sound.Seek(t)
}

// fakePictures holds back what is a reference, as decoders do.
type fakePictures struct {
	film  *fakeFilm
	held  *media.Picture
	ready bool // a reference was there
	count *int
}

func (d *fakePictures) Reset() { d.held, d.ready = nil, false }

func (d *fakePictures) Disposable(p *media.Packet) bool { return p.Data[0] == 'B' }

func (d *fakePictures) Decode(p *media.Packet) (*media.Picture, error) {
	if p == nil {
		pic := d.held
		d.held = nil
		return pic, nil
	}
	*d.count++
	time.Sleep(d.film.cost)
	if p.Data[0] == 'I' {
		time.Sleep(d.film.peak)
		d.ready = true
	}
	if !d.ready {
		return nil, nil
	}
	pic := &media.Picture{PTS: p.PTS, Width: 16, Height: 16, Key: p.Data[0] == 'I'}
	if p.Data[0] == 'B' {
		return pic, nil
	}
	pic, d.held = d.held, pic
	return pic, nil
}

// A fakeScreen notes when each picture was shown, and what was heard then.
type fakeScreen struct {
	dev    *fakeDevice
	film   *fakeFilm
	mu     sync.Mutex
	drawn  *media.Picture
	shown  []shown
	opened int
	closed int
}

type shown struct {
	at    time.Duration // the picture's time
	heard time.Duration // the place of the sound
	when  time.Time
}

func (s *fakeScreen) open(string, media.VideoFormat) (VideoSink, error) {
	s.opened++
	return s, nil
}

func (s *fakeScreen) Close() error { s.closed++; return nil }

func (s *fakeScreen) Draw(p *media.Picture) error {
	time.Sleep(s.film.drawing)
	q := *p
	s.drawn = &q
	return nil
}

func (s *fakeScreen) Flip() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shown = append(s.shown, shown{time.Duration(s.drawn.PTS), s.dev.place(), time.Now()})
	return nil
}

func (s *fakeScreen) all() []shown {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]shown(nil), s.shown...)
}

// place is the time in its file of the frame that sounds now.
func (d *fakeDevice) place() time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.sink == nil {
		return 0
	}
	d.sink.play()
	f := media.AudioFormat{Rate: d.sink.format.Rate}
	if len(d.queue) > 0 {
		return f.Duration(d.whole(d.queue[0][1]))
	}
	if len(d.heard) > 0 {
		return f.Duration(d.whole(d.heard[len(d.heard)-1][1]))
	}
	return 0
}

// whole is the frame of a sample, of which 24 bits came through: the nearest to
// how many frames were heard.
func (d *fakeDevice) whole(v int64) int64 {
	const bits = 24
	return v + (int64(len(d.heard))-v+1<<(bits-1))>>bits<<bits
}

// filmRate is the rate of the sound, low, for an hour is long.
const filmRate = 4000

func newFakeFilm(seconds int) *fakeFilm {
	f := newFakeFile(1, int64(seconds)*filmRate)
	f.streams[0].Audio.Rate = filmRate
	return &fakeFilm{fakeFile: f, rate: media.Rational{Num: 25, Den: 1}, pictures: seconds * 25}
}

// show plays a film in a bubble of virtual time.
func show(t *testing.T, film *fakeFilm, f func(r *rig, s *fakeScreen, decoded *int)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		dev := &fakeDevice{buffer: 200 * time.Millisecond}
		s := &fakeScreen{dev: dev, film: film}
		decoded := new(int)
		open := func(name string) (*Media, error) {
			if name != "film" {
				return nil, fmt.Errorf("open %s: no such file", name)
			}
			return film.media(name, decoded), nil
		}
		p := New(Config{Open: open, Audio: dev.open, Video: s.open, Buffer: 2 * time.Second, Seed: 1})
		defer p.Close()
		p.out.abrupt = true
		events, cancel := p.Subscribe()
		defer cancel()
		f(&rig{p, dev, events}, s, decoded)
	})
}

// media is the film, opened.
func (f *fakeFilm) media(name string, decoded *int) *Media {
	return &Media{Name: name, Format: "fake", Demuxer: &fakeFilmDemuxer{fakeFilm: f, sound: fakeDemuxer{fakeFile: f.fakeFile}},
		NewAudio: func(s media.Stream) (AudioDecoder, error) {
			if f.alien {
				return nil, &media.UnsupportedError{Stage: "fake", Offset: -1, Msg: "codec of others"}
			}
			return slowSound{&fakeDecoder{f.fakeFile, s.Audio.Channels}, f.hearing}, nil
		},
		NewVideo: func(media.Stream) (VideoDecoder, error) { return &fakePictures{film: f, count: decoded}, nil },
	}
}

// slowSound takes its time.
type slowSound struct {
	*fakeDecoder
	cost time.Duration
}

func (d slowSound) Decode(dst []int32, p *media.Packet) ([]int32, error) {
	time.Sleep(d.cost)
	return d.fakeDecoder.Decode(dst, p)
}
