package flac_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	"linnet/player/demux/flac"
	format "linnet/player/internal/flac"
	"linnet/player/internal/flac/flactest"
	"linnet/player/media"
)

// offsets are where the frames of a file start.
func (s *stream) offsets(b []byte) (all []int) {
	at := len(b) - len(s.bytes())
	for _, f := range s.frames {
		all = append(all, at)
		at += len(f)
	}
	return all
}

// silenced is the sound with some frames silent.
func (s *stream) silenced(frames ...int) []int32 {
	sound := slices.Clone(s.sound)
	for _, i := range frames {
		end := len(sound)
		if i+1 < len(s.starts) {
			end = int(s.starts[i+1]) * s.h.Channels
		}
		clear(sound[int(s.starts[i])*s.h.Channels : end])
	}
	return sound
}

// Damage costs the frames that it hits, and what follows stands where it
// should.
func TestDamage(t *testing.T) {
	s := stereo16(30)
	file := s.file()
	at := s.offsets(file)
	cut := func(b []byte, from, to int) []byte { return append(slices.Clone(b[:from]), b[to:]...) }
	flip := func(places ...int) []byte {
		b := slices.Clone(file)
		for _, i := range places {
			b[i] ^= 0x10
		}
		return b
	}
	for name, c := range map[string]struct {
		b    []byte
		lost []int
	}{
		"a bit within a frame":        {flip(at[7] + 100), []int{7}},
		"a bit in a header":           {flip(at[7] + 2), []int{7}},
		"a sync code":                 {flip(at[7]), []int{7}},
		"a checksum":                  {flip(at[8] - 1), []int{7}},
		"two headers in a row":        {flip(at[7]+1, at[8]+2), []int{7, 8}},
		"the body and the next frame": {flip(at[7]+200, at[8]), []int{7, 8}},
		"a frame is missing":          {cut(file, at[7], at[8]), []int{7}},
		"many are missing":            {cut(file, at[7], at[12]), []int{7, 8, 9, 10, 11}},
		"bytes are missing":           {cut(file, at[7]+50, at[7]+60), []int{7}},
		"over a border":               {cut(file, at[7]+50, at[9]+60), []int{7, 8, 9}},
		"bytes too many":              {append(append(slices.Clone(file[:at[7]+90]), "too many"...), file[at[7]+90:]...), []int{7}},
		"junk between frames":         {append(append(slices.Clone(file[:at[7]]), bytes.Repeat([]byte{0xff, 0xf8, 0}, 3000)...), file[at[7]:]...), nil},
		"the last frame":              {flip(len(file) - 20), []int{29}},
		"the last frame is cut off":   {file[:len(file)-20], []int{29}},
		"junk behind":                 {append(slices.Clone(file), bytes.Repeat([]byte("junk"), 4000)...), nil},
		"the first frame":             {flip(at[0] + 50), []int{0}},
	} {
		t.Run(name, func(t *testing.T) {
			parts := readAll(t, openBytes(t, c.b))
			if len(parts) != 1 {
				t.Fatalf("%d parts", len(parts))
			}
			if len(c.lost) > 0 && len(parts[0].errs) == 0 {
				t.Error("nothing was reported")
			}
			if want := s.silenced(c.lost...); !slices.Equal(parts[0].sound, want) {
				t.Errorf("%d samples, want %d; %v", len(parts[0].sound), len(want), parts[0].errs)
				for i, start := range s.starts {
					end := len(want)
					if i+1 < len(s.starts) {
						end = int(s.starts[i+1]) * 2
					}
					if got := parts[0].sound; end > len(got) || !slices.Equal(got[start*2:end], want[start*2:end]) {
						t.Logf("frame %d differs", i)
					}
				}
			}
		})
	}
}

// A file that was cut off between two frames says so once, at its end, and
// again for those who come back.
func TestCutOff(t *testing.T) {
	s := stereo16(30)
	b := s.file()
	d := openBytes(t, b[:s.offsets(b)[20]])
	if n := d.Streams()[0].Frames; n != 20*576 {
		t.Errorf("%d frames", n)
	}
	for range 2 {
		parts := readAll(t, d)
		if len(parts[0].errs) != 1 || !slices.Equal(parts[0].sound, s.sound[:2*20*576]) {
			t.Errorf("%d samples, %v", len(parts[0].sound), parts[0].errs)
		}
		if err := d.ReadPacket(&media.Packet{}); err != io.EOF {
			t.Errorf("behind the end: %v", err)
		}
		if err := d.Seek(0); err != nil {
			t.Fatal(err)
		}
	}
}

// Damage anywhere: whatever single bytes are wrong, all frames but two or three
// are right and in their place, and a seek finds the rest.
func TestAnyDamage(t *testing.T) {
	s := stereo16(30)
	file := s.file()
	first := s.offsets(file)[0]
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		b := slices.Clone(file)
		b[first+r.IntN(len(b)-first)] ^= byte(1 + r.IntN(255))
		d := openBytes(t, b)
		parts := readAll(t, d)
		wrong := 0
		for i, start := range s.starts {
			end := len(s.sound)
			if i+1 < len(s.starts) {
				end = int(s.starts[i+1]) * 2
			}
			if got := parts[0].sound; end > len(got) || !slices.Equal(got[start*2:end], s.sound[start*2:end]) {
				wrong++
			}
		}
		if len(parts) != 1 || wrong != 1 || len(parts[0].errs) == 0 {
			t.Fatalf("%d parts, %d frames are wrong, %v", len(parts), wrong, parts[0].errs)
		}
	}
}

// FuzzFLAC opens, plays, seeks and plays again. Whatever the file, it ends,
// the errors have their types, and packets lie within the file.
func FuzzFLAC(f *testing.F) {
	// Small ones: the go command takes its time to make large ones smaller.
	tiny := func(h format.Header, n int, old bool, sizes ...int) *stream {
		s := newStream(h)
		s.old = old
		for i := range n {
			s.add(sizes[i%len(sizes)])
		}
		return s
	}
	mono := format.Header{Rate: 8000, Channels: 1, Bits: 8}
	s := tiny(mono, 6, false, 16)
	f.Add(s.file())
	f.Add(s.file(s.seekTable(2)))
	f.Add(s.bytes()[9:])
	f.Add(append(id3(), tiny(mono, 4, true, 16, 32).file()...))
	f.Add(tiny(format.Header{Rate: 44100, Channels: 2, Bits: 16, Variable: true, Stereo: format.LeftSide}, 4, false, 5, 9, 2).file())
	f.Add(append(s.file(), tiny(format.Header{Rate: 8000, Channels: 2, Bits: 12, Number: 2}, 3, false, 16).bytes()...))
	f.Add(bytes.Repeat(flactest.AppendHeader(nil, format.Header{BlockSize: 64, Rate: 8000, Channels: 8, Bits: 32}), 30))
	f.Fuzz(func(t *testing.T, file []byte) {
		flac.MatchMiddle(file)
		for _, size := range []int64{int64(len(file)), -1} {
			fuzzOne(t, file, size)
		}
	})
}

func fuzzOne(t *testing.T, file []byte, size int64) {
	d, err := flac.New(bytes.NewReader(file), size)
	var fe *media.FormatError
	if err != nil {
		if !errors.As(err, &fe) {
			t.Fatalf("untyped error %v", err)
		}
		return
	}
	var p media.Packet
	for range 2 {
		dec, err := newDecoder(d.Streams()[0])
		if err != nil {
			t.Fatalf("the demuxer offers what the decoder refuses: %v", err)
		}
		var buf []int32
		last := int64(-1)
		for n := 0; ; n++ {
			err := d.ReadPacket(&p)
			if err == io.EOF {
				break
			}
			if n > 2*len(file) {
				t.Fatalf("no end of a file of %d bytes", len(file))
			}
			switch {
			case errors.Is(err, media.ErrNewStreams):
				if dec, err = newDecoder(d.Streams()[0]); err != nil {
					t.Fatal(err)
				}
				last = -1
				continue
			case errors.As(err, &fe):
				continue
			case err != nil:
				t.Fatal(err)
			}
			if p.Pos < 0 || p.Pos+int64(len(p.Data)) > int64(len(file)) || !bytes.Equal(p.Data, file[p.Pos:p.Pos+int64(len(p.Data))]) {
				t.Fatalf("packet at %d of %d bytes in a file of %d", p.Pos, len(p.Data), len(file))
			}
			if p.PTS <= last {
				t.Fatalf("packet at %d behind one at %d", p.PTS, last)
			}
			last = p.PTS
			if buf, err = dec.Decode(buf[:0], &p); err != nil && !errors.As(err, &fe) {
				t.Fatal(err)
			}
		}
		if err := d.Seek(d.Streams()[0].Audio.Duration(int64(len(file)))); err != nil {
			t.Fatal(err)
		}
	}
}
