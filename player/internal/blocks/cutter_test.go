package blocks_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"linnet/player/internal/blocks"
	"linnet/player/internal/input"
	"linnet/player/media"
)

// The block sizes and frame counts of Microsoft's papers, and cut blocks.
func TestADPCMFrames(t *testing.T) {
	for _, c := range []struct {
		f                 func(n, channels int) int
		n, channels, want int
	}{
		{blocks.IMAFrames, 256, 1, 505}, {blocks.IMAFrames, 512, 2, 505}, {blocks.IMAFrames, 2048, 2, 2041},
		{blocks.IMAFrames, 8, 1, 9}, {blocks.IMAFrames, 15, 2, 1}, {blocks.IMAFrames, 7, 2, 0}, {blocks.IMAFrames, 0, 1, 0},
		{blocks.MSFrames, 256, 1, 500}, {blocks.MSFrames, 512, 2, 500}, {blocks.MSFrames, 2048, 2, 2036},
		{blocks.MSFrames, 8, 1, 4}, {blocks.MSFrames, 14, 2, 2}, {blocks.MSFrames, 13, 2, 0},
	} {
		if got := c.f(c.n, c.channels); got != c.want {
			t.Errorf("%d bytes, %d channels: %d frames, want %d", c.n, c.channels, got, c.want)
		}
	}
}

func TestCutter(t *testing.T) {
	tail := func(n int) int { return n / 4 } // of blocks of 40 bytes, ten frames
	for _, c := range []struct {
		name       string
		start, end int64
		tail       func(int) int
		total      int64
		bytes      int
	}{
		{"all", 0, 50000, tail, 12500, 50000},
		{"from the middle", 1000, 41000, tail, 10000, 40000},
		{"with a tail", 0, 39999, tail, 9999, 39999},
		{"without", 0, 39999, nil, 9990, 39960},
		{"a worthless tail", 0, 39963, tail, 9990, 39960},
		{"end unknown", 0, -1, tail, -1, 50000},
		{"end behind the file's", 0, 60000, tail, 15000, 50000},
		{"nothing", 500, 500, tail, 0, 0},
		{"less than nothing", 500, 400, tail, 0, 0},
	} {
		l := blocks.Layout{Start: c.start, End: c.end, Bytes: 40, Frames: 10, Tail: c.tail}
		if l.Total() != c.total {
			t.Errorf("%s: %d frames, want %d", c.name, l.Total(), c.total)
		}
		cutter := blocks.NewCutter(input.New(bytes.NewReader(make([]byte, 50000)), 50000), l, 44100, "test")
		var p media.Packet
		n, at := 0, c.start
		for cutter.ReadPacket(&p) == nil {
			if p.Pos != at || p.PTS != (at-c.start)/4 || !p.Key {
				t.Errorf("%s: packet at %d with PTS %d, want %d and %d", c.name, p.Pos, p.PTS, at, (at-c.start)/4)
			}
			n += len(p.Data)
			at += int64(len(p.Data))
		}
		if n != c.bytes {
			t.Errorf("%s: %d bytes in packets, want %d", c.name, n, c.bytes)
		}
		if err := cutter.ReadPacket(&p); err != io.EOF {
			t.Errorf("%s: at the end: %v", c.name, err)
		}
	}
}

// A packet is 20 ms or 1024 frames, but no more than 64 KiB unless one block is.
func TestPacketLength(t *testing.T) {
	for _, c := range []struct{ bytes, frames, rate, want int }{
		{4, 1, 8000, 4 * 1024}, {4, 1, 48000, 4 * 1024}, {8, 1, 96000, 8 * 2048}, {8, 1, 192000, 8 * 4096}, {8, 1, 6144000, 8 * 4096},
		{512, 1, 44100, 512 * 128}, {2048, 2041, 44100, 2048}, {36, 25, 44100, 36 * 40}, {65535, 1000, 44100, 65535},
	} {
		in := input.New(bytes.NewReader(make([]byte, 1<<18)), 1<<18)
		cutter := blocks.NewCutter(in, blocks.Layout{End: 1 << 18, Bytes: c.bytes, Frames: c.frames}, c.rate, "test")
		var p media.Packet
		if err := cutter.ReadPacket(&p); err != nil || len(p.Data) != c.want {
			t.Errorf("%+v: a packet of %d bytes, %v", c, len(p.Data), err)
		}
	}
}

// That a file is cut off is said once, behind what there is of it, also when
// it became so only while it was read.
func TestCutOff(t *testing.T) {
	for _, c := range []struct {
		name             string
		end, missing, at int64
	}{
		{"whole", 10000, 0, -1},
		{"shorter than its header says", 10000, 99, 10000},
		{"less than a block short", 10000, 3, -1},
		{"shrunk", 12000, 0, 10000},
		{"both", 12000, 99, 10000},
	} {
		const size = 10000
		l := blocks.Layout{End: c.end, Missing: c.missing, Bytes: 4, Frames: 1}
		cutter := blocks.NewCutter(input.New(bytes.NewReader(make([]byte, size)), c.end), l, 8000, "test")
		for round := range 2 {
			n, told := 0, int64(-1)
			for {
				var p media.Packet
				err := cutter.ReadPacket(&p)
				if err == io.EOF {
					break
				}
				var f *media.FormatError
				switch {
				case errors.As(err, &f) && told < 0:
					told = f.Offset
				case err != nil:
					t.Fatalf("%s: %v", c.name, err)
				default:
					n += len(p.Data)
				}
			}
			if want := map[bool]int64{true: c.at, false: -1}[round == 0]; n != size || told != want {
				t.Errorf("%s, round %d: %d bytes, damage at %d, want %d", c.name, round, n, told, want)
			}
			cutter.SeekFrame(0)
		}
	}
}
