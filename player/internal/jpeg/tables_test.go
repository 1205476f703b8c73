package jpeg

import (
	"strings"
	"testing"
)

// quant is a table of 64 values in a DQT segment; its values are their places in it.
func quant(wide, id byte) string {
	s := []byte{wide<<4 | id}
	for i := range byte(64) {
		if wide == 1 {
			s = append(s, i)
		}
		s = append(s, i)
	}
	return string(s)
}

func TestQuants(t *testing.T) {
	for _, c := range []struct {
		segment string
		ids     string
		ok      bool
	}{
		{"", "", true},
		{quant(0, 1), "1", true},
		{quant(0, 3) + quant(1, 0), "30", true},
		{quant(0, 2) + quant(1, 0)[:128], "2", false},
		{quant(0, 2) + quant(0, 4), "2", false},
		{quant(2, 0), "", false},
		{"\x20" + quant(1, 0)[1:], "", false},
	} {
		var q Quants
		ids := ""
		if ok := q.Read([]byte(c.segment), func(id byte) { ids += string('0' + id) }); ok != c.ok || ids != c.ids {
			t.Errorf("%q: tables %q, %v", c.segment, ids, ok)
		}
		for _, id := range ids {
			// The second of the zigzag is to the right of the first, the third below it.
			scale := uint16(1)
			if c.segment[0] == quant(1, 0)[0] || id == '0' {
				scale = 257
			}
			if at := q[id-'0']; at[1] != scale || at[8] != 2*scale || at[63] != 63*scale {
				t.Errorf("table %c: %v", id, at)
			}
		}
	}
}

func TestTables(t *testing.T) {
	for _, c := range []struct {
		name, segment string
		ok            bool
	}{
		{"two", "\x01" + DCLuma + "\x13" + ACChroma, true},
		{"no such class", "\x20" + DCLuma, false},
		{"no such number", "\x04" + DCLuma, false},
		{"values missing", "\x00" + DCLuma[:20], false},
		{"more codes than fit", "\x00\x03" + strings.Repeat("\x00", 15) + "abc", false},
		{"more values than there are", "\x00" + strings.Repeat("\x00", 14) + "\xff\xff" + strings.Repeat("x", 510), false},
	} {
		var tables Tables
		if ok := tables.Read([]byte(c.segment)); ok != c.ok {
			t.Errorf("%s: %v", c.name, ok)
		}
		if c.ok && (len(tables[0][1].raw) != len(DCLuma) || len(tables[1][3].raw) != len(ACChroma)) {
			t.Errorf("%s: not read", c.name)
		}
	}
}
