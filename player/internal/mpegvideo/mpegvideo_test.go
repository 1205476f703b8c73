package mpegvideo

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"linnet/player/media"
)

// slowStart finds a start code byte by byte.
func slowStart(data []byte, from int) (int, byte) {
	for i := from; i+3 < len(data); i++ {
		if data[i] == 0 && data[i+1] == 0 && data[i+2] == 1 {
			return i, data[i+3]
		}
	}
	return len(data), 0
}

func TestNextStart(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		data := make([]byte, random.IntN(40))
		for i := range data {
			data[i] = []byte{0, 0, 0, 1, 1, 2, 0xb3}[random.IntN(7)]
		}
		for from := 0; from <= len(data); from++ {
			at, code := NextStart(data, from)
			wantAt, wantCode := slowStart(data, from)
			if at != wantAt || code != wantCode {
				t.Fatalf("%x from %d: %d %#x, want %d %#x", data, from, at, code, wantAt, wantCode)
			}
		}
	}
}

// A sequence header of 352x288, 25 pictures a second, square pixels.
var sequence = []byte{0, 0, 1, SequenceStart, 0x16, 0x01, 0x20, 0x13, 0xff, 0xff, 0xe0, 0x18}

// picture is the header of a picture I with its place, and a slice.
func picture(reference int, slice ...byte) []byte {
	v := uint32(reference)<<22 | uint32(I)<<19 | 0xffff<<3
	b := []byte{0, 0, 1, PictureStart, byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)}
	return append(append(b, 0, 0, 1, FirstSlice), slice...)
}

func TestSequence(t *testing.T) {
	s, ok := Describe(sequence)
	want := media.VideoFormat{Width: 352, Height: 288, Rate: media.Rational{Num: 25, Den: 1}, Aspect: media.Rational{Num: 10000, Den: 10000}}
	if !ok || s.Video != want || s.MPEG2 || s.BitRate != 0 || s.Intra != intraDefault || s.Inter[63] != 16 {
		t.Errorf("%v %+v", ok, s)
	}
	extension := []byte{0, 0, 1, Extension, 0x14, 0x8a, 0x00, 0x01, 0x00, 0x00}
	s, ok = Describe(append(bytes.Clone(sequence), extension...))
	if !ok || !s.MPEG2 || !s.Progressive || s.Chroma != media.Chroma420 || s.Video.Width != 352 {
		t.Errorf("%v %+v", ok, s)
	}
	for n := range len(sequence) {
		if _, ok := Describe(sequence[:n]); ok {
			t.Errorf("%d bytes of a header were taken", n)
		}
	}
}

// A matrix comes in zigzag order, and 0 is not let through.
func TestMatrix(t *testing.T) {
	raw := make([]byte, 8+64)
	copy(raw, sequence[4:])
	raw[7] |= 2 // load_intra_quantiser_matrix
	for i := range 64 {
		// The matrix begins one bit before the byte.
		raw[7+i] |= byte(i) >> 7
		raw[8+i] = byte(i) << 1
	}
	s, ok := ParseSequence(raw)
	if !ok || s.Intra[0] != 1 || s.Intra[1] != 1 || s.Intra[8] != 2 || s.Intra[63] != 63 {
		t.Errorf("%v %v", ok, s.Intra)
	}
}

func TestPicture(t *testing.T) {
	p, ok := ParsePicture(picture(700)[4:])
	if !ok || p.Type != I || p.TemporalReference != 700 || p.Structure != Frame {
		t.Errorf("%v %+v", ok, p)
	}
	for _, b := range [][]byte{nil, {0, 0}, {0, 0x3f, 0xff, 0xf8}, {0, 0x17, 0xff, 0xf8, 0}} {
		if p, ok := ParsePicture(b); ok {
			t.Errorf("%x was taken: %+v", b, p)
		}
	}
	extension := []byte{0x8f, 0xff, 0xf7, 0x80, 0x80}
	if !p.Extend(extension) || p.Structure != Frame || p.DCPrecision != 9 {
		t.Errorf("%+v", p)
	}
	if p.Extend(extension[:3]) {
		t.Error("half an extension was taken")
	}
}

// However a stream is written, its units are the same, and their places and
// times too.
func TestCutter(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	var stream []byte
	var starts []int
	for i := range 30 {
		starts = append(starts, len(stream))
		if i%5 == 0 {
			stream = append(stream, sequence...)
			stream = append(stream, 0, 0, 1, GroupStart, 0, 8, 0, 0x40)
		}
		slice := make([]byte, 20+random.IntN(200))
		for k := range slice {
			slice[k] = byte(random.IntN(255)) | 2
		}
		stream = append(stream, picture(i%5, slice...)...)
	}
	for _, size := range []int{1, 2, 3, 7, 100, len(stream)} {
		var c Cutter
		n := 0
		for at := 0; at <= len(stream); at += size {
			end := min(at+size, len(stream))
			c.Write(stream[at:end], 1000+int64(at), int64(at))
			for {
				u, ok := c.Next(at+size > len(stream))
				if !ok {
					break
				}
				end := len(stream)
				if n+1 < len(starts) {
					end = starts[n+1]
				}
				if !bytes.Equal(u.Data, stream[starts[n]:end]) || u.Pos != 1000+int64(starts[n]) {
					t.Fatalf("pieces of %d: unit %d at %d of %d bytes", size, n, u.Pos, len(u.Data))
				}
				if u.Pictures != 1 || u.Picture.TemporalReference != n%5 || u.Sequence != (n%5 == 0) || u.Group != u.Sequence || u.Closed != u.Group {
					t.Fatalf("pieces of %d: unit %d: %+v", size, n, u)
				}
				if size < 50 && u.Time != int64(starts[n]/size*size) {
					t.Fatalf("pieces of %d: unit %d has the time %d, it begins at %d", size, n, u.Time, starts[n])
				}
				n++
			}
		}
		if n != len(starts) {
			t.Fatalf("pieces of %d: %d units, want %d", size, n, len(starts))
		}
	}
}

// A time goes with the first picture that begins in its piece, whether its
// headers do or not.
func TestCutterTimes(t *testing.T) {
	head := append(bytes.Clone(sequence), 0, 0, 1, GroupStart, 0, 8, 0, 0x40)
	slice := bytes.Repeat([]byte{9}, 30)
	p := picture(0, slice...)
	type piece struct {
		data []byte
		time int64
	}
	for name, c := range map[string]struct {
		pieces []piece
		want   []int64
	}{
		"first only":                  {[]piece{{slices.Concat(head, p, p, p), 5}}, []int64{5, NoTime, NoTime}},
		"picture in the second":       {[]piece{{slices.Concat(head, p, head), NoTime}, {slices.Concat(p, p), 7}}, []int64{NoTime, 7, NoTime}},
		"headers' time":               {[]piece{{slices.Concat(head), 5}, {slices.Concat(p, p), 7}}, []int64{5, 7}},
		"nobody's":                    {[]piece{{slices.Concat(head, p, head), 5}, {slices.Concat(p, p), 7}}, []int64{5, NoTime, NoTime}},
		"a piece without a beginning": {[]piece{{slices.Concat(head, p[:20]), 5}, {p[20:], NoTime}, {slices.Concat(p, p), 7}}, []int64{5, 7, NoTime}},
	} {
		var k Cutter
		var got []int64
		for i, part := range c.pieces {
			k.Write(part.data, 0, part.time)
			for {
				u, ok := k.Next(i == len(c.pieces)-1)
				if !ok {
					break
				}
				got = append(got, u.Time)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

// A stream without an end does not gather for ever.
func TestCutterLimit(t *testing.T) {
	var c Cutter
	c.Write(picture(0), 0, NoTime)
	piece := bytes.Repeat([]byte{7}, 1<<16)
	for range 2 * MaxUnit / len(piece) {
		c.Write(piece, 0, NoTime)
		if u, ok := c.Next(false); ok {
			if len(u.Data) > MaxUnit+2*len(piece) {
				t.Errorf("a unit of %d bytes", len(u.Data))
			}
			return
		}
	}
	t.Error("nothing was cut")
}

func TestOrder(t *testing.T) {
	var o Order
	for i, c := range []struct {
		group     bool
		reference int
		want      int64
	}{
		{true, 2, 2}, {false, 0, 0}, {false, 1, 1}, {false, 5, 5}, {false, 3, 3}, {false, 4, 4},
		{true, 1, 7}, {false, 0, 6}, {false, 2, 8}, {true, 0, 9}, {false, 1, 10},
	} {
		if got := o.Index(&AccessUnit{Group: c.group, Picture: Picture{TemporalReference: c.reference, Structure: Frame}}); got != 2*c.want {
			t.Errorf("unit %d: %d, want %d", i, got, c.want)
		}
	}
	// Two fields are one frame, and ten bits wrap around.
	o = Order{}
	for i := range 5000 {
		u := AccessUnit{Picture: Picture{TemporalReference: i / 2 % 1024, Structure: TopField + Structure(i%2)}}
		if got := o.Index(&u); got != int64(i/2*2) {
			t.Fatalf("field %d is of frame %d", i, got)
		}
	}
}

// Of film for television, every other picture has three fields: no place is off
// by more than a field, however long the film, with groups and without.
func TestRepeated(t *testing.T) {
	for _, group := range []int{9, 15, 1 << 20} {
		var o Order
		place := make([]int64, 3003)
		for i := range place[1:] {
			place[i+1] = place[i] + 2 + int64(i&1)
		}
		for i := range 3000 { // I B B P B B: the third is decoded before the two
			n := i
			switch i % 3 {
			case 0:
				n = max(0, i)
			case 1:
				n = min(i+1, 2999)
			case 2:
				n = i - 1
			}
			u := AccessUnit{Group: n%group == 0, Picture: Picture{TemporalReference: n % group % 1024, Structure: Frame, Repeat: n&1 == 1}}
			if off := o.Index(&u) - place[n]; off > 1 || off < -1 {
				t.Fatalf("groups of %d: picture %d is %d fields off", group, n, off)
			}
		}
	}
	o := Order{Progressive: true}
	for i, want := range []int64{0, 4, 8} {
		if got := o.Index(&AccessUnit{Picture: Picture{TemporalReference: i, Structure: Frame, Repeat: true}}); got != want {
			t.Errorf("whole picture %d is at %d, want %d", i, got, want)
		}
	}
	if n := o.repeated(&Picture{Repeat: true, TopFirst: true}); n != 4 {
		t.Errorf("one shown three times has %d fields more", n)
	}
}

// The header is what stands in front of the group or the picture.
func TestSequenceHeader(t *testing.T) {
	more := slices.Concat(sequence, []byte{0, 0, 1, UserData, 7, 7})
	for _, want := range [][]byte{sequence, more} {
		unit := slices.Concat(want, picture(0, 1, 2, 3))
		if got := SequenceHeader(unit); !bytes.Equal(got, want) {
			t.Errorf("%x, want %x", got, want)
		}
	}
	if got := SequenceHeader([]byte{0, 0, 1, GroupStart, 1, 2}); len(got) != 0 {
		t.Errorf("%x of a group", got)
	}
}
