package bootstate

import (
	"bytes"
	"testing"
)

func TestRecord(t *testing.T) {
	for _, r := range []Record{
		Default(),
		{Number: 7, Slot: 1, Tries: 3, Reason: Unconfirmed},
		{Number: 0xfffffffe, Slot: 1, Confirmed: true, Reason: Checksum},
	} {
		b := r.Bytes()
		if len(b) != Size {
			t.Fatal(len(b))
		}
		page := append(b, bytes.Repeat([]byte{0xff}, 480)...)
		if got, ok := Parse(page); !ok || got != r {
			t.Errorf("%+v is read as %+v, %v", r, got, ok)
		}
		for bit := range 8 * Size {
			bad := bytes.Clone(page)
			bad[bit/8] ^= 1 << (bit % 8)
			if got, ok := Parse(bad); ok {
				t.Errorf("with bit %d turned it is read as %+v", bit, got)
			}
		}
	}
	for name, page := range map[string][]byte{"nothing": nil, "short": Default().Bytes()[:Size-1], "erased": bytes.Repeat([]byte{0xff}, 512)} {
		if got, ok := Parse(page); ok {
			t.Errorf("%s is read as %+v", name, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(Default().Bytes())
	f.Fuzz(func(t *testing.T, page []byte) {
		if r, ok := Parse(page); ok && r.Slot != 0 && r.Slot != 1 {
			t.Errorf("%+v", r)
		}
	})
}
