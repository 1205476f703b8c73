package mp4_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"linnet/player/demux/mp4"
	"linnet/player/media"
)

// fragments is a file of an empty index and two fragments of PCM.
func fragments() []byte {
	b := &builder{timescale: 44100, movie: 1000, entry: pcmEntry("sowt", 2, 16, 44100), perChunk: 1}
	moov := box("moov", full("mvhd", 0, 0, make([]byte, 8), u32(1000), make([]byte, 84)), b.trak(b.tables(0)),
		box("mvex", full("trex", 0, 0, u32(7), u32(1), u32(1), u32(4), u32(0))))
	file := join(box("ftyp", []byte("M4A \x00\x00\x00\x00")), moov)
	for range 2 {
		trun := full("trun", 0, 1, u32(50), u32(0x4c))
		moof := box("moof", full("mfhd", 0, 0, u32(1)), box("traf", full("tfhd", 0, 0x20000, u32(7)), trun))
		file = join(file, moof, box("mdat", make([]byte, 200)))
	}
	trun := full("trun", 0, 0x301, u32(2), u32(0x5c), u32(3), u32(12), u32(5), u32(20))
	moof := box("moof", full("mfhd", 0, 0, u32(1)), box("traf", full("tfhd", 0, 0, u32(7)), trun))
	return join(file, moof, box("mdat", make([]byte, 32)))
}

func TestFragments(t *testing.T) {
	d := open(t, fragments())
	if s := d.Streams()[0]; s.Frames != 108 {
		t.Errorf("%+v", s)
	}
	var p media.Packet
	for _, want := range [][2]int64{{0, 200}, {50, 200}, {100, 12}, {103, 20}} {
		if err := d.ReadPacket(&p); err != nil || p.PTS != want[0] || len(p.Data) != int(want[1]) {
			t.Errorf("%v: PTS %d, %d bytes, want %v", err, p.PTS, len(p.Data), want)
		}
	}
	if err := d.ReadPacket(&p); err != io.EOF {
		t.Error(err)
	}
}

// FuzzMP4 opens, reads, seeks and reads again. Whatever the file, it ends, the
// errors have their types, and packets lie within the file.
func FuzzMP4(f *testing.F) {
	b := aacTrack(12)
	f.Add(b.file())
	b.front, b.wide, b.narrow, b.edits = true, true, 16, [][2]int{{100, 1024}}
	f.Add(b.file())
	pcm := &builder{timescale: 8000, movie: 1000, entry: pcmEntry("sowt", 1, 16, 8000), samples: numbered(9, 0), durations: make([]int, 9), perChunk: 4}
	f.Add(pcm.file())
	f.Add(fragments())
	f.Add(filmTrack(9).file())
	f.Add(withTexts(filmTrack(25), textTrack()))
	f.Add(textFragments())
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, size := range []int64{int64(len(file)), -1} {
			fuzzOne(t, file, size)
		}
	})
}

func fuzzOne(t *testing.T, file []byte, size int64) {
	d, err := mp4.New(bytes.NewReader(file), size)
	if err != nil {
		typed(t, "open", err, " ")
		return
	}
	s := d.Streams()[0]
	if s.Kind == media.Audio && (s.Frames < 0 || s.Delay < 0 || s.Padding < 0 || s.Audio.Rate < 1 || s.Audio.Channels < 1) {
		t.Fatalf("%+v", s)
	}
	var p media.Packet
	for range 2 {
		for range 1000 {
			err := d.ReadPacket(&p)
			if err == io.EOF {
				break
			}
			var u *media.UnsupportedError
			if errors.As(err, &u) {
				return
			}
			if err != nil {
				typed(t, "read", err, " ")
				continue
			}
			if len(p.Data) > 0 && (p.Pos < 0 || p.Pos+int64(len(p.Data)) > int64(len(file))) {
				t.Fatalf("packet at %d of %d bytes in a file of %d", p.Pos, len(p.Data), len(file))
			}
		}
		if err := d.Seek(max(s.Duration()/2, 0)); err != nil {
			t.Fatal(err)
		}
	}
}
