//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package lab_test

import (
	"fmt"
	"io"
	"sync"
	"time"

	"linnet/player"
	"linnet/player/ao/alsa"
	"linnet/player/ao/aotest/lab"
	"linnet/player/ao/oss"
	"linnet/player/media"
)

// track is a file whose frames are numbered.
type track struct {
	format media.AudioFormat
	first  int64 // number of its first frame
	frames int64
	stalls []stall
	disk   *disk               // that it is read from; nil: one of its own
	wave   func(n int64) int32 // instead of numbers, in both channels
}

// stall is a time that reading takes at a frame.
type stall struct {
	at int64
	d  time.Duration
}

// disk is a storage that stalls.
type disk struct {
	mu   sync.Mutex
	busy time.Time
}

// stall has the disk not answer for some time.
func (d *disk) stall(length time.Duration) {
	if d != nil {
		d.mu.Lock()
		d.busy = time.Now().Add(length)
		d.mu.Unlock()
	}
	time.Sleep(length)
}

// answers is when something that is asked for now is answered.
func (d *disk) answers() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	if now := time.Now(); d.busy.Before(now) {
		return now
	}
	return d.busy
}

// tracks is an OpenMedia over tracks, by number from 0.
func tracks(all ...track) player.OpenMedia {
	return func(name string) (*player.Media, error) {
		var n int
		if _, err := fmt.Sscan(name, &n); err != nil || n >= len(all) {
			return nil, fmt.Errorf("open %s: no such file", name)
		}
		d := &demuxer{track: all[n], packet: all[n].packet()}
		d.buf = make([]byte, d.packet)
		return &player.Media{Name: name, Format: "lab", Demuxer: d,
			NewAudio: func(media.Stream) (player.AudioDecoder, error) { return decoder{d.track}, nil }}, nil
	}
}

// packet is how many frames are read at once.
func (t track) packet() int64 { return max(int64(t.format.Rate)/40, 1) }

type demuxer struct {
	track
	packet, pos int64
	buf         []byte
}

func (d *demuxer) Streams() []media.Stream {
	return []media.Stream{{ID: 1, Kind: media.Audio, Codec: "lab", Audio: d.format, Frames: d.frames}}
}

func (d *demuxer) ReadPacket(p *media.Packet) error {
	for len(d.stalls) > 0 && d.stalls[0].at <= d.pos {
		d.disk.stall(d.stalls[0].d)
		d.stalls = d.stalls[1:]
	}
	n := min(d.packet, d.frames-d.pos)
	if n <= 0 {
		return io.EOF
	}
	*p = media.Packet{Stream: 1, Data: d.buf[:n], PTS: d.pos, Pos: d.pos, Key: true}
	d.pos += n
	return nil
}

func (d *demuxer) Seek(t time.Duration) error {
	d.pos = d.format.Frames(t) / d.packet * d.packet
	for len(d.stalls) > 0 && d.stalls[0].at < d.pos {
		d.stalls = d.stalls[1:]
	}
	return nil
}

type decoder struct{ track }

func (decoder) Reset() {}

func (d decoder) Decode(dst []int32, p *media.Packet) ([]int32, error) {
	for i := range p.Data {
		l, r := lab.Frame(d.first + p.PTS + int64(i))
		if d.wave != nil {
			l = d.wave(p.PTS + int64(i))
			r = l
		}
		dst = append(dst, l, r)
	}
	return dst, nil
}

// face is ALSA's or OSS's.
type face string

const (
	asALSA   face = "ALSA"
	asOSS    face = "OSS"
	asWriteI face = "ALSA, writei"
)

// open is the player's way to a card.
func (f face) open(c *lab.Card) player.OpenAudio {
	if f == asOSS {
		return func(want media.AudioFormat) (player.AudioSink, media.AudioFormat, error) {
			d, err := c.OSS()
			if err != nil {
				return nil, want, err
			}
			s, got, err := oss.Start(d, want)
			if err != nil {
				return nil, got, err
			}
			return s, got, nil
		}
	}
	access := alsa.MMap
	if f == asWriteI {
		access = alsa.WriteI
	}
	return func(want media.AudioFormat) (player.AudioSink, media.AudioFormat, error) {
		d, err := c.ALSA()
		if err != nil {
			return nil, want, err
		}
		s, got, err := alsa.Start(d, want, access)
		if err != nil {
			return nil, got, err
		}
		return s, got, nil
	}
}
