package mpa

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/internal/mpa"
	"linnet/player/media"
)

var (
	_ player.Demuxer = (*Demuxer)(nil)
	_ player.Tagger  = (*Demuxer)(nil)
)

func TestEveryKindOfFrame(t *testing.T) {
	for version := range byte(4) {
		for layer := byte(1); layer <= 3; layer++ {
			for rate := range byte(3) {
				for bitRate := byte(1); bitRate < 15; bitRate++ {
					s := spec{version: version, layer: layer, rate: rate, bitRate: bitRate, crc: rate == 1}
					if version != 1 {
						checkKind(t, s)
					}
				}
			}
		}
	}
}

func checkKind(t *testing.T, s spec) {
	t.Helper()
	const count = 6
	b := s.frames(count)
	if !Match(b) {
		t.Errorf("%+v: not matched", s)
	}
	d := open(t, b)
	h, _ := mpa.ParseHeader(b)
	got := d.Streams()[0]
	want := media.Stream{Kind: media.Audio, Codec: codecs[h.Layer], Frames: int64(count * h.Samples()),
		Audio: media.AudioFormat{Rate: h.Rate, Channels: 2, Bits: 16}, BitRate: h.BitRate}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%+v: stream %+v, want %+v", s, got, want)
	}
	all := readAll(t, d)
	if len(all.packets) != count || len(all.damage) != 0 {
		t.Fatalf("%+v: %d packets, %v", s, len(all.packets), all.damage)
	}
	for i, p := range all.packets {
		if !bytes.Equal(p.Data, s.frame(i, 0)) || p.PTS != int64(i*h.Samples()) || !p.Key {
			t.Fatalf("%+v: packet %d is wrong", s, i)
		}
	}
}

func TestAround(t *testing.T) {
	sound := usual.frames(5)
	cut := usual.frame(9, 0)[:200]
	counted := join(usual.xing("Info", 5, uint32(417+len(sound)), nil), sound)
	footer := id3v2(50)
	footer[3], footer[5] = 4, 0x10
	footer = append(footer, "3DI\x04\x00\x10\x00\x00\x00\x32"...)
	lyrics := append([]byte("LYRICSBEGIN"), noise(30)...)
	for name, b := range map[string][]byte{
		"nothing":         sound,
		"ID3v2":           join(id3v2(300), sound),
		"two ID3v2":       join(id3v2(300), id3v2(9), sound),
		"with footer":     join(footer, sound),
		"ID3v2 at end":    join(sound, footer),
		"padding":         join(id3v2(30), make([]byte, 999), sound),
		"junk":            join(noise(5000), sound),
		"ID3v1":           join(sound, id3v1()),
		"TAG+":            join(sound, append([]byte("TAG+"), noise(223)...), id3v1()),
		"APE":             join(sound, ape(77)),
		"APE and ID3v1":   join(sound, ape(77), id3v1()),
		"Lyrics3v1":       join(sound, lyrics, []byte("LYRICSEND"), id3v1()),
		"Lyrics3v2":       join(sound, lyrics, []byte("000041LYRICS200"), id3v1()),
		"cut last frame":  join(sound, cut),
		"cut, then tag":   join(sound, cut, id3v1()),
		"counted, cut":    join(counted, cut),
		"counted, junk":   join(counted, noise(9000)),
		"trailing zeros":  join(sound, make([]byte, 10000)),
		"trailing junk":   join(sound, noise(400)),
		"tag in between":  join(usual.frames(2), id3v2(700), usual.frames(5)[2*417:]),
		"three in a row":  join(usual.frames(2), id3v1(), id3v2(70), ape(0), usual.frames(5)[2*417:]),
		"tag says more":   join([]byte("ID3\x03\x00\x00\x7f\x7f\x7f\x7f"), sound),
		"left-over start": join(spec{version: 3, layer: 1, bitRate: 5, rate: 1}.frames(2), sound),
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, b)
			all := readAll(t, d)
			if len(all.damage) != 0 || all.changes != 0 {
				t.Errorf("damage %v, %d changes", all.damage, all.changes)
			}
			var got []byte
			for i, p := range all.packets {
				got = append(got, p.Data...)
				if p.PTS != int64(i)*1152 || !bytes.HasPrefix(b[p.Pos:], p.Data) {
					t.Errorf("packet %d: PTS %d, position %d", i, p.PTS, p.Pos)
				}
			}
			if !bytes.Equal(got, sound) {
				t.Errorf("%d packets, %d bytes instead of %d", len(all.packets), len(got), len(sound))
			}
		})
	}
}

func TestDamage(t *testing.T) {
	sound := usual.frames(12)
	size := len(sound) / 12
	flip := bytes.Clone(sound)
	flip[5*size] = 0
	lost := join(sound[:5*size+100], sound[6*size:])
	tagged := join(usual.xing("Info", 12, uint32(13*size), &[2]int{576, 600}), sound)
	for _, c := range []struct {
		name    string
		b       []byte
		packets int
		damage  []int64 // where
	}{
		{"garbage between", join(sound[:5*size], noise(3000), sound[5*size:]), 12, []int64{int64(5 * size)}},
		{"twice", join(sound[:5*size], noise(30), sound[5*size:9*size], noise(1), sound[9*size:]), 12,
			[]int64{int64(5 * size), int64(9*size + 30)}},
		{"header broken", flip, 11, []int64{int64(5 * size)}},
		{"bytes lost in a frame", lost, 11, []int64{int64(5 * size)}},
		{"tag, cut in a frame", tagged[:len(tagged)-200], 11, []int64{int64(len(tagged) - 200)}},
		{"tag, cut behind a frame", tagged[:len(tagged)-size], 11, []int64{int64(len(tagged) - size)}},
		{"garbage to the end", join(sound, noise(9000)), 12, []int64{int64(12 * size)}},
		{"early", join(sound[:2*size], noise(90), sound[2*size:]), 12, []int64{int64(2 * size)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := readAll(t, open(t, c.b))
			if len(all.packets) != c.packets {
				t.Errorf("%d packets, want %d", len(all.packets), c.packets)
			}
			var at []int64
			for _, f := range all.damage {
				at = append(at, f.Offset)
				if f.Stage != stage || f.Msg == "" {
					t.Errorf("error %+v", f)
				}
			}
			if fmt.Sprint(at) != fmt.Sprint(c.damage) {
				t.Errorf("damage at %v, want %v", at, c.damage)
			}
		})
	}
}

func TestNoAudio(t *testing.T) {
	jpeg := append([]byte{0xff, 0xd8, 0xff, 0xe0}, noise(5000)...)
	utf16 := append([]byte{0xff, 0xfe}, bytes.Repeat([]byte{'h', 0, 'i', 0}, 300)...)
	for name, b := range map[string][]byte{
		"empty": nil, "one byte": {0xff}, "zeros": make([]byte, 70000), "jpeg": jpeg, "utf-16": utf16,
		"only tags": join(id3v2(100), id3v1()), "sync words": bytes.Repeat([]byte{0xff}, 3000),
		"half a frame": usual.frame(0, 0)[:200],
		"far away":     join(make([]byte, maxJunk+1), usual.frames(9)),
	} {
		_, err := New(bytes.NewReader(b), int64(len(b)))
		var f *media.FormatError
		if !errors.As(err, &f) {
			t.Errorf("%s: %v", name, err)
		}
		if Match(b[:min(len(b), 4096)]) {
			t.Errorf("%s: matched", name)
		}
	}
}

func TestFreeFormat(t *testing.T) {
	for _, layer := range []byte{1, 2, 3} {
		s := spec{version: 3, layer: layer}
		slot := 1
		if layer == 3 {
			slot = 4
		}
		var b []byte
		for i := range 20 {
			s.pad = i%3 != 0
			size := 200
			if s.pad {
				size += slot
			}
			b = append(b, s.frame(i, size)...)
		}
		if !Match(b) {
			t.Errorf("layer %d: not matched", 4-layer)
		}
		d := open(t, b)
		if d.link.free != 200 {
			t.Errorf("layer %d: size %d, want 200", 4-layer, d.link.free)
		}
		if all := readAll(t, d); len(all.packets) != 20 || len(all.damage) != 0 {
			t.Errorf("layer %d: %d packets, %v", 4-layer, len(all.packets), all.damage)
		}
		if got, h := d.Streams()[0], d.link.h; got.BitRate/1000 != 201*8*h.Rate/h.Samples()/1000 && layer != 3 {
			t.Errorf("layer %d: bit rate %d", 4-layer, got.BitRate)
		}
	}
}

func TestNewStreams(t *testing.T) {
	other := usual
	other.rate = 1
	a, b := usual.frames(7), other.frames(9)
	for name, gap := range map[string][]byte{"none": nil, "tag": id3v2(40), "junk": noise(100)} {
		d := open(t, join(a, gap, b))
		if r := d.Streams()[0].Audio.Rate; r != 44100 {
			t.Fatalf("%s: rate %d", name, r)
		}
		all := readAll(t, d)
		if len(all.packets) != 16 || all.changes != 1 || len(all.damage) > 1 {
			t.Fatalf("%s: %d packets, %d changes, %v", name, len(all.packets), all.changes, all.damage)
		}
		if r := d.Streams()[0].Audio.Rate; r != 48000 {
			t.Errorf("%s: rate %d after the change", name, r)
		}
		if p := all.packets[7]; p.PTS != 0 || !bytes.Equal(p.Data, other.frame(0, 0)) {
			t.Errorf("%s: first packet behind the change is at %d", name, p.PTS)
		}
	}
}

// A single frame of another kind is damage, not a new stream.
func TestStrayFrame(t *testing.T) {
	other := usual
	other.rate = 1
	all := readAll(t, open(t, join(usual.frames(7), other.frames(1), usual.frames(9))))
	if len(all.packets) != 16 || all.changes != 0 || len(all.damage) != 1 {
		t.Errorf("%d packets, %d changes, %v", len(all.packets), all.changes, all.damage)
	}
}

func TestChannelModes(t *testing.T) {
	mono := usual
	mono.mode = 3
	d := open(t, join(mono.frames(3), usual.frames(3), mono.frames(3)))
	if c := d.Streams()[0].Audio.Channels; c != 2 {
		t.Errorf("%d channels", c)
	}
	if all := readAll(t, d); len(all.packets) != 9 || all.changes != 0 || len(all.damage) != 0 {
		t.Errorf("%d packets, %d changes, %v", len(all.packets), all.changes, all.damage)
	}
	if c := open(t, mono.frames(5)).Streams()[0].Audio.Channels; c != 1 {
		t.Errorf("%d channels in mono", c)
	}
}

func TestUnknownSize(t *testing.T) {
	b := join(id3v2(100), usual.frames(50), usual.frame(0, 0)[:99], id3v1())
	d, err := New(bytes.NewReader(b), -1)
	if err != nil {
		t.Fatal(err)
	}
	if all := readAll(t, d); len(all.packets) != 50 {
		t.Errorf("%d packets", len(all.packets))
	}
}

// brokenAt fails at an offset, as a stick that is pulled.
type brokenAt struct {
	io.ReaderAt
	at int64
}

var errPulled = errors.New("pulled")

func (b brokenAt) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) <= b.at {
		return b.ReaderAt.ReadAt(p, off)
	}
	n := 0
	if off < b.at {
		n, _ = b.ReaderAt.ReadAt(p[:b.at-off], off)
	}
	return n, errPulled
}

func TestSourceFails(t *testing.T) {
	b := usual.frames(2000)
	for _, at := range []int64{0, 100, 300000} {
		d, err := New(brokenAt{bytes.NewReader(b), at}, int64(len(b)))
		for err == nil {
			var p media.Packet
			err = d.ReadPacket(&p)
		}
		if !errors.Is(err, errPulled) {
			t.Errorf("at %d: %v", at, err)
		}
	}
	short, err := New(bytes.NewReader(b[:len(b)/2]), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if all := readAll(t, short); len(all.packets) != 1000 {
		t.Errorf("size is too large: %d packets", len(all.packets))
	}
}

func TestNoAllocations(t *testing.T) {
	d := open(t, usual.frames(5000))
	var p media.Packet
	p.Data = make([]byte, 0, mpa.MaxFrameSize)
	if n := testing.AllocsPerRun(4000, func() {
		if err := d.ReadPacket(&p); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("%v allocations per packet", n)
	}
}

// Files made to be slow: a header, or the start of one, wherever one looks.
func TestHostile(t *testing.T) {
	free, other := spec{version: 3, layer: 1}, usual
	other.rate = 1
	for name, unit := range map[string][]byte{
		"free format": free.header(), "headers": usual.header(), "sync words": {0xff, 0xfb}, "ID3": []byte("ID3\x03\x00\x00\x00\x00\x00\x00"),
		"changes": join(usual.frames(4), other.frames(4)), "gaps": join(usual.frames(1), []byte{0}),
	} {
		b := bytes.Repeat(unit, 1<<20/len(unit))
		for _, b := range [][]byte{b, join(usual.frames(5), b)} {
			began := time.Now()
			if d, err := New(bytes.NewReader(b), int64(len(b))); err == nil {
				readAll(t, d)
				if err := d.Seek(time.Hour); err != nil {
					t.Fatal(err)
				}
			}
			// Far more than it takes, far less than work that grows with
			// the square of the size.
			if took := time.Since(began); took > time.Minute {
				t.Errorf("%s: took %v", name, took)
			}
		}
	}
}
