package aac_test

import (
	"errors"
	"path/filepath"
	"testing"

	"linnet/player/ad/aac"
	"linnet/player/media"
	"linnet/player/playertest"
)

// FuzzDecode decodes frames that differ from valid ones, behind one that is
// valid: whatever they hold, the errors are of the one kind, and the sound has
// the length of a frame.
func FuzzDecode(f *testing.F) {
	streams, _ := filepath.Glob("testdata/*.aac")
	for i, name := range streams {
		for _, p := range playertest.Packets(open(f, readFile(f, name)), 6) {
			f.Add(uint8(i), p.Data)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, frame []byte) {
		d := open(t, readFile(t, streams[int(which)%len(streams)]))
		s := d.Streams()[0]
		dec, err := aac.New(s)
		if err != nil {
			t.Fatal(err)
		}
		first := playertest.Packets(d, 1)[0]
		var buf []int32
		for _, data := range [][]byte{first.Data, frame, frame[:len(frame)/2], first.Data} {
			buf, err = dec.Decode(buf[:0], &media.Packet{Data: data, PTS: 1024})
			var fe *media.FormatError
			if err != nil && !errors.As(err, &fe) {
				t.Fatal(err)
			}
			if n := len(buf) / s.Audio.Channels; n%1024 != 0 || n > 4096 || n*s.Audio.Channels != len(buf) {
				t.Fatalf("%d samples of %d channels", len(buf), s.Audio.Channels)
			}
		}
		if len(buf) == 0 {
			t.Fatal("a valid frame gives nothing")
		}
	})
}

// FuzzConfig makes decoders of any AudioSpecificConfig.
func FuzzConfig(f *testing.F) {
	for _, c := range []string{"\x12\x10", "\x12\x08", "\x2b\x92\x08\x00", "\x13\x10\x56\xe5\xa5\x48\x80", "\x12\x00\x05\x08\x48\x00\x20\x00\xc4\x40\x0d\x4cavc\x35",
		"\x17\x80\x5d\xc0\x08", "\xeb\x09\x88\x00", "\x11\xb8"} {
		f.Add([]byte(c), []byte("\x21\x00\x49\x90\x02\x19\x00\x23\x80"))
	}
	f.Fuzz(func(t *testing.T, config, frame []byte) {
		for channels := 1; channels <= 8; channels++ {
			dec, err := aac.New(media.Stream{Codec: media.AAC, Config: config, Audio: media.AudioFormat{Rate: 44100, Channels: channels, Bits: 16}})
			if err != nil {
				continue
			}
			out, err := dec.Decode(nil, &media.Packet{Data: frame})
			var fe *media.FormatError
			if len(config) > 0 && len(out) != 1024*channels || err != nil && !errors.As(err, &fe) {
				t.Fatalf("%d samples, %v", len(out), err)
			}
		}
	})
}
