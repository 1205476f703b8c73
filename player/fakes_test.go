package player

import (
	"fmt"
	"io"
	"sync"
	"time"

	"linnet/player/media"
)

// A fake file holds frames that say where they come from: the left sample is
// the track's number, the right one the frame's number in the file.
type fakeFile struct {
	id      int
	streams []media.Stream // one after the other, each with raw[i] frames
	raw     []int64
	openErr error
	badAt   int64 // the packet that holds this frame is damaged; -1 none
	noise   bool  // behind the first packet nothing but damage, for ever
}

const packetFrames = 1000

func sample(v int64) int32 { return int32(v) << 8 }

func newFakeFile(id int, frames int64) *fakeFile {
	f := media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}
	return &fakeFile{id: id, raw: []int64{frames}, badAt: -1,
		streams: []media.Stream{{ID: 1, Kind: media.Audio, Codec: "fake", Audio: f, Frames: frames}}}
}

// trimmed makes the file one with encoder delay and padding.
func (f *fakeFile) trimmed(delay, padding int64) *fakeFile {
	s := &f.streams[0]
	s.Delay, s.Padding = delay, padding
	f.raw[0] = s.Frames + delay + padding
	return f
}

type fakeDemuxer struct {
	*fakeFile
	at  int // stream
	pos int64
	buf [packetFrames]byte
}

func (d *fakeDemuxer) Streams() []media.Stream { return d.streams[d.at : d.at+1] }

func (d *fakeDemuxer) ReadPacket(p *media.Packet) error {
	if d.noise && d.pos > 0 {
		time.Sleep(time.Microsecond)
		return &media.FormatError{Stage: "fake", Offset: d.pos, Msg: "noise"}
	}
	n := min(packetFrames, d.raw[d.at]-d.pos)
	if n <= 0 && d.at+1 < len(d.streams) {
		d.at++
		d.pos = 0
		return media.ErrNewStreams
	}
	if n <= 0 {
		return io.EOF
	}
	*p = media.Packet{Stream: 1, Data: d.buf[:n], PTS: d.pos, Pos: d.pos, Key: true}
	d.pos += n
	return nil
}

func (d *fakeDemuxer) Seek(t time.Duration) error {
	s := d.streams[d.at]
	d.pos = (s.Audio.Frames(t) + s.Delay) / packetFrames * packetFrames
	return nil
}

type fakeDecoder struct {
	file     *fakeFile
	channels int
}

func (d *fakeDecoder) Reset() {}

func (d *fakeDecoder) Decode(dst []int32, p *media.Packet) ([]int32, error) {
	var err error
	if b := d.file.badAt; b >= p.PTS && b < p.PTS+int64(len(p.Data)) {
		err = &media.FormatError{Stage: "fake", Offset: p.Pos, Msg: "damaged"}
	}
	for i := range p.Data {
		dst = append(dst, sample(int64(d.file.id)))
		for c := 1; c < d.channels; c++ {
			dst = append(dst, sample(p.PTS+int64(i)))
		}
	}
	return dst, err
}

// fakeFiles is an OpenMedia over numbered files: "1" is the first.
func fakeFiles(files ...*fakeFile) OpenMedia {
	return func(name string) (*Media, error) {
		var n int
		if _, err := fmt.Sscan(name, &n); err != nil || n < 1 || n > len(files) {
			return nil, fmt.Errorf("open %s: no such file", name)
		}
		f := files[n-1]
		if f.openErr != nil {
			return nil, f.openErr
		}
		return &Media{Name: name, Format: "fake", Demuxer: &fakeDemuxer{fakeFile: f},
			NewAudio: func(s media.Stream) (AudioDecoder, error) {
				return &fakeDecoder{f, s.Audio.Channels}, nil
			}}, nil
	}
}

// fakeDevice is a sound device on the clock of package time, ideal but for
// the faults that are set. It remembers every frame that was heard.
type fakeDevice struct {
	mu      sync.Mutex
	buffer  time.Duration
	opened  []media.AudioFormat // every opening
	heard   [][2]int64          // first and last sample of every frame, in order
	queue   [][2]int64
	start   time.Time // when the first frame of queue began to sound
	running bool
	closed  int
	accept  media.AudioFormat // what it negotiates, where not zero
	openErr error
	failAt  int   // Write fails when so many frames were heard; 0 never
	dead    error // what every Write says, where not nil
	closing error // what Close says
	sink    *fakeSink
	lazy    bool // begins to play when its buffer is full, or is drained
}

func (d *fakeDevice) open(want media.AudioFormat) (AudioSink, media.AudioFormat, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.openErr != nil {
		return nil, want, d.openErr
	}
	if d.accept.Rate != 0 {
		want = d.accept
	}
	d.opened = append(d.opened, want)
	d.queue, d.running = nil, false
	d.sink = &fakeSink{d, want}
	return d.sink, want, nil
}

type fakeSink struct {
	*fakeDevice
	format media.AudioFormat
}

// play moves to heard what has sounded by now.
func (s *fakeSink) play() {
	if !s.running {
		return
	}
	n := max(min(int(s.format.Frames(time.Since(s.start))), len(s.queue)), 0)
	s.heard = append(s.heard, s.queue[:n]...)
	s.queue = s.queue[n:]
	s.start = s.start.Add(s.format.Duration(int64(n)))
	if len(s.queue) == 0 {
		s.running = false
	}
}

func (s *fakeSink) Write(frames []int32) (int, error) {
	s.mu.Lock()
	wasRunning := s.running
	s.play()
	if s.dead != nil {
		s.mu.Unlock()
		return 0, s.dead
	}
	if s.failAt > 0 && len(s.heard) >= s.failAt {
		s.failAt = 0
		s.mu.Unlock()
		return 0, fmt.Errorf("unplugged")
	}
	room := int(s.format.Frames(s.buffer)) - len(s.queue)
	n := min(room, len(frames)/s.format.Channels)
	for i := range n {
		frame := frames[i*s.format.Channels : (i+1)*s.format.Channels]
		s.queue = append(s.queue, [2]int64{int64(frame[0] >> 8), int64(frame[len(frame)-1] >> 8)})
	}
	if n > 0 && !s.running && !(s.lazy && n < room) {
		s.running, s.start = true, time.Now()
	}
	xrun := wasRunning && n > 0 && len(s.queue) == n
	s.mu.Unlock()
	if n == 0 {
		time.Sleep(10 * time.Millisecond)
	}
	if xrun {
		return n, media.ErrXrun
	}
	return n, nil
}

func (s *fakeSink) Delay() (time.Duration, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.play()
	return s.format.Duration(int64(len(s.queue))), nil
}

func (s *fakeSink) Drop() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.play()
	s.queue, s.running = nil, false
	return nil
}

func (s *fakeSink) Drain() error {
	s.mu.Lock()
	if len(s.queue) > 0 && !s.running {
		s.running, s.start = true, time.Now()
	}
	s.mu.Unlock()
	d, _ := s.Delay()
	time.Sleep(d + time.Millisecond)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.play()
	return nil
}

func (s *fakeSink) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.play()
	s.closed++
	return s.closing
}

// sound is what was heard so far, as pairs of the samples' values. The
// caller does not change it.
func (d *fakeDevice) sound() [][2]int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.sink != nil {
		d.sink.play()
	}
	return d.heard[:len(d.heard):len(d.heard)]
}
