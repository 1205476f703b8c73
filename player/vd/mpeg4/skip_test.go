package mpeg4

import (
	"testing"

	"linnet/player/media"
)

// Only packets of one plane B can be left out.
func TestDisposable(t *testing.T) {
	const (
		i = "\x00\x00\x01\xb6\x10\x00\x00"
		p = "\x00\x00\x01\xb6\x50\x00\x00"
		b = "\x00\x00\x01\xb6\x90\x01\x02"
		s = "\x00\x00\x01\xb6\xd0\x00\x00"
	)
	d := &Decoder{}
	for data, want := range map[string]bool{
		"": false, "junk": false, i: false, p: false, s: false, b: true, b + b: false, p + b: false,
		"\x00\x00\x01\x20\x00\x00" + b: false, "\x00\x00\x01\xb6": false, "\x00\x00\x01\xb2user" + b: true,
	} {
		if got := d.Disposable(&media.Packet{Data: []byte(data)}); got != want {
			t.Errorf("%q: %v, want %v", data, got, want)
		}
	}
}
