package mkv_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"

	"linnet/player"
	"linnet/player/demux/mkv"
	"linnet/player/media"
	"linnet/player/playertest"
)

// All kinds of lacing, in SimpleBlocks and BlockGroups, in clusters of known
// and of unknown size, with other tracks between.
func TestContract(t *testing.T) {
	frames := [][]byte{counted(0, 100), counted(100, 300), counted(400, 50), counted(450, 350)}
	even := [][]byte{counted(0, 200), counted(200, 200), counted(400, 200), counted(600, 200)}
	other := el(0xa3, []byte{0x82, 0, 0, 0, 1, 2, 3})
	build := func(lacing byte, frames [][]byte, unknown, group bool) []byte {
		var clusters [][]byte
		for c := range 30 {
			body := blockBody(0, lacing, frames...)
			block := el(0xa3, body)
			if group {
				block = el(0xa0, num(0x9b, 100), el(0xa1, body))
			}
			cl := cluster(uint64(100*c), el(0xec, make([]byte, 9)), other, block, other)
			if unknown {
				cl = unsized(0x1f43b675, num(0xe7, uint64(100*c)), block, other)
			}
			clusters = append(clusters, cl)
		}
		b := file(pcmTrack(), clusters...)
		if unknown {
			b = bytes.Join([][]byte{head("webm"), unsized(0x18538067, el(0x1654ae6b, pcmTrack()), bytes.Join(clusters, nil))}, nil)
		}
		return b
	}
	for name, b := range map[string][]byte{
		"none": build(laceNone, even[:1], false, false), "Xiph": build(laceXiph, frames, false, false), "fixed": build(laceFixed, even, false, true),
		"EBML": build(laceEBML, frames, true, false), "EBML group": build(laceEBML, frames, true, true),
		"plain": file(pcmTrack(), pcmClusters(40)...),
	} {
		t.Run(name, func(t *testing.T) {
			if name != "none" {
				playertest.Demuxer(t, func() player.Demuxer { return open(t, b) }, newDecoder)
			}
			d := open(t, b)
			at, n := 0, 0
			for _, p := range playertest.Packets(d, 1<<20) {
				for i := 0; i < len(p.Data); i += 2 {
					if v := binary.LittleEndian.Uint16(p.Data[i:]); name != "none" && name != "plain" && int(v) != at%800 {
						t.Fatalf("frame %d is %d", at, v)
					}
					at++
				}
				n++
			}
			if name != "none" && d.Streams()[0].Frames != int64(at) {
				t.Errorf("%d frames in %d packets, said %d", at, n, d.Streams()[0].Frames)
			}
		})
	}
}

// Cues, right or wrong, and none, lead to the same packets.
func TestCues(t *testing.T) {
	clusters := pcmClusters(200) // 1.6 MB
	plain := file(pcmTrack(), clusters...)
	at := bytes.Index(plain, []byte{0x1f, 0x43, 0xb6, 0x75})
	body := bytes.Index(plain, []byte{0x15, 0x49, 0xa9, 0x66})
	cues := func(shift int) []byte {
		var points [][]byte
		pos := at - body
		for i, c := range clusters {
			if i%7 == 0 {
				points = append(points, el(0xbb, num(0xb3, uint64(500*i)), el(0xb7, num(0xf7, 1), num(0xf1, uint64(pos+shift)))))
			}
			pos += len(c)
		}
		return el(0x1c53bb6b, points...)
	}
	with := func(shift int) []byte {
		seek := func(pos int) []byte {
			return el(0x114d9b74, el(0x4dbb, el(0x53ab, []byte{0x1c, 0x53, 0xbb, 0x6b}), num(0x53ac, uint64(pos))))
		}
		n := len(seek(0))
		all := bytes.Join(clusters, nil)
		front := [][]byte{el(0x1654ae6b, pcmTrack())}
		size := n + len(front[0])
		return bytes.Join([][]byte{head("matroska"), el(0x18538067, seek(size+len(all)), front[0], all, cues(shift+size-(at-body)))}, nil)
	}
	for name, b := range map[string][]byte{"none": plain, "right": with(0), "wrong": with(3), "beyond": with(1 << 30)} {
		d := open(t, b)
		s := d.Streams()[0]
		if s.Frames != 200*4000 || s.Estimated {
			t.Errorf("%s: %+v", name, s)
		}
		for frame := int64(0); frame < s.Frames; frame += 7919 {
			if err := d.Seek(s.Audio.Duration(frame)); err != nil {
				t.Fatal(err)
			}
			p := playertest.Packets(d, 1)[0]
			if v := binary.LittleEndian.Uint16(p.Data); p.PTS != frame/800*800 || v != uint16(p.PTS) {
				t.Fatalf("%s: seek to %d: PTS %d, sample %d", name, frame, p.PTS, v)
			}
		}
	}
}

// What header stripping left out is put back, in every laced frame.
func TestStripping(t *testing.T) {
	encodings := el(0x6d80, el(0x6240, el(0x5034, num(0x4254, 3), el(0x4255, []byte{7, 0}))))
	b := file(pcmTrack(encodings), cluster(0, simple(0, laceFixed, counted(1, 3), counted(4, 3)), simple(1, laceNone, counted(9, 7))))
	var got []byte
	for _, p := range playertest.Packets(open(t, b), 9) {
		got = append(got, p.Data...)
	}
	want := bytes.Join([][]byte{{7, 0}, counted(1, 3), {7, 0}, counted(4, 3), {7, 0}, counted(9, 7)}, nil)
	if !bytes.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// CodecDelay and DiscardPadding trim, and a second Segment is not read.
func TestTrim(t *testing.T) {
	last := el(0xa0, el(0xa1, blockBody(100, laceNone, counted(800, 800))), num(0x75a2, 50000000))
	b := file(pcmTrack(num(0x56aa, 12500000)), cluster(0, simple(0, laceNone, counted(0, 800)), last))
	for name, b := range map[string][]byte{"one": b, "two": append(bytes.Clone(b), b...)} {
		d := open(t, b)
		if s := d.Streams()[0]; s.Delay != 100 || s.Padding != 400 || s.Frames != 1100 {
			t.Errorf("%s: %+v", name, s)
		}
		if n := len(playertest.Packets(d, 99)); n != 2 {
			t.Errorf("%s: %d packets", name, n)
		}
	}
}

// A gap in the times is told, and what follows stands behind it.
func TestGap(t *testing.T) {
	b := file(pcmTrack(), cluster(0, simple(0, laceNone, counted(0, 800)), simple(100, laceNone, counted(0, 800)), simple(900, laceNone, counted(0, 800))))
	d := open(t, b)
	var p media.Packet
	var f *media.FormatError
	for _, want := range []int64{0, 800, -1, 7200} {
		switch err := d.ReadPacket(&p); {
		case want < 0 && !errors.As(err, &f):
			t.Errorf("%v where a gap is", err)
		case want >= 0 && (err != nil || p.PTS != want):
			t.Errorf("PTS %d, %v, want %d", p.PTS, err, want)
		}
	}
	if err := d.ReadPacket(&p); err != io.EOF {
		t.Error(err)
	}
}

// Damage costs what is damaged, up to the next Cluster, and is told once.
func TestDamage(t *testing.T) {
	b := file(pcmTrack(), pcmClusters(10)...)
	third := bytes.Index(b, counted(8000, 800)) - 13
	for name, damage := range map[string]func([]byte){
		"zeros":      func(b []byte) { clear(b[third : third+3000]) },
		"size":       func(b []byte) { b[third+2] = 0x7f },
		"in cluster": func(b []byte) { clear(b[third-20 : third+5]) },
	} {
		broken := bytes.Clone(b)
		damage(broken)
		d := open(t, broken)
		if s := d.Streams()[0]; s.Frames != 40000 {
			t.Errorf("%s: %+v", name, s)
		}
		var p media.Packet
		errs, after := 0, 0
		for {
			err := d.ReadPacket(&p)
			var f *media.FormatError
			if err == io.EOF {
				break
			} else if errors.As(err, &f) {
				errs++
				continue
			} else if err != nil {
				t.Fatal(err)
			}
			if v := binary.LittleEndian.Uint16(p.Data); int64(v) != p.PTS {
				t.Errorf("%s: frame %d at %d", name, v, p.PTS)
			}
			if p.PTS >= 12000 {
				after++
			}
		}
		if errs != 1 || after != 35 {
			t.Errorf("%s: %d errors, %d packets behind", name, errs, after)
		}
	}
}

// Whatever is cut off, opening and reading end with typed errors, and what is
// whole is given.
func TestTruncated(t *testing.T) {
	b := file(pcmTrack(), pcmClusters(2)...)
	for n := 0; n < len(b); n += 1 + n/50 {
		fuzzOne(t, b[:n])
	}
	d := open(t, b[:len(b)-100])
	var p media.Packet
	packets, errs := 0, 0
	for err := error(nil); err != io.EOF; {
		if err = d.ReadPacket(&p); err == nil {
			packets++
		} else if err != io.EOF {
			errs++
		}
	}
	if packets != 9 || errs != 1 {
		t.Errorf("%d packets, %d errors", packets, errs)
	}
}

func TestRefused(t *testing.T) {
	one := cluster(0, simple(0, laceNone, counted(0, 8)))
	encoding := func(parts ...[]byte) []byte { return el(0x6d80, el(0x6240, parts...)) }
	for name, c := range map[string]struct {
		file        []byte
		unsupported bool
		say         string
	}{
		"empty":        {nil, false, "no EBML"},
		"other EBML":   {head("blender"), true, "not Matroska"},
		"head only":    {head("webm"), false, "no Segment"},
		"no tracks":    {append(head("webm"), el(0x18538067)...), false, "no list of tracks"},
		"no sound":     {file(el(0xae, num(0xd7, 1), num(0x83, 1), str(0x86, "V_VP8")), one), true, "without sound"},
		"no packets":   {file(pcmTrack()), false, "no sound in it"},
		"AC-3":         {file(trackEntry(1, "A_AC3", 48000, 2, 16), one), true, "A_AC3"},
		"12 bits":      {file(trackEntry(1, "A_PCM/INT/LIT", 48000, 2, 12), one), true, "12 bits"},
		"no rate":      {file(trackEntry(1, "A_PCM/INT/LIT", 0, 2, 16), one), false, "0 Hz"},
		"NaN rate":     {file(trackEntry(1, "A_MPEG/L3", 0/nan(), 2, 16), one), false, "0 Hz"},
		"99 channels":  {file(trackEntry(1, "A_PCM/INT/LIT", 48000, 99, 16), one), true, "99 channels"},
		"zlib":         {file(pcmTrack(encoding(el(0x5034, num(0x4254, 0)))), one), true, "compressed"},
		"encrypted":    {file(pcmTrack(encoding(el(0x5035))), one), true, "encrypted"},
		"Vorbis":       {file(trackEntry(1, "A_VORBIS", 48000, 2, 0), one), false, "headers"},
		"FLAC":         {file(trackEntry(1, "A_FLAC", 48000, 2, 0, el(0x63a2, []byte("fLaC"))), one), false, "STREAMINFO"},
		"Opus":         {file(trackEntry(1, "A_OPUS", 48000, 2, 0), one), false, "Opus header"},
		"ALAC":         {file(trackEntry(1, "A_ALAC", 48000, 2, 0), one), false, "ALAC"},
		"AAC":          {file(trackEntry(1, "A_AAC", 48000, 2, 0), one), false, "AudioSpecificConfig"},
		"endless name": {append(head("webm"), 0x18, 0x53, 0x80, 0x67, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0x16, 0x54, 0xae, 0x6b, 8, 0xff, 0xff, 0xff, 0xff), false, "no list"},
	} {
		d, err := mkv.New(bytes.NewReader(c.file), int64(len(c.file)))
		var f *media.FormatError
		var u *media.UnsupportedError
		switch {
		case err == nil:
			t.Errorf("%s: taken as %+v", name, d.Streams()[0])
		case !strings.Contains(err.Error(), c.say):
			t.Errorf("%s: %v, want %q in it", name, err, c.say)
		case errors.As(err, &u) != c.unsupported || errors.As(err, &f) == c.unsupported:
			t.Errorf("%s: a %T: %v", name, err, err)
		}
	}
}

func nan() float64 { zero := 0.0; return zero / zero }

// Old files name AAC's object type in the codec.
func TestOldAAC(t *testing.T) {
	b := file(trackEntry(1, "A_AAC/MPEG4/LC", 44100, 2, 0), cluster(0, simple(0, laceNone, []byte{0x21, 0, 0, 0})))
	if s := open(t, b).Streams()[0]; s.Codec != media.AAC || s.Audio.Rate != 44100 || s.Audio.Channels != 2 || s.Frames != 1024 {
		t.Errorf("%+v", s)
	}
}

// failing fails behind some bytes.
type failing struct {
	io.ReaderAt
	good int64
}

var errDisk = errors.New("disk")

func (f failing) ReadAt(p []byte, off int64) (int, error) {
	if off >= f.good {
		return 0, errDisk
	}
	n, err := f.ReaderAt.ReadAt(p[:min(int64(len(p)), f.good-off)], off)
	if off+int64(n) == f.good {
		err = errDisk
	}
	return n, err
}

// The source's own error is told as such.
func TestSourceFails(t *testing.T) {
	b := file(pcmTrack(), pcmClusters(20)...)
	for good := int64(0); good < int64(len(b)); good += 997 {
		d, err := mkv.New(failing{bytes.NewReader(b), good}, int64(len(b)))
		for err == nil {
			var p media.Packet
			err = d.ReadPacket(&p)
		}
		if !errors.Is(err, errDisk) {
			t.Fatalf("%d bytes: %v", good, err)
		}
	}
}
