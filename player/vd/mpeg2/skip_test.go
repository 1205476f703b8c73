package mpeg2

import (
	"testing"

	"linnet/player/media"
)

// Only packets of nothing but pictures B can be left out.
func TestDisposable(t *testing.T) {
	const (
		i = "\x00\x00\x01\x00\x00\x0f\xff\xf8" // picture headers, by picture_coding_type
		p = "\x00\x00\x01\x00\x00\x17\xff\xf9\x80"
		b = "\x00\x00\x01\x00\x00\x1f\xff\xf9\x98"
	)
	d, err := New(media.Stream{})
	if err != nil {
		t.Fatal(err)
	}
	for data, want := range map[string]bool{
		"": false, "junk": false, i: false, p: false, b: true,
		b + "\x00\x00\x01\x01slice":            true,
		"\x00\x00\x01\xb8\x00\x00\x00\x00" + b: false,
		"\x00\x00\x01\xb3\x00\x00\x00\x00" + b: false,
		b + b:                                  true, b + p: false,
		"\x00\x00\x01\x00": false,
	} {
		if got := d.Disposable(&media.Packet{Data: []byte(data)}); got != want {
			t.Errorf("%q: %v, want %v", data, got, want)
		}
	}
}
