package playertest_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/media"
	"linnet/player/playertest"
)

// A recorder is a testing.TB that collects errors, to see that a contract
// notices what is wrong.
type recorder struct {
	testing.TB
	errors []string
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(f string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(f, args...))
}

// expect runs a contract and wants complaints with the given word in one, or
// none when the word is empty.
func expect(t *testing.T, word string, contract func(testing.TB)) {
	t.Helper()
	r := &recorder{TB: t}
	contract(r)
	all := strings.Join(r.errors, "\n")
	switch {
	case word == "" && all != "":
		t.Errorf("complaints about what is right:\n%s", all)
	case !strings.Contains(all, word):
		t.Errorf("no complaint about %q, but:\n%s", word, all)
	}
}

var format = media.AudioFormat{Rate: 1000, Channels: 2, Bits: 16}

const (
	total = 2005 // frames
	each  = 100  // frames in a packet
)

// fakeDemuxer has frames of two bytes that count up; faults break it.
type fakeDemuxer struct {
	fault string
	at    int
	ended int
	keep  []byte
}

func (d *fakeDemuxer) Streams() []media.Stream {
	s := media.Stream{Kind: media.Audio, Codec: "fake", Audio: format, Frames: total - 30, Delay: 10, Padding: 20}
	switch d.fault {
	case "kind":
		s.Kind = media.Video
	case "format":
		s.Audio.Rate = 0
	case "length":
		s.Frames++
	case "moody":
		s.BitRate = d.at
	}
	return []media.Stream{s}
}

func (d *fakeDemuxer) ReadPacket(p *media.Packet) error {
	if d.at >= total {
		if d.ended++; d.ended > 1 && d.fault == "eof" {
			return errors.New("called again")
		}
		return io.EOF
	}
	n := min(each, total-d.at)
	data := p.Data[:0]
	switch d.fault {
	case "allocs":
		data = make([]byte, 0, 2*each)
	case "retains":
		data = d.keep
	}
	if cap(data) < 2*n {
		data = make([]byte, 0, 2*each)
	}
	if d.fault != "retains" || d.keep == nil {
		for i := d.at; i < d.at+n; i++ {
			data = append(data, byte(i), byte(i>>8))
		}
		d.keep = data
	}
	p.Data, p.PTS = data, int64(d.at)
	if d.fault == "pts" && d.at > 500 {
		p.PTS++
	}
	d.at += n
	return nil
}

func (d *fakeDemuxer) Seek(t time.Duration) error {
	if d.fault == "seek fails" {
		return errors.New("no")
	}
	frame := int(format.Frames(t)) + 10
	d.at = min(frame, total+each) / each * each
	switch d.fault {
	case "seeks behind":
		d.at += each
	case "seek lies":
		d.at = d.at / 700 * 700
		d.fault = "seek lies once"
	}
	return nil
}

// fakeDecoder makes two samples of each two bytes; faults break it.
type fakeDecoder struct {
	fault string
	n     int32
	kept  []byte
}

func (d *fakeDecoder) Decode(dst []int32, p *media.Packet) ([]int32, error) {
	if d.fault == "allocs" {
		d.kept = make([]byte, 64+d.n)
	}
	data := p.Data
	switch d.fault {
	case "drops":
		dst = nil
	case "overwrites":
		clear(dst)
	case "retains":
		if d.kept != nil {
			data = d.kept
		}
		d.kept = p.Data
	case "other error":
		if len(data) < 2*each {
			return dst, io.ErrUnexpectedEOF
		}
	case "odd":
		if len(data) == 1 {
			dst = append(dst, 0)
		}
	}
	for i := 0; i+1 < len(data); i += 2 {
		v := int32(data[i])<<16 | int32(data[i+1])<<24
		if d.fault == "state" {
			d.n++
			v += d.n
		}
		dst = append(dst, v, ^v)
	}
	if d.fault == "changes" && len(p.Data) > 0 {
		p.Data[0]++
	}
	if len(p.Data)%2 == 1 {
		return dst, &media.FormatError{Msg: "odd"}
	}
	return dst, nil
}

func (d *fakeDecoder) Reset() {}

func TestDemuxer(t *testing.T) {
	decoder := func(media.Stream) (player.AudioDecoder, error) { return &fakeDecoder{}, nil }
	for fault, word := range map[string]string{
		"": "", "kind": "kind", "format": "no format", "length": "make 2006", "moody": "Streams changed",
		"eof": "behind the end", "pts": "PTS", "allocs": "allocates", "retains": "overwritten",
		"seek fails": "Seek to frame", "seeks behind": "the first packet starts",
	} {
		t.Run(fault, func(t *testing.T) {
			expect(t, word, func(r testing.TB) {
				playertest.Demuxer(r, func() player.Demuxer { return &fakeDemuxer{fault: fault} }, decoder)
			})
		})
	}
}

func TestAudioDecoder(t *testing.T) {
	packets := playertest.Packets(&fakeDemuxer{}, 15)
	for fault, word := range map[string]string{
		"": "", "drops": "does not append", "overwrites": "does not append", "retains": "overwritten", "changes": "changed the packet",
		"other error": "want a *media.FormatError", "odd": "samples of 2 channels", "state": "after Reset", "allocs": "allocates",
	} {
		t.Run(fault, func(t *testing.T) {
			expect(t, word, func(r testing.TB) {
				playertest.AudioDecoder(r, func() player.AudioDecoder { return &fakeDecoder{fault: fault} }, format, packets)
			})
		})
	}
	expect(t, "no packets", func(r testing.TB) {
		playertest.AudioDecoder(r, func() player.AudioDecoder { return &fakeDecoder{} }, format, nil)
	})
}

// fakeSink takes at most 30 frames a call and never plays them; faults break
// it.
type fakeSink struct {
	fault  string
	queued int64
}

func (s *fakeSink) Write(p []int32) (int, error) {
	n := min(len(p)/2, 30)
	switch s.fault {
	case "gone":
		return 0, io.ErrClosedPipe
	case "stuck":
		return 0, nil
	case "greedy":
		n = len(p)
	case "changes":
		clear(p)
	case "xrun":
		if s.queued%7 == 0 {
			return 0, media.ErrXrun
		}
	}
	s.queued += int64(n)
	return n, nil
}

func (s *fakeSink) Delay() (time.Duration, error) {
	switch s.fault {
	case "negative":
		return -1, nil
	case "twice":
		return 2*format.Duration(s.queued) + time.Second, nil
	}
	return format.Duration(s.queued), nil
}

func (s *fakeSink) Drop() error {
	if s.fault != "keeps" {
		s.queued = 0
	}
	return nil
}

func (s *fakeSink) Drain() error { return s.Drop() }

func (s *fakeSink) Close() error {
	if s.fault == "close" {
		return io.ErrClosedPipe
	}
	return nil
}

func TestAudioSink(t *testing.T) {
	for fault, word := range map[string]string{
		"": "", "refuses": "open 1000 Hz", "no format": "negotiates", "fickle": "which it had negotiated", "gone": "Write: ", "stuck": "took nothing",
		"greedy": "Write of", "changes": "changed the frames", "negative": "Delay of a new sink: -1", "twice": "Delay", "keeps": "Delay: ", "close": "Close: ",
	} {
		if fault == "greedy" {
			word = "Write took"
		}
		opened := 0
		open := func(want media.AudioFormat) (player.AudioSink, media.AudioFormat, error) {
			opened++
			switch {
			case fault == "refuses":
				return nil, want, io.ErrClosedPipe
			case fault == "no format":
				want.Channels = 0
			case fault == "fickle" && opened > 1:
				want.Rate++
			}
			return &fakeSink{fault: fault}, want, nil
		}
		t.Run(fault, func(t *testing.T) {
			expect(t, word, func(r testing.TB) { playertest.AudioSink(r, open, format) })
		})
	}
}
