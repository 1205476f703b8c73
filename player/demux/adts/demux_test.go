package adts_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/demux/adts"
	"linnet/player/media"
	"linnet/player/playertest"
)

// frame is an ADTS frame of AAC LC with a body of n bytes that counts in its
// first bytes.
func frame(rate, channels, n, count, blocks int, crc bool) []byte {
	size := 7 + n
	if crc {
		size += 2 * blocks
	}
	b := []byte{0xff, 0xf1, byte(1<<6 | rate<<2 | channels>>2), byte(channels&3<<6 | size>>11), byte(size >> 3), byte(size<<5 | 0x1f), byte(0xfc | blocks - 1)}
	if crc {
		b[1] &^= 1
	}
	b = append(b, make([]byte, size-7)...)
	b[len(b)-2], b[len(b)-1] = byte(count>>8), byte(count)
	return b
}

// frames are n of them, of different sizes from size up.
func frames(n, rate, channels, size int) (all [][]byte) {
	for i := range n {
		all = append(all, frame(rate, channels, size+i%7, i, 1, false))
	}
	return all
}

func stream(all ...[]byte) []byte { return bytes.Join(all, nil) }

func open(t testing.TB, b []byte) *adts.Demuxer {
	t.Helper()
	d, err := adts.New(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// counter is a decoder that gives frames that tell which packet they are of,
// and which the one before was: what a seek has to warm up.
type counter struct{ last int32 }

func (c *counter) Decode(dst []int32, p *media.Packet) ([]int32, error) {
	n := int32(p.Data[len(p.Data)-2])<<8 | int32(p.Data[len(p.Data)-1])
	for range 1024 * (int(p.Data[6]&3) + 1) {
		dst = append(dst, n, c.last)
	}
	c.last = n
	return dst, nil
}

func (c *counter) Reset() { c.last = -1 }

func newCounter(media.Stream) (player.AudioDecoder, error) { return &counter{-1}, nil }

func TestContract(t *testing.T) {
	for name, file := range map[string][]byte{
		"plain":          stream(frames(300, 4, 2, 40)...),
		"blocks and CRC": stream(frame(4, 2, 60, 0, 2, true), frame(4, 2, 61, 1, 1, true), frame(4, 2, 60, 2, 4, true), frame(4, 2, 60, 3, 1, true)),
		"tags":           stream([]byte("ID3\x04\x00\x00\x00\x00\x00\x05hello"), stream(frames(80, 4, 2, 200)...), []byte("TAG"), make([]byte, 125)),
	} {
		t.Run(name, func(t *testing.T) {
			playertest.Demuxer(t, func() player.Demuxer { return open(t, file) }, newCounter)
			d := open(t, file)
			if s := d.Streams()[0]; s.Audio != (media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}) || s.Codec != media.AAC || s.Estimated || s.Config != nil {
				t.Errorf("%+v", s)
			}
		})
	}
}

// A long file's length is estimated, closely.
func TestEstimate(t *testing.T) {
	const n = 6000
	file := stream(frames(n, 3, 1, 200)...)
	s := open(t, file).Streams()[0]
	if off := s.Frames - n*1024; !s.Estimated || off < -n*20 || off > n*20 {
		t.Errorf("%d frames, want about %d", s.Frames, n*1024)
	}
	if s.BitRate < 70000 || s.BitRate > 90000 {
		t.Errorf("%d bits per second", s.BitRate)
	}
}

// A seek over more frames than the index has entries at first.
func TestSeekFar(t *testing.T) {
	const n = 140000
	d := open(t, stream(frames(n, 4, 2, 1)...))
	var p media.Packet
	for _, at := range []int64{n - 1, 5, n / 2, n/2 + 1, 0, n - 2} {
		if err := d.Seek(d.Streams()[0].Audio.Duration(at*1024 + 7)); err != nil {
			t.Fatal(err)
		}
		if err := d.ReadPacket(&p); err != nil || p.PTS != max(at-1, 0)*1024 {
			t.Errorf("seek to packet %d: %v, PTS %d", at, err, p.PTS)
		}
	}
}

// readAll reads to the end, and returns what the packets count, and the errors.
func readAll(t *testing.T, d *adts.Demuxer) (counts []int, errs []error) {
	t.Helper()
	var p media.Packet
	for range 10000 {
		switch err := d.ReadPacket(&p); {
		case err == io.EOF:
			return counts, errs
		case err != nil:
			errs = append(errs, err)
		default:
			counts = append(counts, int(p.Data[len(p.Data)-2])<<8|int(p.Data[len(p.Data)-1]))
		}
	}
	t.Fatal("no end")
	return nil, nil
}

func TestDamage(t *testing.T) {
	all := frames(40, 4, 2, 50)
	junk := []byte(strings.Repeat("junk \xff\xf1\x50\x80", 9))
	cut := all[20][:30]
	for name, c := range map[string]struct {
		file   []byte
		frames int
		word   string // in the one error; none for ""
	}{
		"junk in front":  {stream(junk, stream(all...)), 40, ""},
		"junk between":   {stream(stream(all[:20]...), junk, stream(all[20:]...)), 40, "no frame"},
		"a frame cut":    {stream(stream(all[:20]...), cut, stream(all[21:]...)), 39, "cut off"},
		"last one cut":   {stream(stream(all[:20]...), cut), 20, ""},
		"a tag between":  {stream(stream(all[:20]...), []byte("ID3\x04\x00\x00\x00\x00\x00\x05hello"), stream(all[20:]...)), 40, ""},
		"junk behind":    {stream(stream(all...), junk), 40, ""},
		"a lot behind":   {stream(stream(all...), make([]byte, 20000)), 40, "to the end"},
		"one frame only": {all[0], 1, ""},
	} {
		counts, errs := readAll(t, open(t, c.file))
		if len(counts) != c.frames {
			t.Errorf("%s: %d frames, want %d", name, len(counts), c.frames)
		}
		if c.word == "" && len(errs) > 0 || c.word != "" && (len(errs) != 1 || !strings.Contains(errs[0].Error(), c.word)) {
			t.Errorf("%s: %v", name, errs)
		}
	}
}

// Where the configuration changes, another stream begins at 0.
func TestNewStreams(t *testing.T) {
	d := open(t, stream(stream(frames(10, 4, 2, 50)...), stream(frames(10, 3, 1, 50)...)))
	var p media.Packet
	for range 10 {
		if err := d.ReadPacket(&p); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.ReadPacket(&p); err != media.ErrNewStreams {
		t.Fatalf("%v, want ErrNewStreams", err)
	}
	if s := d.Streams()[0]; s.Audio.Rate != 48000 || s.Audio.Channels != 1 || s.Frames != 10*1024 {
		t.Errorf("%+v", s)
	}
	if err := d.ReadPacket(&p); err != nil || p.PTS != 0 {
		t.Errorf("%v, PTS %d", err, p.PTS)
	}
	if err := d.Seek(0); err != nil {
		t.Fatal(err)
	}
	if counts, errs := readAll(t, d); len(counts) != 10 || len(errs) > 0 {
		t.Errorf("%d frames, %v", len(counts), errs)
	}
}

func TestRefused(t *testing.T) {
	main := stream(frames(10, 4, 2, 50)...)
	for i := 0; i+2 < len(main); i++ {
		if main[i] == 0xff && main[i+1] == 0xf1 {
			main[i+2] &= 0x3f // AAC Main
		}
	}
	var u *media.UnsupportedError
	if _, err := adts.New(bytes.NewReader(main), int64(len(main))); !errors.As(err, &u) || !strings.Contains(err.Error(), "AAC Main") {
		t.Errorf("AAC Main: %v", err)
	}
	var fe *media.FormatError
	if _, err := adts.New(strings.NewReader(strings.Repeat("no sound", 100)), 800); !errors.As(err, &fe) {
		t.Errorf("no sound: %v", err)
	}
	if _, err := adts.New(broken{}, 1000); err == nil || !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("a broken source: %v", err)
	}
}

type broken struct{}

func (broken) ReadAt([]byte, int64) (int, error) { return 0, io.ErrClosedPipe }

func TestMatch(t *testing.T) {
	all := frames(5, 4, 2, 50)
	mp3 := bytes.Repeat(append([]byte{0xff, 0xfb, 0x90, 0x64}, make([]byte, 413)...), 5)
	for name, c := range map[string]struct {
		head []byte
		want bool
	}{
		"frames":          {stream(all...), true},
		"behind junk":     {stream([]byte("junk"), stream(all...)), true},
		"two, then less":  {stream(all[0], all[1], all[2][:5]), false},
		"one whole frame": {all[0], true},
		"one, then junk":  {stream(all[0], make([]byte, 100)), false},
		"MP3":             {mp3, false},
		"nothing":         {nil, false},
		"ff":              {bytes.Repeat([]byte{0xff}, 100), false},
	} {
		if got := adts.Match(c.head); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestTimeBeforeStart(t *testing.T) {
	d := open(t, stream(frames(10, 4, 2, 50)...))
	if err := d.Seek(-time.Second); err != nil {
		t.Fatal(err)
	}
	var p media.Packet
	if err := d.ReadPacket(&p); err != nil || p.PTS != 0 {
		t.Errorf("%v, PTS %d", err, p.PTS)
	}
}
