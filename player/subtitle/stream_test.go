package subtitle

import (
	"reflect"
	"testing"
	"time"

	"linnet/player/media"
)

const assHead = "[Script Info]\nTitle: x\n[V4+ Styles]\nFormat: Name, Italic, Alignment\nStyle: Default,0,2\nStyle: Sign,-1,8\n[Events]\nFormat: Layer, Start, End, Style, Text\n"

// What comes from a film in any order, and again after a seek, is there once and
// in its order.
func TestEmbedded(t *testing.T) {
	type block struct {
		at, length time.Duration
		text       string
	}
	for _, c := range []struct {
		name   string
		s      media.Stream
		blocks []block
		want   []Cue
	}{
		{"SubRip", media.Stream{Codec: media.SubRip},
			[]block{{5000 * ms, 1000 * ms, "two"}, {1000 * ms, 500 * ms, "Hello <i>you</i>\r\nthere"}, {2000 * ms, 100 * ms, " \n"}, {5000 * ms, 1000 * ms, "two"}, {5000 * ms, 1000 * ms, "also"}, {1 * ms, ms, "\xff"}},
			[]Cue{{1 * ms, 2 * ms, "\ufffd", false, false}, {1000 * ms, 1500 * ms, "Hello you\nthere", true, false}, {5000 * ms, 6000 * ms, "two", false, false}, {5000 * ms, 6000 * ms, "also", false, false}}},
		{"SubStation Alpha", media.Stream{Codec: media.ASS, Config: []byte(assHead)},
			[]block{{1000 * ms, 500 * ms, "0,0,Sign,,0,0,0,,one, {\\b1}two\\Nthree"}, {2000 * ms, 500 * ms, "1,0,*Default,,0,0,0,,{\\an8}up"}, {3000 * ms, 500 * ms, "no event"}},
			[]Cue{{1000 * ms, 1500 * ms, "one, two\nthree", true, true}, {2000 * ms, 2500 * ms, "up", false, true}}},
		{"the plain kind", media.Stream{Codec: media.ASS, Config: []byte("[V4 Styles]\r\nFormat: Name, Alignment\r\nStyle: D,6\r\n[Events]\r\n")},
			[]block{{1000 * ms, 500 * ms, "0,0,D,,0,0,0,,x"}}, []Cue{{1000 * ms, 1500 * ms, "x", false, true}}},
	} {
		e := NewEmbedded(c.s)
		for _, b := range c.blocks {
			data := []byte(b.text)
			e.Add(&media.Packet{Data: data, PTS: int64(b.at), Length: int64(b.length)})
			clear(data) // it is the demuxer's
		}
		if !reflect.DeepEqual(e.Cues, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, e.Cues, c.want)
		}
		if got := e.At(nil, 1200*ms); len(got) != 1 || got[0].Start != 1000*ms {
			t.Errorf("%s: at 1.2 s there is %+v", c.name, got)
		}
	}
	if NewEmbedded(media.Stream{Codec: "hdmv_pgs_subtitle"}) != nil {
		t.Error("pictures are taken for text")
	}
}

// A text of which nobody says how long it is shown stays until the next one, or for
// ten seconds.
func TestEmbeddedWithoutEnd(t *testing.T) {
	e := NewEmbedded(media.Stream{Codec: media.SubRip})
	for i, text := range []string{"a", "b", "c"} {
		e.Add(&media.Packet{Data: []byte(text), PTS: int64(i*i) * int64(4*time.Second)})
	}
	for at, want := range map[time.Duration]string{0: "a", 3999 * ms: "a", 4000 * ms: "b", 13 * time.Second: "b", 15 * time.Second: "", 16 * time.Second: "c", 26 * time.Second: ""} {
		got := e.At(nil, at)
		if len(got) > 1 || (len(got) == 1) != (want != "") || len(got) == 1 && got[0].Text != want {
			t.Errorf("at %v: %+v, want %q", at, got, want)
		}
	}
}

func FuzzEmbedded(f *testing.F) {
	codecs := []media.Codec{media.SubRip, media.ASS, media.TimedText, media.QuickTimeText}
	f.Add([]byte{}, []byte("<i>a</i>"), uint8(0))
	f.Add([]byte(assHead), []byte("0,0,Sign,,0,0,0,,one, {\\b1}two\\Nthree"), uint8(1))
	f.Add(timedEntry(0, 0, 48, 2), sample("one two", styles(2, face(0, 3, 1), face(4, 7, 2))), uint8(2))
	f.Add([]byte{}, sample("\xfe\xff\x00a"), uint8(2))
	f.Add(quickEntry(2), sample("one tw\x9a", styles(2, scrap(0, 1), scrap(4, 2))), uint8(3))
	f.Fuzz(func(t *testing.T, head, text []byte, of uint8) {
		e := NewEmbedded(media.Stream{Codec: codecs[int(of)%len(codecs)], Config: head})
		for i := range 3 {
			e.Add(&media.Packet{Data: text, PTS: int64(i), Length: 2})
		}
		if n := len(e.At(nil, 1)); n > 2 {
			t.Errorf("%d at once", n)
		}
	})
}
