package mpa

import (
	"bytes"
	"fmt"
	"io"
	"testing"
	"time"

	"linnet/player/internal/mpa"
	"linnet/player/media"
)

// checkSeek seeks to a frame of the trimmed sound and checks that what
// follows is the end of what reading straight gave, from a place where
// decoding has all that it needs.
func checkSeek(t *testing.T, d *Demuxer, all []media.Packet, frame int64) {
	t.Helper()
	s := d.Streams()[0]
	if err := d.Seek(s.Audio.Duration(frame)); err != nil {
		t.Fatal(err)
	}
	var p media.Packet
	if err := d.ReadPacket(&p); err != nil {
		t.Fatalf("frame %d: %v", frame, err)
	}
	h, _ := mpa.ParseHeader(p.Data)
	n, step := int(p.PTS)/h.Samples(), int64(h.Samples())
	if n >= len(all) || p.PTS != all[n].PTS || p.Pos != all[n].Pos || !bytes.Equal(p.Data, all[n].Data) {
		t.Fatalf("frame %d: packet with PTS %d is not the one read straight", frame, p.PTS)
	}
	target := min(int((s.Delay+frame)/step), len(all)-1)
	if n > target {
		t.Fatalf("frame %d: came to packet %d, behind %d", frame, n, target)
	}
	need, main := max(0, target-overlap), 0
	if h.Layer == 3 {
		for ; need > 0 && main < reservoir; need-- {
			f := frameOf(all[need-1])
			main += f.size - mainStart(&f)
		}
	}
	if n > need {
		t.Fatalf("frame %d: came to packet %d, decoding needs %d", frame, n, need)
	}
	if n < need-1 {
		t.Errorf("frame %d: came to packet %d, %d is enough", frame, n, need)
	}
	for i := n + 1; i < min(n+5, len(all)); i++ {
		err := d.ReadPacket(&p)
		if isDamage(err) {
			err = d.ReadPacket(&p)
		}
		if err != nil || p.Pos != all[i].Pos || p.PTS != all[i].PTS {
			t.Fatalf("frame %d: packet %d after the seek: PTS %d, %v", frame, i, p.PTS, err)
		}
	}
}

func frameOf(p media.Packet) frame {
	h, _ := mpa.ParseHeader(p.Data)
	return frame{h: h, size: len(p.Data)}
}

func TestSeek(t *testing.T) {
	small := spec{version: 2, layer: 1, bitRate: 1, rate: 1} // 24 bytes, 3 of main data
	layer1 := spec{version: 3, layer: 3, bitRate: 9}
	var mixed []byte
	for i := range 400 {
		s := usual
		s.bitRate = byte(1 + i*5%14)
		s.pad = i%2 == 0
		mixed = append(mixed, s.frame(i, 0)...)
	}
	for name, b := range map[string][]byte{
		"usual":    usual.frames(300),
		"tagged":   join(id3v2(90), usual.xing("Info", 300, 301*417, &[2]int{576, 1000}), usual.frames(300), id3v1()),
		"small":    small.frames(400),
		"Layer I":  layer1.frames(300),
		"variable": mixed,
		"damaged":  join(usual.frames(100), noise(999), usual.frames(100)),
	} {
		t.Run(name, func(t *testing.T) {
			all := readAll(t, open(t, b)).packets
			d := open(t, b)
			step := all[1].PTS
			last := step * int64(len(all))
			for i := range int64(500) { // there and back, and across frames' edges
				checkSeek(t, d, all, i*7919*31%last)
			}
			for _, f := range []int64{0, 1, step - 1, step, step + 1, last - 1, last, last + 1<<30} {
				checkSeek(t, d, all, f)
				checkSeek(t, open(t, b), all, f)
			}
			if err := d.Seek(-time.Hour); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestSeekStaysInLink(t *testing.T) {
	other := usual
	other.rate = 1
	d := open(t, join(usual.frames(50), other.frames(50)))
	checkLink := func(rate int, want []media.Packet) {
		t.Helper()
		for _, f := range []int64{1 << 20, 0, 30 * 1152} {
			checkSeek(t, d, want, f)
			if r := d.Streams()[0].Audio.Rate; r != rate {
				t.Fatalf("rate %d, want %d", r, rate)
			}
		}
	}
	all := readAll(t, open(t, join(usual.frames(50), other.frames(50)))).packets
	checkLink(44100, all[:50])
	readAll(t, d)
	checkLink(48000, all[50:])
}

func TestIndexIsBounded(t *testing.T) {
	var x index
	x.clear()
	const frames = 5_000_000 // 36 hours
	for n := range int64(frames) {
		x.note(cursor{n: n, pos: n * 417, pts: n * 1152})
	}
	if len(x.at) > indexMax || len(x.at) < indexMax/2 || cap(x.at) > 2*indexMax {
		t.Errorf("%d entries, room for %d", len(x.at), cap(x.at))
	}
	for i, c := range x.at {
		if c.n != int64(i)*x.stride || c.pts != c.n*1152 {
			t.Fatalf("entry %d is of frame %d", i, c.n)
		}
	}
}

func FuzzDemuxer(f *testing.F) {
	other := usual
	other.rate = 1
	free := spec{version: 3, layer: 1}
	f.Add(usual.frames(5))
	f.Add(join(id3v2(20), usual.xing("Info", 5, 6*417, &[2]int{576, 1000}), usual.frames(5), ape(9), id3v1()))
	f.Add(join(usual.frames(5), noise(50), usual.frames(5)[:1500], other.frames(6)))
	f.Add(join(free.frame(0, 100), free.frame(1, 100), free.frame(2, 100), free.frame(3, 60)))
	f.Add(join(commTag(" 0 240 3E8 5448"), spec{version: 0, layer: 2, bitRate: 3}.frames(5)))
	f.Fuzz(func(t *testing.T, b []byte) {
		Match(b)
		d, err := New(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		fuzzRead(t, d, len(b))
		for _, at := range []int64{0, 1000, 100000, 1 << 40} {
			if err := d.Seek(d.Streams()[0].Audio.Duration(at)); err != nil {
				t.Fatal(err)
			}
		}
		fuzzRead(t, d, len(b))
	})
}

// fuzzRead reads to the end and checks what must hold for every input.
func fuzzRead(t *testing.T, d *Demuxer, size int) {
	var p media.Packet
	pos, pts := int64(-1), int64(-1)
	for range size + 3 {
		switch err := d.ReadPacket(&p); err {
		case nil:
			if p.Pos <= pos || p.PTS <= pts || p.Pos+int64(len(p.Data)) > int64(size) {
				t.Fatalf("packet at %d, PTS %d after %d, %d", p.Pos, p.PTS, pos, pts)
			}
			if h, ok := mpa.ParseHeader(p.Data); !ok || !alike(&h, &d.link.h) {
				t.Fatal("packet is no frame of the stream")
			}
			pos, pts = p.Pos, p.PTS
		case io.EOF:
			return
		case media.ErrNewStreams:
			pts = -1
		default:
			if !isDamage(err) {
				t.Fatal(fmt.Sprint("unexpected: ", err))
			}
		}
	}
	t.Fatal("reading does not end")
}
