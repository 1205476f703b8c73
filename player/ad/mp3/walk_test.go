package mp3

import (
	"bytes"
	"testing"

	"linnet/player/internal/mpa"
	"linnet/player/media"
)

// frames cuts a stream of frames, as a demuxer would, but simply: what does
// not look like two frames in a row is stepped over.
func frames(data []byte) [][]byte {
	var out [][]byte
	free := 0
	for i := 0; i+mpa.HeaderSize <= len(data); {
		h, ok := mpa.ParseHeader(data[i:])
		if !ok {
			i++
			continue
		}
		size := h.FrameSize()
		if size == 0 {
			if free == 0 {
				free = freeSize(data[i:], &h)
			}
			size = free
			if h.Padding {
				size += h.Slot()
			}
		}
		if size == 0 || i+size > len(data) || !followed(data[i+size:], &h) {
			i++
			continue
		}
		out = append(out, data[i:i+size])
		i += size
	}
	return out
}

// followed says whether rest starts with a frame like h or a tag, or is too
// short for either.
func followed(rest []byte, h *mpa.Header) bool {
	if len(rest) < mpa.HeaderSize || bytes.HasPrefix(rest, []byte("TAG")) || bytes.HasPrefix(rest, []byte("APETAGEX")) {
		return true
	}
	next, ok := mpa.ParseHeader(rest)
	return ok && next.SameStream(h)
}

// freeSize finds the size of a free-format frame without padding: there must
// be a header like it at once and, where there is room, at twice the distance.
func freeSize(data []byte, h *mpa.Header) int {
	like := func(at int) (next mpa.Header, ok bool) {
		if at+mpa.HeaderSize > len(data) {
			return next, true
		}
		next, ok = mpa.ParseHeader(data[at:])
		return next, ok && next.SameStream(h) && next.BitRate == 0
	}
	for n := mpa.HeaderSize; n <= 4096 && n+mpa.HeaderSize <= len(data); n++ {
		next, ok := like(n)
		if !ok {
			continue
		}
		size := n
		if h.Padding {
			size -= h.Slot()
		}
		end := n + size
		if next.Padding {
			end += h.Slot()
		}
		if _, ok := like(end); ok && size > 0 {
			return size
		}
	}
	return 0
}

// streamOf describes a stream by its first frame.
func streamOf(t testing.TB, fs [][]byte) media.Stream {
	t.Helper()
	if len(fs) == 0 {
		t.Fatal("no frames")
	}
	h, _ := mpa.ParseHeader(fs[0])
	return media.Stream{
		Kind:  media.Audio,
		Codec: [4]media.Codec{1: media.MP1, 2: media.MP2, 3: media.MP3}[h.Layer],
		Audio: media.AudioFormat{Rate: h.Rate, Channels: h.Channels(), Bits: 16},
	}
}

// decode decodes frames and returns the samples and the errors.
func decode(t testing.TB, fs [][]byte) ([]int32, []error) {
	t.Helper()
	d, err := New(streamOf(t, fs))
	if err != nil {
		t.Fatal(err)
	}
	var out []int32
	var errs []error
	pos := int64(0)
	for _, f := range fs {
		out, err = d.Decode(out, &media.Packet{Data: f, Pos: pos})
		if err != nil {
			errs = append(errs, err)
		}
		pos += int64(len(f))
	}
	return out, errs
}
