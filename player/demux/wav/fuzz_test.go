package wav_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"linnet/player/demux/wav"
	"linnet/player/media"
)

// FuzzWAV opens, plays, seeks and plays again. Whatever the file, it ends,
// the errors have their types, and packets lie within the file.
func FuzzWAV(f *testing.F) {
	f.Add(pcmFile(1, 2, 44100, 4, 16, 400))
	f.Add(pcmFile(3, 1, 44100, 8, 64, 400))
	f.Add(pcmFile(0x11, 2, 44100, 64, 4, 400))
	f.Add(pcmFile(2, 2, 44100, 64, 4, 400))
	f.Add(mp3File(waveFormat(0x55, 2, 44100, 1, 0)))
	var b, wide fileBuilder
	b.chunk("fmt ", waveFormat(0xfffe, 2, 44100, 6, 24, extensible(20, 1)...)).chunk("fact", noise(4))
	f.Add(b.chunk("LIST", append([]byte("INFOINAM\x03\x00\x00\x00abc\x00"), noise(9)...)).sized("data", 1<<32-1, noise(333)).riff("RIFF"))
	f.Add(wide.chunk("ds64", noise(28)).chunk("fmt ", waveFormat(7, 1, 8000, 1, 8)).sized("data", 1<<32-1, noise(333)).riff("RF64"))
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, size := range []int64{int64(len(file)), -1} {
			fuzzOne(t, file, size)
		}
	})
}

func fuzzOne(t *testing.T, file []byte, size int64) {
	d, err := wav.New(bytes.NewReader(file), size, mpegWithin)
	if err != nil {
		var fe *media.FormatError
		var ue *media.UnsupportedError
		if !errors.As(err, &fe) && !errors.As(err, &ue) {
			t.Fatalf("untyped error %v", err)
		}
		return
	}
	dec, err := newDecoder(d.Streams()[0])
	if err != nil {
		t.Fatalf("the demuxer offers what the decoder refuses: %v", err)
	}
	var p media.Packet
	var buf []int32
	for range 2 {
		cutOff := false
		for n := 0; ; n++ {
			err := d.ReadPacket(&p)
			var fe *media.FormatError
			if err == io.EOF {
				break
			}
			if frames := d.Streams()[0].BlockAlign == 0; frames && (errors.As(err, &fe) || err == media.ErrNewStreams) {
				if n > len(file) {
					t.Fatalf("error %d of a file of %d bytes: %v", n, len(file), err)
				}
				if dec, err = newDecoder(d.Streams()[0]); err != nil {
					t.Fatal(err)
				}
				continue // MPEG audio may be damaged anywhere
			}
			if errors.As(err, &fe) && !cutOff {
				cutOff = true // told once, in front of the end
				continue
			}
			if err != nil || cutOff || n > len(file) {
				t.Fatalf("packet %d of a file of %d bytes: %v", n, len(file), err)
			}
			if p.Pos < 0 || p.Pos+int64(len(p.Data)) > int64(len(file)) || len(p.Data) == 0 {
				t.Fatalf("packet at %d of %d bytes in a file of %d", p.Pos, len(p.Data), len(file))
			}
			if buf, err = dec.Decode(buf[:0], &p); err != nil && !errors.As(err, &fe) {
				t.Fatal(err)
			}
		}
		if err := d.Seek(d.Streams()[0].Audio.Duration(int64(len(file) / 8))); err != nil {
			t.Fatal(err)
		}
	}
}
