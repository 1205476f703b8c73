package mpa

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"testing"

	"linnet/player/media"
)

// shape is what a test compares of a stream.
func shape(s media.Stream) string {
	return fmt.Sprintf("frames %d delay %d padding %d estimated %v", s.Frames, s.Delay, s.Padding, s.Estimated)
}

func TestTags(t *testing.T) {
	sound := usual.frames(20)
	size := uint32(len(sound) + 417)
	tag := func(frames, bytes uint32, lame *[2]int) []byte { return usual.xing("Info", frames, bytes, lame) }
	broken := tag(20, size, &[2]int{576, 1000})
	broken[36+120+34] ^= 1 // checksum
	nameless := bytes.Clone(broken)
	copy(nameless[36+120:], "Nobody")
	stranger := tag(20, size, &[2]int{576, 1000})
	copy(stranger[36+120:], "Nobody")
	binary.BigEndian.PutUint16(stranger[36+120+34:], crc16(stranger[:36+120+34]))
	noCount := tag(20, size, nil)
	noCount[36+7] = 0
	vbri := usual.frame(0, 0)
	clear(vbri[4:])
	copy(vbri[36:], "VBRI\x00\x01")
	binary.BigEndian.PutUint32(vbri[46:], size)
	binary.BigEndian.PutUint32(vbri[50:], 20)
	for _, c := range []struct {
		name string
		b    []byte
		want string
	}{
		{"none", nil, "frames 23040 delay 0 padding 0 estimated false"},
		{"Info", tag(20, size, nil), "frames 23040 delay 0 padding 0 estimated false"},
		{"Xing", usual.xing("Xing", 20, size, nil), "frames 23040 delay 0 padding 0 estimated false"},
		{"VBRI", vbri, "frames 23040 delay 0 padding 0 estimated false"},
		{"LAME", tag(20, size, &[2]int{576, 1000}), "frames 21464 delay 1105 padding 471 estimated false"},
		{"little padding", tag(20, size, &[2]int{576, 100}), "frames 21935 delay 1105 padding 0 estimated false"},
		{"most", tag(20, size, &[2]int{4095, 4095}), "frames 14850 delay 4624 padding 3566 estimated false"},
		{"known name, bad checksum", broken, "frames 21464 delay 1105 padding 471 estimated false"},
		{"unknown name, bad checksum", nameless, "frames 23040 delay 0 padding 0 estimated false"},
		{"unknown name, good checksum", stranger, "frames 21464 delay 1105 padding 471 estimated false"},
		{"no fields", noCount, "frames 23040 delay 0 padding 0 estimated false"},
		{"no frames", tag(0, size, nil), "frames 23040 delay 0 padding 0 estimated false"},
		{"absurd", tag(1<<32-1, 0, &[2]int{576, 1000}), "frames 23040 delay 0 padding 0 estimated false"},
		{"the file goes on", tag(10, 11*417, &[2]int{576, 1000}), "frames 20887 delay 1105 padding 0 estimated true"},
		{"the file is cut off", tag(40, 41*417, &[2]int{576, 1000}), "frames 22496 delay 1105 padding 0 estimated true"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := open(t, join(c.b, sound))
			if got := shape(d.Streams()[0]); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			all := readAll(t, d)
			if len(all.packets) != 20 || all.packets[0].PTS != 0 || !bytes.Equal(all.packets[0].Data, usual.frame(0, 0)) {
				t.Errorf("%d packets", len(all.packets))
			}
			if cut := c.name == "the file is cut off"; (len(all.damage) == 1) != cut || len(all.damage) > 1 {
				t.Errorf("damage %v", all.damage)
			}
		})
	}
}

// The tag stands where the main data would, whatever the version and mode,
// and with a checksum on either side of it.
func TestTagPlaces(t *testing.T) {
	for _, version := range []byte{3, 2, 0} {
		for _, mode := range []byte{1, 3} {
			for _, crc := range []bool{false, true} {
				s := spec{version: version, layer: 1, bitRate: 12, mode: mode, crc: crc}
				sound := s.frames(10)
				b := s.xing("Info", 10, 0, &[2]int{576, 1000})
				if got := open(t, join(b, sound)).Streams()[0]; got.Delay != 1105 || got.Padding != 471 {
					t.Errorf("%+v: %s", s, shape(got))
				}
			}
		}
	}
}

// Two files in one: the second's tag is no sound, nor are those in between.
func TestJoined(t *testing.T) {
	one := join(usual.xing("Info", 8, 9*417, &[2]int{576, 1000}), usual.frames(8))
	for name, between := range map[string][]byte{
		"nothing": nil, "ID3v1": id3v1(), "ID3v1 and v2": join(id3v1(), id3v2(500)), "APE": ape(0),
	} {
		d := open(t, join(one, between, one))
		if s := d.Streams()[0]; !s.Estimated || s.Padding != 0 || s.Delay != 1105 {
			t.Errorf("%s: %s", name, shape(s))
		}
		if all := readAll(t, d); len(all.packets) != 16 || len(all.damage) != 0 || all.changes != 0 {
			t.Errorf("%s: %d packets, %v", name, len(all.packets), all.damage)
		}
	}
}

// A tag that does not fit into its frame is sound.
func TestTagTooLong(t *testing.T) {
	s := spec{version: 3, layer: 1, bitRate: 1, mode: 1}
	b := s.frame(0, 0)
	clear(b[4:])
	copy(b[36:], "Info\x00\x00\x00\x0f\x00\x00\x01\x3c")
	d := open(t, b)
	if all := readAll(t, d); len(all.packets) != 1 || d.Streams()[0].Frames != 1152 {
		t.Errorf("%d packets, %s", len(all.packets), shape(d.Streams()[0]))
	}
}

// commTag is an ID3v2.3 tag with one iTunSMPB comment.
func commTag(text string) []byte {
	body := "\x00eng" + "iTunSMPB\x00" + text
	f := append([]byte("COMM\x00\x00\x00"), byte(len(body)), 0, 0)
	f = append(f, body...)
	b := id3v2(len(f))
	copy(b[10:], f)
	return b
}

func TestTagsOfTheFile(t *testing.T) {
	v1 := id3v1()
	copy(v1[3:], "Name")
	if got := open(t, join(usual.frames(5), v1)).Tags(); got.Title != "Name" {
		t.Errorf("%+v", got)
	}
}

func TestSMPB(t *testing.T) {
	sound := usual.frames(20)
	comm := commTag(" 00000000 00000240 000003E8 0000000000005448 00000000 00000000")
	want := "frames 21576 delay 1105 padding 471 estimated false"
	if got := shape(open(t, join(comm, sound)).Streams()[0]); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	lame := usual.xing("Info", 20, 0, &[2]int{600, 1000})
	if s := open(t, join(comm, lame, sound)).Streams()[0]; s.Delay != 600+529 {
		t.Errorf("beside a LAME tag: %s", shape(s))
	}
	for _, bad := range []string{"", "x y z", " 0 240 3E8", " 0 FFFFFFFF 0 5448", " 0 240 3E8 FFFFFFFFFFFFFFFFF", " 0 240 3E8 FFFFFF"} {
		if s := open(t, join(commTag(bad), sound)).Streams()[0]; s.Delay != 0 || s.Frames != 23040 {
			t.Errorf("%q: %s", bad, shape(s))
		}
	}
}

func TestEstimates(t *testing.T) {
	b := usual.frames(5000)
	s := open(t, b).Streams()[0]
	if !s.Estimated || s.BitRate != 128000 || s.Frames < 4980*1152 || s.Frames > 5000*1152 {
		t.Errorf("constant: %s, %d bit/s", shape(s), s.BitRate)
	}
	var v []byte
	for i := range 5000 {
		f := usual
		f.bitRate = byte(3 + i*10/5000)
		v = append(v, f.frame(i, 0)...)
	}
	s = open(t, v).Streams()[0]
	if off := s.Frames - 5000*1152; !s.Estimated || off > 500*1152 || off < -500*1152 {
		t.Errorf("variable: %s, %d bit/s", shape(s), s.BitRate)
	}
	s = open(t, join(usual.xing("Xing", 5000, uint32(len(v)+417), nil), v)).Streams()[0]
	if s.Estimated || s.Frames != 5000*1152 {
		t.Errorf("with a tag: %s", shape(s))
	}
}
