package ogg

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"linnet/player"
	"linnet/player/media"
)

// repair corrects the checksums, so that what was changed in a file is read.
func repair(file []byte) []byte {
	b := bytes.Clone(file)
	for _, p := range split(b) {
		if len(p) > headSize {
			clear(p[22:26])
			crc := checksum(0, p)
			p[22], p[23], p[24], p[25] = byte(crc), byte(crc>>8), byte(crc>>16), byte(crc>>24)
		}
	}
	return b
}

// FuzzOgg opens, plays, seeks and plays again. Whatever the file, it ends,
// the errors have their types, and packets lie within the file.
func FuzzOgg(f *testing.F) {
	a, b := load(f, "mono11.ogg"), load(f, "stereo44.ogg")
	f.Add(a)
	headers, sound := pieces(f, b)
	f.Add((&muxer{serial: 1, each: 2, most: 4}).stream(headers, sound[:20]))
	f.Add(append(bytes.Clone(a[:len(a)-9]), b[:9000]...))
	f.Add(append((&muxer{serial: 6}).stream([]piece{{[]byte("\x80theora"), 0}}, nil), a...))
	f.Add((&muxer{serial: 2, each: 3}).stream(opusPieces(7)))
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, b := range [][]byte{file, repair(file)} {
			fuzzOne(t, b, int64(len(b)))
			fuzzOne(t, b, -1)
		}
	})
}

func typed(err error) bool {
	var f *media.FormatError
	var u *media.UnsupportedError
	return errors.As(err, &f) || errors.As(err, &u)
}

func fuzzOne(t *testing.T, file []byte, size int64) {
	d, err := New(bytes.NewReader(file), size)
	if err != nil {
		if !typed(err) {
			t.Fatalf("untyped error %v", err)
		}
		return
	}
	for range 2 {
		playOut(t, d, len(file))
		if err := d.Seek(d.Streams()[0].Audio.Duration(int64(len(file)))); err != nil {
			t.Fatal(err)
		}
	}
}

func playOut(t *testing.T, d *Demuxer, size int) {
	var p media.Packet
	var buf []int32
	dec := decoderOf(d)
	for n := 0; n <= 2*size; n++ {
		err := d.ReadPacket(&p)
		switch {
		case err == io.EOF:
			return
		case err == media.ErrNewStreams:
			dec = decoderOf(d)
		case err != nil && !typed(err):
			t.Fatal(err)
		case err != nil:
		case p.Pos < 0 || p.Pos > int64(size) || len(p.Data) > size:
			t.Fatalf("packet at %d of %d bytes in a file of %d", p.Pos, len(p.Data), size)
		case dec != nil:
			if buf, err = dec.Decode(buf[:0], &p); err != nil && !typed(err) {
				t.Fatal(err)
			}
		}
	}
	t.Fatal("no end")
}

// decoderOf is nil for what no decoder takes.
func decoderOf(d *Demuxer) player.AudioDecoder {
	if dec, err := newDecoder(d.Streams()[0]); err == nil {
		return dec
	}
	return nil
}
