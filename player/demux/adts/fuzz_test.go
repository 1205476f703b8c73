package adts_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"linnet/player/demux/adts"
	"linnet/player/media"
)

// FuzzADTS opens, reads, seeks and reads again. Whatever the file, it ends, the
// errors have their types, and packets lie within the file.
func FuzzADTS(f *testing.F) {
	whole := stream(frames(12, 4, 2, 40)...)
	f.Add(whole)
	f.Add(append([]byte("ID3\x04\x00\x00\x00\x00\x00\x05hello"), whole...))
	f.Add(append(bytes.Clone(whole), stream(frames(9, 3, 1, 30)...)...))
	f.Add(append(append(bytes.Clone(whole[:100]), "some junk in between"...), whole...))
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, size := range []int64{int64(len(file)), -1} {
			fuzzOne(t, file, size)
		}
	})
}

func fuzzOne(t *testing.T, file []byte, size int64) {
	d, err := adts.New(bytes.NewReader(file), size)
	if err != nil {
		typed(t, err)
		return
	}
	var p media.Packet
	for range 2 {
		for n := 0; ; n++ {
			err := d.ReadPacket(&p)
			if err == io.EOF {
				break
			}
			if n > len(file) {
				t.Fatalf("%d packets and more of a file of %d bytes", n, len(file))
			}
			if err == media.ErrNewStreams {
				continue
			}
			if err != nil {
				typed(t, err)
				var u *media.UnsupportedError
				if errors.As(err, &u) {
					return
				}
				continue
			}
			if p.Pos < 0 || p.Pos+int64(len(p.Data)) > int64(len(file)) || len(p.Data) < 8 {
				t.Fatalf("packet at %d of %d bytes in a file of %d", p.Pos, len(p.Data), len(file))
			}
		}
		if err := d.Seek(d.Streams()[0].Audio.Duration(int64(len(file)))); err != nil {
			t.Fatal(err)
		}
	}
}

func typed(t *testing.T, err error) {
	t.Helper()
	var fe *media.FormatError
	var ue *media.UnsupportedError
	if !errors.As(err, &fe) && !errors.As(err, &ue) {
		t.Fatalf("untyped error %v", err)
	}
}
