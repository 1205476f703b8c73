package aac

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"linnet/player/internal/bits"
	"linnet/player/media"
)

// pack makes bytes of fields, each a value and a width.
func pack(fields ...int) []byte {
	var b []byte
	n := 0
	for i := 0; i < len(fields); i += 2 {
		for k := fields[i+1] - 1; k >= 0; k-- {
			if n%8 == 0 {
				b = append(b, 0)
			}
			b[n/8] |= byte(fields[i]>>k&1) << (7 - n%8)
			n++
		}
	}
	return b
}

func TestParseConfig(t *testing.T) {
	for name, c := range map[string]struct {
		b              []byte
		rate, index, n int
		sbr            bool
		word           string // of the error
	}{
		"stereo":          {pack(2, 5, 4, 4, 2, 4, 0, 3), 44100, 4, 2, false, ""},
		"mono":            {pack(2, 5, 11, 4, 1, 4, 0, 3), 8000, 11, 1, false, ""},
		"7350":            {pack(2, 5, 12, 4, 1, 4, 0, 3), 7350, 11, 1, false, ""},
		"a rate":          {pack(2, 5, 15, 4, 37800, 24, 2, 4, 0, 3), 37800, 4, 2, false, ""},
		"seven point one": {pack(2, 5, 3, 4, 7, 4, 0, 3), 48000, 3, 8, false, ""},
		"four":            {pack(2, 5, 3, 4, 4, 4, 0, 3), 48000, 3, 4, false, ""},
		"explicit SBR":    {pack(5, 5, 7, 4, 2, 4, 4, 4, 2, 5, 0, 3), 22050, 7, 2, true, ""},
		"explicit PS":     {pack(29, 5, 7, 4, 1, 4, 4, 4, 2, 5, 0, 3), 22050, 7, 1, true, ""},
		"hidden SBR":      {pack(2, 5, 7, 4, 2, 4, 0, 3, 0x2b7, 11, 5, 5, 1, 1, 4, 4), 22050, 7, 2, true, ""},
		"hidden, none":    {pack(2, 5, 7, 4, 2, 4, 0, 3, 0x2b7, 11, 5, 5, 0, 1), 22050, 7, 2, false, ""},
		"core coder":      {pack(2, 5, 4, 4, 2, 4, 0, 1, 1, 1, 99, 14, 0, 1), 44100, 4, 2, false, ""},
		"program": {pack(2, 5, 4, 4, 0, 4, 0, 3, 0, 4, 1, 2, 4, 4, 2, 4, 0, 4, 1, 4, 1, 2, 0, 3, 0, 4, 0, 3,
			0, 1, 0, 4, 1, 1, 0, 4, 1, 1, 1, 4, 0, 4, 0, 3, 0, 8), 44100, 4, 6, false, ""},
		"960":         {pack(2, 5, 4, 4, 2, 4, 1, 1, 0, 2), 0, 0, 0, false, "960"},
		"main":        {pack(1, 5, 4, 4, 2, 4, 0, 3), 0, 0, 0, false, "AAC Main"},
		"LTP":         {pack(4, 5, 4, 4, 2, 4, 0, 3), 0, 0, 0, false, "LTP"},
		"xHE":         {pack(31, 5, 10, 6, 4, 4, 2, 4), 0, 0, 0, false, "xHE-AAC"},
		"low delay":   {pack(23, 5, 4, 4, 2, 4, 0, 3), 0, 0, 0, false, "low delay"},
		"reserved":    {pack(2, 5, 13, 4, 2, 4, 0, 3), 0, 0, 0, false, "rate"},
		"channels":    {pack(2, 5, 4, 4, 9, 4, 0, 3), 0, 0, 0, false, "channel configuration"},
		"cut":         {pack(2, 5), 0, 0, 0, false, "cut off"},
		"nothing":     {nil, 0, 0, 0, false, "cut off"},
		"cut program": {pack(2, 5, 4, 4, 0, 4, 0, 3), 0, 0, 0, false, "program"},
		"no channels": {pack(2, 5, 4, 4, 0, 4, 0, 3, 0, 16, 0, 16, 0, 16, 0, 8), 0, 0, 0, false, "channel configuration"},
	} {
		got, err := ParseConfig(c.b)
		if c.word != "" {
			var fe *media.FormatError
			var ue *media.UnsupportedError
			if !errors.As(err, &fe) && !errors.As(err, &ue) || !strings.Contains(err.Error(), c.word) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil || got.Rate != c.rate || got.RateIndex != c.index || got.Layout.Channels != c.n || got.SBR != c.sbr {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// Every configuration's channels stand in the order of WAVE files.
func TestLayouts(t *testing.T) {
	for config, want := range map[int][][]int{
		1: {{0}}, 2: {{0, 1}}, 3: {{2}, {0, 1}}, 4: {{2}, {0, 1}, {3}}, 5: {{2}, {0, 1}, {3, 4}}, 6: {{2}, {0, 1}, {4, 5}, {3}},
		7: {{2}, {0, 1}, {6, 7}, {4, 5}, {3}}, 11: {{2}, {0, 1}, {5, 6}, {4}, {3}}, 14: {{2}, {0, 1}, {4, 5}, {3}, {6, 7}},
	} {
		l, ok := channelLayout(config)
		var got [][]int
		for _, e := range l.Elements {
			if e.Kind == CPE {
				got = append(got, e.Out[:])
			} else {
				got = append(got, e.Out[:1])
			}
		}
		if !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("configuration %d: %v, want %v", config, got, want)
		}
	}
	for _, config := range []int{0, 8, 13, 15} {
		if _, ok := channelLayout(config); ok {
			t.Errorf("configuration %d", config)
		}
	}
}

// Of a program's pairs in front the outermost is left and right; what has no
// place comes last.
func TestProgram(t *testing.T) {
	p := Program{}
	p.parts[0] = []Element{{Kind: SCE, Tag: 0}, {Kind: CPE, Tag: 0}, {Kind: CPE, Tag: 1}}
	p.parts[2] = []Element{{Kind: SCE, Tag: 1}, {Kind: SCE, Tag: 2}}
	p.low = []Element{{Kind: LFE, Tag: 0}}
	l, ok := p.layout()
	if !ok || l.Channels != 8 || !l.Tagged {
		t.Fatalf("%+v, %v", l, ok)
	}
	want := map[[2]int]int{{int(SCE), 0}: 2, {int(CPE), 1}: 0, {int(CPE), 0}: 4, {int(SCE), 1}: 6, {int(SCE), 2}: 7, {int(LFE), 0}: 3}
	for _, e := range l.Elements {
		if got := e.Out[0]; got != want[[2]int{int(e.Kind), e.Tag}] {
			t.Errorf("element %d.%d at %d", e.Kind, e.Tag, got)
		}
	}
	p.low = append(p.low, p.low[0])
	if _, ok := p.layout(); ok {
		t.Error("nine channels")
	}
	r := bits.NewReader(pack(0, 4, 1, 2, 4, 4, 1, 4))
	if _, ok := ParseProgram(&r); ok {
		t.Error("a program that is cut off")
	}
}

// header packs one.
func header(id, layer, absent, profile, rate, channels, size, blocks int) []byte {
	return pack(0xfff, 12, id, 1, layer, 2, absent, 1, profile, 2, rate, 4, 0, 1, channels, 3, 0, 4, size, 13, 0x7ff, 11, blocks-1, 2)
}

func TestHeader(t *testing.T) {
	h, ok := ParseHeader(header(1, 0, 0, 1, 4, 2, 371, 3))
	if want := (Header{true, true, 1, 4, 2, 371, 3}); !ok || h != want {
		t.Errorf("%+v, %v", h, ok)
	}
	if h.Len() != 7+6 {
		t.Errorf("%d bytes of header", h.Len())
	}
	for name, b := range map[string][]byte{
		"layer":    header(0, 1, 1, 1, 4, 2, 371, 1),
		"rate":     header(0, 0, 1, 1, 13, 2, 371, 1),
		"size":     header(0, 0, 1, 1, 4, 2, 7, 1),
		"size CRC": header(0, 0, 0, 1, 4, 2, 9, 1),
		"sync":     pack(0xffe, 12, 0, 44),
		"short":    header(0, 0, 1, 1, 4, 2, 371, 1)[:6],
	} {
		if _, ok := ParseHeader(b); ok {
			t.Errorf("%s: taken for a header", name)
		}
	}
}

func TestHeaderConfig(t *testing.T) {
	h, _ := ParseHeader(header(0, 0, 1, 1, 3, 6, 371, 1))
	if c, err := h.Config(nil); err != nil || c.Rate != 48000 || c.Layout.Channels != 6 {
		t.Errorf("%+v, %v", c, err)
	}
	h.Channels = 0
	program := pack(5, 3, 0, 4, 1, 2, 3, 4, 2, 4, 0, 4, 0, 4, 0, 2, 0, 3, 0, 4, 0, 3, 0, 1, 0, 4, 1, 1, 0, 4, 0, 2, 0, 8)
	if c, err := h.Config(program); err != nil || c.Layout.Channels != 3 {
		t.Errorf("%+v, %v", c, err)
	}
	for name, block := range map[string][]byte{"no program": pack(1, 3, 0, 40), "cut": program[:3], "nothing": nil} {
		if _, err := h.Config(block); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	h.Profile = 0
	if _, err := h.Config(nil); err == nil || !strings.Contains(err.Error(), "Main") {
		t.Error(err)
	}
}
