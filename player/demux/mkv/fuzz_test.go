package mkv_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"linnet/player/demux/mkv"
	"linnet/player/media"
)

// FuzzMKV opens, reads, seeks and reads again. Whatever the file, it ends and
// the errors have their types.
func FuzzMKV(f *testing.F) {
	f.Add(file(pcmTrack(), pcmClusters(2)...))
	f.Add(file(pcmTrack(num(0x56aa, 12500000)), cluster(0, simple(0, laceXiph, counted(0, 8), counted(8, 9)), simple(5, laceEBML, counted(0, 8), counted(8, 9)))))
	f.Add(append(head("webm"), unsized(0x18538067, el(0x1654ae6b, trackEntry(1, "A_AAC/MPEG4/LC", 44100, 2, 0)),
		unsized(0x1f43b675, num(0xe7, 0), el(0xa0, el(0xa1, blockBody(0, laceFixed, counted(1, 4), counted(5, 4))), num(0x75a2, 7))))...))
	opus := append([]byte("OpusHead\x01\x02\x38\x01\x80\xbb\x00\x00\x00\x00\x00"), 0)
	f.Add(file(trackEntry(1, "A_OPUS", 48000, 2, 0, el(0x63a2, opus)), cluster(0, simple(0, laceNone, []byte{0xfc, 1, 2})), cluster(20, simple(0, laceNone, []byte{0xfc, 1, 2})),
		el(0x1254c367, el(0x7373, el(0x63c0, num(0x68ca, 30)), el(0x67c8, str(0x45a3, "TITLE"), str(0x4487, "x"))))))
	f.Fuzz(func(t *testing.T, b []byte) { fuzzOne(t, b) })
}

func fuzzOne(t *testing.T, b []byte) {
	for _, size := range []int64{int64(len(b)), -1} {
		d, err := mkv.New(bytes.NewReader(b), size)
		if err != nil {
			typed(t, err)
			continue
		}
		s := d.Streams()[0]
		if s.Frames < -1 || s.Delay < 0 || s.Padding < 0 || s.Audio.Rate < 1 || s.Audio.Channels < 1 {
			t.Fatalf("%+v", s)
		}
		var p media.Packet
		for range 2 {
			for n := 0; ; n++ {
				err := d.ReadPacket(&p)
				if err == io.EOF {
					break
				}
				if err != nil {
					typed(t, err)
				} else if p.PTS < 0 || p.Pos < 0 || p.Pos > int64(len(b)) {
					t.Fatalf("packet at %d, PTS %d", p.Pos, p.PTS)
				}
				if n > 2*len(b)+10 {
					t.Fatal("no end")
				}
			}
			if err := d.Seek(s.Audio.Duration(max(s.Frames, 2) / 2)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func typed(t *testing.T, err error) {
	t.Helper()
	var f *media.FormatError
	var u *media.UnsupportedError
	if !errors.As(err, &f) && !errors.As(err, &u) {
		t.Fatalf("a %T: %v", err, err)
	}
}
