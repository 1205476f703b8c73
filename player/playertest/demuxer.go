package playertest

import (
	"errors"
	"io"
	"reflect"
	"slices"
	"testing"

	"linnet/player"
	"linnet/player/media"
)

// maxPackets ends a straight read that never comes to an end.
const maxPackets = 1 << 20

// NewDecoder makes the decoder for a stream, as player.Media.NewAudio does.
type NewDecoder func(media.Stream) (player.AudioDecoder, error)

// straight is one file, read and decoded from start to end.
type straight struct {
	stream  media.Stream
	first   int64   // PTS of the first packet
	starts  []int64 // PTS of each packet
	samples []int32
	whole   bool // no damage was reported and the streams did not change
}

func (s *straight) frames() int64 { return int64(len(s.samples) / s.stream.Audio.Channels) }

// Demuxer checks a demuxer of a file with one stream, of sound, that is at
// least a few packets long. open opens the same file anew each time, at its
// start. The contract:
//
//   - Streams is valid and stays the same;
//   - each packet's PTS is the one before plus the frames that it decoded to;
//   - what the stream says of its length is what comes;
//   - io.EOF comes again and again;
//   - what the caller does to a packet's data makes no difference to later ones;
//   - from any Seek on, the samples at the wanted time and behind it are those
//     of a straight decode, and seeking works after the end too;
//   - a packet costs no allocation once the packet's storage has grown.
func Demuxer(t testing.TB, open func() player.Demuxer, decoder NewDecoder) {
	t.Helper()
	d := open()
	if !checkStreams(t, d) {
		return
	}
	ref := readStraight(t, d, decoder, false)
	if ref == nil {
		return
	}
	checkEOF(t, d)
	checkLength(t, ref)
	checkSeeks(t, d, decoder, ref)
	checkScribble(t, open(), decoder, ref)
	checkReadAllocs(t, open())
}

func checkStreams(t testing.TB, d player.Demuxer) bool {
	t.Helper()
	streams := d.Streams()
	if len(streams) != 1 {
		t.Errorf("Streams: %d, this contract is for one", len(streams))
		return false
	}
	s := streams[0]
	if s.Kind != media.Audio || s.Codec == "" {
		t.Errorf("Streams: kind %v, codec %q", s.Kind, s.Codec)
	}
	if !validFormat(s.Audio) {
		t.Errorf("Streams: no format: %+v", s.Audio)
		return false
	}
	if s.Frames < -1 || s.Delay < 0 || s.Padding < 0 || s.BitRate < 0 {
		t.Errorf("Streams: %+v", s)
	}
	return true
}

func validFormat(f media.AudioFormat) bool {
	return f.Rate >= 1 && f.Channels >= 1 && f.Bits >= 1 && f.Bits <= 32
}

// readStraight reads d to its end. When scribble is set, it destroys each
// packet's data after use.
func readStraight(t testing.TB, d player.Demuxer, decoder NewDecoder, scribble bool) *straight {
	t.Helper()
	ref := &straight{stream: d.Streams()[0], whole: true}
	dec, err := decoder(ref.stream)
	if err != nil {
		t.Errorf("no decoder for %s: %v", ref.stream.Codec, err)
		return nil
	}
	var p media.Packet
	for range maxPackets {
		err := d.ReadPacket(&p)
		if isDamage(err) {
			ref.whole = false
			continue
		}
		if err == io.EOF || errors.Is(err, media.ErrNewStreams) {
			ref.whole = ref.whole && err == io.EOF
			return ref
		}
		if err != nil {
			t.Errorf("ReadPacket: %v", err)
			return nil
		}
		ref.take(t, dec, &p)
		if !reflect.DeepEqual(d.Streams()[0], ref.stream) {
			t.Errorf("Streams changed without ErrNewStreams")
		}
		if scribble {
			fill(p.Data[:cap(p.Data)], 0xa5)
		}
	}
	t.Errorf("no end after %d packets", maxPackets)
	return nil
}

func (s *straight) take(t testing.TB, dec player.AudioDecoder, p *media.Packet) {
	t.Helper()
	if len(s.starts) == 0 {
		s.first = p.PTS
	}
	if want := s.first + s.frames(); s.whole && p.PTS != want {
		t.Errorf("packet %d: PTS %d, the packets before end at %d", len(s.starts), p.PTS, want)
		s.whole = false
	}
	if p.Stream != s.stream.ID {
		t.Errorf("packet %d: stream %d, want %d", len(s.starts), p.Stream, s.stream.ID)
	}
	s.starts = append(s.starts, p.PTS)
	var err error
	if s.samples, err = dec.Decode(s.samples, p); err != nil && !isDamage(err) {
		t.Errorf("packet %d: Decode: %v", len(s.starts)-1, err)
	}
}

func isDamage(err error) bool {
	var f *media.FormatError
	return errors.As(err, &f)
}

func fill(b []byte, v byte) {
	for i := range b {
		b[i] = v
	}
}

func checkEOF(t testing.TB, d player.Demuxer) {
	t.Helper()
	var p media.Packet
	for i := range 3 {
		if err := d.ReadPacket(&p); err != io.EOF && !errors.Is(err, media.ErrNewStreams) {
			t.Errorf("call %d behind the end: %v, want io.EOF", i+1, err)
		}
	}
}

func checkLength(t testing.TB, ref *straight) {
	t.Helper()
	s := ref.stream
	if s.Frames < 0 || s.Estimated || !ref.whole {
		return
	}
	if want := s.Delay + s.Frames + s.Padding; ref.frames() != want {
		t.Errorf("decoded %d frames; Delay %d, Frames %d and Padding %d make %d",
			ref.frames(), s.Delay, s.Frames, s.Padding, want)
	}
}

// checkSeeks jumps about. Positions are in trimmed frames, as Seek's are.
func checkSeeks(t testing.TB, d player.Demuxer, decoder NewDecoder, ref *straight) {
	t.Helper()
	if !ref.whole || ref.first != 0 {
		return
	}
	dec, err := decoder(ref.stream)
	if err != nil {
		t.Errorf("a second decoder: %v", err)
		return
	}
	for _, f := range seekTargets(ref) {
		if err := d.Seek(ref.stream.Audio.Duration(f)); err != nil {
			t.Errorf("Seek to frame %d: %v", f, err)
			return
		}
		if !checkLanding(t, d, dec, ref, f) {
			return
		}
	}
}

// seekTargets are the ends, the packets' borders and the frames beside them,
// and a few that are scattered; not in order.
func seekTargets(ref *straight) []int64 {
	last := ref.frames() - ref.stream.Delay - ref.stream.Padding - 1
	targets := []int64{last, 0, 1, last / 2, last - 1, last + 1, 0}
	step := max(1, len(ref.starts)/20)
	for i := 0; i < len(ref.starts); i += step {
		at := ref.starts[len(ref.starts)-1-i] - ref.stream.Delay
		targets = append(targets, at, at-1, at+1)
	}
	for i := int64(1); i < 20; i++ {
		targets = append(targets, i*7919*7919%max(1, last))
	}
	return slices.DeleteFunc(targets, func(f int64) bool { return f < 0 || f > last+1 })
}

// checkLanding decodes a few packets from where d stands and compares what
// lies at frame f and behind.
func checkLanding(t testing.TB, d player.Demuxer, dec player.AudioDecoder, ref *straight, f int64) bool {
	t.Helper()
	dec.Reset()
	ch := int64(ref.stream.Audio.Channels)
	at := f + ref.stream.Delay // in frames of the straight decode
	var p media.Packet
	var buf []int32
	for n, behind := 0, 0; behind < 4; n++ {
		err := d.ReadPacket(&p)
		if err == io.EOF {
			return true
		}
		if err != nil {
			t.Errorf("ReadPacket after Seek to frame %d: %v", f, err)
			return false
		}
		if n == 0 && p.PTS > at {
			t.Errorf("Seek to frame %d (%d with the delay): the first packet starts at %d", f, at, p.PTS)
			return false
		}
		if buf, err = dec.Decode(buf[:0], &p); err != nil {
			t.Errorf("Decode after Seek to frame %d: %v", f, err)
			return false
		}
		end := p.PTS + int64(len(buf))/ch
		if end > ref.frames() {
			t.Errorf("after Seek to frame %d: a packet ends at %d of %d frames", f, end, ref.frames())
			return false
		}
		if end <= at {
			continue
		}
		behind++
		skip := max(0, at-p.PTS)
		if i := differs(buf[skip*ch:], ref.samples[(p.PTS+skip)*ch:end*ch]); i >= 0 {
			t.Errorf("after Seek to frame %d: sample %d of frame %d differs from a straight decode",
				f, int64(i)%ch, p.PTS+skip+int64(i)/ch)
			return false
		}
	}
	return true
}

// differs is the first index at which a and b differ, -1 for none.
func differs(a, b []int32) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	if len(a) != len(b) {
		return min(len(a), len(b))
	}
	return -1
}

func checkScribble(t testing.TB, d player.Demuxer, decoder NewDecoder, ref *straight) {
	t.Helper()
	again := readStraight(t, d, decoder, true)
	if again != nil && !slices.Equal(again.samples, ref.samples) {
		t.Errorf("a second read differs when packets are overwritten after use")
	}
}

func checkReadAllocs(t testing.TB, d player.Demuxer) {
	t.Helper()
	var p media.Packet
	read := func() {
		err := d.ReadPacket(&p)
		if err == io.EOF || errors.Is(err, media.ErrNewStreams) {
			err = d.Seek(0)
		}
		if err != nil && !isDamage(err) {
			t.Errorf("ReadPacket: %v", err)
		}
	}
	for range 200 {
		read()
	}
	// AllocsPerRun rounds down: a run of many packets shows what not every
	// packet costs.
	const run = 100
	n := testing.AllocsPerRun(5, func() {
		for range run {
			read()
		}
	})
	if n > 0 {
		t.Errorf("ReadPacket allocates %v times in %d packets", n, run)
	}
}
