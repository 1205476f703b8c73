package opus_test

import (
	"errors"
	"testing"

	"linnet/player/ad/opus"
	"linnet/player/media"
)

func typed(err error) bool {
	var f *media.FormatError
	var u *media.UnsupportedError
	return errors.As(err, &f) || errors.As(err, &u)
}

// decodeAny decodes data in three ways; only a *media.FormatError may come of
// it, and no more than 120 ms.
func decodeAny(t *testing.T, d *opus.Decoder, channels int, data []byte) {
	t.Helper()
	var buf []int32
	for _, p := range [][]byte{data, data[:len(data)/2], data} {
		var err error
		buf, err = d.Decode(buf[:0], &media.Packet{Data: p})
		if err != nil && !typed(err) {
			t.Fatal(err)
		}
		if len(buf) > 5760*channels || len(buf)%channels != 0 {
			t.Fatalf("%d samples of %d channels", len(buf), channels)
		}
	}
}

// FuzzPacket decodes anything as packets of real streams, behind real packets.
func FuzzPacket(f *testing.F) {
	all := examples(f)
	for i, e := range all {
		for k := 0; k < len(e.packets); k += 1 + len(e.packets)/4 {
			f.Add(byte(i), byte(k), e.packets[k].Data)
		}
	}
	f.Fuzz(func(t *testing.T, stream, before byte, data []byte) {
		e := all[int(stream)%len(all)]
		d, err := opus.New(e.stream)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Decode(nil, &e.packets[int(before)%len(e.packets)]); err != nil {
			t.Fatal(err)
		}
		decodeAny(t, d, e.stream.Audio.Channels, data)
	})
}

// FuzzHead makes decoders of anything, and has them decode.
func FuzzHead(f *testing.F) {
	for _, e := range examples(f) {
		f.Add(e.stream.Config, e.packets[0].Data)
	}
	f.Fuzz(func(t *testing.T, config, data []byte) {
		s := media.Stream{Kind: media.Audio, Codec: media.Opus, Config: config, Audio: media.AudioFormat{Rate: 48000, Channels: 1, Bits: 16}}
		if len(config) > 9 {
			s.Audio.Channels = int(config[9])
		}
		d, err := opus.New(s)
		if err != nil {
			if !typed(err) {
				t.Fatal(err)
			}
			return
		}
		decodeAny(t, d, s.Audio.Channels, data)
	})
}
