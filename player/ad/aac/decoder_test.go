package aac

import (
	"testing"

	"linnet/player/media"
)

// newTestDecoder is one for two channels at 44100 Hz.
func newTestDecoder(t testing.TB) *Decoder {
	t.Helper()
	d, err := New(media.Stream{Codec: media.AAC, Config: []byte{0x12, 0x10}, Audio: media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}})
	if err != nil {
		t.Fatal(err)
	}
	return d
}
