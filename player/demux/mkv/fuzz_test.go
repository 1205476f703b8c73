package mkv_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"

	"linnet/player/demux/mkv"
	"linnet/player/media"
)

// FuzzMKV opens, reads, seeks and reads again. Whatever the file, it ends and
// the errors have their types.
func FuzzMKV(f *testing.F) {
	for _, b := range seeds() {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) { fuzzOne(t, b) })
}

// seeds are small files of several kinds.
func seeds() [][]byte {
	laced := cluster(0, simple(0, laceXiph, counted(0, 8), counted(8, 9)), simple(5, laceEBML, counted(0, 8), counted(8, 9)))
	group := el(0xa0, el(0xa1, blockBody(0, laceFixed, counted(1, 4), counted(5, 4))), num(0x75a2, 7))
	live := append(head("webm"), unsized(0x18538067, el(0x1654ae6b, trackEntry(1, "A_AAC/MPEG4/LC", 44100, 2, 0)), unsized(0x1f43b675, num(0xe7, 0), group))...)
	opus := el(0x63a2, []byte("OpusHead\x01\x02\x38\x01\x80\xbb\x00\x00\x00\x00\x00"))
	packet := simple(0, laceNone, []byte{0xfc, 1, 2})
	tags := el(0x1254c367, el(0x7373, el(0x63c0, num(0x68ca, 30)), el(0x67c8, str(0x45a3, "TITLE"), str(0x4487, "x"))))
	return [][]byte{
		file(pcmTrack(), pcmClusters(1)...), file(pcmTrack(num(0x56aa, 12500000)), laced), live,
		file(trackEntry(1, "A_OPUS", 48000, 2, 0, opus), cluster(0, packet), cluster(20, packet), tags),
		file(filmEntry(1, "V_MPEG4/ISO/ASP", num(0x23e383, 40000000)), plainFilm(1), plainFilm(1)),
		file(append(pcmTrack(), filmEntry(2, "V_MS/VFW/FOURCC", el(0x63a2, bitmap("XVID")))...), append(pcmClusters(1), plainFilm(2))...),
	}
}

// Wrong bytes in the heads of whole files are no worse than others.
func TestMutations(t *testing.T) {
	files := seeds()
	for i := range 4000 {
		r := rand.New(rand.NewPCG(uint64(i), 1))
		b := bytes.Clone(files[i%len(files)])
		for range 1 + r.IntN(4) {
			b[r.IntN(min(len(b), 400))] = byte(r.IntN(256))
		}
		fuzzOne(t, b)
	}
}

func fuzzOne(t *testing.T, b []byte) {
	for _, size := range []int64{int64(len(b)), -1} {
		d, err := mkv.New(bytes.NewReader(b), size)
		if err != nil {
			typed(t, err)
			continue
		}
		s := d.Streams()[0]
		film := map[int]bool{}
		for _, s := range d.Streams() {
			film[s.ID] = s.Kind == media.Video
		}
		if s.Frames < -1 || s.Delay < 0 || s.Padding < 0 || s.Kind == media.Audio && s.Frames >= 0 && (s.Audio.Rate < 1 || s.Audio.Channels < 1) {
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
				} else if p.PTS < 0 && !film[p.Stream] || p.Pos < 0 || p.Pos > int64(len(b)) {
					t.Fatalf("packet at %d, PTS %d", p.Pos, p.PTS)
				}
				if n > 2*len(b)+10 {
					t.Fatal("no end")
				}
			}
			if err := d.Seek(max(s.Duration(), 2) / 2); err != nil {
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
