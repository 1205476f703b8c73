package vorbis_test

import (
	"errors"
	"testing"

	"linnet/player"
	"linnet/player/internal/vorbis"
	"linnet/player/media"
)

func typed(err error) bool {
	var f *media.FormatError
	var u *media.UnsupportedError
	return errors.As(err, &f) || errors.As(err, &u)
}

// vorbisStream is a stream with the format that its headers give.
func vorbisStream(config []byte) media.Stream {
	s := media.Stream{Kind: media.Audio, Codec: media.Vorbis, Config: config}
	if first, _, _, err := vorbis.UnpackHeaders(config); err == nil {
		if id, err := vorbis.ParseIdentification(first); err == nil {
			s.Audio = media.AudioFormat{Rate: id.Rate, Channels: id.Channels, Bits: 16}
		}
	}
	return s
}

// decodeAny decodes data in three ways; only typed errors may come of it.
func decodeAny(t *testing.T, dec player.AudioDecoder, data []byte) {
	t.Helper()
	var buf []int32
	for _, p := range [][]byte{data, data[:len(data)/2], data} {
		var err error
		if buf, err = dec.Decode(buf[:0], &media.Packet{Data: p}); err != nil && !typed(err) {
			t.Fatal(err)
		}
	}
	dec.Reset()
}
