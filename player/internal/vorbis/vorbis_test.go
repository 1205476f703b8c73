package vorbis

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"linnet/player/media"
)

// A writer packs bits as clause 2 does.
type writer struct {
	b []byte
	n int
}

func (w *writer) put(v uint32, n int) *writer {
	for i := range n {
		if w.n%8 == 0 {
			w.b = append(w.b, 0)
		}
		w.b[w.n/8] |= byte(v>>i&1) << (w.n % 8)
		w.n++
	}
	return w
}

// all writes pairs of value and width.
func (w *writer) all(pairs ...uint32) *writer {
	for i := 0; i < len(pairs); i += 2 {
		w.put(pairs[i], int(pairs[i+1]))
	}
	return w
}

func TestBits(t *testing.T) {
	var w writer
	w.all(5, 3, 0, 0, 0xabcdef, 24, 1, 1, 0x12345678, 32, 77, 9)
	var r Bits
	r.Reset(w.b)
	for i, c := range []struct {
		n    int
		want uint32
	}{{3, 5}, {0, 0}, {24, 0xabcdef}, {1, 1}, {32, 0x12345678}, {9, 77}} {
		read := r.Read
		if c.n == 32 {
			read = func(int) uint32 { return r.Read32() }
		}
		if got := read(c.n); got != c.want || r.Over() {
			t.Errorf("%d: %#x, want %#x; over %v", i, got, c.want, r.Over())
		}
	}
	if got := r.Read(r.Left()); got != 0 || r.Over() || r.Left() != 0 {
		t.Errorf("the rest: %#x, %d left", got, r.Left())
	}
	if r.Flag() || !r.Over() {
		t.Errorf("behind the end: %d left", r.Left())
	}
	r.Reset([]byte{1, 2, 3})
	if r.End(); !r.Over() || r.Read(7) != 0 {
		t.Error("End is not behind the end")
	}
}

func identification() []byte {
	w := &writer{}
	for _, c := range "\x01vorbis" {
		w.put(uint32(c), 8)
	}
	return w.all(0, 32, 2, 8, 44100, 32, 0, 32, 128000, 32, 0, 32, 6, 4, 8, 4, 1, 8).b
}

func TestIdentification(t *testing.T) {
	good := identification()
	id, err := ParseIdentification(good)
	if want := (Identification{Channels: 2, Rate: 44100, BitRate: 128000, Sizes: [2]int{64, 256}}); err != nil || id != want {
		t.Errorf("%+v, %v", id, err)
	}
	for at, v := range map[int]byte{0: 3, 3: 'x', 7: 1, 11: 0, 28: 0x68 >> 4, 29: 0, 15: 255} {
		b := bytes.Clone(good)
		if b[at] = v; at == 28 {
			b[at] = 0x58 // 256 and 32
		}
		if _, err := ParseIdentification(b); err == nil {
			t.Errorf("byte %d changed to %d: no error", at, b[at])
		}
	}
	for n := range good {
		if _, err := ParseIdentification(good[:n]); err == nil {
			t.Errorf("%d bytes: no error", n)
		}
	}
}

func TestPackHeaders(t *testing.T) {
	for _, sizes := range [][3]int{{30, 0, 4000}, {30, 255, 1}, {30, 254, 0}, {30, 70000, 9}} {
		var parts [3][]byte
		for i, n := range sizes {
			parts[i] = bytes.Repeat([]byte{byte(i + 1)}, n)
		}
		config := PackHeaders(parts[0], parts[1], parts[2])
		a, b, c, err := UnpackHeaders(config)
		if err != nil || !bytes.Equal(a, parts[0]) || !bytes.Equal(b, parts[1]) || !bytes.Equal(c, parts[2]) {
			t.Errorf("%d come back as %d, %d, %d: %v", sizes, len(a), len(b), len(c), err)
		}
	}
	for _, bad := range []string{"", "\x01\x00\x00", "\x02", "\x02\xff\xff", "\x02\x05\x00abc"} {
		if _, _, _, err := UnpackHeaders([]byte(bad)); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}

// setup writes a setup header with one of everything. What change says is
// done to the field of that name.
func setup(change string, v uint32) []byte {
	w := &writer{}
	field := func(name string, normal uint32, width int) {
		if name == change {
			normal = v
		}
		w.put(normal, width)
	}
	for _, c := range "\x05vorbis" {
		w.put(uint32(c), 8)
	}
	w.put(4-1, 8)
	// a plain book of four words, without vectors
	field("sync", 0x564342, 24)
	w.all(2, 16, 4, 24, 0, 1, 0, 1, 1, 5, 1, 5, 1, 5, 1, 5, 0, 4)
	// a sparse one with vectors made of digits: -1, 0, 1
	w.all(0x564342, 24, 2, 16)
	field("entries", 9, 24)
	w.all(0, 1, 1, 1)
	for i := range uint32(9) {
		if w.put(i&1^1, 1); i&1 == 0 {
			w.put(2, 5)
		}
	}
	field("lookup", 1, 4)
	w.all(1<<31|788<<21|1, 32, 788<<21|1, 32, 1, 4, 0, 1, 0, 2, 1, 2, 2, 2)
	// an ordered one with written vectors: one word of 1 bit, two of 2
	w.all(0x564342, 24, 1, 16, 3, 24, 1, 1, 0, 5)
	field("ordered", 1, 2)
	w.all(2, 2, 2, 4, 0, 32, 789<<21|3, 32, 7, 4, 1, 1, 10, 8, 20, 8, 30, 8)
	// one of a single word
	w.all(0x564342, 24, 1, 16, 1, 24, 0, 1, 0, 1, 0, 5, 0, 4)
	w.put(0, 6)
	field("time", 0, 16)
	// a floor of each type
	w.put(2-1, 6)
	field("floor", 1, 16)
	w.all(2, 5, 0, 4, 1, 4)                      // two partitions
	w.all(2-1, 3, 1, 2, 0, 8, 0, 8, 4, 8)        // class 0: two points, books none and 3
	w.all(0, 3, 0, 2)                            // class 1: one point
	field("class book", 1, 8)                    // of book 0
	w.all(3, 2, 6, 4, 10, 6, 20, 6)              // multiplier 4, 6 bits
	field("point", 30, 6)                        //
	w.all(0, 16, 5, 8, 8000, 16, 64, 16, 6, 6)   // type 0
	w.put(100, 8)                                //
	w.put(0, 4)                                  //
	field("floor book", 1, 8)                    //
	w.put(0, 6)                                  // a residue
	field("residue", 2, 16)                      //
	w.all(0, 24, 128, 24, 7, 24, 2-1, 6, 0, 8)   //
	w.all(1, 3, 0, 1, 2, 3, 1, 1, 1, 5)          // passes 0; 1 and 3
	w.all(1, 8, 2, 8)                            //
	field("residue book", 2, 8)                  //
	w.put(0, 6)                                  // a mapping
	field("mapping", 0, 16)                      //
	w.all(1, 1, 1, 4, 1, 1, 0, 8, 0, 1)          // two submaps, one coupling
	field("coupling", 1, 1)                      //
	field("reserved", 0, 2)                      //
	w.put(0, 4)                                  //
	field("mux", 1, 4)                           //
	w.all(0, 8, 0, 8, 0, 8, 0, 8, 1, 8, 0, 8)    //
	w.put(2-1, 6)                                // two modes
	w.all(0, 1, 0, 16, 0, 16, 0, 8, 1, 1, 0, 16) //
	field("transform", 0, 16)                    //
	field("mode", 0, 8)                          //
	field("end", 1, 1)
	return w.b
}

var stereo = Identification{Channels: 2, Rate: 44100, Sizes: [2]int{64, 256}}

func TestSetup(t *testing.T) {
	s, err := ParseSetup(stereo, setup("", 0))
	if err != nil {
		t.Fatal(err)
	}
	b := s.Books[1]
	if b.Dims != 2 || b.Lookup != 1 || b.Base != 3 || !slices.Equal(b.Lengths, []byte{3, 0, 3, 0, 3, 0, 3, 0, 3}) ||
		b.Min != (Float{-1, 0}) || b.Delta != (Float{1, 0}) || !slices.Equal(b.Multiplicands, []uint16{0, 1, 2}) {
		t.Errorf("%+v", b)
	}
	b = s.Books[2]
	if b.Lookup != 2 || !b.Sequence || !slices.Equal(b.Lengths, []byte{1, 2, 2}) || b.Delta != (Float{3, 1}) || !slices.Equal(b.Multiplicands, []uint16{10, 20, 30}) {
		t.Errorf("%+v", b)
	}
	f := s.Floors[0].One
	if f == nil || f.Multiplier != 4 || !slices.Equal(f.X, []uint16{0, 64, 10, 20, 30}) || !slices.Equal(f.Sorted, []uint8{0, 2, 3, 4, 1}) ||
		f.Classes[0].Books[0] != None || f.Classes[0].Books[1] != 3 || f.Classes[1].Books[0] != 0 {
		t.Errorf("%+v", f)
	}
	if z := s.Floors[1].Zero; z == nil || z.Order != 5 || z.MapSize != 64 || z.AmplitudeBits != 6 || !slices.Equal(z.Books, []int16{1}) {
		t.Errorf("%+v", z)
	}
	r := s.Residues[0]
	none := Stages{None, None, None, None, None, None, None, None}
	first, second := none, none
	first[0], second[1], second[3] = 1, 2, 2
	if r.Type != 2 || r.End != 128 || r.Partition != 8 || !slices.Equal(r.Books, []Stages{first, second}) {
		t.Errorf("%+v", r)
	}
	m := s.Mappings[0]
	if !slices.Equal(m.Coupling, []Coupling{{0, 1}}) || !slices.Equal(m.Mux, []uint8{0, 1}) || !slices.Equal(m.Submaps, []Submap{{0, 0}, {1, 0}}) {
		t.Errorf("%+v", m)
	}
	blocks := NewBlocks(stereo, s)
	for packet, want := range map[string]int{"": 0, "\x01": 0, "\x00": 64, "\x02": 256, "\xfe": 256} {
		if got := blocks.Size([]byte(packet)); got != want {
			t.Errorf("the block of % x has %d, want %d", packet, got, want)
		}
	}
	if blocks.ModeBits() != 2 || Frames(64, 256) != 80 {
		t.Errorf("%d bits", blocks.ModeBits())
	}
}

// Each rule that a header can break.
func TestSetupRefused(t *testing.T) {
	for field, v := range map[string]uint32{
		"sync": 0x564343, "entries": 1 << 20, "lookup": 3, "ordered": 3, "time": 1, "floor": 2, "class book": 5, "point": 10,
		"floor book": 0, "residue": 3, "residue book": 3, "mapping": 1, "coupling": 0, "reserved": 1, "mux": 2, "transform": 1,
		"mode": 1, "end": 0,
	} {
		_, err := ParseSetup(stereo, setup(field, v))
		var f *media.FormatError
		var u *media.UnsupportedError
		if !errors.As(err, &f) && (!errors.As(err, &u) || field != "entries") {
			t.Errorf("%s %d: %v", field, v, err)
		}
	}
	good := setup("", 0)
	for n := range len(good) {
		if _, err := ParseSetup(stereo, good[:n]); err == nil {
			t.Errorf("%d bytes of %d: no error", n, len(good))
		}
	}
	if _, err := ParseSetup(stereo, []byte(strings.Repeat("\xff", 999))); err == nil {
		t.Error("no setup header: no error")
	}
}

func TestRoot(t *testing.T) {
	for _, c := range [][3]int{{1, 1, 1}, {9, 2, 3}, {8, 2, 2}, {6561, 8, 3}, {6560, 8, 2}, {1 << 24, 1, 1 << 24}, {1 << 20, 65535, 1}, {255, 8, 1}, {256, 8, 2}} {
		if got := root(c[0], c[1]); got != c[2] {
			t.Errorf("root %d of %d: %d, want %d", c[1], c[0], got, c[2])
		}
	}
}
