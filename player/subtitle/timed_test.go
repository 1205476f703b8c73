package subtitle

import (
	"encoding/binary"
	"reflect"
	"slices"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"linnet/player/media"
)

func u16(v int) []byte { return binary.BigEndian.AppendUint16(nil, uint16(v)) }

func textBox(name string, body ...[]byte) []byte {
	b := slices.Concat(body...)
	return slices.Concat(binary.BigEndian.AppendUint32(nil, uint32(8+len(b))), []byte(name), b)
}

// sample is one of timed text.
func sample(text string, boxes ...[]byte) []byte {
	return slices.Concat(u16(len(text)), []byte(text), slices.Concat(boxes...))
}

// face is a style of 3GPP's, scrap one of TextEdit's, which has no end.
func face(from, to, bits int) []byte {
	return slices.Concat(u16(from), u16(to), u16(1), []byte{byte(bits), 18, 255, 255, 255, 255})
}

func scrap(from, bits int) []byte {
	return slices.Concat(u16(0), u16(from), make([]byte, 6), []byte{byte(bits), 0}, make([]byte, 8))
}

func styles(n int, all ...[]byte) []byte { return textBox("styl", u16(n), slices.Concat(all...)) }

// timedEntry and quickEntry are Configs of both kinds.
func timedEntry(vertical byte, upper, lower int, face byte) []byte {
	c := make([]byte, 30)
	c[5], c[24] = vertical, face
	copy(c[10:], u16(upper))
	copy(c[14:], u16(lower))
	return c
}

func quickEntry(face byte) []byte {
	c := make([]byte, 34)
	c[33] = face
	return c
}

func TestTimed(t *testing.T) {
	const (
		plain, bold, italic, both = 0, 1, 2, 3
		threeG                    = media.TimedText
		quick                     = media.QuickTimeText
	)
	for name, c := range map[string]struct {
		of     media.Codec
		config []byte
		data   []byte
		want   Cue
	}{
		"plain":                   {threeG, nil, sample("Größer\r als\n\n歌 "), Cue{Text: "Größer\nals\n歌"}},
		"nothing":                 {threeG, nil, sample(""), Cue{}},
		"no length":               {threeG, nil, []byte{0}, Cue{}},
		"more than there is":      {threeG, nil, []byte{0, 3, 'a', 'b'}, Cue{}},
		"no tags":                 {threeG, nil, sample("<i>a</i> {\\an8}"), Cue{Text: "<i>a</i> {\\an8}"}},
		"no UTF-8":                {threeG, nil, sample("a\xff"), Cue{Text: "a\ufffd"}},
		"UTF-16":                  {threeG, nil, sample("\xfe\xff\x00a\x6b\x4c"), Cue{Text: "a歌"}},
		"UTF-16, little end":      {threeG, nil, sample("\xff\xfea\x00\x4c\x6b"), Cue{Text: "a歌"}},
		"a part in italics":       {threeG, nil, sample("one two", styles(1, face(4, 7, both))), Cue{Text: "one two", Italic: true}},
		"bold":                    {threeG, nil, sample("one two", styles(1, face(0, 7, bold))), Cue{Text: "one two"}},
		"italics of nothing":      {threeG, nil, sample("one", styles(2, face(1, 1, italic), face(3, 9, italic))), Cue{Text: "one"}},
		"the second of two":       {threeG, nil, sample("one two", styles(2, face(0, 3, bold), face(4, 7, italic))), Cue{Text: "one two", Italic: true}},
		"more than are counted":   {threeG, nil, sample("one two", styles(1, face(0, 3, bold), face(4, 7, italic))), Cue{Text: "one two"}},
		"fewer than are counted":  {threeG, nil, sample("one two", styles(900, face(0, 3, italic))), Cue{Text: "one two", Italic: true}},
		"behind other boxes":      {threeG, nil, sample("one", textBox("hlit", u16(0), u16(1)), styles(1, face(0, 3, italic))), Cue{Text: "one", Italic: true}},
		"behind a broken box":     {threeG, nil, sample("one", []byte("\x00\x00\x00\x07hlit"), styles(1, face(0, 3, italic))), Cue{Text: "one"}},
		"a box that is cut off":   {threeG, nil, sample("one", styles(1, face(0, 3, italic))[:21]), Cue{Text: "one"}},
		"an empty box":            {threeG, nil, sample("one", textBox("styl")), Cue{Text: "one"}},
		"italics by default":      {threeG, timedEntry(0xff, 0, 48, italic), sample("one"), Cue{Text: "one", Italic: true}},
		"all of it plain":         {threeG, timedEntry(0xff, 0, 48, italic), sample("größe", styles(2, face(0, 2, plain), face(2, 5, bold))), Cue{Text: "größe"}},
		"the end not plain":       {threeG, timedEntry(0xff, 0, 48, italic), sample("größe", styles(1, face(0, 4, plain))), Cue{Text: "größe", Italic: true}},
		"the middle not plain":    {threeG, timedEntry(0xff, 0, 48, italic), sample("größe", styles(2, face(0, 2, plain), face(3, 5, plain))), Cue{Text: "größe", Italic: true}},
		"above":                   {threeG, timedEntry(0, 0, 48, plain), sample("a"), Cue{Text: "a", Top: true}},
		"above, without a box":    {threeG, timedEntry(0, 0, 0, plain), sample("a"), Cue{Text: "a", Top: true}},
		"below by its box":        {threeG, timedEntry(0, 180, 240, plain), sample("a"), Cue{Text: "a"}},
		"in the middle":           {threeG, timedEntry(1, 0, 48, plain), sample("a"), Cue{Text: "a"}},
		"an entry that is short":  {threeG, timedEntry(0, 0, 0, italic)[:29], sample("a"), Cue{Text: "a"}},
		"QuickTime":               {quick, quickEntry(plain), sample("one\rtwo"), Cue{Text: "one\ntwo"}},
		"QuickTime, italics":      {quick, quickEntry(italic), sample("one"), Cue{Text: "one", Italic: true}},
		"QuickTime, Roman":        {quick, nil, sample("Gr\x9a\xa7e \xd2x\xd3"), Cue{Text: "Größe “x”"}},
		"QuickTime, Chinese":      {quick, nil, sample("\xd6\xd0\xb9\xfa\xb5\xc4\xb8\xe8"), Cue{Text: "中国的歌"}},
		"QuickTime, UTF-8":        {quick, nil, sample("Größe"), Cue{Text: "Größe"}},
		"QuickTime, a part":       {quick, quickEntry(plain), sample("one two", styles(2, scrap(0, plain), scrap(4, italic))), Cue{Text: "one two", Italic: true}},
		"QuickTime, none left":    {quick, quickEntry(italic), sample("one two", styles(2, scrap(0, plain), scrap(4, bold))), Cue{Text: "one two"}},
		"QuickTime, some left":    {quick, quickEntry(italic), sample("one two", styles(1, scrap(4, plain))), Cue{Text: "one two", Italic: true}},
		"QuickTime, behind it":    {quick, quickEntry(plain), sample("one", styles(2, scrap(0, plain), scrap(3, italic))), Cue{Text: "one"}},
		"QuickTime, no more ends": {quick, quickEntry(plain), sample("one", styles(1, scrap(0, italic))), Cue{Text: "one", Italic: true}},
	} {
		e := NewEmbedded(media.Stream{Codec: c.of, Config: c.config})
		e.Add(&media.Packet{Data: c.data, PTS: int64(100 * ms), Length: int64(50 * ms)})
		var want []Cue
		if c.want.Text != "" {
			c.want.Start, c.want.End = 100*ms, 150*ms
			want = append(want, c.want)
		}
		if !reflect.DeepEqual(e.Cues, want) {
			t.Errorf("%s: %+v, want %+v", name, e.Cues, want)
		}
	}
}

func TestMacRoman(t *testing.T) {
	for i, r := range []rune(macRoman) {
		want := charmap.Macintosh.DecodeByte(byte(0x80 + i))
		if r != want || i >= 128 {
			t.Errorf("%#x is %q, want %q", 0x80+i, r, want)
		}
	}
}
